"""Repeats a Run from its record: the same data, recipe, seed and weights to begin from."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from core.operations.training import model_folder, train_request
from core.schema.errors import KnownError
from core.schema.learning import Run
from core.schema.run_record import RunRecord
from core.store import runs
from core.store.project import Project
from core.worker.messages import Train


def run_record(*, project: Project, run_id: int) -> RunRecord | None:
    """Return what a Run wrote down of itself; None where it did not get so far."""
    kept = runs.last_metric(project=project, run_id=run_id, kind="record")
    return None if kept is None else msgspec.convert(kept.payload["record"], RunRecord)


def begin_repeat(
    *, project: Project, run_id: int, device: str = "auto", allow_network: bool = False
) -> tuple[Run, Train]:
    """Start a Run that repeats another one on the state that it was trained on.

    On the same machine and with the same versions the reports are equal to the bit. The worker
    refuses other weights to begin from, and tells what else differs.

    Args:
        project: The open project.
        run_id: The Run to repeat.
        device: ``auto`` for the device of that Run, or another one's name.
        allow_network: Whether a hub name may be fetched.

    Returns:
        The new Run and the request that makes the worker train it.

    Raises:
        KnownError: There is no such Run, it kept no record, or the model that it continued is
            gone.
    """
    try:
        former = runs.run(project=project, run_id=run_id)
    except LookupError:
        raise KnownError(
            "There is no training {run}.", "Choose one that `chartmark runs` lists.", run=run_id
        ) from None
    record = run_record(project=project, run_id=run_id)
    if record is None:
        raise KnownError(
            "Training {run} kept no record to repeat it from.",
            "Choose one that got as far as its first update.",
            run=run_id,
        )
    start = runs.model_version(project=project, key=former.start_model_id)
    if start is not None and not model_folder(project=project, model=start).is_dir():
        raise KnownError(
            "The folder of {model}, which training {run} continued, is gone.",
            "Put it back, or train in full.",
            model=start.name,
            run=run_id,
        )
    teacher = runs.model_version(project=project, key=former.teacher_model_id)
    if teacher is not None and not model_folder(project=project, model=teacher).is_dir():
        raise KnownError(
            "The folder of {model}, which training {run} learned from, is gone.",
            "Put it back, or train in full.",
            model=teacher.name,
            run=run_id,
        )
    run = runs.start_run(
        project=project,
        # What was chosen then is not chosen again: the machine may have changed.
        recipe=replace(
            former.recipe,
            precision=record.precision,
            micro_batch_size=record.schedule["micro_batch_size"],
        ),
        backbone=former.backbone,
        start_model_id=former.start_model_id,
        teacher_model_id=former.teacher_model_id,
        snapshot_event=former.snapshot_event,
    )
    request = train_request(
        project,
        run,
        device=record.device if device == "auto" else device,
        allow_network=allow_network,
        resume=False,
    )
    return run, msgspec.structs.replace(request, repeats=record)
