"""What models and term lists say of unread documents: suggestions, and what instructs most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from core.schema.documents import ReviewStatus, SuggestionStatus
from core.schema.learning import ScoredDocument
from core.store.chain import last_event_in
from core.store.changes import ChangeSet
from core.store.models import ReviewRow, SuggestionRow, UncertaintyRow, table_of
from core.store.project import Project
from core.store.rows import DOCUMENT, SPAN, LabelNames, chunks

_SUGGESTION = table_of(SuggestionRow)
_UNCERTAINTY = table_of(UncertaintyRow)
_REVIEW = table_of(ReviewRow)


def unread_ids(*, project: Project) -> list[int]:
    """Return the keys of documents that are to do or in progress, in import order."""
    query = (
        select(DOCUMENT.c.id)
        .join(_REVIEW, _REVIEW.c.document_id == DOCUMENT.c.id)
        .where(~DOCUMENT.c.hidden)
        .where(_REVIEW.c.status.in_([ReviewStatus.TODO.value, ReviewStatus.IN_PROGRESS.value]))
        .order_by(DOCUMENT.c.id)
    )
    with project.read() as connection:
        return list(connection.execute(query).scalars())


def unscored_count(*, project: Project, model_version_id: int) -> int:
    """Count the documents of ``unread_ids`` that a model version has not scored."""
    scored = (
        select(_UNCERTAINTY.c.document_id)
        .where(_UNCERTAINTY.c.document_id == DOCUMENT.c.id)
        .where(_UNCERTAINTY.c.model_version_id == model_version_id)
    )
    query = (
        select(func.count())
        .select_from(DOCUMENT)
        .join(_REVIEW, _REVIEW.c.document_id == DOCUMENT.c.id)
        .where(~DOCUMENT.c.hidden, ~scored.exists())
        .where(_REVIEW.c.status.in_([ReviewStatus.TODO.value, ReviewStatus.IN_PROGRESS.value]))
    )
    with project.read() as connection:
        return int(connection.execute(query).scalar_one())


def add_scores(
    *, project: Project, model_version_id: int, scored: Sequence[ScoredDocument]
) -> ChangeSet:
    """Put a model's suggestions for documents in the place of its open ones.

    What equals a label already, and what was accepted, corrected or rejected before from the same
    model version, is passed over, and so is a label that the scheme never had. A suggestion that
    the model makes again keeps its key.
    """
    scored_by_id = {item.document_id: item for item in scored}
    with project.write() as connection:
        labels = LabelNames(connection)
        for keys in chunks(scored_by_id):
            documents = [scored_by_id[key] for key in keys]
            put_suggestions(connection, labels, ("model_version_id", model_version_id), documents)
            connection.execute(delete(_UNCERTAINTY).where(_UNCERTAINTY.c.document_id.in_(keys)))
            uncertainties = [
                {
                    "document_id": item.document_id,
                    "strategy": strategy,
                    "model_version_id": model_version_id,
                    "score": score,
                }
                for item in documents
                for strategy, score in item.uncertainty.items()
            ]
            if uncertainties:
                connection.execute(insert(_UNCERTAINTY), uncertainties)
        event = last_event_in(connection)
    return ChangeSet(
        event_id=event, documents=frozenset(scored_by_id), suggestions=True, queue=True
    )


Maker = tuple[Literal["model_version_id", "term_list_id"], int]
"""Who makes a suggestion: the column that says so, and the key in it."""
_Place = tuple[int, int, int, int]
"""Document, start, end and label of a suggestion."""


def put_suggestions(
    connection: Connection,
    labels: LabelNames,
    maker: Maker,
    documents: Sequence[ScoredDocument],
) -> int:
    """Put what a model or list suggests for a few documents in the place of its open ones.

    Args:
        connection: Of a transaction that writes.
        labels: The scheme.
        maker: Who suggests.
        documents: At most as many as one query takes (``rows.chunks``).

    Returns:
        How many of its suggestions are open now in these documents.
    """
    column, maker_id = maker
    keys = [item.document_id for item in documents]
    predicted: dict[_Place, float] = {}
    for item in documents:
        for span in item.spans:
            if labels.knows(span.label):
                place = (item.document_id, span.start, span.end, labels.key(span.label))
                predicted[place] = min(max(span.score, 0.0), 1.0)
    labelled = select(SPAN.c.document_id, SPAN.c.start, SPAN.c.end, SPAN.c.label_id).where(
        SPAN.c.document_id.in_(keys), ~SPAN.c.hidden, SPAN.c.pieces == []
    )
    for row in connection.execute(labelled):
        predicted.pop((row.document_id, row.start, row.end, row.label_id), None)
    former = select(_SUGGESTION).where(
        _SUGGESTION.c.document_id.in_(keys), _SUGGESTION.c[column] == maker_id
    )
    gone: list[int] = []
    kept = 0
    again: list[dict[str, object]] = []
    for row in connection.execute(former):
        score = predicted.pop((row.document_id, row.start, row.end, row.label_id), None)
        if row.status != SuggestionStatus.OPEN.value:
            continue
        if score is None:
            gone.append(row.id)
            continue
        kept += 1
        if score != row.score:
            again.append({"suggestion": row.id, "new_score": score})
    for some in chunks(gone):
        connection.execute(delete(_SUGGESTION).where(_SUGGESTION.c.id.in_(some)))
    if again:
        rescore = update(_SUGGESTION).where(_SUGGESTION.c.id == bindparam("suggestion"))
        connection.execute(rescore.values(score=bindparam("new_score")), again)
    if predicted:
        connection.execute(
            insert(_SUGGESTION),
            [
                {
                    column: maker_id,
                    "document_id": document_id,
                    "label_id": label_id,
                    "start": start,
                    "end": end,
                    "score": score,
                    "status": SuggestionStatus.OPEN.value,
                    "span_id": None,
                }
                for (document_id, start, end, label_id), score in predicted.items()
            ],
        )
    return kept + len(predicted)
