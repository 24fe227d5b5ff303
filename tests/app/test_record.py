from __future__ import annotations

from app.record import MOST_PAUSE_SECONDS, ReadingTime


class Clock:
    """A clock that stands where it is set."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_pauses_do_not_count_as_work() -> None:
    clock = Clock()
    spent = ReadingTime(clock)
    clock.now += 5
    spent.note()
    clock.now += 3600
    assert spent.take() == 5 + MOST_PAUSE_SECONDS
    clock.now += 2
    assert spent.take() == 2
