"""What a model says of unread documents: suggestions, and how instructive each document is."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, insert, select

from core.schema.documents import ReviewStatus, SuggestionStatus
from core.schema.learning import ScoredDocument
from core.store import audit
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


def add_scores(
    *, project: Project, model_version_id: int, scored: Sequence[ScoredDocument]
) -> ChangeSet:
    """Put a model's suggestions for documents in the place of its open ones.

    What equals a label already, and what was accepted, corrected or rejected before from the same
    model version, is passed over. A label that the scheme no longer has is, too.
    """
    keys = [item.document_id for item in scored]
    with project.write() as connection:
        labels = LabelNames(connection)
        settled: set[tuple[int, int, int, int]] = set()
        for some in chunks(keys):
            mine = (
                _SUGGESTION.c.document_id.in_(some),
                _SUGGESTION.c.model_version_id == model_version_id,
            )
            connection.execute(
                delete(_SUGGESTION).where(
                    *mine, _SUGGESTION.c.status == SuggestionStatus.OPEN.value
                )
            )
            connection.execute(delete(_UNCERTAINTY).where(_UNCERTAINTY.c.document_id.in_(some)))
            for table, rule in ((_SUGGESTION, mine), (SPAN, (SPAN.c.document_id.in_(some),))):
                columns = (table.c.document_id, table.c.start, table.c.end, table.c.label_id)
                query = select(*columns).where(*rule)
                if table is SPAN:
                    query = query.where(~SPAN.c.hidden)
                settled.update((r[0], r[1], r[2], r[3]) for r in connection.execute(query))
        known = set(labels.live())
        suggestions = []
        for item in scored:
            for span in item.spans:
                if span.label not in known:
                    continue
                label_id = labels.key(span.label)
                if (item.document_id, span.start, span.end, label_id) in settled:
                    continue
                suggestions.append(
                    {
                        "model_version_id": model_version_id,
                        "document_id": item.document_id,
                        "label_id": label_id,
                        "start": span.start,
                        "end": span.end,
                        "score": min(max(span.score, 0.0), 1.0),
                        "status": SuggestionStatus.OPEN.value,
                        "span_id": None,
                    }
                )
        uncertainties = [
            {
                "document_id": item.document_id,
                "strategy": strategy,
                "model_version_id": model_version_id,
                "score": score,
            }
            for item in scored
            for strategy, score in item.uncertainty.items()
        ]
        if suggestions:
            connection.execute(insert(_SUGGESTION), suggestions)
        if uncertainties:
            connection.execute(insert(_UNCERTAINTY), uncertainties)
        event = audit.last_event_in(connection)
    return ChangeSet(event_id=event, documents=frozenset(keys), suggestions=True, queue=True)
