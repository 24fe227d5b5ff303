"""Restraint: what was taken from O comes back, of few words only in part, and never less than 0."""

from __future__ import annotations

import numpy as np
import pytest

from core.inference.decoding import softmax, tag_names
from core.inference.heads import Head, HeadKind
from core.schema.documents import Document, LabelledDocument, Span
from core.text.iob import tags_to_spans
from core.text.words import document_words
from core.training.restraint import Logits, restrained

LABELS = ("drug", "disease")
EVEN = np.zeros((5, 5))
SOFTMAX = Head(HeadKind.SOFTMAX, LABELS, transitions=(tuple(map(tuple, EVEN.tolist())),))
ROWS = Head(HeadKind.MULTI_LABEL, LABELS, transitions=(((0.0,) * 3,) * 3,) * 2)


def drawn(
    head: Head, words: int, *, taken: float, documents: int = 4
) -> tuple[list[LabelledDocument], Logits]:
    """Gold tags drawn from probabilities, and their logits with so many nats taken from O."""
    random = np.random.default_rng(7)
    items, logits = [], []
    for number in range(1, documents + 1):
        # Of unlike length, for they are gone over side by side.
        document = Document(number, "note", " ".join("w" for _ in range(words * number)))
        spans, parts = list[Span](), []
        for labels in head.rows:
            tags = tag_names(labels)
            scores = random.normal(0, 1.0, (words * number, len(tags)))
            # I- is made impossible: the drawn tags then make sense in a row.
            scores[:, 2::2] = -30.0
            row = [tags[random.choice(len(tags), p=chances)] for chances in softmax(scores)]
            spans += tags_to_spans(document_words(document), row)
            scores[:, 0] -= taken
            parts.append(scores)
        items.append(LabelledDocument(document, tuple(spans)))
        logits.append(np.hstack(parts))
    return items, logits


def restraint(head: Head, before: Head) -> float:
    """Return what every step to O got, after a look that nothing else was changed."""
    assert head.transitions is not None
    change = np.array(head.transitions) - np.array(before.transitions)
    assert not change[:, :, 1:].any()
    assert np.ptp(change[:, :, 0]) < 1e-9
    return float(change[0, 0, 0])


@pytest.mark.parametrize("head", [SOFTMAX, ROWS], ids=["softmax", "rows"])
@pytest.mark.parametrize("taken", [0.3, 0.8])
def test_what_was_taken_from_no_span_comes_back(head: Head, taken: float) -> None:
    documents, logits = drawn(head, 1500, taken=taken)
    found = restrained(documents, logits, head, check=lambda: None)
    assert restraint(found, head) == pytest.approx(taken, abs=0.1)


@pytest.mark.parametrize("taken", [0.0, -0.8])
def test_a_model_that_finds_no_more_than_there_is_stays_as_it_is(taken: float) -> None:
    documents, logits = drawn(SOFTMAX, 1500, taken=taken)
    found = restrained(documents, logits, SOFTMAX, check=lambda: None)
    assert restraint(found, SOFTMAX) < 0.1
    if taken:
        assert found is SOFTMAX


def test_few_words_say_little() -> None:
    documents, logits = drawn(SOFTMAX, 3, taken=1.5, documents=2)
    found = restrained(documents, logits, SOFTMAX, check=lambda: None)
    assert 0.0 < restraint(found, SOFTMAX) < 1.0


def test_without_words_or_transitions_there_is_nothing_to_go_by() -> None:
    empty = LabelledDocument(Document(1, "note", ""), ())
    documents, logits = drawn(SOFTMAX, 20, taken=1.0)
    nothing = np.zeros((0, SOFTMAX.outputs))
    assert restrained([empty], [nothing], SOFTMAX, check=lambda: None) is SOFTMAX
    bare = Head(HeadKind.SOFTMAX, LABELS)
    assert restrained(documents, logits, bare, check=lambda: None) is bare
    with_empty = restrained([empty, *documents], [nothing, *logits], SOFTMAX, check=lambda: None)
    assert with_empty == restrained(documents, logits, SOFTMAX, check=lambda: None)


def test_it_can_be_cancelled() -> None:
    def cancel() -> None:
        raise KeyboardInterrupt

    documents, logits = drawn(SOFTMAX, 20, taken=1.0)
    with pytest.raises(KeyboardInterrupt):
        restrained(documents, logits, SOFTMAX, check=cancel)
