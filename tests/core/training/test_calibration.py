"""Temperature scaling finds the temperature with which confidence was spoiled."""

from __future__ import annotations

import numpy as np
import pytest

from core.inference.decoding import softmax, tag_names
from core.schema.documents import Document, LabelledDocument
from core.text.iob import tags_to_spans
from core.text.words import document_words
from core.training.calibration import fit_temperature

LABELS = ("drug",)
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
    assert fit_temperature(documents, logits, LABELS) == pytest.approx(temperature, rel=0.1)


def test_documents_without_words_change_nothing() -> None:
    documents, logits = answers(2.0, words=500)
    empty = LabelledDocument(Document(2, "note", ""), ())
    nothing = np.zeros((0, len(TAGS)))
    assert fit_temperature([empty, *documents], [nothing, *logits], LABELS) == pytest.approx(
        fit_temperature(documents, logits, LABELS)
    )


def test_without_words_confidence_stays_as_it_is() -> None:
    empty = LabelledDocument(Document(2, "note", ""), ())
    assert fit_temperature([empty], [np.zeros((0, len(TAGS)))], LABELS) == 1.0
