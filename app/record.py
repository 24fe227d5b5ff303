"""The record on the screen as the store has it, and the time that is spent on it."""

from __future__ import annotations

import bisect
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from core.schema.documents import Attribute, Document, ReviewStatus, Span, Suggestion
from core.store import documents
from core.store.changes import Edit, SpanChange, SuggestionChange
from core.store.documents import QueueRow, Review
from core.store.project import Project
from core.store.rows import reading_order

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


class LatestRecord:
    """The record on the screen as the store thread knows it; used on that thread only.

    An edit tells what it changed: reading thousands of labels again after each key would take
    longer than all else. Labels that an edit left alone stay the very same values.
    """

    def __init__(self, project: Project) -> None:
        """Know no record yet."""
        self._project = project
        self._record: Record | None = None

    def open(self, document_id: int) -> Record:
        """Read another record.

        Raises:
            LookupError: There is none with that key.
        """
        self._record = read_record(project=self._project, document_id=document_id)
        return self._record

    def reread(self, document: Document) -> Record:
        """Read a record again after a change that was no edit of it."""
        self._record = reread(project=self._project, document=document)
        return self._record

    def follow(self, document: Document, edit: Edit) -> Record:
        """Return a record after an edit that is on disk."""
        spans = None
        known = self._record
        changes = [change for change in edit.changes if change.document_id == document.id]
        if known is not None and known.id == document.id:
            spans = _changed_spans(
                known.spans, [change for change in changes if isinstance(change, SpanChange)]
            )
        if known is None or spans is None:
            return self.reread(document)
        suggestions = known.suggestions
        if any(isinstance(change, SuggestionChange) for change in changes):
            suggestions = documents.suggestions(project=self._project, document_id=document.id)
        review = documents.review(project=self._project, document_id=document.id)
        self._record = Record(document, spans, suggestions, review)
        return self._record


def _changed_spans(
    spans: tuple[Span, ...], changes: Sequence[SpanChange]
) -> tuple[Span, ...] | None:
    """Return spans in reading order after changes; None where these do not fit to them."""
    if not changes:
        return spans
    touched = {change.span_id for change in changes}
    present: dict[int, Span | None] = {span.id: span for span in spans if span.id in touched}
    for change in changes:
        if present.get(change.span_id) != change.before:
            return None
        present[change.span_id] = change.after
    kept = [span for span in spans if span.id not in touched]
    for span in present.values():
        if span is not None:
            bisect.insort(kept, span, key=reading_order)
    return tuple(kept)


class ReadingTime:
    """Counts the seconds of work on a record, pauses left out."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin at nought."""
        self._clock = clock
        self._last = clock()
        self._seconds = 0.0

    @property
    def seconds(self) -> float:
        """Seconds up to now; while the reader is away they stand still."""
        return self._seconds + min(self._clock() - self._last, MOST_PAUSE_SECONDS)

    def note(self) -> None:
        """Say that the reader has just done something."""
        self._seconds = self.seconds
        self._last = self._clock()

    def take(self) -> float:
        """Return the seconds since the last call, and begin anew."""
        self.note()
        seconds, self._seconds = self._seconds, 0.0
        return seconds


def with_toggled(span: Span, attribute: Attribute) -> Span:
    """Return the span with an attribute set, or without it where it was set."""
    present = set(span.attributes) ^ {attribute.value}
    return replace(span, attributes=tuple(sorted(present)))
