"""The verbs of labelling: each one transaction, durable on return, and an Edit to undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Literal

from sqlalchemy import Connection, func, insert, select, update

from core.schema.documents import (
    Origin,
    ReviewStatus,
    Span,
    SuggestionStatus,
)
from core.schema.errors import KnownError
from core.store import audit
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
    to_span,
)

_SUGGESTION = table_of(SuggestionRow)
_REVIEW = table_of(ReviewRow)
EditKind = Literal["edit", "undo", "redo"]


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

    Raises:
        ValueError: A stretch lies outside its text, or a label is not in the scheme.
    """

    def plan(connection: Connection, labels: LabelNames) -> list[Change]:
        taken = _labelled(connection, {document_id for document_id, _ in mentions}, labels)
        key = (connection.execute(select(func.max(SPAN.c.id))).scalar() or 0) + 1
        changes: list[Change] = []
        for document_id, span in mentions:
            stretch = (document_id, span.stretches(), span.label)
            if stretch in taken:
                continue
            taken.add(stretch)
            changes.append(SpanChange(document_id, key, None, replace(span, id=key)))
            key += 1
        return changes

    return _edit(project, name, plan)


def replace_span(*, project: Project, span: Span, name: str = "Change") -> Applied:
    """Change a stored span's stretch, label or attributes; ``span.id`` names it.

    Raises:
        ValueError: The new stretch lies outside the text.
        KnownError: The span is gone.
    """

    def plan(connection: Connection, labels: LabelNames) -> list[Change]:
        document_id, before = _stored(connection, [span.id], labels)[0]
        if before == span:
            return []
        return [SpanChange(document_id, span.id, before, span)]

    return _edit(project, name, plan)


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

    return _edit(project, name, plan)


def accept_suggestions(*, project: Project, suggestion_ids: Sequence[int]) -> Applied:
    """Make open suggestions labels."""
    return _resolve(project, suggestion_ids, "Accept", SuggestionStatus.ACCEPTED, None)


def correct_suggestion(*, project: Project, suggestion_id: int, span: Span) -> Applied:
    """Accept a suggestion with another stretch or label."""
    return _resolve(project, [suggestion_id], "Correct", SuggestionStatus.CORRECTED, span)


def reject_suggestions(*, project: Project, suggestion_ids: Sequence[int]) -> Applied:
    """Turn open suggestions down; the same model will not make them again."""

    def plan(connection: Connection, labels: LabelNames) -> list[Change]:
        return [
            SuggestionChange(
                row.document_id,
                row.id,
                (SuggestionStatus.OPEN, 0),
                (SuggestionStatus.REJECTED, 0),
            )
            for row in _open_suggestions(connection, suggestion_ids)
        ]

    return _edit(project, "Reject", plan)


def set_review(*, project: Project, document_id: int, status: ReviewStatus) -> Applied:
    """Say how far the work on a document has come."""

    def plan(connection: Connection, labels: LabelNames) -> list[Change]:
        before = _status(connection, document_id)
        return [] if before is status else [ReviewChange(document_id, before, status)]

    names = {ReviewStatus.DONE: "Mark as done", ReviewStatus.FLAGGED: "Flag"}
    return _edit(project, names.get(status, "Reopen"), plan)


def apply(*, project: Project, edit: Edit, kind: EditKind) -> Applied:
    """Apply an edit again or its inverse: undo is ``apply(edit=edit.inverse(), kind="undo")``.

    Raises:
        KnownError: The store is no longer as the edit left it.
    """
    return _edit(project, edit.name, lambda _connection, _labels: list(edit.changes), kind=kind)


def add_seconds(*, project: Project, document_id: int, seconds: float) -> None:
    """Add to the time spent on a document."""
    with project.write() as connection:
        connection.execute(
            update(_REVIEW)
            .where(_REVIEW.c.document_id == document_id)
            .values(seconds=_REVIEW.c.seconds + max(seconds, 0.0))
        )


def _edit(
    project: Project,
    name: str,
    plan: Callable[[Connection, LabelNames], list[Change]],
    *,
    kind: EditKind = "edit",
) -> Applied:
    """Plan changes and make them, with the audit event, in one transaction."""
    with project.write() as connection:
        labels = LabelNames(connection)
        changes = plan(connection, labels)
        if kind == "edit":
            changes += _begun_reviews(connection, changes)
        if not changes:
            return Applied(Edit(name, ()), ChangeSet(audit.last_event_in(connection)))
        for change in changes:
            _make(connection, labels, change, project.annotator)
        event = audit.append(
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
            spans=any(isinstance(change, SpanChange) for change in changes),
            suggestions=any(isinstance(change, SuggestionChange) for change in changes),
            reviews=any(isinstance(change, ReviewChange) for change in changes),
        ),
    )


def _begun_reviews(connection: Connection, changes: Sequence[Change]) -> list[Change]:
    """Return the reviews that begin because a span of an untouched document changes."""
    touched = dict.fromkeys(c.document_id for c in changes if not isinstance(c, ReviewChange))
    return [
        ReviewChange(document_id, ReviewStatus.TODO, ReviewStatus.IN_PROGRESS)
        for document_id in touched
        if _status(connection, document_id) is ReviewStatus.TODO
    ]


def _make(connection: Connection, labels: LabelNames, change: Change, annotator: str) -> None:
    match change:
        case SpanChange():
            _make_span(connection, labels, change)
        case SuggestionChange():
            made = connection.execute(
                update(_SUGGESTION)
                .where(
                    _SUGGESTION.c.id == change.suggestion_id,
                    _SUGGESTION.c.status == change.before[0].value,
                )
                .values(status=change.after[0].value, span_id=change.after[1] or None)
            )
            _expect(made.rowcount)
        case ReviewChange():
            made = connection.execute(
                update(_REVIEW)
                .where(
                    _REVIEW.c.document_id == change.document_id,
                    _REVIEW.c.status == change.before.value,
                )
                .values(status=change.after.value, annotator=annotator)
            )
            _expect(made.rowcount)


def _make_span(connection: Connection, labels: LabelNames, change: SpanChange) -> None:
    row = connection.execute(select(SPAN).where(SPAN.c.id == change.span_id)).first()
    stored = None if row is None or row.hidden else to_span(row, labels)
    if stored != change.before:
        _expect(0)
    if change.after is None:
        connection.execute(update(SPAN).where(SPAN.c.id == change.span_id).values(hidden=True))
        return
    length = connection.execute(
        select(DOCUMENT.c.length).where(DOCUMENT.c.id == change.document_id)
    ).scalar_one()
    check_span(change.after, length)
    columns = {**span_columns(change.after, labels), "hidden": False}
    if row is None:
        connection.execute(
            insert(SPAN), {"id": change.span_id, "document_id": change.document_id, **columns}
        )
    else:
        connection.execute(update(SPAN).where(SPAN.c.id == change.span_id).values(**columns))


def _expect(rows: int) -> None:
    if rows != 1:
        raise KnownError(
            "This can no longer be done: the record has changed since.",
            "Look at the record as it is now and repeat what you meant.",
        )


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
                "review": True,
                "before": change.before.value,
                "after": change.after.value,
            }


def _resolve(
    project: Project,
    suggestion_ids: Sequence[int],
    name: str,
    status: SuggestionStatus,
    corrected: Span | None,
) -> Applied:
    def plan(connection: Connection, labels: LabelNames) -> list[Change]:
        rows = _open_suggestions(connection, suggestion_ids)
        taken = _labelled(connection, {row.document_id for row in rows}, labels)
        key = (connection.execute(select(func.max(SPAN.c.id))).scalar() or 0) + 1
        changes: list[Change] = []
        for row in rows:
            span = corrected or Span(row.start, row.end, labels.name(row.label_id))
            span = replace(span, id=key, origin=Origin.SUGGESTED)
            already = taken.get((row.document_id, span.stretches(), span.label))
            if already is None:
                changes.append(SpanChange(row.document_id, key, None, span))
                taken[row.document_id, span.stretches(), span.label] = key
                key += 1
            changes.append(
                SuggestionChange(
                    row.document_id,
                    row.id,
                    (SuggestionStatus.OPEN, 0),
                    (status, already or span.id),
                )
            )
        return changes

    return _edit(project, name, plan)


_Stretch = tuple[int, tuple[tuple[int, int], ...], str]


class _Taken(dict[_Stretch, int]):
    """Labelled stretches and the keys of their spans."""

    def add(self, stretch: _Stretch) -> None:
        """Hold a stretch as taken by a span that is about to come."""
        self[stretch] = 0


def _labelled(connection: Connection, document_ids: set[int], labels: LabelNames) -> _Taken:
    taken = _Taken()
    for keys in chunks(sorted(document_ids)):
        query = select(SPAN).where(SPAN.c.document_id.in_(keys), ~SPAN.c.hidden)
        for row in connection.execute(query):
            span = to_span(row, labels)
            taken[row.document_id, span.stretches(), span.label] = row.id
    return taken


def _stored(
    connection: Connection, span_ids: Sequence[int], labels: LabelNames
) -> list[tuple[int, Span]]:
    found: dict[int, tuple[int, Span]] = {}
    for keys in chunks(span_ids):
        for row in connection.execute(select(SPAN).where(SPAN.c.id.in_(keys), ~SPAN.c.hidden)):
            found[row.id] = (row.document_id, to_span(row, labels))
    _expect(int(set(found) == set(span_ids)))
    return [found[key] for key in dict.fromkeys(span_ids)]


def _open_suggestions(connection: Connection, suggestion_ids: Sequence[int]) -> list[Any]:
    found: dict[int, Any] = {}
    for keys in chunks(suggestion_ids):
        query = select(_SUGGESTION).where(
            _SUGGESTION.c.id.in_(keys), _SUGGESTION.c.status == SuggestionStatus.OPEN.value
        )
        found.update({row.id: row for row in connection.execute(query)})
    _expect(int(set(found) == set(suggestion_ids)))
    return [found[key] for key in dict.fromkeys(suggestion_ids)]


def _status(connection: Connection, document_id: int) -> ReviewStatus:
    query = select(_REVIEW.c.status).where(_REVIEW.c.document_id == document_id)
    return ReviewStatus(connection.execute(query).scalar_one())
