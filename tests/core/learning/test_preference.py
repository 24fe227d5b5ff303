"""Which of two models is preferred: no worse, or of more rounds and too near to tell."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.learning.preference import Figures, deserves_promotion, told_apart
from core.schema.learning import Report, Score


def figures(f1: float, rounds: int = 1, spans: int = 100) -> Figures:
    score = Score(f1, f1, f1, spans)
    return Figures(Report(score, score, score), rounds)


def test_the_first_model_is_promoted_whatever_it_is() -> None:
    assert deserves_promotion(figures(0.0), None)


@pytest.mark.parametrize(
    ("model", "current", "promoted"),
    [
        (figures(0.5), figures(0.5), True),
        (figures(0.51), figures(0.5), True),
        (figures(0.49), figures(0.5), False),
        (figures(0.46, rounds=3), figures(0.5), True),  # a standard error is 0.05
        (figures(0.44, rounds=3), figures(0.5), False),
        (figures(0.46, rounds=3), figures(0.5, rounds=3), False),
        (figures(0.46), figures(0.5, rounds=3), False),
        (figures(0.51), figures(0.5, rounds=3), True),
        (figures(0.46, rounds=3, spans=10_000), figures(0.5, spans=10_000), False),
    ],
)
def test_no_worse_or_of_more_rounds_and_too_near(
    model: Figures, current: Figures, promoted: bool
) -> None:
    assert deserves_promotion(model, current) is promoted


@given(st.floats(0, 1), st.floats(0, 1), st.integers(0, 10_000))
def test_told_apart_is_a_standard_error_of_the_higher(one: float, two: float, spans: int) -> None:
    low, high = sorted((one, two))
    error = math.sqrt(high * (1 - high) / max(1, spans))
    told = told_apart(Score(high, high, high, spans), Score(low, low, low, spans))
    assert told is (low < high - error)
    assert not told_apart(Score(high, high, high, spans), Score(high, high, high, spans))


def test_nothing_found_by_either_is_no_difference() -> None:
    assert not told_apart(Score(0, 0, 0, 0), Score(0, 0, 0, 0))
