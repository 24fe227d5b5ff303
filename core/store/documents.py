"""Reading documents, their spans and reviews, and the ranked queue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import and_, case, func, select

from core.schema.documents import (
    Document,
    LabelledDocument,
    Origin,
    ReviewStatus,
    Span,
    Split,
    Suggestion,
    SuggestionStatus,
)
from core.schema.learning import Strategy
from core.store.importing import Added, add_documents, assign_splits
from core.store.models import ModelVersionRow, ReviewRow, SuggestionRow, UncertaintyRow, table_of
from core.store.project import Project
from core.store.replay import spans_as_of
from core.store.rows import DOCUMENT, SPAN, LabelNames, chunks, to_document, to_span
from core.store.search import matching

__all__ = ["Added", "add_documents", "assign_splits"]

_REVIEW = table_of(ReviewRow)
_SUGGESTION = table_of(SuggestionRow)
_MODEL = table_of(ModelVersionRow)
_UNCERTAINTY = table_of(UncertaintyRow)
_UNREAD = (ReviewStatus.TODO.value, ReviewStatus.IN_PROGRESS.value)


@dataclass(frozen=True, slots=True)
class Review:
    """The work on one document: how far it is, by whom, and the seconds it took."""

    status: ReviewStatus
    seconds: float
    annotator: str


@dataclass(frozen=True, slots=True)
class QueueRow:
    """What the queue shows of a document.

    Attributes:
        document_id: Its key.
        name: Its name.
        status: How far its review is.
        split: Its part of the data.
        patient_id: Whose record it is.
        length: Characters in it.
        span_count: Labels in it.
        suggestion_count: Open suggestions of the current model in it.
        score: How instructive the chosen strategy finds it; None while it is not scored.
    """

    document_id: int
    name: str
    status: ReviewStatus
    split: Split | None
    patient_id: str
    length: int
    span_count: int
    suggestion_count: int
    score: float | None


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
    query = (
        select(DOCUMENT)
        .join(_REVIEW, _REVIEW.c.document_id == DOCUMENT.c.id)
        .where(~DOCUMENT.c.hidden)
        .order_by(DOCUMENT.c.id)
    )
    wanted = ReviewStatus.DONE if done_only else status
    if wanted is not None:
        query = query.where(_REVIEW.c.status == wanted.value)
    if split is not None:
        query = query.where(DOCUMENT.c.split == split.value)
    with project.read() as connection:
        return [to_document(row) for row in connection.execute(query)]


def spans(*, project: Project, document_id: int) -> tuple[Span, ...]:
    """Return a document's labels, outer before inner."""
    with project.read() as connection:
        labels = LabelNames(connection)
        query = select(SPAN).where(SPAN.c.document_id == document_id, ~SPAN.c.hidden)
        found = [to_span(row, labels) for row in connection.execute(query)]
    return tuple(sorted(found, key=_reading_order))


def suggestions(
    *, project: Project, document_id: int, open_only: bool = True
) -> tuple[Suggestion, ...]:
    """Return what the current model suggests for a document."""
    query = (
        select(_SUGGESTION)
        .join(_MODEL, _MODEL.c.id == _SUGGESTION.c.model_version_id)
        .where(_SUGGESTION.c.document_id == document_id, _MODEL.c.current.is_(True))
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
                model_version_id=row.model_version_id,
                span_id=row.span_id or 0,
                id=row.id,
            )
            for row in connection.execute(query)
        )


def review(*, project: Project, document_id: int) -> Review:
    """Return how far the work on a document is."""
    with project.read() as connection:
        row = connection.execute(select(_REVIEW).where(_REVIEW.c.document_id == document_id)).one()
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
        past = spans_as_of(project=project, event=as_of)
        chosen = [
            item
            for item in documents(project=project)
            if item.id in past.statuses
            and (not done_only or past.statuses[item.id] is ReviewStatus.DONE)
        ]
        return [
            LabelledDocument(_with_split(item, past.splits.get(item.id)), held)
            for item in chosen
            if split in {None, past.splits.get(item.id)}
            for held in [tuple(sorted(past.spans_of(item.id), key=_reading_order))]
        ]
    chosen = documents(project=project, split=split, done_only=done_only)
    by_document: dict[int, list[Span]] = {item.id: [] for item in chosen}
    with project.read() as connection:
        labels = LabelNames(connection)
        for keys in chunks(by_document):
            query = select(SPAN).where(SPAN.c.document_id.in_(keys), ~SPAN.c.hidden)
            for row in connection.execute(query):
                by_document[row.document_id].append(to_span(row, labels))
    return [
        LabelledDocument(item, tuple(sorted(by_document[item.id], key=_reading_order)))
        for item in chosen
    ]


def queue(
    *,
    project: Project,
    strategy: Strategy = Strategy.MNLP,
    search: str = "",
    status: ReviewStatus | None = None,
    split: Split | None = None,
    label: str | None = None,
) -> list[QueueRow]:
    """Return the queue: unread documents by score, the most instructive first, then the rest.

    Args:
        project: The open project.
        strategy: Whose score ranks.
        search: Only documents with this in their text or name.
        status: Only documents of this status.
        split: Only documents of this part of the data.
        label: Only documents with a label or an open suggestion of this name.
    """
    with project.read() as connection:
        labels = LabelNames(connection)
        current = select(_MODEL.c.id).where(_MODEL.c.current.is_(True)).scalar_subquery()
        span_counts = (
            select(SPAN.c.document_id, func.count().label("n"))
            .where(~SPAN.c.hidden)
            .group_by(SPAN.c.document_id)
            .subquery()
        )
        suggestion_counts = (
            select(_SUGGESTION.c.document_id, func.count().label("n"))
            .where(_SUGGESTION.c.model_version_id == current, _SUGGESTION.c.status == "open")
            .group_by(_SUGGESTION.c.document_id)
            .subquery()
        )
        unread = _REVIEW.c.status.in_(_UNREAD)
        query = (
            select(
                DOCUMENT.c.id,
                DOCUMENT.c.name,
                DOCUMENT.c.split,
                DOCUMENT.c.patient_id,
                DOCUMENT.c.length,
                _REVIEW.c.status,
                func.coalesce(span_counts.c.n, 0).label("spans"),
                case((unread, func.coalesce(suggestion_counts.c.n, 0)), else_=0).label("open"),
                case((unread, _UNCERTAINTY.c.score)).label("score"),
            )
            .join(_REVIEW, _REVIEW.c.document_id == DOCUMENT.c.id)
            .outerjoin(span_counts, span_counts.c.document_id == DOCUMENT.c.id)
            .outerjoin(suggestion_counts, suggestion_counts.c.document_id == DOCUMENT.c.id)
            .outerjoin(
                _UNCERTAINTY,
                and_(
                    _UNCERTAINTY.c.document_id == DOCUMENT.c.id,
                    _UNCERTAINTY.c.strategy == strategy.value,
                ),
            )
            .where(~DOCUMENT.c.hidden)
            .order_by(
                case((unread, 0), else_=1),
                _UNCERTAINTY.c.score.desc().nulls_last(),
                DOCUMENT.c.id,
            )
        )
        if status is not None:
            query = query.where(_REVIEW.c.status == status.value)
        if split is not None:
            query = query.where(DOCUMENT.c.split == split.value)
        if label is not None:
            key = labels.key(label)
            labelled = select(SPAN.c.document_id).where(SPAN.c.label_id == key, ~SPAN.c.hidden)
            suggested = select(_SUGGESTION.c.document_id).where(
                _SUGGESTION.c.label_id == key,
                _SUGGESTION.c.model_version_id == current,
                _SUGGESTION.c.status == "open",
            )
            query = query.where(DOCUMENT.c.id.in_(labelled.union(suggested)))
        rows = connection.execute(query).all()
        found = matching(connection, search) if search.strip() else None
    wanted = search.strip().casefold()
    return [
        QueueRow(
            document_id=row.id,
            name=row.name,
            status=ReviewStatus(row.status),
            split=Split(row.split) if row.split else None,
            patient_id=row.patient_id,
            length=row.length,
            span_count=row.spans,
            suggestion_count=row.open,
            score=row.score,
        )
        for row in rows
        if found is None or row.id in found or wanted in row.name.casefold()
    ]


def find_mentions(
    *,
    project: Project,
    text: str,
    label: str,
    document_ids: Sequence[int] | None = None,
    whole_words: bool = True,
    match_case: bool = False,
) -> list[tuple[int, Span]]:
    """Find where a text stands and does not have a label yet.

    Args:
        project: The open project.
        text: What to look for, exactly (but for case).
        label: The label to be given; places it covers already, even in part, are left out.
        document_ids: Where to look; everywhere if None.
        whole_words: Leave out places inside a longer word.
        match_case: Whether case counts.
    """
    if not text.strip():
        return []
    pattern = re.escape(text)
    if whole_words:
        pattern = rf"(?<!\w){pattern}(?!\w)"
    find = re.compile(pattern, 0 if match_case else re.IGNORECASE)
    with project.read() as connection:
        keys = (
            list(document_ids) if document_ids is not None else sorted(matching(connection, text))
        )
        labels = LabelNames(connection)
        wanted = labels.key(label)
        mentions: list[tuple[int, Span]] = []
        for some in chunks(keys):
            query = select(SPAN).where(
                SPAN.c.document_id.in_(some), SPAN.c.label_id == wanted, ~SPAN.c.hidden
            )
            taken: dict[int, list[tuple[int, int]]] = {}
            for row in connection.execute(query):
                taken.setdefault(row.document_id, []).append((row.start, row.end))
            texts = select(DOCUMENT.c.id, DOCUMENT.c.text).where(
                DOCUMENT.c.id.in_(some), ~DOCUMENT.c.hidden
            )
            for row in connection.execute(texts.order_by(DOCUMENT.c.id)):
                mentions += [
                    (row.id, Span(*match.span(), label, origin=Origin.PROPAGATED))
                    for match in find.finditer(row.text)
                    if not any(
                        match.start() < end and start < match.end()
                        for start, end in taken.get(row.id, ())
                    )
                ]
    return mentions


def _reading_order(span: Span) -> tuple[int, int, int]:
    return span.start, -span.end, span.id


def _with_split(item: Document, split: Split | None) -> Document:
    return replace(item, split=split)
