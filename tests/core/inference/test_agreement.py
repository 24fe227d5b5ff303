"""Abbreviations are labelled as their long forms, as far as the model is sure of these."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.inference.decoding import Floats
from core.inference.heads import Head, HeadKind
from core.schema.documents import PredictedSpan
from core.text.words import split_words

LABELS = ("disease", "gene")
PLAIN = Head(HeadKind.SOFTMAX, LABELS)
AGREEING = replace(PLAIN, abbreviations=True)
TEXT = "Has chronic kidney disease (CKD) now. CKD is old, and CKD patients are many."
WORDS = split_words(TEXT)
USES = ["CKD", "CKD", "CKD"]


def probabilities(text: str, beliefs: dict[str, list[float]], label: int = 0) -> Floats:
    """Return what a model is to believe of a text: how much of each stretch, place by place.

    What is not believed to be a span of the label is O.
    """
    words = split_words(text)
    rows = np.full((len(words), 1, 5), 1e-6)
    for stretch, chances in beliefs.items():
        at = 0
        for chance in chances:
            at = text.index(stretch, at)
            inside = [n for n, (start, _) in enumerate(words) if at <= start < at + len(stretch)]
            for place, word in enumerate(inside):
                rows[word, 0, 2 * label + (2 if place else 1)] = chance
            at += len(stretch)
    rows[:, 0, 0] = 1 - rows[:, 0, 1:].sum(axis=1)
    return rows


def read(text: str, rows: Floats, head: Head = AGREEING) -> list[tuple[str, str]]:
    spans = head.decode(rows, split_words(text), text)
    return [(text[span.start : span.end], span.label) for span in spans]


def diseases(text: str, beliefs: dict[str, list[float]]) -> list[str]:
    found = read(text, probabilities(text, beliefs))
    assert {label for _, label in found} <= {"disease"}
    return [name for name, _ in found]


@pytest.mark.parametrize(
    ("long", "short", "found"),
    [
        (0.95, [0.3, 0.1, 0.1], ["chronic kidney disease", *USES]),
        (0.95, [0.99, 0.1, 0.99], ["chronic kidney disease", *USES]),
        # The model is not sure of the long form, but of the abbreviation it is.
        (0.6, [0.01, 0.01, 0.01], ["chronic kidney disease"]),
        (0.01, [0.9, 0.9, 0.2], []),
        (0.4, [0.99, 0.99, 0.2], ["CKD", "CKD"]),
    ],
)
def test_the_long_form_decides_where_the_model_is_sure_of_it(
    long: float, short: list[float], found: list[str]
) -> None:
    beliefs = {"CKD": short, "chronic kidney disease": [long]}
    assert diseases(TEXT, beliefs) == found


def test_a_span_that_ends_with_the_long_form_counts_and_one_on_a_part_of_it_does_not() -> None:
    text = "Severe chronic kidney disease (CKD). CKD."
    whole = {"Severe chronic kidney disease": [0.9], "CKD": [0.2, 0.2]}
    assert diseases(text, whole) == ["Severe chronic kidney disease", "CKD", "CKD"]
    part = {"kidney disease": [0.9], "CKD": [0.2, 0.8]}
    assert diseases(text, part) == ["kidney disease", "CKD"]


def test_what_holds_more_than_the_abbreviation_stays() -> None:
    beliefs = {"CKD": [0.1, 0.1], "CKD patients": [0.9], "chronic kidney disease": [0.9]}
    assert diseases(TEXT, beliefs) == ["chronic kidney disease", "CKD", "CKD", "CKD patients"]
    none = {"CKD": [0.1, 0.1], "CKD patients": [0.9]}
    assert diseases(TEXT, none) == ["CKD patients"]


def test_an_abbreviation_of_several_words_is_one_span() -> None:
    text = "Ataxia-telangiectasia (A-T) and A-T cells."
    beliefs = {"Ataxia-telangiectasia": [0.9], "A-T": [0.3, 0.3]}
    assert diseases(text, beliefs) == ["Ataxia-telangiectasia", "A-T", "A-T"]


def test_another_label_is_not_taken_away() -> None:
    rows = probabilities(TEXT, {"chronic kidney disease": [0.99]})
    genes = probabilities(TEXT, {"CKD": [0.9, 0.1, 0.1]}, label=1)
    rows = np.where(genes[:, :, :1] < 0.99, genes, rows)
    # Where it is a gene it stays one; the others get the long form's label.
    assert read(TEXT, rows)[1:] == [("CKD", "gene"), ("CKD", "disease"), ("CKD", "disease")]


def test_each_row_agrees_by_itself() -> None:
    head = Head(HeadKind.MULTI_LABEL, LABELS, abbreviations=True)
    disease = probabilities(TEXT, {"chronic kidney disease": [0.9], "CKD": [0.2, 0.2, 0.2]})
    gene = probabilities(TEXT, {"CKD": [0.9, 0.9, 0.9]})
    rows = np.concatenate([disease[:, :, :3], gene[:, :, :3]], axis=1)
    expected = ["chronic kidney disease", *USES]
    assert read(TEXT, rows, head) == [(name, "disease") for name in expected]


def test_a_new_span_says_how_sure_it_is() -> None:
    for long, short in ((0.9, 0.4), (0.99, 0.4), (0.99, 0.1)):
        beliefs = {"chronic kidney disease": [long], "CKD": [short] * 3}
        spans = AGREEING.decode(probabilities(TEXT, beliefs), WORDS, TEXT)
        assert [0.5 < span.score < long for span in spans[1:]] == [True] * 3


def test_without_an_explanation_or_for_an_older_model_nothing_changes() -> None:
    bare = TEXT.replace("(CKD)", "CKD")
    beliefs = {"chronic kidney disease": [0.9], "CKD": [0.2, 0.9, 0.2]}
    assert diseases(bare, beliefs) == ["chronic kidney disease", "CKD"]
    rows = probabilities(TEXT, beliefs)
    assert [name for name, _ in read(TEXT, rows, PLAIN)] == ["chronic kidney disease", "CKD"]
    assert AGREEING.decode(np.zeros((0, 1, 5)), [], "") == ()


@given(arrays(np.float64, (len(WORDS), 1, 5), elements=st.floats(0.01, 1.0)))
def test_nothing_overlaps_and_only_abbreviations_change(odds: Floats) -> None:
    rows = odds / odds.sum(axis=2, keepdims=True)
    before = PLAIN.decode(rows, WORDS, TEXT)
    after = AGREEING.decode(rows, WORDS, TEXT)
    assert all(one.end <= other.start for one, other in pairwise(after))
    assert all(0.0 <= span.score <= 1.0 for span in after)

    def others(spans: tuple[PredictedSpan, ...]) -> list[PredictedSpan]:
        return [span for span in spans if TEXT[span.start : span.end] != "CKD"]

    assert others(before) == others(after)
