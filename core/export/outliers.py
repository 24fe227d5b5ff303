"""Outlier channels of activations, made smaller before products are rounded to 8 bits.

What goes into a product is rounded with one scale for all of it. In transformers a channel or two
are several times larger than all others, at a few sub-tokens (Bondarenko et al. 2021,
"Understanding and overcoming the challenges of efficient transformer quantization"), and all else
has to do with what few of the 256 steps they leave. So such channels are divided beforehand, and
the weights that they meet multiplied, by what brings them down to the others; the product is the
same (Xiao et al. 2023, "SmoothQuant", who do so with every channel).

Which ones they are lies in the weights, not in what is read: words drawn from the vocabulary show
them. So no record is needed, and nothing of any is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import onnx
import onnxruntime  # type: ignore[import-untyped]  # no stubs
from numpy.typing import NDArray

from core.inference.batching import batches
from core.inference.encoding import EncodedWindow, Encoder
from core.text.words import split_words

Floats = NDArray[np.float32]

_WORDS, _SEED = 4096, 13
_TOKENS_IN_BATCH = 512
"""What goes into all products is in memory at once."""
_USUAL = 0.99
"""Share of channels that are no outliers; one at least may be one."""
_OUTLYING = 2.0
"""How many times what is usual the largest one has to be to be worth an operator."""


def vocabulary_windows(encoder: Encoder, vocabulary: Iterable[str]) -> list[EncodedWindow]:
    """Return windows of words that are drawn from a vocabulary, the same ones each time.

    Args:
        encoder: Of the model.
        vocabulary: Sub-tokens; letters alone and single characters are drawn, each as likely as
            any other.
    """
    words = sorted(token for token in vocabulary if token.isalpha() or len(token) == 1)
    if not words:
        return []
    text = " ".join(np.random.default_rng(_SEED).choice(np.array(words), _WORDS))
    return encoder.encode(text, split_words(text))


def smooth_outliers(model: onnx.ModelProto, windows: Sequence[EncodedWindow]) -> int:
    """Divide outlier channels before products with weights, and multiply the weights.

    Args:
        model: As ``core.export.conversion.to_onnx`` makes it; changed in place.
        windows: What it reads to show its outliers.

    Returns:
        How many activations had any.
    """
    weights = {item.name: item for item in model.graph.initializer}
    meeting: dict[str, list[onnx.NodeProto]] = defaultdict(list)
    # The last product is the classifier, which is not rounded.
    for node in [node for node in model.graph.node if node.op_type == "MatMul"][:-1]:
        if node.input[1] in weights and node.input[0] not in weights:
            meeting[node.input[0]].append(node)
    smoothed = 0
    for name, largest in _largest(model, list(meeting), windows).items():
        usual = float(np.quantile(largest, _USUAL, method="lower"))
        if usual > 0 and float(largest.max()) >= _OUTLYING * usual:
            _divide(model, name, meeting[name], np.maximum(largest / usual, 1).astype(np.float32))
            smoothed += 1
    _forget_unused(model)
    return smoothed


def _largest(
    model: onnx.ModelProto, names: Sequence[str], windows: Sequence[EncodedWindow]
) -> dict[str, Floats]:
    """Return the largest absolute value in each channel of some activations."""
    watched = onnx.ModelProto()
    watched.CopyFrom(model)
    del watched.graph.output[:]
    watched.graph.output.extend(
        onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in names
    )
    session = onnxruntime.InferenceSession(
        watched.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    largest: dict[str, Floats] = {}
    for batch in batches(windows, padding=0, tokens=_TOKENS_IN_BATCH):
        values = session.run(list(names), {"input_ids": batch.ids, "attention_mask": batch.mask})
        for name, value in zip(names, values, strict=True):
            # Some encoders multiply what has no place in the text: embeddings of distances.
            rows = value[batch.mask > 0] if value.shape[:-1] == batch.mask.shape else value
            here = np.abs(rows).reshape(-1, rows.shape[-1]).max(axis=0)
            largest[name] = np.maximum(largest[name], here) if name in largest else here
    return largest


def _divide(
    model: onnx.ModelProto, name: str, products: Sequence[onnx.NodeProto], factors: Floats
) -> None:
    """Divide an activation's channels by factors for some products, and multiply their weights."""
    graph = model.graph
    weights = {item.name: item for item in graph.initializer}
    inverse, divided = f"{name}.inverse", f"{name}.smoothed"
    graph.initializer.append(onnx.numpy_helper.from_array(1 / factors, inverse))
    at = min(index for index, node in enumerate(graph.node) if node in products)
    graph.node.insert(at, onnx.helper.make_node("Mul", [name, inverse], [divided], divided))
    for node in products:
        # Two products may share their weights, and the other one's activation be none like this.
        own = f"{node.input[1]}.{name}"
        if own not in weights:
            values = onnx.numpy_helper.to_array(weights[node.input[1]])
            weights[own] = onnx.numpy_helper.from_array(values * factors[:, None], own)
            graph.initializer.append(weights[own])
        node.input[0], node.input[1] = divided, own


def _forget_unused(model: onnx.ModelProto) -> None:
    used = {name for node in model.graph.node for name in node.input}
    for item in [item for item in model.graph.initializer if item.name not in used]:
        model.graph.initializer.remove(item)
