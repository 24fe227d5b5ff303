"""Temperature scaling finds the temperature with which confidence was spoiled."""

from __future__ import annotations

import numpy as np
import pytest

from core.inference.decoding import softmax, tag_names
from core.inference.heads import Head, HeadKind
from core.schema.documents import Document, LabelledDocument, PredictedSpan, Span
from core.text.iob import tags_to_spans
from core.text.words import document_words
from core.training.calibration import (
    cross_fitted_calibration,
    expected_calibration_error,
    fit_temperature,
    span_calibration,
)

LABELS = ("drug",)
HEAD = Head(HeadKind.SOFTMAX, LABELS)
TAGS = tag_names(LABELS)


def answers(
    temperature: float, words: int = 4000
) -> tuple[list[LabelledDocument], list[np.typing.NDArray[np.float64]]]:
    """Gold tags drawn from probabilities, and their logits made too bold by a temperature."""
    random = np.random.default_rng(7)
    logits = random.normal(0, 1.5, (words, len(TAGS)))
    # I- is made impossible: the drawn tags are then always sound.
    logits[:, 2] = -30.0
    drawn = [TAGS[random.choice(len(TAGS), p=row)] for row in softmax(logits)]
    document = Document(1, "note", " ".join("w" for _ in range(words)))
    spans = tags_to_spans(document_words(document), drawn)
    return [LabelledDocument(document, spans)], [logits * temperature]


@pytest.mark.parametrize("temperature", [0.5, 1.0, 3.0])
def test_the_temperature_is_found(temperature: float) -> None:
    documents, logits = answers(temperature)
    assert fit_temperature(documents, logits, HEAD) == pytest.approx(temperature, rel=0.1)


def test_the_temperature_is_found_over_several_rows() -> None:
    labels = ("drug", "disease")
    head = Head(HeadKind.MULTI_LABEL, labels)
    random = np.random.default_rng(7)
    parts, spans = [], list[Span]()
    document = Document(1, "note", " ".join("w" for _ in range(2000)))
    for label in labels:
        logits = random.normal(0, 1.5, (2000, 3))
        logits[:, 2] = -30.0
        drawn = [("O", f"B-{label}")[int(random.random() < row[1])] for row in softmax(logits)]
        spans += tags_to_spans(document_words(document), drawn)
        parts.append(2.0 * logits)
    item = LabelledDocument(document, tuple(spans))
    assert fit_temperature([item], [np.hstack(parts)], head) == pytest.approx(2.0, rel=0.1)


def test_documents_without_words_change_nothing() -> None:
    documents, logits = answers(2.0, words=500)
    empty = LabelledDocument(Document(2, "note", ""), ())
    nothing = np.zeros((0, len(TAGS)))
    assert fit_temperature([empty, *documents], [nothing, *logits], HEAD) == pytest.approx(
        fit_temperature(documents, logits, HEAD)
    )


def test_without_words_confidence_stays_as_it_is() -> None:
    empty = LabelledDocument(Document(2, "note", ""), ())
    assert fit_temperature([empty], [np.zeros((0, len(TAGS)))], HEAD) == 1.0


def test_the_error_is_the_mean_distance_within_bins_of_as_many_spans() -> None:
    # Ten bins of two: nine are right as often as they say, in the last both are wrong.
    confidence = [0.5] * 18 + [0.9, 0.9]
    right = [True, False] * 9 + [False, False]
    assert expected_calibration_error(confidence, right) == pytest.approx(0.09)
    assert expected_calibration_error(confidence[::-1], right[::-1]) == pytest.approx(0.09)
    assert expected_calibration_error([], []) == 0.0
    assert expected_calibration_error([0.75], [True]) == pytest.approx(0.25)


@pytest.mark.parametrize(("boldness", "least"), [(1.0, 0.0), (3.0, 0.1)])
def test_confidence_drawn_honestly_has_hardly_any_error(boldness: float, least: float) -> None:
    random = np.random.default_rng(3)
    odds = random.normal(0, 1.5, 20_000)
    right = random.random(len(odds)) < 1 / (1 + np.exp(-odds))
    said = 1 / (1 + np.exp(-odds * boldness))
    error = expected_calibration_error(said.tolist(), right.tolist())
    assert least <= error <= least + 0.2
    assert (error < 0.02) == (boldness == 1.0)


def test_a_span_is_right_only_with_its_label_start_and_end() -> None:
    gold = (Span(0, 3, "drug"), Span(4, 9, "drug", pieces=((4, 5), (8, 9))))
    item = LabelledDocument(Document(1, "note", "gout aspirin"), gold)
    found = [
        PredictedSpan(0, 3, "drug", 0.9),
        PredictedSpan(0, 3, "gout", 0.8),
        PredictedSpan(0, 4, "drug", 0.7),
        PredictedSpan(4, 9, "drug", 0.6),
    ]
    measured = span_calibration([item], [found])
    assert measured is not None
    assert (measured.spans, measured.unscaled, measured.cross_fitted) == (4, None, False)
    assert measured.error == pytest.approx((0.1 + 0.8 + 0.7 + 0.6) / 4)
    assert span_calibration([item], [[]]) is None


def test_cross_fitting_measures_less_error_with_the_temperature_than_without() -> None:
    documents, logits = [], []
    bold, rows = answers(4.0, words=8000)
    (whole,) = bold
    words = document_words(whole.document)
    for first in range(0, 8000, 1000):
        begin, end = words[first][0], words[first + 999][1]
        inside = tuple(
            Span(span.start - begin, span.end - begin, span.label)
            for span in whole.spans
            if begin <= span.start < end
        )
        documents.append(
            LabelledDocument(Document(first, "n", whole.document.text[begin:end]), inside)
        )
        logits.append(rows[0][first : first + 1000])
    measured = cross_fitted_calibration(documents, logits, HEAD)
    assert measured is not None
    assert measured.cross_fitted
    assert measured.unscaled is not None
    assert measured.error < 0.5 * measured.unscaled
    assert cross_fitted_calibration([], [], HEAD) is None
