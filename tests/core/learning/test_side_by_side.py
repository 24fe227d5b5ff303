"""Rounds are parted evenly among processes that each have a thread at least."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.learning.side_by_side import side_by_side


@pytest.mark.parametrize(
    ("rounds", "threads", "processes"),
    [(1, 8, 1), (2, 1, 1), (2, 2, 2), (2, 7, 2), (3, 2, 1), (3, 3, 3), (4, 3, 2), (4, 4, 4)],
)
def test_examples(rounds: int, threads: int, processes: int) -> None:
    assert side_by_side(rounds, threads) == processes


@given(st.integers(1, 60), st.integers(1, 60))
def test_each_has_as_many_rounds_and_a_thread(rounds: int, threads: int) -> None:
    processes = side_by_side(rounds, threads)
    assert rounds % processes == 0
    assert threads // processes >= 1
