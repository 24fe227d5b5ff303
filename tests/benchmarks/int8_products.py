"""What the processor's 8-bit products alone would allow: the limit for scoring with int8.

A feed-forward part of the encoder's shape, converted by the code that converts models, is run by
ONNX Runtime on all cores at once, one thread to a batch as in scoring. A word costs two operations
for each weight of the encoder's matrices and each of its sub-tokens, and what goes into a product
has to be rounded; the products of attention, LayerNorm, GELU and softmax come on top of it, so that
the limit cannot be reached.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import onnxruntime  # type: ignore[import-untyped]  # no stubs
from numpy.typing import NDArray

from core.export.conversion import OPSET, quantize
from core.inference.batching import TOKENS_IN_BATCH, encode_documents
from core.inference.encoding import Encoder
from core.learning.encoder_shape import EncoderShape
from core.schema.documents import LabelledDocument
from core.text.words import document_words

_ROUNDS, _RUNS = 5, 12


def words_per_second(
    shape: EncoderShape, encoder: Encoder, items: Sequence[LabelledDocument], threads: int
) -> float:
    """Return how many words a second the products alone would let the machine score.

    Args:
        shape: Of the encoder.
        encoder: Turns words into its windows: how many sub-tokens a word is.
        items: What is scored.
        threads: That compute side by side.
    """
    documents = [item.document for item in items]
    words = sum(len(document_words(document)) for document in documents)
    tokens = sum(len(window.ids) for window in encode_documents(encoder, documents))
    weights = shape.layers * (4 * shape.hidden**2 + 2 * shape.hidden * shape.intermediate)
    speed = _operations_per_second(shape.hidden, shape.intermediate, threads)
    return speed / (2 * weights * tokens / words)


def _operations_per_second(hidden: int, intermediate: int, threads: int) -> float:
    """Return the fastest of some rounds, in which each thread computes as much as the others."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    with TemporaryDirectory() as folder:
        full, small = Path(folder) / "full.onnx", Path(folder) / "small.onnx"
        onnx.save(_feed_forward(hidden, intermediate), full)
        quantize(full, small)
        session = onnxruntime.InferenceSession(
            str(small), sess_options=options, providers=["CPUExecutionProvider"]
        )
    rows = np.random.default_rng(13).standard_normal((TOKENS_IN_BATCH, hidden), dtype=np.float32)

    def compute(_: int) -> None:
        for _ in range(_RUNS):
            session.run(None, {"rows": rows})

    best = float("inf")
    with ThreadPoolExecutor(threads) as pool:
        for _ in range(_ROUNDS):
            began = time.perf_counter()
            list(pool.map(compute, range(threads)))
            best = min(best, time.perf_counter() - began)
    return threads * _RUNS * 2 * TOKENS_IN_BATCH * 2 * hidden * intermediate / best


def _feed_forward(hidden: int, intermediate: int) -> onnx.ModelProto:
    """Return two products, and a third of one column that ``quantize`` leaves as the classifier."""
    random = np.random.default_rng(13)

    def weights(name: str, *shape: int) -> onnx.TensorProto:
        values: NDArray[np.float32] = random.standard_normal(shape, dtype=np.float32)
        return onnx.numpy_helper.from_array(values, name)

    tensor, node = onnx.helper.make_tensor_value_info, onnx.helper.make_node
    graph = onnx.helper.make_graph(
        [
            node("MatMul", ["rows", "widen"], ["wide"], "first"),
            node("MatMul", ["wide", "narrow"], ["back"], "second"),
            node("MatMul", ["back", "column"], ["out"], "last"),
        ],
        "feed-forward",
        [tensor("rows", onnx.TensorProto.FLOAT, ["tokens", hidden])],
        [tensor("out", onnx.TensorProto.FLOAT, ["tokens", 1])],
        [
            weights("widen", hidden, intermediate),
            weights("narrow", intermediate, hidden),
            weights("column", hidden, 1),
        ],
    )
    return onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", OPSET)])
