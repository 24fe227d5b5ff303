"""How much was done since a moment: records finished and labels made, from the audit alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from core.schema.documents import ReviewStatus
from core.store.chain import events_in, last_event_in
from core.store.models import AuditEventRow, table_of
from core.store.project import Project

_EVENT = table_of(AuditEventRow)
_EDITS = ("edit", "undo", "redo")


@dataclass(frozen=True, slots=True)
class Work:
    """What is done: ``records`` marked as done, ``labels`` that were not there before."""

    records: int = 0
    labels: int = 0


@dataclass(slots=True)
class WorkCount:
    """Counts one annotator's work since a moment; each reading goes on where the last one ended.

    What was undone does not count, and a record that was done, reopened and done again counts
    once. It is read by one thread at a time.

    Attributes:
        since: When the counting begins; with a time zone.
    """

    since: datetime
    _after: int | None = None
    _done: dict[int, tuple[bool, bool]] = field(default_factory=dict)
    _there: dict[int, tuple[bool, bool]] = field(default_factory=dict)

    def read(self, project: Project) -> Work:
        """Take in what has happened since the last reading."""
        with project.read() as connection:
            if self._after is None:
                moment = self.since.astimezone(UTC).isoformat(timespec="milliseconds")
                self._after = _last_before(connection, moment)
            for event in events_in(connection, after=self._after):
                self._after = event.id
                if event.kind in _EDITS and event.annotator == project.annotator:
                    for change in event.payload["changes"]:
                        self._take(change)
        return Work(records=_gained(self._done), labels=_gained(self._there))

    def _take(self, change: dict[str, Any]) -> None:
        if "span" in change:
            key, before, after = change["span"], change["before"], change["after"]
            first = self._there.get(key, (before is not None, False))[0]
            self._there[key] = (first, after is not None)
        elif "suggestion" not in change:
            key, done = change["document"], ReviewStatus.DONE.value
            first = self._done.get(key, (change["before"] == done, False))[0]
            self._done[key] = (first, change["after"] == done)


def _gained(sides: dict[int, tuple[bool, bool]]) -> int:
    """Count what was not at the beginning and is now."""
    return sum(now and not before for before, now in sides.values())


def _last_before(connection: Connection, moment: str) -> int:
    """Return the number of the last event before a moment: numbers have no gaps, times rise."""
    low, high = 0, last_event_in(connection)
    while low < high:
        middle = (low + high + 1) // 2
        at = connection.execute(select(_EVENT.c.at).where(_EVENT.c.id == middle)).scalar()
        if at is not None and at < moment:
            low = middle
        else:
            high = middle - 1
    return low
