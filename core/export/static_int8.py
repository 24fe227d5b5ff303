"""Static int8: how large activations get is measured beforehand, on windows of records.

Dynamic int8 looks for the range of each activation as it comes. Here it is fixed: the model reads
some windows in fp32, and the least and greatest value of what goes into a product become its range
(Jacob et al. 2018, "Quantization and training of neural networks for efficient
integer-arithmetic-only inference"). These numbers are all that is kept of the windows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnxruntime.quantization import (  # type: ignore[import-untyped]  # no stubs
    CalibrationDataReader,
    QuantFormat,
    QuantType,
    quantize_static,
)

from core.export.conversion import mark_prepared
from core.inference.encoding import batches_by_length

_TOKENS_IN_BATCH = 512
"""All activations of a batch are in memory at once, and padding would stretch their ranges."""


class _Windows(CalibrationDataReader):  # type: ignore[misc]  # untyped there
    """Hands windows to the calibrator, those of one length together, so that none is padded."""

    def __init__(self, windows: Sequence[Sequence[int]]) -> None:
        self._feeds = self._feed(windows)

    def get_next(self) -> dict[str, NDArray[np.int64]] | None:
        """Return the next batch, or None after the last."""
        return next(self._feeds, None)

    def _feed(self, windows: Sequence[Sequence[int]]) -> Iterator[dict[str, NDArray[np.int64]]]:
        by_length: dict[int, list[Sequence[int]]] = {}
        for ids in windows:
            by_length.setdefault(len(ids), []).append(ids)
        for length, alike in by_length.items():
            for batch in batches_by_length([length] * len(alike), _TOKENS_IN_BATCH):
                rows = np.array([alike[index] for index in batch], dtype=np.int64)
                yield {"input_ids": rows, "attention_mask": np.ones_like(rows)}


def quantize_statically(full: Path, out: Path, windows: Sequence[Sequence[int]]) -> None:
    """Write a model with the products of its weights and its embeddings in int8.

    Weights are rounded as in the dynamic form (see ``core.export.conversion.quantize``). Products
    of two activations stay fp32, as does what comes out of each product: to round these too costs
    more F1 than it gains speed.

    Args:
        full: The model in fp32.
        out: Where the int8 model is put.
        windows: Sub-tokens of windows like those that the model will read.
    """
    model = onnx.load(full)
    mark_prepared(model)
    weights = {item.name for item in model.graph.initializer}
    products = [node for node in model.graph.node if node.op_type == "MatMul"]
    left = [node.name for node in products[:-1] if not weights.intersection(node.input)]
    quantize_static(
        model,
        out,
        _Windows(windows),
        quant_format=QuantFormat.QDQ,
        op_types_to_quantize=["MatMul", "Gather"],
        nodes_to_exclude=[*left, products[-1].name],
        per_channel=True,
        reduce_range=True,
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
        extra_options={"OpTypesToExcludeOutputQuantization": ["MatMul"]},
    )
