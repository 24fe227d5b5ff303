"""Confidence that can be taken at its word: temperature scaling, and how far it still is off."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar  # type: ignore[import-untyped]  # no stubs

from core.inference.decoding import softmax
from core.inference.heads import Head
from core.schema.documents import LabelledDocument, PredictedSpan
from core.schema.learning import Calibration
from core.text.words import document_words
from core.training.targets import word_targets

_BOUNDS = (0.25, 8.0)
_BINS = 10
_FOLDS = 2


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
    if not any(len(part) for part in logits):
        return 1.0
    answers = np.concatenate(head.scores(logits))
    gold = np.concatenate(
        [word_targets(head, document_words(item.document), item.spans)[0] for item in documents]
    )

    def loss(temperature: float) -> float:
        probabilities = softmax(answers, temperature)
        chosen = np.take_along_axis(probabilities, gold[:, :, None], axis=2)
        return float(-np.log(chosen + 1e-12).mean())

    return float(minimize_scalar(loss, bounds=_BOUNDS, method="bounded").x)


def expected_calibration_error(confidence: Sequence[float], right: Sequence[bool]) -> float:
    """Return the mean distance of confidence from the share that is right, 0 to 1.

    Guo et al. 2017, on predicted spans instead of classes; their bins of equal width stand mostly
    empty for spans, whose confidence is high, so each of the ten bins here holds as many spans as
    the next (Nguyen & O'Connor 2015, "Posterior calibration and exploratory analysis for natural
    language processing models"). Of few spans it comes out too large by chance.

    Args:
        confidence: Of each predicted span, 0 to 1.
        right: Whether label, start and end of each are those of a gold span.
    """
    if not confidence:
        return 0.0
    order = np.argsort(np.asarray(confidence), kind="stable")
    scores = np.asarray(confidence, dtype=np.float64)[order]
    hits = np.asarray(right, dtype=np.float64)[order]
    bins = zip(np.array_split(scores, _BINS), np.array_split(hits, _BINS), strict=True)
    return float(sum(abs(s.sum() - h.sum()) for s, h in bins) / len(scores))


def span_calibration(
    documents: Sequence[LabelledDocument], predicted: Sequence[Sequence[PredictedSpan]]
) -> Calibration | None:
    """Measure predicted spans; None where there is none.

    Args:
        documents: With their gold spans.
        predicted: For each document its predicted spans.
    """
    confidence: list[float] = []
    right: list[bool] = []
    for item, spans in zip(documents, predicted, strict=True):
        gold = {(span.start, span.end, span.label) for span in item.spans if not span.pieces}
        confidence += [span.score for span in spans]
        right += [(span.start, span.end, span.label) in gold for span in spans]
    if not confidence:
        return None
    return Calibration(expected_calibration_error(confidence, right), len(confidence))


def cross_fitted_calibration(
    documents: Sequence[LabelledDocument],
    logits: Sequence[NDArray[np.float64]],
    head: Head,
) -> Calibration | None:
    """Measure, on the documents that a temperature is fitted on, what scaling is worth.

    Each half of them is scaled by the temperature of the other half, so that none is measured with
    a temperature that has seen it.

    Args:
        documents: Dev documents with gold spans.
        logits: For each document its words' logits, shape (words, outputs).
        head: Of the model.

    Returns:
        The error with and without scaling, or None where no span is predicted.
    """
    temperatures = [1.0] * len(documents)
    for fold in range(_FOLDS):
        others = [index for index in range(len(documents)) if index % _FOLDS != fold]
        temperature = fit_temperature(
            [documents[index] for index in others], [logits[index] for index in others], head
        )
        for index in range(fold, len(documents), _FOLDS):
            temperatures[index] = temperature

    scores = head.scores(logits)

    def spans(scaled: Sequence[float]) -> list[tuple[PredictedSpan, ...]]:
        return [
            head.decode(
                softmax(rows, temperature), document_words(item.document), item.document.text
            )
            for item, rows, temperature in zip(documents, scores, scaled, strict=True)
        ]

    measured = span_calibration(documents, spans(temperatures))
    plain = span_calibration(documents, spans([1.0] * len(documents)))
    if measured is None or plain is None:
        return None
    return Calibration(measured.error, measured.spans, plain.error, cross_fitted=True)
