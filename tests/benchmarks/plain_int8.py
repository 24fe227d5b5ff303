"""ONNX Runtime's int8 as its own guide has it: the peer of Chartmark's int8 form.

The model is rounded by ``quantize_dynamic`` with nothing set, and run with nothing set: all cores
on one batch. Records are sorted by length and padded to the longest of their batch. What comes out
is left as logits, so that nothing but the tokenizer and the model takes time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
import onnxruntime  # type: ignore[import-untyped]  # no stubs
from onnxruntime.quantization import quantize_dynamic  # type: ignore[import-untyped]  # no stubs
from transformers import AutoTokenizer

from core.export.conversion import mark_prepared, to_onnx
from core.inference.model import load_model
from core.schema.documents import LabelledDocument

_BATCH = 16


def reading(folder: Path, items: Sequence[LabelledDocument]) -> Callable[[], object]:
    """Return what has the runtime read all items once.

    Args:
        folder: Of the model.
        items: Records that fit in a window each.
    """
    session = _session(folder)
    tokenizer: Any = AutoTokenizer.from_pretrained(folder)
    texts = [item.document.text for item in items]

    def read() -> None:
        rows: list[list[int]] = sorted(tokenizer(texts)["input_ids"], key=len)
        for at in range(0, len(rows), _BATCH):
            batch = rows[at : at + _BATCH]
            ids = np.full((len(batch), len(batch[-1])), tokenizer.pad_token_id, dtype=np.int64)
            mask = np.zeros_like(ids)
            for number, row in enumerate(batch):
                ids[number, : len(row)], mask[number, : len(row)] = row, 1
            session.run(None, {"input_ids": ids, "attention_mask": mask})

    return read


def _session(folder: Path) -> Any:  # the runtime has no types
    with TemporaryDirectory() as temporary:
        full, small = Path(temporary) / "full.onnx", Path(temporary) / "small.onnx"
        graph = to_onnx(load_model(folder))
        mark_prepared(graph)
        onnx.save(graph, full)
        quantize_dynamic(full, small)
        return onnxruntime.InferenceSession(str(small), providers=["CPUExecutionProvider"])
