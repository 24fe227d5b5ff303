"""Temperature scaling: one number that makes a model's confidence honest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar  # type: ignore[import-untyped]  # no stubs

from core.inference.decoding import softmax, tag_names
from core.schema.documents import LabelledDocument
from core.text.iob import spans_to_tags
from core.text.words import document_words

_BOUNDS = (0.25, 8.0)


def fit_temperature(
    documents: Sequence[LabelledDocument],
    logits: Sequence[NDArray[np.float64]],
    labels: Sequence[str],
) -> float:
    """Return the temperature with the least negative log-likelihood of the gold tags.

    Guo et al. 2017, "On calibration of modern neural networks".

    Args:
        documents: Dev documents with gold spans.
        logits: For each document its words' logits, shape (words, tags).
        labels: The scheme in the model's order.
    """
    numbers = {tag: index for index, tag in enumerate(tag_names(labels))}
    gold = [
        numbers[tag]
        for item in documents
        for tag in spans_to_tags(document_words(item.document), item.spans)[0]
    ]
    if not gold:
        return 1.0
    rows = np.concatenate([part for part in logits if len(part)])
    chosen = np.arange(len(gold)), np.asarray(gold)

    def loss(temperature: float) -> float:
        return float(-np.log(softmax(rows, temperature)[chosen] + 1e-12).mean())

    return float(minimize_scalar(loss, bounds=_BOUNDS, method="bounded").x)
