"""Records and labels as of an AuditEvent: what a training is given."""

from __future__ import annotations

from core.schema.documents import LabelledDocument, Split
from core.store import documents, labels
from core.store.project import Project
from core.training.replay import with_replay
from core.worker.messages import Train

Snapshot = tuple[dict[Split | None, list[LabelledDocument]], tuple[str, ...]]
"""Labelled documents by split, and the labels."""


def read_snapshot(*, project: Project, event: int) -> Snapshot:
    """Return the labelled documents by split, and the labels, as of an AuditEvent."""
    by_split: dict[Split | None, list[LabelledDocument]] = {split: [] for split in Split}
    for item in documents.labelled_documents(project=project, as_of=event):
        by_split.setdefault(item.document.split, []).append(item)
    return by_split, labels.scheme(project=project, as_of=event).names()


def learned_documents(
    request: Train, by_split: dict[Split | None, list[LabelledDocument]]
) -> list[LabelledDocument]:
    """Return the documents that a training learns from: all, or what is new and a sample."""
    learned = by_split[Split.TRAIN]
    if not request.start_model:
        return learned
    return with_replay(learned, request.new_documents, seed=request.recipe.seed)
