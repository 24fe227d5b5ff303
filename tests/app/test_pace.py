from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.pace import LEAST_SECONDS, Goal, GoalWatch, Pace, Rates
from app.record import MOST_PAUSE_SECONDS, ReadingTime
from core.store.workday import Work

TODAY, TOMORROW = date(2026, 3, 5), date(2026, 3, 6)


class Clock:
    """A clock that stands where it is set."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@given(st.lists(st.tuples(st.floats(0, 1e5), st.booleans()), max_size=30))
def test_idle_time_never_counts(pauses: list[tuple[float, bool]]) -> None:
    """However long the pauses are, each counts at most as a short one; asking changes nothing."""
    clock = Clock()
    pace, booked = Pace(clock), ReadingTime(clock)
    expected = 0.0
    for pause, asked in pauses:
        clock.now += pause
        if asked:
            assert pace.seconds <= expected + MOST_PAUSE_SECONDS + 1e-6
        pace.note()
        booked.note()
        expected += min(pause, MOST_PAUSE_SECONDS)
    assert pace.seconds == pytest.approx(expected)
    assert pace.seconds_on_record == pytest.approx(booked.take())


def test_the_time_stands_still_while_nobody_is_there() -> None:
    clock = Clock()
    pace = Pace(clock)
    clock.now += 20
    assert pace.seconds_on_record == 20
    clock.now += 3600
    assert pace.seconds_on_record == MOST_PAUSE_SECONDS
    clock.now += 3600
    assert pace.seconds_on_record == MOST_PAUSE_SECONDS


def test_another_record_goes_on_where_it_was_left() -> None:
    clock = Clock()
    pace = Pace(clock)
    clock.now += 30
    pace.begin_record(200)
    clock.now += 5
    assert pace.seconds_on_record == 205
    assert pace.seconds == 35


def test_a_rate_is_told_once_there_is_enough_to_tell() -> None:
    clock = Clock()
    pace = Pace(clock)
    clock.now += LEAST_SECONDS - 1
    assert pace.rates(Work(1, 2)) is None
    pace.note()
    clock.now += 60 - LEAST_SECONDS + 1
    pace.note()
    for _ in range(29):
        clock.now += 60
        pace.note()
    assert pace.rates(Work(3, 20)) == Rates(records=6, labels=40)


def test_a_goal_is_reached_once() -> None:
    watch, goal = GoalWatch(), Goal(3)
    assert not watch.reached(goal, 2, TODAY)
    assert watch.reached(goal, 3, TODAY)
    assert not watch.reached(goal, 2, TODAY)
    assert not watch.reached(goal, 3, TODAY)
    assert not watch.reached(goal, 0, TOMORROW)
    assert watch.reached(goal, 3, TOMORROW)


def test_a_goal_that_was_reached_before_says_nothing() -> None:
    watch = GoalWatch()
    assert not watch.reached(Goal(3), 7, TODAY)
    assert not watch.reached(Goal(0), 0, TODAY)
    assert not watch.reached(Goal(0), 1, TODAY)
