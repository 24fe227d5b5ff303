from __future__ import annotations

import numpy as np
import pytest

from core.search.noise import compare


def test_the_figures_of_a_comparison() -> None:
    found = compare([0.80, 0.82, 0.84], [0.86, 0.88, 0.90], support=1000)
    assert found.current == pytest.approx(0.82)
    assert found.candidate == pytest.approx(0.88)
    assert found.noise == pytest.approx(0.02)
    # t(4 degrees of freedom, 95% one-sided) = 2.132
    assert found.margin == pytest.approx(2.132 * 0.02 * np.sqrt(2 / 3), abs=1e-5)
    assert found.difference == pytest.approx(0.06)
    assert found.better


def test_a_difference_within_the_noise_does_not_win() -> None:
    assert not compare([0.80, 0.82, 0.84], [0.82, 0.84, 0.86], support=1000).better


def test_a_worse_recipe_never_wins() -> None:
    assert not compare([0.84, 0.84, 0.84], [0.82, 0.82, 0.82], support=1000).better


def test_without_noise_the_difference_must_be_worth_a_span() -> None:
    assert not compare([0.8] * 3, [0.801] * 3, support=100).better
    assert compare([0.8] * 3, [0.82] * 3, support=100).better


def test_alike_pairs_do_not_win_by_being_alike() -> None:
    # Three differences of 0.002 each: a paired t-test would be certain of it.
    current = [0.80, 0.83, 0.86]
    assert not compare(current, [f1 + 0.002 for f1 in current], support=10_000).better


def test_of_equal_recipes_one_in_twenty_wins_at_most() -> None:
    drawn = np.random.default_rng(3).normal(0.85, 0.01, (4000, 2, 3))
    wins = sum(compare(list(a), list(b), support=100_000).better for a, b in drawn)
    assert 0.04 < wins / 4000 < 0.06


def test_a_clear_gain_is_seen_in_most_cases() -> None:
    drawn = np.random.default_rng(3).normal(0.85, 0.01, (1000, 2, 3))
    wins = sum(compare(list(a), list(b + 0.04), support=100_000).better for a, b in drawn)
    assert wins > 950


@pytest.mark.parametrize(("current", "candidate"), [([0.8], [0.9]), ([0.8, 0.8], [0.9])])
def test_one_seed_says_nothing(current: list[float], candidate: list[float]) -> None:
    with pytest.raises(ValueError, match="seeds"):
        compare(current, candidate, support=10)
