"""The forward-backward algorithm against the sum over every way to tag a few words."""

from __future__ import annotations

import itertools
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.inference.chain import Transitions, log_posteriors
from core.inference.decoding import allowed_transitions, tag_names

Floats = NDArray[np.float64]


def drawn(seed: int, *shape: int, scale: float = 2.0) -> Floats:
    return np.random.default_rng(seed).normal(scale=scale, size=shape)


def as_transitions(values: Floats) -> Transitions:
    return tuple(tuple(tuple(line) for line in row) for row in values.tolist())


def by_hand(scores: Floats, transitions: Floats) -> Floats:
    """Return the posteriors of one row, shape (words, tags), going through all paths."""
    words, tags = scores.shape
    allowed = allowed_transitions(tags)
    sums = np.zeros((words, tags))
    for path in itertools.product(range(tags), repeat=words):
        pairs = list(itertools.pairwise(path))
        if all(allowed[pair] for pair in pairs):
            score = sum(scores[at, tag] for at, tag in enumerate(path))
            weight = np.exp(score + sum(transitions[pair] for pair in pairs))
            for at, tag in enumerate(path):
                sums[at, tag] += weight
    return np.asarray(sums / sums.sum(axis=1, keepdims=True))


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 10**6),
    st.lists(st.integers(0, 5), max_size=4),
    st.integers(1, 2),
    st.integers(1, 2),
)
def test_posteriors_are_those_of_all_paths_together(
    seed: int, lengths: list[int], rows: int, labels: int
) -> None:
    tags = 2 * labels + 1
    documents = [drawn(seed + at, words, rows, tags) for at, words in enumerate(lengths)]
    transitions = drawn(seed + 9, rows, tags, tags)
    answers = log_posteriors(documents, as_transitions(transitions))
    for scores, found in zip(documents, answers, strict=True):
        assert found.shape == scores.shape
        for row in range(rows if len(scores) else 0):
            expected = by_hand(scores[:, row], transitions[row])
            np.testing.assert_allclose(np.exp(found[:, row]), expected, atol=1e-9)


def test_a_transition_that_makes_no_sense_is_left_out_whatever_its_score() -> None:
    allowed = allowed_transitions(5)
    names = tag_names(("drug", "sign"))
    leads = {names[to]: [names[at] for at in range(5) if allowed[at, to]] for to in range(5)}
    assert leads == {
        "O": names,
        "B-drug": names,
        "I-drug": ["B-drug", "I-drug"],
        "B-sign": names,
        "I-sign": ["B-sign", "I-sign"],
    }
    scores = np.zeros((2, 1, 5))
    scores[0, 0, 0] = scores[1, 0, 2] = 30.0  # O, then I-drug
    (found,) = log_posteriors([scores], as_transitions(np.full((1, 5, 5), 5.0)))
    assert np.exp(found[0, 0, 1] + found[1, 0, 2]) < np.exp(found[0, 0, 0])


def test_scores_far_apart_make_no_number_that_is_none() -> None:
    scores = np.zeros((40, 1, 3))
    scores[::2, 0, 2], scores[1::2, 0, 0] = 900.0, 900.0
    (found,) = log_posteriors([scores], as_transitions(np.zeros((1, 3, 3))))
    assert np.isfinite(found).all()
    np.testing.assert_allclose(np.exp(found).sum(axis=2), 1.0, atol=1e-9)


def test_a_long_document_among_many_short_ones_takes_no_memory_for_many_long_ones() -> None:
    documents = [np.zeros((20_000, 1, 3)), *(np.zeros((50, 1, 3)) for _ in range(200))]
    tracemalloc.start()
    try:
        log_posteriors(documents, as_transitions(np.zeros((1, 3, 3))))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 20 * documents[0].nbytes


@pytest.mark.parametrize("pull", [-2.0, 2.0])
def test_what_was_learned_of_transitions_moves_a_word_that_is_in_doubt(pull: float) -> None:
    scores = np.zeros((2, 1, 3))
    scores[0, 0, 1] = 4.0  # surely a beginning; the second word may be anything
    transitions = np.zeros((1, 3, 3))
    transitions[0, 1, 2] = pull
    found = np.exp(log_posteriors([scores], as_transitions(transitions))[0])
    assert (int(found[1, 0].argmax()) == 2) is (pull > 0)
