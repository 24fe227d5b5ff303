"""Constrained decoding against trying every tag sequence, and confidence by hand."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from core.inference.decoding import best_tags, softmax, spans_on_path, tag_names
from core.schema.documents import Piece, PredictedSpan
from core.text.iob import tags_to_runs

Floats = NDArray[np.float64]
LABELS = ("drug", "disease")
TAGS = tag_names(LABELS)

logits = arrays(
    np.float64, st.tuples(st.integers(0, 5), st.just(len(TAGS))), elements=st.floats(-6, 6)
)


def decode(probabilities: Floats, words: list[Piece]) -> list[PredictedSpan]:
    return spans_on_path(best_tags(probabilities), probabilities, words, LABELS)


def makes_sense(path: tuple[int, ...]) -> bool:
    return not tags_to_runs([TAGS[tag] for tag in path])[1]


def test_tags_stand_in_the_order_of_the_outputs() -> None:
    assert TAGS == ["O", "B-drug", "I-drug", "B-disease", "I-disease"]


@given(logits)
def test_the_path_is_the_likeliest_that_makes_sense(rows: Floats) -> None:
    probabilities = softmax(rows)
    path = tuple(int(tag) for tag in best_tags(probabilities))
    assert makes_sense(path)
    logs = np.log(probabilities + 1e-12)

    def score(tags: tuple[int, ...]) -> float:
        return float(sum(logs[word, tag] for word, tag in enumerate(tags)))

    every = itertools.product(range(len(TAGS)), repeat=len(rows))
    assert score(path) == pytest.approx(max(score(tags) for tags in every if makes_sense(tags)))


@given(logits, st.floats(0.25, 8))
def test_a_temperature_changes_confidence_never_the_spans(rows: Floats, warmth: float) -> None:
    words = [(at * 2, at * 2 + 1) for at in range(len(rows))]
    cold = decode(softmax(rows), words)
    warm = decode(softmax(rows, warmth), words)
    if np.array_equal(best_tags(softmax(rows)), best_tags(softmax(rows, warmth))):
        assert [(s.start, s.end, s.label) for s in cold] == [
            (s.start, s.end, s.label) for s in warm
        ]
    else:
        # Two paths may be as likely as each other up to rounding.
        def total(path: NDArray[np.int64]) -> float:
            return float(rows[np.arange(len(rows)), path].sum())

        assert total(best_tags(softmax(rows))) == pytest.approx(
            total(best_tags(softmax(rows, warmth))), abs=1e-3
        )


@given(logits)
def test_spans_lie_on_words_in_order_with_confidence_from_0_to_1(rows: Floats) -> None:
    words = [(at * 3, at * 3 + 2) for at in range(len(rows))]
    spans = decode(softmax(rows), words)
    assert all(span.end <= following.start for span, following in itertools.pairwise(spans))
    for span in spans:
        assert span.start in {start for start, _ in words}
        assert span.end in {end for _, end in words}
        assert 0.0 <= span.score <= 1.0


def test_an_inside_that_nothing_begins_becomes_a_beginning_or_nothing() -> None:
    rows = np.array([[0.2, 0.25, 0.5, 0.03, 0.02], [0.1, 0.1, 0.7, 0.05, 0.05]])
    assert best_tags(rows).tolist() == [1, 2]


def test_confidence_by_hand() -> None:
    rows = np.array(
        [
            [0.1, 0.8, 0.05, 0.03, 0.02],  # B-drug
            [0.2, 0.1, 0.5, 0.1, 0.1],  # I-drug
            [0.6, 0.1, 0.2, 0.05, 0.05],  # O
            [0.1, 0.05, 0.05, 0.7, 0.1],  # B-disease, the last word
        ]
    )
    words = [(0, 4), (5, 9), (10, 11), (12, 20)]
    first, second = decode(rows, words)
    assert (first.start, first.end, first.label) == (0, 9, "drug")
    assert first.score == pytest.approx(math.sqrt(0.8 * 0.5) * (1 - 0.2))
    assert (second.start, second.end, second.label) == (12, 20, "disease")
    assert second.score == pytest.approx(0.7)


def test_neighbours_of_one_label_stay_two_spans() -> None:
    rows = np.array([[0.0, 1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0, 0.0]])
    spans = decode(rows, [(0, 1), (2, 3)])
    assert [(span.start, span.end, span.label) for span in spans] == [
        (0, 1, "drug"),
        (2, 3, "drug"),
    ]
    assert [span.score for span in spans] == pytest.approx([1.0, 1.0])


def test_no_words_no_spans() -> None:
    assert decode(np.zeros((0, 5)), []) == []


@given(
    arrays(
        np.float64,
        st.tuples(st.integers(0, 6), st.integers(1, 4), st.just(3)),
        elements=st.floats(-6, 6),
    )
)
def test_rows_side_by_side_are_decoded_as_each_alone(rows: Floats) -> None:
    probabilities = softmax(rows)
    together = best_tags(probabilities)
    assert together.shape == rows.shape[:2]
    for row in range(rows.shape[1]):
        assert together[:, row].tolist() == best_tags(probabilities[:, row]).tolist()


@given(logits)
def test_softmax_gives_probabilities(rows: Floats) -> None:
    assert softmax(rows * 100).sum(axis=1) == pytest.approx(np.ones(len(rows)))
