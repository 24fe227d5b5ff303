"""Temperature scaling: one number that makes a model's confidence honest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar  # type: ignore[import-untyped]  # no stubs

from core.inference.heads import Head
from core.schema.documents import LabelledDocument
from core.text.words import document_words
from core.training.targets import word_targets

_BOUNDS = (0.25, 8.0)


def fit_temperature(
    documents: Sequence[LabelledDocument],
    logits: Sequence[NDArray[np.float64]],
    head: Head,
) -> float:
    """Return the temperature with the least negative log-likelihood of the gold tags.

    Guo et al. 2017, "On calibration of modern neural networks".

    Args:
        documents: Dev documents with gold spans.
        logits: For each document its words' logits, shape (words, outputs).
        head: Of the model; its rows all get the one temperature.
    """
    rows = [part for part in logits if len(part)]
    if not rows:
        return 1.0
    answers = np.concatenate(rows)
    gold = np.concatenate(
        [word_targets(head, document_words(item.document), item.spans)[0] for item in documents]
    )

    def loss(temperature: float) -> float:
        probabilities = head.probabilities(answers, temperature)
        chosen = np.take_along_axis(probabilities, gold[:, :, None], axis=2)
        return float(-np.log(chosen + 1e-12).mean())

    return float(minimize_scalar(loss, bounds=_BOUNDS, method="bounded").x)
