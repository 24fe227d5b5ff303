"""The verbs of labelling: each one transaction, durable on return, and an Edit to undo."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from core.schema.documents import Origin, Piece, ReviewStatus, Span, SuggestionStatus
from core.schema.errors import KnownError
from core.store.changes import Applied, Change, Edit, ReviewChange, SpanChange, SuggestionChange
from core.store.editing import (
    SUGGESTION,
    EditKind,
    in_current_names,
    perform,
    rows_by_key,
    stale,
    statuses,
)
from core.store.models import ReviewRow, table_of
from core.store.project import Project
from core.store.rows import SPAN, LabelNames, chunks, to_span
from core.store.shown import shown

_REVIEW = table_of(ReviewRow)
_FEW = 50
"""So many starts of stretches are asked for one by one."""

_OPEN = (SuggestionStatus.OPEN, 0)
_Stretch = tuple[int, tuple[Piece, ...], str]


def add_spans(
    *, project: Project, document_id: int, spans: Sequence[Span], name: str = "Label"
) -> Applied:
    """Label stretches of a document; one that has that very label already is passed over.

    Raises:
        ValueError: A stretch lies outside the text, or the label is not in the scheme.
    """
    return add_mentions(
        project=project, mentions=[(document_id, span) for span in spans], name=name
    )


def add_mentions(
    *, project: Project, mentions: Sequence[tuple[int, Span]], name: str = "Label all"
) -> Applied:
    """Label stretches of many documents at once.

    What is suggested in the very place counts as accepted.

    Raises:
        ValueError: A stretch lies outside its text, or a label is not in the scheme.
        LookupError: There is no such document.
    """

    def plan(connection: Connection, labels: LabelNames) -> list[Change]:
        documents = {document_id for document_id, _ in mentions}
        missing = documents - statuses(connection, documents).keys()
        if missing:
            raise LookupError(min(missing))
        starts = {span.start for _, span in mentions}
        taken = _labelled(connection, documents, labels, starts)
        suggested = _suggested(connection, documents, labels, starts)
        key = _next_key(connection)
        changes: list[Change] = []
        for document_id, given in mentions:
            span = replace(given, id=key, label=labels.name(labels.key(given.label)))
            stretch = (document_id, span.stretches(), span.label)
            if stretch in taken:
                continue
            taken[stretch] = key
            changes.append(SpanChange(document_id, key, None, span))
            after = (SuggestionStatus.ACCEPTED, key)
            changes += [
                SuggestionChange(document_id, suggestion, _OPEN, after)
                for suggestion in suggested.get(stretch, ())
            ]
            key += 1
        return changes

    return perform(project=project, name=name, plan=plan)


def replace_span(*, project: Project, span: Span, name: str = "Change") -> Applied:
    """Change a stored span's stretch, label or attributes; ``span.id`` names it.

    Raises:
        ValueError: The new stretch lies outside the text, or the label is not in the scheme.
        KnownError: The span is gone, or another one has that stretch and label already.
    """

    def plan(connection: Connection, labels: LabelNames) -> list[Change]:
        [(document_id, before)] = _stored(connection, [span.id], labels)
        after = replace(
            span,
            label=labels.name(labels.key(span.label)),
            attributes=tuple(sorted(set(span.attributes))),
        )
        if before == after:
            return []
        taken = _labelled(connection, [document_id], labels, {after.start})
        if taken.get((document_id, after.stretches(), after.label), span.id) != span.id:
            raise KnownError("That stretch has this label already.", "Delete one of the two.")
        return [SpanChange(document_id, span.id, before, after)]

    return perform(project=project, name=name, plan=plan)


def add_attributes(
    *, project: Project, added: Mapping[int, Collection[str]], name: str = "Attributes"
) -> Applied:
    """Give attributes to many spans at once; what a span holds already stays as it is.

    Args:
        project: The open project.
        added: Attributes by the key of the span.
        name: A short verb for the user.

    Raises:
        KnownError: One of the spans is gone.
    """

    def plan(connection: Connection, labels: LabelNames) -> list[Change]:
        changes: list[Change] = []
        for document_id, before in _stored(connection, list(added), labels):
            held = {*before.attributes, *added[before.id]}
            after = replace(before, attributes=tuple(sorted(held)))
            if after != before:
                changes.append(SpanChange(document_id, before.id, before, after))
        return changes

    return perform(project=project, name=name, plan=plan)


def delete_spans(*, project: Project, span_ids: Sequence[int], name: str = "Delete") -> Applied:
    """Take labels away.

    Raises:
        KnownError: One of them is gone.
    """

    def plan(connection: Connection, labels: LabelNames) -> list[Change]:
        return [
            SpanChange(document_id, span.id, span, None)
            for document_id, span in _stored(connection, span_ids, labels)
        ]

    return perform(project=project, name=name, plan=plan)


def accept_suggestions(*, project: Project, suggestion_ids: Sequence[int]) -> Applied:
    """Make open suggestions labels."""
    return _resolve(project, suggestion_ids, "Accept", SuggestionStatus.ACCEPTED, None)


def correct_suggestion(*, project: Project, suggestion_id: int, span: Span) -> Applied:
    """Accept a suggestion with another stretch or label."""
    return _resolve(project, [suggestion_id], "Correct", SuggestionStatus.CORRECTED, span)


def reject_suggestions(*, project: Project, suggestion_ids: Sequence[int]) -> Applied:
    """Turn open suggestions down; the same model or term list will not make them again."""

    def plan(connection: Connection, labels: LabelNames) -> list[Change]:
        after = (SuggestionStatus.REJECTED, 0)
        return [
            SuggestionChange(row.document_id, row.id, _OPEN, after)
            for row in _with_twins(connection, _open_suggestions(connection, suggestion_ids))
        ]

    return perform(project=project, name="Reject", plan=plan)


def set_review(*, project: Project, document_id: int, status: ReviewStatus) -> Applied:
    """Say how far the work on a document has come; open suggestions stay open.

    Raises:
        LookupError: There is no such document.
    """

    def plan(connection: Connection, labels: LabelNames) -> list[Change]:
        before = statuses(connection, [document_id]).get(document_id)
        if before is None:
            raise LookupError(document_id)
        return [] if before is status else [ReviewChange(document_id, before, status)]

    names = {ReviewStatus.DONE: "Mark as done", ReviewStatus.FLAGGED: "Flag"}
    return perform(project=project, name=names.get(status, "Reopen"), plan=plan)


def apply(*, project: Project, edit: Edit, kind: EditKind) -> Applied:
    """Apply an edit again or its inverse: undo is ``apply(edit=edit.inverse(), kind="undo")``.

    Raises:
        KnownError: The store is no longer as the edit left it.
    """

    def plan(connection: Connection, labels: LabelNames) -> list[Change]:
        return in_current_names(connection, labels, edit.changes)

    return perform(project=project, name=edit.name, plan=plan, kind=kind)


def add_seconds(*, project: Project, document_id: int, seconds: float) -> None:
    """Add to the time spent on a document."""
    with project.write() as connection:
        connection.execute(
            update(_REVIEW)
            .where(_REVIEW.c.document_id == document_id)
            .values(seconds=_REVIEW.c.seconds + max(seconds, 0.0))
        )


def _resolve(
    project: Project,
    suggestion_ids: Sequence[int],
    name: str,
    status: SuggestionStatus,
    corrected: Span | None,
) -> Applied:
    def plan(connection: Connection, labels: LabelNames) -> list[Change]:
        rows = _with_twins(connection, _open_suggestions(connection, suggestion_ids))
        starts = {corrected.start} if corrected else {row.start for row in rows}
        taken = _labelled(connection, {row.document_id for row in rows}, labels, starts)
        key = _next_key(connection)
        changes: list[Change] = []
        for row in rows:
            span = corrected or Span(row.start, row.end, labels.name(row.label_id))
            label = labels.name(labels.key(span.label))
            origin = Origin.DICTIONARY if row.model_version_id is None else Origin.SUGGESTED
            span = replace(span, id=key, label=label, origin=origin)
            stretch = (row.document_id, span.stretches(), span.label)
            if stretch not in taken:
                changes.append(SpanChange(row.document_id, key, None, span))
                taken[stretch] = key
                key += 1
            changes.append(
                SuggestionChange(row.document_id, row.id, _OPEN, (status, taken[stretch]))
            )
        return changes

    return perform(project=project, name=name, plan=plan)


def _next_key(connection: Connection) -> int:
    return (connection.execute(select(func.max(SPAN.c.id))).scalar() or 0) + 1


def _labelled(
    connection: Connection,
    document_ids: Iterable[int],
    labels: LabelNames,
    starts: Collection[int],
) -> dict[_Stretch, int]:
    """Return the labelled stretches of documents with the keys of their spans.

    ``starts`` says where stretches begin that are asked for: others may be left out, since a
    label in a long record must not wait for thousands of its spans to be read.
    """
    taken: dict[_Stretch, int] = {}
    for keys in chunks(sorted(document_ids)):
        query = select(SPAN).where(SPAN.c.document_id.in_(keys), ~SPAN.c.hidden)
        if len(starts) <= _FEW:
            query = query.where(SPAN.c.start.in_(starts))
        for row in connection.execute(query):
            span = to_span(row, labels)
            taken[row.document_id, span.stretches(), span.label] = row.id
    return taken


def _suggested(
    connection: Connection,
    document_ids: Iterable[int],
    labels: LabelNames,
    starts: Collection[int],
) -> dict[_Stretch, list[int]]:
    """Return what is suggested, shown and still open by stretch and label; see ``_labelled``."""
    suggested: dict[_Stretch, list[int]] = {}
    for row in _open_in(connection, document_ids, starts):
        stretch = (row.document_id, ((row.start, row.end),), labels.name(row.label_id))
        suggested.setdefault(stretch, []).append(row.id)
    return suggested


def _with_twins(connection: Connection, rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    """Return suggestions, and with each those that suggest the very same and are not seen."""
    twins: dict[tuple[int, int, int, int], list[Row[Any]]] = {}
    starts = {row.start for row in rows}
    for row in _open_in(connection, {row.document_id for row in rows}, starts):
        twins.setdefault(_place(row), []).append(row)
    found = (twin for row in rows for twin in (row, *twins.get(_place(row), ())))
    return list({row.id: row for row in found}.values())


def _open_in(
    connection: Connection, document_ids: Iterable[int], starts: Collection[int]
) -> Iterator[Row[Any]]:
    for keys in chunks(sorted(document_ids)):
        query = select(SUGGESTION).where(SUGGESTION.c.document_id.in_(keys), shown())
        query = query.where(SUGGESTION.c.status == SuggestionStatus.OPEN.value)
        if len(starts) <= _FEW:
            query = query.where(SUGGESTION.c.start.in_(starts))
        yield from connection.execute(query.order_by(SUGGESTION.c.id))


def _place(row: Row[Any]) -> tuple[int, int, int, int]:
    return row.document_id, row.start, row.end, row.label_id


def _stored(
    connection: Connection, span_ids: Sequence[int], labels: LabelNames
) -> list[tuple[int, Span]]:
    rows = rows_by_key(connection, SPAN, span_ids)
    if any(key not in rows or rows[key].hidden for key in span_ids):
        raise stale()
    return [(rows[key].document_id, to_span(rows[key], labels)) for key in dict.fromkeys(span_ids)]


def _open_suggestions(connection: Connection, suggestion_ids: Sequence[int]) -> list[Row[Any]]:
    rows = rows_by_key(connection, SUGGESTION, suggestion_ids)
    still_open = SuggestionStatus.OPEN.value
    if any(key not in rows or rows[key].status != still_open for key in suggestion_ids):
        raise stale()
    return [rows[key] for key in dict.fromkeys(suggestion_ids)]
