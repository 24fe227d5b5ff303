"""Whether an exported folder answers as Chartmark does: run on the dev documents, span by span."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from core.export.runtime import exported_code
from core.schema.documents import LabelledDocument, PredictedSpan
from core.schema.errors import KnownError

SCORE_TOLERANCE = 1e-3
"""By how much a confidence may differ; the spans may not."""

Predicted = list[tuple[PredictedSpan, ...]]


def run_exported(
    folder: Path,
    documents: Sequence[LabelledDocument],
    *,
    int8: bool,
    check: Callable[[], None],
) -> tuple[Predicted, float]:
    """Return what the code in a folder predicts with the model in it, and the seconds it took.

    Documents with tokens of their own are read with these.

    Args:
        folder: As exported.
        documents: What to read.
        int8: Which of the two models to run.
        check: Called before each document; may raise to end the work.
    """
    predicted: Predicted = []
    with exported_code(folder) as code:
        model = code.Model(folder, int8=int8)
        began = time.perf_counter()
        for item in documents:
            check()
            found = model.predict(item.document.text, words=item.document.tokens)
            predicted.append(tuple(_span(answer) for answer in found))
        seconds = time.perf_counter() - began
    return predicted, seconds


def require_equal(app: Predicted, exported: Predicted) -> None:
    """Make sure that two models find the same spans with the same confidence.

    Raises:
        KnownError: They do not.
    """
    differing = sum(not _equal(ours, theirs) for ours, theirs in zip(app, exported, strict=True))
    if differing:
        raise KnownError(
            "The exported model answers otherwise than Chartmark on {differing} of {total} "
            "dev records, so nothing was exported.",
            "Try again; if it stays so, retrain and export the new model.",
            differing=differing,
            total=len(app),
        )


def _equal(ours: Sequence[PredictedSpan], theirs: Sequence[PredictedSpan]) -> bool:
    return len(ours) == len(theirs) and all(
        (a.start, a.end, a.label) == (b.start, b.end, b.label)
        and abs(a.score - b.score) <= SCORE_TOLERANCE
        for a, b in zip(ours, theirs, strict=True)
    )


def _span(answer: Mapping[str, Any]) -> PredictedSpan:
    return PredictedSpan(answer["start"], answer["end"], answer["label"], answer["score"])
