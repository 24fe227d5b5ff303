"""Rows to domain values and back: the one place that knows how a span is stored and audited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, select

from core.schema.documents import Document, Origin, Span, Split
from core.store.models import DocumentRow, FormerNameRow, LabelRow, SpanRow, table_of

SPAN = table_of(SpanRow)
DOCUMENT = table_of(DocumentRow)
_LABEL = table_of(LabelRow)
_FORMER = table_of(FormerNameRow)
AT_ONCE = 500
"""Keys in one IN clause, well under what any SQLite allows."""


def chunks(keys: Iterable[int]) -> Iterable[list[int]]:
    """Part keys into lists short enough for one query."""
    listed = list(keys)
    for begin in range(0, len(listed), AT_ONCE):
        yield listed[begin : begin + AT_ONCE]


class LabelNames:
    """Names and keys of labels within a transaction.

    A merged label has its target's name and key, and a name that a label once had still finds it:
    an undo stack or a model may speak of it.
    """

    def __init__(self, connection: Connection) -> None:
        """Read the scheme."""
        rows = connection.execute(select(_LABEL.c.id, _LABEL.c.name, _LABEL.c.merged_into)).all()
        former = connection.execute(
            select(_FORMER.c.name, _FORMER.c.label_id).order_by(_FORMER.c.id)
        ).all()
        target: dict[int, int | None] = {row.id: row.merged_into for row in rows}
        own: dict[int, str] = {row.id: row.name for row in rows}
        live: dict[str, int] = {row.name: row.id for row in rows if row.merged_into is None}
        self._final = {key: _follow(key, target) for key in own}
        self._names = {key: own[final] for key, final in self._final.items()}
        self._keys = {row.name: self._final[row.label_id] for row in former} | live
        self._borne = {(row.name, self._final[row.label_id]) for row in former}

    def name(self, key: int) -> str:
        """Return a label's name."""
        return self._names[key]

    def key(self, name: str) -> int:
        """Return the key of the label that has, or else last had, a name.

        Raises:
            ValueError: The scheme never had such a label.
        """
        if name not in self._keys:
            raise ValueError("the scheme has no such label")
        return self._keys[name]

    def knows(self, name: str) -> bool:
        """Tell whether a label has or had this name."""
        return name in self._keys

    def current_name(self, name: str, key: int | None) -> str:
        """Return what a label is called now, given what it was called.

        Args:
            name: What it was called.
            key: The label it may well be: where two have borne the name, this one is meant.
        """
        if key is not None and (name, self._final[key]) in self._borne:
            return self._names[key]
        return self._names[self.key(name)]


def _follow(key: int, target: Mapping[int, int | None]) -> int:
    while (further := target[key]) is not None:
        key = further
    return key


def to_span(row: Row[Any], labels: LabelNames) -> Span:
    """Return a span row as a value."""
    return Span(
        start=row.start,
        end=row.end,
        label=labels.name(row.label_id),
        attributes=tuple(row.attributes),
        pieces=tuple((first, last) for first, last in row.pieces),
        origin=Origin(row.origin),
        id=row.id,
    )


def to_document(row: Row[Any]) -> Document:
    """Return a document row as a value."""
    return Document(
        id=row.id,
        name=row.name,
        text=row.text,
        patient_id=row.patient_id,
        split=Split(row.split) if row.split else None,
        tokens=None if row.tokens is None else tuple((a, b) for a, b in row.tokens),
        meta=dict(row.meta),
    )


def reading_order(span: Span) -> tuple[int, int, int]:
    """Return what sorts spans by start, outer before inner, then by key."""
    return span.start, -span.end, span.id


def span_columns(span: Span, labels: LabelNames) -> dict[str, Any]:
    """Return what a span's row holds besides its key and document."""
    return {
        "label_id": labels.key(span.label),
        "start": span.start,
        "end": span.end,
        "attributes": sorted(set(span.attributes)),
        "pieces": [list(piece) for piece in span.pieces],
        "origin": span.origin.value,
    }


def stored_columns(row: Row[Any]) -> dict[str, Any]:
    """Return the same of a stored row."""
    return {
        "label_id": row.label_id,
        "start": row.start,
        "end": row.end,
        "attributes": row.attributes,
        "pieces": row.pieces,
        "origin": row.origin,
    }


def check_span(span: Span, length: int) -> None:
    """Check a span's offsets against its document's length.

    Raises:
        ValueError: It is empty, outside the text, or its pieces are not ordered within it.
    """
    if not 0 <= span.start < span.end <= length:
        raise ValueError("a span must lie inside its document and hold a character")
    if span.pieces:
        edges = [edge for piece in span.pieces for edge in piece]
        ordered = all(a < b for a, b in span.pieces) and edges == sorted(edges)
        if not ordered or (edges[0], edges[-1]) != (span.start, span.end):
            raise ValueError("the pieces of a span must be ordered and end where it ends")
