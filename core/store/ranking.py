"""The queue: documents in the order in which they are worth labelling."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Subquery, and_, case, func, select

from core.schema.documents import ReviewStatus, Split
from core.schema.learning import Strategy
from core.store.models import (
    ModelVersionRow,
    ReviewRow,
    SuggestionRow,
    TermListRow,
    UncertaintyRow,
    table_of,
)
from core.store.project import Project
from core.store.rows import DOCUMENT, SPAN, LabelNames
from core.store.search import matching
from core.store.shown import shown

_REVIEW = table_of(ReviewRow)
_SUGGESTION = table_of(SuggestionRow)
_MODEL = table_of(ModelVersionRow)
_LIST = table_of(TermListRow)
_UNCERTAINTY = table_of(UncertaintyRow)
# Looking up beats calling the enumeration, ten thousand times over.
_STATUSES = {status.value: status for status in ReviewStatus}
_SPLITS = {None: None} | {split.value: split for split in Split}
_UNREAD = (ReviewStatus.TODO.value, ReviewStatus.IN_PROGRESS.value)


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
        suggestion_count: Open suggestions that are shown in it.
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


def queue(
    *,
    project: Project,
    strategy: Strategy = Strategy.MNLP,
    search: str = "",
    status: ReviewStatus | None = None,
    split: Split | None = None,
    label: str | None = None,
) -> list[QueueRow]:
    """Return the queue: unread documents by score, the most instructive first, the done ones last.

    Documents without a score come in import order after those with one.

    Args:
        project: The open project.
        strategy: Whose score ranks.
        search: Only documents with this in their text or name.
        status: Only documents of this status.
        split: Only documents of this part of the data.
        label: Only documents with a label or an open suggestion of this name.
    """
    with project.read() as connection:
        current = select(_MODEL.c.id).where(_MODEL.c.current.is_(True)).scalar_subquery()
        span_counts = (
            select(SPAN.c.document_id, func.count().label("n"))
            .where(~SPAN.c.hidden)
            .group_by(SPAN.c.document_id)
            .subquery()
        )
        suggestion_counts = _suggestion_counts(connection)
        unread = _REVIEW.c.status.in_(_UNREAD)
        query = (
            select(
                DOCUMENT.c.id,
                DOCUMENT.c.name,
                _REVIEW.c.status,
                DOCUMENT.c.split,
                DOCUMENT.c.patient_id,
                DOCUMENT.c.length,
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
                    _UNCERTAINTY.c.model_version_id == current,
                ),
            )
            .where(~DOCUMENT.c.hidden)
            .order_by(
                case((unread, 0), (_REVIEW.c.status == ReviewStatus.DONE.value, 2), else_=1),
                case((unread, _UNCERTAINTY.c.score)).desc().nulls_last(),
                DOCUMENT.c.id,
            )
        )
        if status is not None:
            query = query.where(_REVIEW.c.status == status.value)
        if split is not None:
            query = query.where(DOCUMENT.c.split == split.value)
        if label is not None:
            key = LabelNames(connection).key(label)
            labelled = select(SPAN.c.document_id).where(SPAN.c.label_id == key, ~SPAN.c.hidden)
            suggested = select(_SUGGESTION.c.document_id).where(
                _SUGGESTION.c.label_id == key, shown(), _SUGGESTION.c.status == "open"
            )
            query = query.where(DOCUMENT.c.id.in_(labelled.union(suggested)))
        rows = connection.execute(query).all()
        found = matching(connection, search) if search.strip() else None
    wanted = search.strip().casefold()
    return [
        QueueRow(key, name, _STATUSES[state], _SPLITS[place], patient, length, labels, open_, score)
        for key, name, state, place, patient, length, labels, open_, score in rows
        if found is None or key in found or wanted in name.casefold()
    ]


def _suggestion_counts(connection: Connection) -> Subquery:
    """Count the open suggestions of each document; what two suggest in one place counts once."""
    document, is_open = _SUGGESTION.c.document_id, _SUGGESTION.c.status == "open"
    if connection.execute(select(_LIST.c.id).limit(1)).first() is None:
        # The model alone never suggests a thing twice, and this reads nothing but an index.
        current = select(_MODEL.c.id).where(_MODEL.c.current.is_(True)).scalar_subquery()
        of_model = _SUGGESTION.c.model_version_id == current
        counted = select(document, func.count().label("n")).where(of_model, is_open)
        return counted.group_by(document).subquery()
    place = (document, _SUGGESTION.c.start, _SUGGESTION.c.end, _SUGGESTION.c.label_id)
    places = select(*place).where(shown(), is_open).distinct().subquery()
    counted = select(places.c.document_id, func.count().label("n"))
    return counted.group_by(places.c.document_id).subquery()
