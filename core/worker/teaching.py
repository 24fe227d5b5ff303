"""Which unread records a bigger model tells a smaller one of."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from core.schema.documents import Document, Split
from core.store import documents
from core.store.project import Project
from core.training.distilling import Teacher
from core.worker.messages import Train

_UNREAD = 3
"""Unread records for each labelled one, at most: a pass over all of a large pool takes hours."""
_JUDGED = (Split.DEV, Split.TEST)


def teacher_of(request: Train, project: Project) -> Teacher | None:
    """Return the teacher that a training asks for, with its unread records; None for none.

    They are a sample of the records that were unread as of the training's AuditEvent, so that a
    training that is resumed or repeated has the same. None is of the dev or test split, nor of a
    patient who has a record there.
    """
    if not request.teacher_model:
        return None
    held = documents.labelled_documents(
        project=project, done_only=False, as_of=request.snapshot_event
    )
    judged = {item.document.patient_id for item in held if item.document.split in _JUDGED} - {""}
    labelled = sum(item.reviewed and item.document.split is Split.TRAIN for item in held)
    unread = [
        item.document
        for item in held
        if not item.reviewed and _may_be_learned(item.document, judged)
    ]
    random = np.random.default_rng(request.recipe.seed)
    drawn = sorted(random.permutation(len(unread))[: _UNREAD * labelled])
    return Teacher(Path(request.teacher_model), [unread[index] for index in drawn])


def _may_be_learned(document: Document, judged: set[str]) -> bool:
    return document.split not in _JUDGED and document.patient_id not in judged
