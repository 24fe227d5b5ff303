"""Reading documents, their spans, suggestions and reviews, now and in the past."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, func, select

from core.schema.documents import (
    Document,
    LabelledDocument,
    ReviewStatus,
    Span,
    Split,
    Suggestion,
    SuggestionStatus,
)
from core.store.importing import Added, add_documents, assign_splits
from core.store.mentions import find_mentions
from core.store.models import ReviewRow, SuggestionRow, TermListRow, table_of
from core.store.project import Project
from core.store.ranking import QueueRow, queue
from core.store.replay import replay
from core.store.rows import (
    DOCUMENT,
    SPAN,
    LabelNames,
    chunks,
    reading_order,
    to_document,
    to_span,
)
from core.store.shown import shown, without_twins

__all__ = [
    "Added",
    "QueueRow",
    "Review",
    "add_documents",
    "assign_splits",
    "characters",
    "document",
    "documents",
    "done_splits",
    "find_mentions",
    "labelled_documents",
    "progress",
    "queue",
    "review",
    "spans",
    "suggestions",
]

_REVIEW = table_of(ReviewRow)
_SUGGESTION = table_of(SuggestionRow)
_LIST = table_of(TermListRow)


@dataclass(frozen=True, slots=True)
class Review:
    """The work on one document: how far it is, by whom, and the seconds it took."""

    status: ReviewStatus
    seconds: float
    annotator: str


def document(*, project: Project, document_id: int) -> Document:
    """Return a document.

    Raises:
        LookupError: There is none with that key.
    """
    with project.read() as connection:
        row = connection.execute(select(DOCUMENT).where(DOCUMENT.c.id == document_id)).first()
    if row is None:
        raise LookupError(document_id)
    return to_document(row)


def documents(
    *,
    project: Project,
    status: ReviewStatus | None = None,
    split: Split | None = None,
    done_only: bool = False,
) -> list[Document]:
    """Return documents in import order."""
    query = _documents_query(ReviewStatus.DONE if done_only else status, split)
    with project.read() as connection:
        return [to_document(row) for row in connection.execute(query)]


def characters(*, project: Project, document_ids: Iterable[int]) -> int:
    """Count the code points of documents' texts together."""
    with project.read() as connection:
        return sum(
            int(
                connection.execute(
                    select(func.coalesce(func.sum(func.length(DOCUMENT.c.text)), 0)).where(
                        DOCUMENT.c.id.in_(keys)
                    )
                ).scalar_one()
            )
            for keys in chunks(document_ids)
        )


def spans(*, project: Project, document_id: int) -> tuple[Span, ...]:
    """Return a document's labels, outer before inner."""
    with project.read() as connection:
        labels = LabelNames(connection)
        query = select(SPAN).where(SPAN.c.document_id == document_id, ~SPAN.c.hidden)
        found = [to_span(row, labels) for row in connection.execute(query)]
    return tuple(sorted(found, key=reading_order))


def span(*, project: Project, span_id: int) -> Span | None:
    """Return the label with that key, or None where it is gone."""
    with project.read() as connection:
        query = select(SPAN).where(SPAN.c.id == span_id, ~SPAN.c.hidden)
        row = connection.execute(query).first()
        return to_span(row, LabelNames(connection)) if row is not None else None


def suggestions(
    *, project: Project, document_id: int, open_only: bool = True
) -> tuple[Suggestion, ...]:
    """Return what the current model and the term lists in use suggest for a document.

    Where two of them suggest the very same, it is there once (see ``core.store.shown``).
    """
    query = (
        select(_SUGGESTION, _LIST.c.name.label("term_list"))
        .outerjoin(_LIST, _LIST.c.id == _SUGGESTION.c.term_list_id)
        .where(_SUGGESTION.c.document_id == document_id, shown())
        .order_by(_SUGGESTION.c.start, _SUGGESTION.c.end.desc(), _SUGGESTION.c.id)
    )
    if open_only:
        query = query.where(_SUGGESTION.c.status == SuggestionStatus.OPEN.value)
    with project.read() as connection:
        labels = LabelNames(connection)
        return tuple(
            Suggestion(
                start=row.start,
                end=row.end,
                label=labels.name(row.label_id),
                score=row.score,
                status=SuggestionStatus(row.status),
                model_version_id=row.model_version_id or 0,
                span_id=row.span_id or 0,
                id=row.id,
                term_list_id=row.term_list_id or 0,
                term_list=row.term_list or "",
            )
            for row in without_twins(connection.execute(query))
        )


def review(*, project: Project, document_id: int) -> Review:
    """Return how far the work on a document is.

    Raises:
        LookupError: There is no document with that key.
    """
    with project.read() as connection:
        query = select(_REVIEW).where(_REVIEW.c.document_id == document_id)
        row = connection.execute(query).first()
    if row is None:
        raise LookupError(document_id)
    return Review(ReviewStatus(row.status), row.seconds, row.annotator)


def progress(*, project: Project) -> dict[ReviewStatus, int]:
    """Return how many documents there are of each status."""
    query = (
        select(_REVIEW.c.status, func.count())
        .join(DOCUMENT, DOCUMENT.c.id == _REVIEW.c.document_id)
        .where(~DOCUMENT.c.hidden)
        .group_by(_REVIEW.c.status)
    )
    with project.read() as connection:
        counts = {row[0]: row[1] for row in connection.execute(query)}
    return {status: counts.get(status.value, 0) for status in ReviewStatus}


def done_splits(*, project: Project) -> dict[int, Split | None]:
    """Return by key every document whose review is done, and its part of the data."""
    query = _documents_query(ReviewStatus.DONE, None).with_only_columns(
        DOCUMENT.c.id, DOCUMENT.c.split
    )
    with project.read() as connection:
        return {
            row.id: Split(row.split) if row.split else None for row in connection.execute(query)
        }


def labelled_documents(
    *,
    project: Project,
    split: Split | None = None,
    done_only: bool = True,
    as_of: int | None = None,
) -> list[LabelledDocument]:
    """Return documents with their labels: as they are, or as they were after an audit event.

    Args:
        project: The open project.
        split: Only this part of the data.
        done_only: Only documents whose review is (was) done.
        as_of: The number of the event; now where None.
    """
    if as_of is not None:
        return _labelled_as_of(project, split, done_only=done_only, event=as_of)
    query = _documents_query(ReviewStatus.DONE if done_only else None, split)
    with project.read() as connection:
        rows = connection.execute(query).all()
        chosen = [to_document(row) for row in rows]
        by_document: dict[int, list[Span]] = {item.id: [] for item in chosen}
        labels = LabelNames(connection)
        for keys in chunks(by_document):
            held = select(SPAN).where(SPAN.c.document_id.in_(keys), ~SPAN.c.hidden)
            for row in connection.execute(held):
                by_document[row.document_id].append(to_span(row, labels))
    done = {row.id for row in rows if row.review_status == ReviewStatus.DONE.value}
    return [
        LabelledDocument(
            item,
            tuple(sorted(by_document[item.id], key=reading_order)),
            reviewed=item.id in done,
        )
        for item in chosen
    ]


def _labelled_as_of(
    project: Project, split: Split | None, *, done_only: bool, event: int
) -> list[LabelledDocument]:
    with project.read() as connection:
        past = replay(connection, until=event)
        rows = connection.execute(select(DOCUMENT).order_by(DOCUMENT.c.id))
        everything = [to_document(row) for row in rows if row.id in past.statuses]
    return [
        LabelledDocument(
            replace(item, split=past.splits.get(item.id)),
            past.spans_of(item.id),
            reviewed=past.statuses[item.id] is ReviewStatus.DONE,
        )
        for item in everything
        if split in {None, past.splits.get(item.id)}
        and (not done_only or past.statuses[item.id] is ReviewStatus.DONE)
    ]


def _documents_query(status: ReviewStatus | None, split: Split | None) -> Select[Any]:
    query = (
        select(DOCUMENT, _REVIEW.c.status.label("review_status"))
        .join(_REVIEW, _REVIEW.c.document_id == DOCUMENT.c.id)
        .where(~DOCUMENT.c.hidden)
        .order_by(DOCUMENT.c.id)
    )
    if status is not None:
        query = query.where(_REVIEW.c.status == status.value)
    if split is not None:
        query = query.where(DOCUMENT.c.split == split.value)
    return query
