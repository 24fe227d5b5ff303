"""What a process that was killed had acknowledged, and whether its project still holds it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from core.store import audit, documents, labels
from core.store.changes import Change, SpanChange
from core.store.project import Project

Place = tuple[int, int, int, str]
"""Document, start, end and label of a span."""


class Acknowledgement(msgspec.Struct, frozen=True, tag="saved"):
    """Said of an edit after its durable commit.

    Attributes:
        event: Number of its audit event.
        spans: By key what became of each span; None for one that was taken away.
    """

    event: int
    spans: dict[int, Place | None]

    @classmethod
    def of(cls, *, event: int, changes: Iterable[Change]) -> Acknowledgement:
        """Make one of what a verb of ``core.store.edits`` returned."""
        spans: dict[int, Place | None] = {}
        for change in changes:
            if isinstance(change, SpanChange):
                after = change.after
                spans[change.span_id] = (
                    (change.document_id, after.start, after.end, after.label) if after else None
                )
        return cls(event, spans)


class Ledger:
    """The spans that a project must hold by what was acknowledged."""

    def __init__(self, project: Project) -> None:
        """Begin with what is in the project now."""
        self._event = audit.last_event(project=project)
        self._spans = _stored(project)
        self.acknowledged = 0
        self.in_flight = 0

    def take(self, said: Acknowledgement) -> None:
        """Take in an acknowledgement; they come in order."""
        assert said.event >= self._event
        self._event = said.event
        self._take(said.spans)
        self.acknowledged += 1

    def check(self, project: Project, *, most_in_flight: int = 1) -> None:
        """Assert that nothing acknowledged is lost, and that nothing else is there.

        An edit may have been committed in the moment before its acknowledgement could be said;
        what the audit tells of such edits is taken in.

        Args:
            project: The project, opened anew.
            most_in_flight: How many such edits there can be.
        """
        assert audit.last_event(project=project) >= self._event
        unsaid = audit.events(project=project, after=self._event)
        assert len(unsaid) <= most_in_flight
        names = {label.id: label.name for label in labels.scheme(project=project).labels}
        for event in unsaid:
            self._take(dict(_span_changes(event.payload, names)))
            self._event = event.id
            self.in_flight += 1
        assert _stored(project) == self._spans

    def _take(self, spans: dict[int, Place | None]) -> None:
        for key, place in spans.items():
            if place is None:
                self._spans.pop(key, None)
            else:
                self._spans[key] = place


def _span_changes(
    payload: dict[str, Any], names: dict[int, str]
) -> Iterable[tuple[int, Place | None]]:
    for change in payload.get("changes", ()):
        if "span" in change:
            after = change["after"]
            place = after and (
                change["document"],
                after["start"],
                after["end"],
                names[after["label_id"]],
            )
            yield change["span"], place


def _stored(project: Project) -> dict[int, Place]:
    return {
        span.id: (item.document.id, span.start, span.end, span.label)
        for item in documents.labelled_documents(project=project, done_only=False)
        for span in item.spans
    }
