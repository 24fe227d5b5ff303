"""The audit as it is read: what happened, whether the chain holds, and the spans of the past."""

from __future__ import annotations

from core.schema.documents import Span
from core.store.chain import AuditEvent, events_in, first_break, last_event_in
from core.store.project import Project
from core.store.replay import replay

__all__ = ["AuditEvent", "events", "last_event", "spans_as_of", "verify_chain"]


def last_event(*, project: Project) -> int:
    """Return the number of the last event, 0 where there is none."""
    with project.read() as connection:
        return last_event_in(connection)


def events(*, project: Project, after: int = 0) -> list[AuditEvent]:
    """Return the events after one in order."""
    with project.read() as connection:
        return list(events_in(connection, after=after))


def verify_chain(*, project: Project) -> int | None:
    """Return the number of the first event at which the chain is broken, or None."""
    with project.read() as connection:
        return first_break(connection)


def spans_as_of(*, project: Project, event: int | None = None) -> dict[int, tuple[Span, ...]]:
    """Return every document's spans as they were after an event, from the audit alone.

    Args:
        project: The open project.
        event: Its number; the last one where None.

    Returns:
        Spans by document, with the names that labels had then, ordered by start, outer first.
    """
    with project.read() as connection:
        past = replay(connection, until=event)
    return {document_id: past.spans_of(document_id) for document_id in past.statuses}
