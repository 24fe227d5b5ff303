"""Targets of both heads, and the choice between them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.inference.decoding import tag_names
from core.inference.heads import Head, HeadKind
from core.schema.documents import Document, LabelledDocument, Span
from core.text.iob import spans_to_tags
from core.training.targets import choose_head, word_targets
from tests.core.training.nesting import LABELS, TEXT, WORDS, spans_of_labels

SOFTMAX = Head(HeadKind.SOFTMAX, LABELS)
SEVERAL = Head(HeadKind.MULTI_LABEL, LABELS)


def document(*spans: Span) -> LabelledDocument:
    return LabelledDocument(Document(1, "note", TEXT), spans)


@given(spans_of_labels())
def test_spans_survive_the_way_through_targets_and_outputs(gold: tuple[Span, ...]) -> None:
    targets, left_out = word_targets(SEVERAL, WORDS, gold)
    assert left_out == []
    logits = 20.0 * np.eye(3)[targets].reshape(len(WORDS), SEVERAL.outputs)
    found = SEVERAL.decode(SEVERAL.probabilities([logits])[0], WORDS, TEXT)
    assert sorted((span.start, span.end, span.label) for span in found) == sorted(
        (span.start, span.end, span.label) for span in gold
    )
    assert [span.score for span in found] == pytest.approx([1.0] * len(gold), abs=1e-3)


@given(spans_of_labels())
def test_one_row_is_taught_iob2(gold: tuple[Span, ...]) -> None:
    targets, left_out = word_targets(SOFTMAX, WORDS, gold)
    tags, lost = spans_to_tags(WORDS, gold)
    assert [tag_names(LABELS)[tag] for tag in targets[:, 0]] == tags
    assert left_out == lost


@settings(max_examples=40)
@given(st.lists(spans_of_labels(), max_size=3))
def test_the_head_is_chosen_by_what_one_softmax_would_lose(gold: list[tuple[Span, ...]]) -> None:
    head, gained = choose_head([document(*some) for some in gold], LABELS)
    assert gained == sum(len(spans_to_tags(WORDS, some)[1]) for some in gold)
    assert head == (SEVERAL if gained else SOFTMAX)


def test_a_stray_overlap_changes_nothing_for_the_other_labels() -> None:
    flat = [document(Span(0, 4, "finding"), Span(5, 9, "site"))] * 50
    nested = document(Span(0, 9, "finding"), Span(5, 9, "site"))
    assert choose_head([*flat, nested], LABELS) == (SOFTMAX, 1)
    assert choose_head([*flat[:48], nested, nested], LABELS) == (SEVERAL, 2)


def test_what_no_head_holds_decides_nothing() -> None:
    outer, inner = Span(0, 14, "finding"), Span(5, 9, "finding")
    parted = Span(0, 14, "site", pieces=((0, 4), (10, 14)))
    assert choose_head([document(outer, inner)], LABELS) == (SOFTMAX, 0)
    assert choose_head([document(outer, parted)], LABELS) == (SOFTMAX, 0)
    targets, left_out = word_targets(SEVERAL, WORDS, [inner, parted, outer])
    assert left_out == [inner, parted]
    assert targets[:4].tolist() == [[1, 0, 0], [2, 0, 0], [2, 0, 0], [0, 0, 0]]


def test_labels_that_part_a_word_need_a_row_each() -> None:
    """ "12mg" is one word to the splitter where the source has it as one: both labels want it."""
    item = LabelledDocument(
        Document(1, "note", "12mg", tokens=((0, 4),)), (Span(0, 2, "finding"), Span(2, 4, "drug"))
    )
    assert choose_head([item], LABELS) == (SEVERAL, 1)


def test_nothing_labelled_keeps_the_softmax() -> None:
    assert choose_head([], LABELS) == choose_head([document()], LABELS) == (SOFTMAX, 0)
