"""How an edit is made: planned, checked, written and audited in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Literal

from sqlalchemy import Connection, Row, Table, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from core.schema.documents import ReviewStatus, SuggestionStatus
from core.schema.errors import KnownError
from core.store.chain import append, last_event_in
from core.store.changes import (
    Applied,
    Change,
    ChangeSet,
    Edit,
    ReviewChange,
    SpanChange,
    SuggestionChange,
)
from core.store.models import ReviewRow, SuggestionRow, table_of
from core.store.project import Project
from core.store.rows import (
    DOCUMENT,
    SPAN,
    LabelNames,
    check_span,
    chunks,
    span_columns,
    stored_columns,
)

SUGGESTION = table_of(SuggestionRow)
_REVIEW = table_of(ReviewRow)
EditKind = Literal["edit", "undo", "redo"]
Plan = Callable[[Connection, LabelNames], list[Change]]


def perform(*, project: Project, name: str, plan: Plan, kind: EditKind = "edit") -> Applied:
    """Plan changes and make them, with their audit event, in one transaction.

    The review of a document that nobody has begun begins with its first edit.

    Args:
        project: The open project.
        name: A short verb for the user.
        plan: Told the labels; returns the changes. Nothing else can write meanwhile.
        kind: An undo or redo begins no reviews: the edit has done so.

    Raises:
        KnownError: The store is not as a change says it was before.
        ValueError: A span lies outside its text.
    """
    with project.write() as connection:
        labels = LabelNames(connection)
        changes = plan(connection, labels)
        if kind == "edit":
            changes += _begun_reviews(connection, changes)
        if not changes:
            return Applied(Edit(name, ()), ChangeSet(last_event_in(connection)))
        spans = [change for change in changes if isinstance(change, SpanChange)]
        suggestions = [change for change in changes if isinstance(change, SuggestionChange)]
        reviews = [change for change in changes if isinstance(change, ReviewChange)]
        try:
            _write_spans(connection, labels, spans)
        except IntegrityError as error:
            raise stale() from error
        _write_suggestions(connection, suggestions)
        _write_reviews(connection, reviews, project.annotator)
        event = append(
            connection,
            annotator=project.annotator,
            kind=kind,
            payload={"name": name, "changes": [_audited(c, labels) for c in changes]},
        )
    edit = Edit(name, tuple(changes))
    return Applied(
        edit,
        ChangeSet(
            event_id=event,
            documents=edit.documents(),
            spans=bool(spans),
            suggestions=bool(suggestions),
            reviews=bool(reviews),
        ),
    )


def rows_by_key(connection: Connection, table: Table, keys: Iterable[int]) -> dict[int, Row[Any]]:
    """Return the rows with these keys, hidden ones too; a key without a row is left out."""
    found: dict[int, Row[Any]] = {}
    for some in chunks(sorted(set(keys))):
        found |= {
            row.id: row for row in connection.execute(select(table).where(table.c.id.in_(some)))
        }
    return found


def statuses(connection: Connection, document_ids: Iterable[int]) -> dict[int, ReviewStatus]:
    """Return how far the reviews of documents are."""
    found: dict[int, ReviewStatus] = {}
    for some in chunks(sorted(set(document_ids))):
        query = select(_REVIEW.c.document_id, _REVIEW.c.status)
        rows = connection.execute(query.where(_REVIEW.c.document_id.in_(some)))
        found |= {row.document_id: ReviewStatus(row.status) for row in rows}
    return found


def in_current_names(
    connection: Connection, labels: LabelNames, changes: Sequence[Change]
) -> list[Change]:
    """Return changes of the past with the names that their labels have today."""
    keys = [change.span_id for change in changes if isinstance(change, SpanChange)]
    rows = rows_by_key(connection, SPAN, keys)
    renamed: list[Change] = []
    for change in changes:
        if isinstance(change, SpanChange):
            row = rows.get(change.span_id)
            sides = [
                None
                if side is None
                else replace(
                    side,
                    label=labels.current_name(side.label, None if row is None else row.label_id),
                )
                for side in (change.before, change.after)
            ]
            renamed.append(SpanChange(change.document_id, change.span_id, *sides))
        else:
            renamed.append(change)
    return renamed


def stale() -> KnownError:
    """Return the error that says that the store is not as an edit expects it."""
    return KnownError(
        "This can no longer be done: the record has changed since.",
        "Look at the record as it is now and repeat what you meant.",
    )


def _begun_reviews(connection: Connection, changes: Sequence[Change]) -> list[Change]:
    touched = dict.fromkeys(c.document_id for c in changes if not isinstance(c, ReviewChange))
    status = statuses(connection, touched)
    return [
        ReviewChange(document_id, ReviewStatus.TODO, ReviewStatus.IN_PROGRESS)
        for document_id in touched
        if status[document_id] is ReviewStatus.TODO
    ]


def _write_spans(connection: Connection, labels: LabelNames, changes: Sequence[SpanChange]) -> None:
    if not changes:
        return
    rows = rows_by_key(connection, SPAN, (change.span_id for change in changes))
    lengths = {
        key: row.length
        for key, row in rows_by_key(
            connection, DOCUMENT, (change.document_id for change in changes)
        ).items()
    }
    now = {
        key: (row.document_id, None if row.hidden else stored_columns(row))
        for key, row in rows.items()
    }
    for change in changes:
        document_id, columns = now.get(change.span_id, (change.document_id, None))
        before = None if change.before is None else span_columns(change.before, labels)
        if document_id not in lengths or change.document_id != document_id or columns != before:
            raise stale()
        after = None
        if change.after is not None:
            check_span(change.after, lengths[document_id])
            after = span_columns(change.after, labels)
        now[change.span_id] = (document_id, after)
    hidden = [{"span": key} for key, (_, after) in now.items() if after is None and key in rows]
    # What goes, goes first: what comes may take its stretch.
    _each(connection, SPAN, "span", ("hidden",), [{**row, "new_hidden": True} for row in hidden])
    shown = [
        {"span": key, "new_hidden": False, **{f"new_{name}": after[name] for name in after}}
        for key, (_, after) in now.items()
        if after is not None and key in rows
    ]
    _each(connection, SPAN, "span", ("hidden", *_SPAN_COLUMNS), shown)
    fresh = [
        {"id": key, "document_id": document_id, "hidden": False, **after}
        for key, (document_id, after) in now.items()
        if after is not None and key not in rows
    ]
    if fresh:
        connection.execute(insert(SPAN), fresh)


_SPAN_COLUMNS = ("label_id", "start", "end", "attributes", "pieces", "origin")


def _each(
    connection: Connection,
    table: Table,
    key: str,
    names: Sequence[str],
    rows: list[dict[str, Any]],
) -> None:
    """Update many rows by their key; each brings ``new_NAME`` for every name."""
    if rows:
        statement = update(table).where(table.c.id == bindparam(key))
        statement = statement.values({name: bindparam(f"new_{name}") for name in names})
        connection.execute(statement, rows)


def _write_suggestions(connection: Connection, changes: Sequence[SuggestionChange]) -> None:
    if not changes:
        return
    rows = rows_by_key(connection, SUGGESTION, (change.suggestion_id for change in changes))
    now = {key: (SuggestionStatus(row.status), row.span_id or 0) for key, row in rows.items()}
    for change in changes:
        if now.get(change.suggestion_id) != change.before:
            raise stale()
        now[change.suggestion_id] = change.after
    values: list[dict[str, Any]] = [
        {"suggestion": key, "new_status": status.value, "new_span_id": span_id or None}
        for key, (status, span_id) in now.items()
    ]
    _each(connection, SUGGESTION, "suggestion", ("status", "span_id"), values)


def _write_reviews(connection: Connection, changes: Sequence[ReviewChange], annotator: str) -> None:
    if not changes:
        return
    now = statuses(connection, (change.document_id for change in changes))
    for change in changes:
        if now.get(change.document_id) is not change.before:
            raise stale()
        now[change.document_id] = change.after
    change_review = (
        update(_REVIEW)
        .where(_REVIEW.c.document_id == bindparam("document"))
        .values(status=bindparam("new_status"), annotator=annotator)
    )
    values = [{"document": key, "new_status": status.value} for key, status in now.items()]
    connection.execute(change_review, values)


def _audited(change: Change, labels: LabelNames) -> dict[str, Any]:
    """Return a change as the audit keeps it: spans by the key of their label."""
    match change:
        case SpanChange():
            return {
                "document": change.document_id,
                "span": change.span_id,
                "before": None if change.before is None else span_columns(change.before, labels),
                "after": None if change.after is None else span_columns(change.after, labels),
            }
        case SuggestionChange():
            return {
                "document": change.document_id,
                "suggestion": change.suggestion_id,
                "before": [change.before[0].value, change.before[1]],
                "after": [change.after[0].value, change.after[1]],
            }
        case ReviewChange():
            return {
                "document": change.document_id,
                "before": change.before.value,
                "after": change.after.value,
            }
