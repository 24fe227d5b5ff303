"""The jobs on what leaves Chartmark: a model's forms measured, and one or all of them exported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from core.export.measuring import Pruning, measure_points
from core.export.model import export_model
from core.export.points import Form
from core.schema.documents import LabelledDocument, Split
from core.schema.phrases import phrase
from core.store import documents
from core.store.project import Project
from core.training.control import Control
from core.worker.messages import (
    Event,
    ExportModel,
    MeasurePoints,
    ModelExported,
    PointsMeasured,
    Preparing,
)
from core.worker.snapshot import read_snapshot

Send = Callable[[Event], None]


def export(request: ExportModel, project: Project, control: Control, send: Send) -> None:
    """Write and verify the folder of a model.

    Raises:
        KnownError: The user can mend what hinders it.
        StoppedByUserError: It was cancelled.
    """
    dev = documents.labelled_documents(project=project, split=Split.DEV, done_only=True)
    calibrating: Sequence[LabelledDocument] = ()
    if request.form is Form.STATIC_INT8:
        calibrating = read_snapshot(project=project, event=request.snapshot_event)[0][Split.TRAIN]
    result = export_model(
        model_folder=Path(request.model_folder),
        dev=dev,
        out=Path(request.out_folder),
        card=request.card,
        check=control.check,
        tell=lambda step: send(Preparing(job=request.job, step=step)),
        form=request.form,
        train=calibrating,
    )
    send(
        ModelExported(
            job=request.job,
            out_folder=request.out_folder,
            documents=len(dev),
            f1=result.f1,
            words_per_second=result.words_per_second,
        )
    )


def measure(request: MeasurePoints, project: Project, control: Control, send: Send) -> None:
    """Measure the forms of a model.

    Raises:
        KnownError: The user can mend what hinders it.
        StoppedByUserError: It was cancelled.
    """
    send(Preparing(job=request.job, step=phrase("Reading the records")))
    by_split, _ = read_snapshot(project=project, event=request.snapshot_event)
    table = measure_points(
        model_folder=Path(request.model_folder),
        train=by_split[Split.TRAIN],
        dev=by_split[Split.DEV],
        pruning=Pruning(request.pruned_share, request.recipe) if request.pruned_share else None,
        control=control,
        tell=lambda step: send(Preparing(job=request.job, step=step)),
    )
    send(PointsMeasured(job=request.job, table=table))
