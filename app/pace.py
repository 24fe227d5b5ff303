"""How fast the work goes: counted in work, pauses left out, as for the time on a record."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.record import ReadingTime
from core.store.workday import Work

LEAST_SECONDS = 60.0
"""Of work; before that a rate an hour says nothing."""
_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Rates:
    """What an hour of work brings at the pace so far."""

    records: float
    labels: float


@dataclass(frozen=True, slots=True)
class Goal:
    """How many records are to be done; 0 where there is no goal.

    Attributes:
        records: The number.
        daily: Whether they count for the day, over all sessions, or for this session only.
    """

    records: int = 0
    daily: bool = True


class Pace:
    """The time of work of one session, in all and on the record on the screen.

    Idle time does not count, by the rule of ``ReadingTime``.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin at nought.

        Args:
            clock: Returns seconds.
        """
        self._clock = clock
        self._session = ReadingTime(clock)
        self._record = ReadingTime(clock)
        self._before = 0.0

    def note(self) -> None:
        """Say that the reader has just done something."""
        self._session.note()
        self._record.note()

    def begin_record(self, seconds_before: float) -> None:
        """Count for another record, which took so long already."""
        self._session.note()
        self._record = ReadingTime(self._clock)
        self._before = seconds_before

    @property
    def seconds(self) -> float:
        """Seconds of work in this session."""
        return self._session.seconds

    @property
    def seconds_on_record(self) -> float:
        """Seconds of work on the record on the screen, those of earlier visits included."""
        return self._before + self._record.seconds

    def rates(self, work: Work) -> Rates | None:
        """Return the pace of a session's work; None while there is too little time to tell."""
        seconds = self.seconds
        if seconds < LEAST_SECONDS:
            return None
        return Rates(work.records * _HOUR / seconds, work.labels * _HOUR / seconds)


class GoalWatch:
    """Notices when a goal is reached, once for each goal and day."""

    def __init__(self) -> None:
        """Begin without having seen anything."""
        self._short: tuple[Goal, date] | None = None
        self._told: set[tuple[Goal, date]] = set()

    def reached(self, goal: Goal, records: int, today: date) -> bool:
        """Tell whether the goal has just been reached: it was short of it when last asked."""
        key = (goal, today)
        if not goal.records or key in self._told:
            return False
        if records < goal.records:
            self._short = key
            return False
        if self._short != key:
            return False
        self._told.add(key)
        return True
