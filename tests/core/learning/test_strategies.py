"""Query strategies against values computed by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from core.learning.strategies import (
    entropy,
    least_confidence,
    margin,
    mnlp,
    random_score,
    uncertainties,
)
from core.schema.learning import Strategy

Floats = NDArray[np.float64]

ROWS: Floats = np.array([[[0.7, 0.2, 0.1]], [[0.5, 0.4, 0.1]], [[0.9, 0.05, 0.05]]])
CERTAIN: Floats = np.array([[[1.0, 0.0, 0.0]], [[0.0, 1.0, 0.0]]])
EVEN: Floats = np.full((2, 1, 4), 0.25)


def test_least_confidence_is_that_of_the_least_certain_word() -> None:
    assert least_confidence(ROWS) == pytest.approx(0.5)
    assert least_confidence(CERTAIN) == 0.0
    assert least_confidence(EVEN) == 0.75


def test_margin_is_the_smallest_lead() -> None:
    assert margin(ROWS) == pytest.approx(0.9)
    assert margin(CERTAIN) == 0.0
    assert margin(EVEN) == 1.0


def test_entropy_is_the_mean_over_words() -> None:
    def of(*row: float) -> float:
        return -sum(p * math.log(p) for p in row)

    by_hand = (of(0.7, 0.2, 0.1) + of(0.5, 0.4, 0.1) + of(0.9, 0.05, 0.05)) / 3
    assert entropy(ROWS) == pytest.approx(by_hand)
    assert entropy(CERTAIN) == pytest.approx(0.0, abs=1e-9)
    assert entropy(EVEN) == pytest.approx(math.log(4))


def test_mnlp_is_the_mean_log_of_the_best_tags() -> None:
    by_hand = -(math.log(0.7) + math.log(0.5) + math.log(0.9)) / 3
    assert mnlp(ROWS) == pytest.approx(by_hand)
    assert mnlp(CERTAIN) == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("score", [least_confidence, margin, entropy, mnlp])
def test_a_record_without_words_teaches_nothing(score: object) -> None:
    assert callable(score)
    assert score(np.zeros((0, 1, 3))) == 0.0


def test_random_depends_on_the_record_and_the_seed_alone() -> None:
    scores = [random_score(key, seed=1) for key in range(1000)]
    assert scores == [random_score(key, seed=1) for key in range(1000)]
    assert scores != [random_score(key, seed=2) for key in range(1000)]
    assert len(set(scores)) == 1000
    assert all(0.0 <= score <= 1.0 for score in scores)
    assert np.mean(scores) == pytest.approx(0.5, abs=0.05)


weights_of_words = arrays(
    np.float64,
    st.tuples(st.integers(1, 6), st.integers(1, 3), st.just(5)),
    elements=st.floats(0.01, 1.0),
)


def test_rows_count_as_one_choice_of_tags() -> None:
    """Against the joint distribution of all choices, written out."""
    rows = np.random.default_rng(3).dirichlet((1, 1, 1), size=(4, 2))
    joint = np.einsum("wi,wj->wij", rows[:, 0], rows[:, 1]).reshape(4, 1, 9)
    for score in (least_confidence, margin, entropy, mnlp):
        assert score(rows) == pytest.approx(score(joint))


@given(weights_of_words)
def test_every_strategy_scores_within_its_range(weights: Floats) -> None:
    probabilities = weights / weights.sum(axis=2, keepdims=True)
    scores = uncertainties(probabilities, document_id=3, seed=1)
    assert set(scores) == {strategy.value for strategy in Strategy}
    assert all(math.isfinite(score) for score in scores.values())
    for name in (Strategy.RANDOM, Strategy.LEAST_CONFIDENCE, Strategy.MARGIN):
        assert 0.0 <= scores[name.value] <= 1.0
    assert 0.0 <= scores[Strategy.ENTROPY.value] <= weights.shape[1] * math.log(5) + 1e-9
    assert scores[Strategy.MNLP.value] >= -1e-9


@given(arrays(np.float64, (4, 2, 5), elements=st.floats(0.01, 1.0)), st.permutations(range(4)))
def test_the_order_of_words_does_not_matter(weights: Floats, order: list[int]) -> None:
    probabilities = weights / weights.sum(axis=2, keepdims=True)
    one = uncertainties(probabilities, document_id=3, seed=1)
    other = uncertainties(probabilities[order], document_id=3, seed=1)
    assert one == pytest.approx(other)
