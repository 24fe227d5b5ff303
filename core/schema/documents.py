"""Documents, spans, reviews and suggestions as plain immutable values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

Piece = tuple[int, int]
"""Start and end (exclusive) of a stretch of text, in code points."""


class Split(StrEnum):
    """Which part of the data a document belongs to."""

    TRAIN = "train"
    DEV = "dev"
    TEST = "test"


class Origin(StrEnum):
    """How a span came to be."""

    MANUAL = "manual"
    IMPORTED = "imported"
    SUGGESTED = "suggested"
    PROPAGATED = "propagated"
    DICTIONARY = "dictionary"


class ReviewStatus(StrEnum):
    """How far one annotator's work on one document has come."""

    TODO = "todo"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    FLAGGED = "flagged"


class SuggestionStatus(StrEnum):
    """What became of a suggestion."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CORRECTED = "corrected"


class Attribute(StrEnum):
    """What a span may be besides its label; its key in the window is its first letter's."""

    NEGATED = "negated"
    HISTORICAL = "historical"
    FAMILY = "family"
    UNCERTAIN = "uncertain"
    CONDITIONAL = "conditional"


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled stretch of a document.

    Attributes:
        start: First code point.
        end: One past the last code point; ``0 <= start < end <= len(text)``.
        label: Name of the label.
        attributes: Names of the attributes that hold, sorted.
        pieces: Two or more ordered stretches where the span is discontinuous, else empty. The
            first begins at ``start`` and the last ends at ``end``.
        origin: How the span came to be.
        id: Key in the store; 0 while it is not stored.
    """

    start: int
    end: int
    label: str
    attributes: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()
    origin: Origin = Origin.MANUAL
    id: int = 0

    def stretches(self) -> tuple[Piece, ...]:
        """Return the stretches that the span covers, one where it is continuous."""
        return self.pieces or ((self.start, self.end),)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A span that a model predicted or a term list found.

    Attributes:
        start: First code point.
        end: One past the last code point.
        label: Name of the label.
        score: Calibrated confidence, 0 to 1; a list's is 1.
        status: What became of it.
        model_version_id: The ModelVersion that made it, else 0.
        term_list_id: The TermList that made it, else 0.
        term_list: Name of that list; empty for a model's.
        span_id: The span it became when accepted or corrected, else 0.
        id: Key in the store; 0 while it is not stored.
    """

    start: int
    end: int
    label: str
    score: float
    status: SuggestionStatus = SuggestionStatus.OPEN
    model_version_id: int = 0
    span_id: int = 0
    id: int = 0
    term_list_id: int = 0
    term_list: str = ""

    @property
    def origin(self) -> Origin:
        """How the span comes to be that it becomes when it is accepted."""
        return Origin.DICTIONARY if self.term_list_id else Origin.SUGGESTED


@dataclass(frozen=True, slots=True)
class Document:
    """A record.

    Attributes:
        id: Key in the store; 0 while it is not stored.
        name: What the user sees in the queue.
        text: The text, exactly as imported but for byte order mark and line ends.
        patient_id: Whose record it is; splits never part a patient.
        split: Its part of the data; None while it has none.
        tokens: Word boundaries from the source (CoNLL), or None.
        meta: Whatever else the source said, as strings.
    """

    id: int
    name: str
    text: str
    patient_id: str = ""
    split: Split | None = None
    tokens: tuple[Piece, ...] | None = None
    meta: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LabelledDocument:
    """A document with the spans that count for it: what training, evaluation and export take.

    Attributes:
        document: The document.
        spans: Its labels.
        reviewed: Whether its review is done.
    """

    document: Document
    spans: tuple[Span, ...]
    reviewed: bool = True


@dataclass(frozen=True, slots=True)
class ImportedDocument:
    """A document as read from a file, not yet in the store.

    Attributes:
        key: Identifies the document within its file (its id there, else its ordinal); with the
            file's base name and the text it decides whether the document is in the store already.
        name: What the user will see.
        text: Normalised text (see ``core.text.encoding``).
        spans: Labelled spans.
        reviewed: Whether the file says that the document has been labelled (gold), even if
            without a single span.
        source: Base name of the file.
        line: First line in the file, counted from 1.
        patient_id: From the file; empty where it says nothing (the store then uses the identity).
        tokens: Word boundaries where the format has them.
        meta: Whatever else the source said (encoding, line ends, ids), as strings.
        split: Where the file says it.
    """

    key: str
    name: str
    text: str
    spans: tuple[Span, ...] = ()
    reviewed: bool = False
    source: str = ""
    line: int = 1
    patient_id: str = ""
    tokens: tuple[Piece, ...] | None = None
    meta: dict[str, str] = field(default_factory=dict)
    split: Split | None = None


@dataclass(frozen=True, slots=True)
class PredictedSpan:
    """A span that a model predicts, with its calibrated confidence (0 to 1)."""

    start: int
    end: int
    label: str
    score: float
