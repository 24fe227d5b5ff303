"""Temperature scaling finds the temperature with which confidence was spoiled."""

from __future__ import annotations

import numpy as np
import pytest

from core.inference.decoding import softmax, tag_names
from core.inference.heads import Head, HeadKind
from core.schema.documents import Document, LabelledDocument, Span
from core.text.iob import tags_to_spans
from core.text.words import document_words
from core.training.calibration import fit_temperature

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
