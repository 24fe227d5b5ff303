from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest

from core.export.static_int8 import quantize_statically
from core.inference.session import FULL_MODEL, OnnxModel
from tests.core.export.conftest import Exported


@pytest.fixture(scope="module")
def windows() -> list[list[int]]:
    drawn = np.random.default_rng(4)
    lengths = [5, 9, 9, 30, 48, 48]
    return [[101, *drawn.integers(1000, 9000, length).tolist(), 102] for length in lengths]


@pytest.fixture(scope="module")
def static(
    exported: Exported, windows: list[list[int]], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    file = tmp_path_factory.mktemp("static") / "static.onnx"
    quantize_statically(exported.folder / FULL_MODEL, file, windows)
    return file


def test_it_answers_nearly_as_the_full_model(
    static: Path, exported: Exported, windows: list[list[int]]
) -> None:
    full, small = OnnxModel(exported.folder / FULL_MODEL), OnnxModel(static)
    ids = np.array([windows[3]], dtype=np.int64)
    ours, theirs = (model(ids, np.ones_like(ids)) for model in (full, small))
    assert ours.std() > 1
    assert np.abs(theirs - ours).max() < 0.15 * ours.std()
    assert not np.array_equal(theirs, ours)


def test_ranges_come_from_the_windows_alone(
    exported: Exported, static: Path, windows: list[list[int]], tmp_path: Path
) -> None:
    quantize_statically(exported.folder / FULL_MODEL, tmp_path / "again.onnx", windows)
    assert (tmp_path / "again.onnx").read_bytes() == static.read_bytes()
    quantize_statically(exported.folder / FULL_MODEL, tmp_path / "other.onnx", windows[:1])
    assert (tmp_path / "other.onnx").read_bytes() != static.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again.onnx", "other.onnx"]


def test_weights_are_in_eight_bits_and_no_range_is_looked_for(
    static: Path, exported: Exported
) -> None:
    graph = onnx.load(static).graph
    large = [item for item in graph.initializer if np.prod(item.dims) >= 32 * 32]
    assert {item.data_type for item in large} <= {onnx.TensorProto.INT8, onnx.TensorProto.UINT8}
    assert not any(node.op_type == "DynamicQuantizeLinear" for node in graph.node)
    assert static.stat().st_size < 0.4 * (exported.folder / FULL_MODEL).stat().st_size
