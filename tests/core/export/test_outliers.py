from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray

from core.export.conversion import OPSET, quantize
from core.export.outliers import smooth_outliers, vocabulary_windows
from core.inference.batching import batches
from core.inference.encoding import EncodedWindow, Encoder
from core.inference.model import load_encoder, load_tokenizer
from core.inference.session import FULL_MODEL, OnnxModel
from core.inference.settings import read_settings
from core.inference.windows import Window
from tests.core.export.conftest import Exported

_WIDE, _KEYS = 64, 50
_OUTLIER, _TIMES = 3, 20.0


@pytest.fixture(scope="module")
def encoder(exported: Exported) -> Encoder:
    return load_encoder(exported.model_folder, read_settings(exported.model_folder))


@pytest.fixture(scope="module")
def windows(exported: Exported, encoder: Encoder) -> list[EncodedWindow]:
    return vocabulary_windows(encoder, load_tokenizer(exported.model_folder).get_vocab())


@pytest.fixture
def outlying() -> onnx.ModelProto:
    """Two products of the same weights: one of an activation with an outlier, one without.

    What the outlier meets is small, as it is in trained models.
    """
    random = np.random.default_rng(2)
    loud = np.ones((1, _WIDE), np.float32)
    loud[0, _OUTLIER] = _TIMES
    shared = random.normal(size=(_WIDE, _WIDE)).astype(np.float32)
    shared[_OUTLIER] /= _TIMES
    values = {
        "table": random.normal(size=(_KEYS, _WIDE)).astype(np.float32),
        "loud": loud,
        "shared": shared,
        "last": random.normal(size=(_WIDE, 5)).astype(np.float32),
    }
    tensor, node = onnx.helper.make_tensor_value_info, onnx.helper.make_node
    graph = onnx.helper.make_graph(
        [
            node("Gather", ["table", "input_ids"], ["quiet"], "look up"),
            node("Mul", ["quiet", "loud"], ["heard"], "louder"),
            node("MatMul", ["heard", "shared"], ["one"], "first"),
            node("MatMul", ["quiet", "shared"], ["two"], "second"),
            node("Add", ["one", "two"], ["both"], "sum"),
            node("MatMul", ["both", "last"], ["logits"], "classifier"),
        ],
        "outlying",
        [
            tensor(name, onnx.TensorProto.INT64, ["windows", "length"])
            for name in ("input_ids", "attention_mask")
        ],
        [tensor("logits", onnx.TensorProto.FLOAT, ["windows", "length", 5])],
        [onnx.numpy_helper.from_array(value, name) for name, value in values.items()],
    )
    return onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", OPSET)])


@pytest.fixture
def read() -> list[EncodedWindow]:
    """What that model is given."""
    return [EncodedWindow(list(range(_KEYS)), [0], Window(0, 1, 0, 1), 0)]


def answers(file: Path, windows: list[EncodedWindow]) -> NDArray[np.float32]:
    model = OnnxModel(file)
    return np.concatenate(
        [
            model(batch.ids, batch.mask)[batch.mask > 0]
            for batch in batches(windows, padding=0, tokens=4096)
        ]
    )


def saved(model: onnx.ModelProto, file: Path) -> Path:
    onnx.save(model, file)
    return file


def test_windows_are_drawn_alike_each_time_and_are_as_long_as_the_models(
    encoder: Encoder, exported: Exported, windows: list[EncodedWindow]
) -> None:
    vocabulary = load_tokenizer(exported.model_folder).get_vocab()
    assert vocabulary_windows(encoder, sorted(vocabulary, reverse=True)) == windows
    assert max(len(item.ids) for item in windows) <= 48
    assert len({key for item in windows for key in item.ids}) > 2000
    assert vocabulary_windows(encoder, ["##ing", "[CLS]"]) == []


def test_the_model_answers_as_before(
    outlying: onnx.ModelProto, read: list[EncodedWindow], tmp_path: Path
) -> None:
    before = answers(saved(outlying, tmp_path / "before.onnx"), read)
    assert smooth_outliers(outlying, read) == 1
    after = answers(saved(outlying, tmp_path / "after.onnx"), read)
    np.testing.assert_allclose(after, before, atol=1e-5 * before.std())


def test_rounded_it_is_several_times_nearer_to_the_full_one(
    outlying: onnx.ModelProto, read: list[EncodedWindow], tmp_path: Path
) -> None:
    file = saved(outlying, tmp_path / "full.onnx")
    full = answers(file, read)
    quantize(file, tmp_path / "rounded.onnx")
    smooth_outliers(outlying, read)
    quantize(saved(outlying, tmp_path / "smooth.onnx"), tmp_path / "rounded smooth.onnx")
    far, near = (
        np.abs(answers(tmp_path / name, read) - full).mean()
        for name in ("rounded.onnx", "rounded smooth.onnx")
    )
    assert near < far / 3


def test_weights_that_two_products_share_are_multiplied_for_one_alone(
    outlying: onnx.ModelProto, read: list[EncodedWindow]
) -> None:
    smooth_outliers(outlying, read)
    first, second, _ = [node for node in outlying.graph.node if node.op_type == "MatMul"]
    assert list(second.input) == ["quiet", "shared"]
    values = {item.name: onnx.numpy_helper.to_array(item) for item in outlying.graph.initializer}
    times = values[first.input[1]] / values["shared"]
    others = np.arange(_WIDE) != _OUTLIER
    assert times[_OUTLIER].min() > _TIMES / 3
    np.testing.assert_array_equal(times[others], 1)


def test_where_no_channel_is_one_nothing_is_changed(
    exported: Exported, windows: list[EncodedWindow]
) -> None:
    model = onnx.load(exported.folder / FULL_MODEL)
    before = model.SerializeToString(deterministic=True)
    assert smooth_outliers(model, windows) == 0
    assert model.SerializeToString(deterministic=True) == before


def test_nothing_to_read_changes_nothing(outlying: onnx.ModelProto) -> None:
    before = outlying.SerializeToString(deterministic=True)
    assert smooth_outliers(outlying, []) == 0
    assert outlying.SerializeToString(deterministic=True) == before
