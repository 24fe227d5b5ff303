from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime  # type: ignore[import-untyped]  # no stubs
import pytest
import torch
from transformers import AutoConfig, AutoModelForTokenClassification
from transformers.modeling_utils import PreTrainedModel

from core.export.conversion import quantize, to_onnx
from core.export.outliers import smooth_outliers
from core.inference.encoding import EncodedWindow
from core.inference.session import FULL_MODEL, INT8_MODEL, OnnxModel
from core.inference.windows import Window
from tests.core.export.conftest import Exported

_SIZES = {
    "vocab_size": 100,
    "hidden_size": 32,
    "num_hidden_layers": 1,
    "num_attention_heads": 2,
    "intermediate_size": 48,
    "max_position_embeddings": 80,
    "num_labels": 3,
}
_FAMILIES: dict[str, dict[str, Any]] = {
    "roberta": _SIZES,
    "deberta-v2": {
        **_SIZES,
        "relative_attention": True,
        "position_buckets": 16,
        "norm_rel_ebd": "layer_norm",
        "share_att_key": True,
        "pos_att_type": ["p2c", "c2p"],
        "position_biased_input": False,
    },
}


def random_model(family: str) -> PreTrainedModel:
    torch.manual_seed(3)
    config = AutoConfig.for_model(family, **_FAMILIES[family])
    model: PreTrainedModel = AutoModelForTokenClassification.from_config(  # type: ignore[no-untyped-call]  # untyped there
        config
    )
    model.train(False)
    return model


@pytest.mark.slow
@pytest.mark.parametrize("family", sorted(_FAMILIES))
def test_other_encoders_convert_with_free_sizes(family: str, tmp_path: Path) -> None:
    model = random_model(family)
    file = tmp_path / "model.onnx"
    onnx.save(to_onnx(model), file)
    session = onnxruntime.InferenceSession(str(file))
    padding = int(model.config.pad_token_id or 0)
    for batch, length in ((1, 1), (1, 5), (3, 21), (2, 70)):
        ids = torch.randint(5, 99, (batch, length))
        mask = torch.ones_like(ids)
        if batch > 1:
            mask[1, length // 2 :] = 0
            ids[1, length // 2 :] = padding
        with torch.inference_mode():
            ours = model(input_ids=ids, attention_mask=mask).logits.numpy()
        feed = {"input_ids": ids.numpy(), "attention_mask": mask.numpy()}
        (theirs,) = session.run(None, feed)
        seen = mask.numpy().astype(bool)
        np.testing.assert_allclose(theirs[seen], ours[seen], atol=1e-5)


@pytest.mark.slow
@pytest.mark.parametrize("family", sorted(_FAMILIES))
def test_outliers_of_other_encoders_are_smoothed(family: str, tmp_path: Path) -> None:
    model = random_model(family)
    with torch.no_grad():
        for name, value in model.named_parameters():
            if name.endswith("LayerNorm.weight"):
                value[3] *= 20
    graph = to_onnx(model)
    onnx.save(graph, tmp_path / "full.onnx")
    ids = list(range(5, 75))
    assert smooth_outliers(graph, [EncodedWindow(ids, [0], Window(0, 1, 0, 1), 0)]) > 0
    onnx.save(graph, tmp_path / "smooth.onnx")
    rows = np.array([ids, ids[::-1]], dtype=np.int64)
    full, smooth = (
        OnnxModel(tmp_path / name)(rows, np.ones_like(rows))
        for name in ("full.onnx", "smooth.onnx")
    )
    assert full.std() > 0
    np.testing.assert_allclose(smooth, full, atol=1e-4 * full.std())


def test_gelu_is_one_operator_in_both_forms(exported: Exported) -> None:
    for name in (FULL_MODEL, INT8_MODEL):
        found = [node.op_type for node in onnx.load(exported.folder / name).graph.node]
        assert found.count("Gelu") == 2, name
        assert "Erf" not in found, name


def test_int8_keeps_the_classifier_and_has_no_other_weights(
    exported: Exported, tmp_path: Path
) -> None:
    quantize(exported.folder / "model.onnx", tmp_path / "small.onnx")
    assert [path.name for path in tmp_path.iterdir()] == ["small.onnx"]
    graph = onnx.load(tmp_path / "small.onnx").graph
    sizes = {item.name: int(np.prod(item.dims)) for item in graph.initializer}
    weighted = [
        node
        for node in graph.node
        if node.op_type == "MatMul" and any(name in sizes for name in node.input)
    ]
    assert [sizes[node.input[1]] for node in weighted] == [32 * 5]
    rounded = {
        item.name: item.data_type for item in graph.initializer if sizes[item.name] >= 32 * 32
    }
    assert set(rounded.values()) <= {onnx.TensorProto.INT8, onnx.TensorProto.UINT8}
