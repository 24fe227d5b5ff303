"""What a mutation changed: edits that can be undone, and change sets that views refresh from."""

from __future__ import annotations

from dataclasses import dataclass

from core.schema.documents import ReviewStatus, Span, SuggestionStatus


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What views must read again.

    Attributes:
        event_id: The last AuditEvent after the mutation.
        documents: Documents whose spans, suggestions or reviews changed.
        spans: Whether spans changed.
        suggestions: Whether suggestions changed.
        reviews: Whether reviews changed.
        scheme: Whether labels or the guideline changed.
        queue: Whether documents came or the ranking changed.
        models: Whether runs or model versions changed.
    """

    event_id: int
    documents: frozenset[int] = frozenset()
    spans: bool = False
    suggestions: bool = False
    reviews: bool = False
    scheme: bool = False
    queue: bool = False
    models: bool = False


@dataclass(frozen=True, slots=True)
class SpanChange:
    """A span came (``before`` is None), went (``after`` is None) or changed."""

    document_id: int
    span_id: int
    before: Span | None
    after: Span | None

    def inverse(self) -> SpanChange:
        """Return the change that takes this one back."""
        return SpanChange(self.document_id, self.span_id, self.after, self.before)


@dataclass(frozen=True, slots=True)
class SuggestionChange:
    """A suggestion's status and the span it became (0: none) changed."""

    document_id: int
    suggestion_id: int
    before: tuple[SuggestionStatus, int]
    after: tuple[SuggestionStatus, int]

    def inverse(self) -> SuggestionChange:
        """Return the change that takes this one back."""
        return SuggestionChange(self.document_id, self.suggestion_id, self.after, self.before)


@dataclass(frozen=True, slots=True)
class ReviewChange:
    """A review's status changed."""

    document_id: int
    before: ReviewStatus
    after: ReviewStatus

    def inverse(self) -> ReviewChange:
        """Return the change that takes this one back."""
        return ReviewChange(self.document_id, self.after, self.before)


Change = SpanChange | SuggestionChange | ReviewChange


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing the user did, as the changes it made; undone and redone as a whole."""

    name: str
    changes: tuple[Change, ...]

    def inverse(self) -> Edit:
        """Return the edit that takes this one back."""
        return Edit(self.name, tuple(change.inverse() for change in reversed(self.changes)))

    def documents(self) -> frozenset[int]:
        """Return the documents it concerns."""
        return frozenset(change.document_id for change in self.changes)


@dataclass(frozen=True, slots=True)
class Applied:
    """An edit that is on disk, and what views must read again because of it."""

    edit: Edit
    changes: ChangeSet
