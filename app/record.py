"""The record on the screen as the store has it, and the time that is spent on it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from core.schema.documents import Attribute, Document, ReviewStatus, Span, Suggestion
from core.store import documents
from core.store.documents import QueueRow, Review
from core.store.project import Project

MOST_PAUSE_SECONDS = 60.0
"""A longer pause between two acts counts as this much: the reader was elsewhere."""

_CLOSED = (ReviewStatus.DONE, ReviewStatus.FLAGGED)


@dataclass(frozen=True, slots=True)
class Record:
    """A document with all that the window shows of it.

    Attributes:
        document: The document.
        spans: Its labels in reading order.
        suggestions: Open suggestions of the current model in reading order.
        review: How far the work on it is.
    """

    document: Document
    spans: tuple[Span, ...]
    suggestions: tuple[Suggestion, ...]
    review: Review

    @property
    def id(self) -> int:
        """The document's key."""
        return self.document.id

    def span(self, span_id: int) -> Span | None:
        """Return the label with that key, or None."""
        return next((span for span in self.spans if span.id == span_id), None)

    def suggestion(self, suggestion_id: int) -> Suggestion | None:
        """Return the open suggestion with that key, or None."""
        return next((item for item in self.suggestions if item.id == suggestion_id), None)

    def label_counts(self) -> dict[str, int]:
        """Return how often each label stands in the record."""
        counts: dict[str, int] = {}
        for span in self.spans:
            counts[span.label] = counts.get(span.label, 0) + 1
        return counts

    def queue_row(self, row: QueueRow) -> QueueRow:
        """Return the record's row of the queue brought up to date."""
        closed = self.review.status in _CLOSED
        return replace(
            row,
            status=self.review.status,
            span_count=len(self.spans),
            suggestion_count=0 if closed else len(self.suggestions),
        )


def read_record(*, project: Project, document_id: int) -> Record:
    """Read a record.

    Raises:
        LookupError: There is none with that key.
    """
    return reread(
        project=project, document=documents.document(project=project, document_id=document_id)
    )


def reread(*, project: Project, document: Document) -> Record:
    """Read all of a record but its text, which never changes."""
    return Record(
        document=document,
        spans=documents.spans(project=project, document_id=document.id),
        suggestions=documents.suggestions(project=project, document_id=document.id),
        review=documents.review(project=project, document_id=document.id),
    )


class ReadingTime:
    """Counts the seconds of work on a record, pauses left out."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin at nought."""
        self._clock = clock
        self._last = clock()
        self._seconds = 0.0

    def note(self) -> None:
        """Say that the reader has just done something."""
        now = self._clock()
        self._seconds += min(now - self._last, MOST_PAUSE_SECONDS)
        self._last = now

    def take(self) -> float:
        """Return the seconds since the last call, and begin anew."""
        self.note()
        seconds, self._seconds = self._seconds, 0.0
        return seconds


def with_toggled(span: Span, attribute: Attribute) -> Span:
    """Return the span with an attribute set, or without it where it was set."""
    present = set(span.attributes) ^ {attribute.value}
    return replace(span, attributes=tuple(sorted(present)))
