"""Evaluation: strict IOB2 on whole spans by seqeval, the same wherever a report is shown.

seqeval (Nakayama 2018) in its strict mode counts a span as right only if label, start and end
are. One sequence cannot hold spans that overlap, so a document in which some do is laid out as a
sequence for each label, which counts the same spans. Those that even this cannot hold
(discontinuous ones, the inner ones of overlaps within one label) count as missed: no model of ours
can find them, and the report should say so.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from seqeval.metrics import classification_report  # type: ignore[import-untyped]  # no stubs
from seqeval.scheme import IOB2  # type: ignore[import-untyped]  # no stubs

from core.inference.batching import Floats
from core.inference.heads import Head
from core.inference.predict import Predictor
from core.schema.documents import LabelledDocument, Piece, PredictedSpan, Span
from core.schema.learning import Report, Score
from core.text.iob import spans_to_tags
from core.text.words import document_words
from core.training.calibration import span_calibration

_AT_ONCE = 64


def evaluate_documents(
    *,
    predictor: Predictor,
    documents: Sequence[LabelledDocument],
    check: Callable[[], None],
    tell: Callable[[int, int], None] | None = None,
) -> Report:
    """Predict documents and report on what was predicted and how well its confidence fits.

    Args:
        predictor: The model.
        documents: With their gold spans; none of them should have been trained on.
        check: Called before each batch; may raise to end the work.
        tell: Gets how many documents are done, and of how many.
    """
    predicted: list[tuple[PredictedSpan, ...]] = []
    for begin in range(0, len(documents), _AT_ONCE):
        some = documents[begin : begin + _AT_ONCE]
        answers = predictor.predict([item.document for item in some], check=check)
        predicted += [answer.spans for answer in answers]
        if tell is not None:
            tell(begin + len(some), len(documents))
    found = report(documents, predicted, predictor.settings.labels)
    return replace(found, calibration=span_calibration(documents, predicted))


def report(
    documents: Sequence[LabelledDocument],
    predicted: Sequence[Sequence[PredictedSpan]],
    labels: Sequence[str],
) -> Report:
    """Compare predicted spans with gold ones.

    Args:
        documents: With their gold spans.
        predicted: For each document its predicted spans, on its words.
        labels: The scheme, in the order in which the report is to name them.
    """
    gold_tags: list[list[str]] = []
    predicted_tags: list[list[str]] = []
    for item, spans in zip(documents, predicted, strict=True):
        words = document_words(item.document)
        found = [Span(span.start, span.end, span.label) for span in spans]
        gold_here, found_here = _sequences(words, item.spans, found)
        gold_tags += gold_here
        predicted_tags += found_here
    return _report(gold_tags, predicted_tags, labels)


def report_on_logits(
    documents: Sequence[LabelledDocument],
    logits: Sequence[Floats],
    head: Head,
    temperature: float = 1.0,
) -> Report:
    """Compare what a head reads from logits with gold spans.

    Args:
        documents: With their gold spans.
        logits: For each document its words' logits, shape (words, outputs).
        head: Of the model.
        temperature: See ``Head.probabilities``.
    """
    predicted = [
        head.decode(rows, document_words(item.document), item.document.text)
        for item, rows in zip(documents, head.probabilities(logits, temperature), strict=True)
    ]
    return report(documents, predicted, head.labels)


def _sequences(
    words: Sequence[Piece], gold: Sequence[Span], found: Sequence[Span]
) -> tuple[list[list[str]], list[list[str]]]:
    """Lay out a document as sequences of tags, gold and found, that hold all that can be held."""
    gold_tags, gold_left = spans_to_tags(words, gold)
    found_tags, found_left = spans_to_tags(words, found)
    if not gold_left and not found_left:
        return [gold_tags], [found_tags]
    gold_rows: list[list[str]] = []
    found_rows: list[list[str]] = []
    for label in sorted({span.label for span in (*gold, *found)}):
        gold_tags, gold_left = spans_to_tags(words, [s for s in gold if s.label == label])
        found_tags, found_left = spans_to_tags(words, [s for s in found if s.label == label])
        # One sequence of its own for each span that cannot be held: it is missed, or wrong.
        lone = [[f"B-{label}"]]
        gold_rows += [gold_tags, *(lone * len(gold_left)), *([["O"]] * len(found_left))]
        found_rows += [found_tags, *([["O"]] * len(gold_left)), *(lone * len(found_left))]
    return gold_rows, found_rows


def _report(gold: list[list[str]], predicted: list[list[str]], labels: Sequence[str]) -> Report:
    zero = Score(0.0, 0.0, 0.0, 0)
    if not any(tag != "O" for tags in (*gold, *predicted) for tag in tags):
        return Report(zero, zero, zero, dict.fromkeys(labels, zero))
    with warnings.catch_warnings():
        # A label without gold or predicted spans has no precision or recall: 0 is meant.
        warnings.simplefilter("ignore")
        table: dict[str, Any] = classification_report(
            gold, predicted, mode="strict", scheme=IOB2, output_dict=True, zero_division=0
        )
    return Report(
        micro=_score(table["micro avg"]),
        macro=_score(table["macro avg"]),
        weighted=_score(table["weighted avg"]),
        labels={label: _score(table.get(label)) for label in labels},
    )


def _score(row: dict[str, Any] | None) -> Score:
    if row is None:
        return Score(0.0, 0.0, 0.0, 0)
    return Score(
        float(row["precision"]), float(row["recall"]), float(row["f1-score"]), int(row["support"])
    )
