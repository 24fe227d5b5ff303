"""Retrain, from the click to the re-ranked queue: begins runs and books what the worker says.

Nothing here waits: each function takes the project, makes its changes durable, and returns what
to send to the worker next. The window calls them on its store thread, the command line in turn.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from core.learning.preference import Figures, deserves_promotion
from core.operations.backbones import backbone_in_use, use_backbone
from core.schema.documents import ReviewStatus
from core.schema.errors import KnownError
from core.schema.learning import ModelVersion, Recipe, Report, Run, RunStatus
from core.schema.phrases import phrase
from core.store import documents, recipes, runs, scores
from core.store.changes import ChangeSet
from core.store.project import Project
from core.store.since import changes_between
from core.worker.messages import (
    BackboneMade,
    Cancelled,
    CheckpointSaved,
    Event,
    Failed,
    Request,
    Scored,
    ScoreDocuments,
    Train,
    TrainEvaluated,
    TrainFinished,
    TrainNotice,
    TrainProgress,
    TrainRecorded,
    TrainStarted,
)

LEAST_DONE = 4
"""Done records below which there is no use in training: some must be held back for dev."""
THOROUGH_ROUNDS = 4
"""Rounds of a thorough training; the command's tip and the guide say their number in words."""


@dataclass(frozen=True, slots=True)
class Booked:
    """What an event led to.

    Attributes:
        changes: Change sets to refresh views from, in order.
        requests: What to send to the worker now.
        message: One sentence for the user, or empty.
        model: The ModelVersion that came to be, if one did.
        promoted: Whether it is now the current one.
    """

    changes: tuple[ChangeSet, ...] = ()
    requests: tuple[Request, ...] = ()
    message: str = ""
    model: ModelVersion | None = None
    promoted: bool = False


def begin_retrain(
    *,
    project: Project,
    recipe: Recipe | None = None,
    backbone: str = "",
    preferred_backbone: str = "",
    device: str = "auto",
    allow_network: bool = False,
    teacher: ModelVersion | None = None,
) -> tuple[Run, Train]:
    """Start a Run on the project's state as of now.

    Done records without a split are given one first, patients whole. It begins from ``backbone``,
    else from the project's own, else from ``preferred_backbone``, else from the embedded one.
    Without a recipe the project's own is taken. With a ``teacher``, a model trained from a bigger
    backbone, it learns from what that one says too, also of unread records.

    Returns:
        The Run and the request that makes the worker train it.

    Raises:
        KnownError: Too few records are done, or the teacher's folder is gone.
    """
    require_enough_done(project)
    if teacher is not None and not model_folder(project=project, model=teacher).is_dir():
        raise KnownError(
            "The folder of the model {model} is gone.",
            "Retrain, or choose another version.",
            model=teacher.name,
        )
    documents.assign_splits(project=project)
    chosen = recipe or recipes.default_recipe(project=project)
    used = backbone_in_use(project=project, wanted=backbone, preferred=preferred_backbone)
    run = runs.start_run(
        project=project,
        recipe=chosen,
        backbone=used,
        teacher_model_id=teacher.id if teacher is not None else 0,
    )
    return run, train_request(
        project, run, device=device, allow_network=allow_network, resume=False
    )


def require_enough_done(project: Project) -> None:
    """Refuse to train on next to nothing.

    Raises:
        KnownError: Too few records are done.
    """
    done = documents.progress(project=project).get(ReviewStatus.DONE, 0)
    if done < LEAST_DONE:
        raise KnownError(
            "Only {done} records are marked done.",
            "Mark at least {least} records as done, then retrain.",
            done=done,
            least=LEAST_DONE,
        )


def begin_resume(
    *, project: Project, run_id: int, device: str = "auto", allow_network: bool = False
) -> tuple[Run, Train]:
    """Go on with an interrupted Run from its last checkpoint, on the data it began with."""
    run = runs.resume_run(project=project, run_id=run_id)
    return run, train_request(project, run, device=device, allow_network=allow_network, resume=True)


def begin_scoring(*, project: Project, device: str = "auto") -> ScoreDocuments | None:
    """Return the request that scores the unread records, or None where there is nothing to do."""
    model = runs.current_model(project=project)
    unread = scores.unread_ids(project=project)
    if model is None or not unread:
        return None
    return ScoreDocuments(
        job=model.id,
        model_folder=str(model_folder(project=project, model=model)),
        document_ids=tuple(unread),
        device=device,
    )


def model_folder(*, project: Project, model: ModelVersion) -> Path:
    """Return the absolute folder of a model version."""
    return project.folder / model.folder


def book(*, project: Project, event: Event) -> Booked:
    """Make durable what the worker said.

    Args:
        project: The open project.
        event: Any event; ones that leave no trace in the store are passed over.
    """
    match event:
        case TrainRecorded():
            _metric(project, event.run_id, "record", event)
        case TrainStarted():
            _metric(project, event.run_id, "started", event)
        case TrainProgress():
            _metric(project, event.run_id, "progress", event)
        case TrainEvaluated():
            _metric(project, event.run_id, "evaluated", event)
        case TrainNotice():
            _metric(project, event.run_id, "notice", event)
        case CheckpointSaved():
            _metric(project, event.run_id, "checkpoint", event)
        case TrainFinished():
            return _book_finished(project, event)
        case Failed() if event.run_id:
            words = f"{event.message} {event.remedy}".strip()
            return _end(project, event.run_id, RunStatus.FAILED, words)
        case Cancelled() if event.run_id:
            return _end(project, event.run_id, RunStatus.CANCELLED, phrase("Cancelled."))
        case Scored():
            return _book_scored(project, event)
        case BackboneMade():
            use_backbone(project=project, folder=Path(event.out_folder))
        case _:
            pass
    return Booked()


def book_exit(*, project: Project, run_id: int, message: str) -> Booked:
    """Book that the worker died while it trained: the Run can be resumed.

    A Run that had ended by then stays as it is.
    """
    run = runs.run(project=project, run_id=run_id)
    if run.status is not RunStatus.RUNNING:
        return Booked(message=message)
    return _end(project, run_id, RunStatus.INTERRUPTED, message)


def discard_run(*, project: Project, run_id: int) -> Booked:
    """Give up an interrupted Run: it is booked as cancelled and its checkpoints are deleted."""
    booked = _end(project, run_id, RunStatus.CANCELLED, phrase("Discarded."))
    shutil.rmtree(project.folder / "runs" / str(run_id), ignore_errors=True)
    return booked


def has_checkpoint(*, project: Project, run: Run) -> bool:
    """Tell whether a Run left something to go on from."""
    return any((project.folder / run.folder).glob("checkpoint-*"))


def promote(*, project: Project, model_version_id: int) -> Booked:
    """Make a model version the current one, by hand, and have the unread records scored by it."""
    changes = runs.promote(project=project, model_version_id=model_version_id)
    request = begin_scoring(project=project)
    return Booked(changes=(changes,), requests=(request,) if request else ())


def train_request(
    project: Project, run: Run, *, device: str, allow_network: bool, resume: bool
) -> Train:
    """Return the request that makes the worker train a Run, from what is booked of it alone.

    Raises:
        LookupError: The model that it continues is not in the project.
    """
    current = runs.current_model(project=project)
    start = runs.model_version(project=project, key=run.start_model_id)
    teacher = runs.model_version(project=project, key=run.teacher_model_id)
    return Train(
        job=run.id,
        run_id=run.id,
        snapshot_event=run.snapshot_event,
        recipe=run.recipe,
        run_folder=str(project.folder / run.folder),
        model_folder=str(project.folder / "models" / f"run-{run.id}"),
        current_model=str(model_folder(project=project, model=current)) if current else "",
        backbone=run.backbone,
        start_model=str(model_folder(project=project, model=start)) if start else "",
        new_documents=_unlearned(project, start, run.snapshot_event) if start else (),
        teacher_model=str(model_folder(project=project, model=teacher)) if teacher else "",
        device=device,
        resume=resume,
        allow_network=allow_network,
    )


def _book_finished(project: Project, event: TrainFinished) -> Booked:
    stopped = event.reason == "stopped"
    ended = runs.end_run(
        project=project,
        run_id=event.run_id,
        status=RunStatus.STOPPED if stopped else RunStatus.FINISHED,
        message=event.reason,
        device=event.device,
    )
    _metric(project, event.run_id, "finished", event)
    model = runs.add_model_version(
        project=project,
        run_id=event.run_id,
        folder=str(Path(event.model_folder).relative_to(project.folder)),
        report=event.report,
    )
    current = _current_figures(project, event.current_report)
    f1 = event.report.micro.f1
    was = current.report.micro.f1 if current else 0.0
    if not deserves_promotion(_figures(project, event.run_id, event.report), current):
        return Booked(
            changes=(ended,),
            message=phrase(
                "{model} is ready (F1 {f1}) but the current model stays: it has {was} on the same "
                "records.",
                model=model.name,
                f1=f"{f1:.3f}",
                was=f"{was:.3f}",
            ),
            model=model,
        )
    promoted = promote(project=project, model_version_id=model.id)
    message = phrase(
        "{model} is now the current model (F1 {f1}).", model=model.name, f1=f"{f1:.3f}"
    )
    if f1 < was:
        message = phrase(
            "{model} is now the current model (F1 {f1}): too near to {was} to tell, and the mean "
            "of more rounds.",
            model=model.name,
            f1=f"{f1:.3f}",
            was=f"{was:.3f}",
        )
    return Booked(
        changes=(ended, *promoted.changes),
        requests=promoted.requests,
        message=message,
        model=replace(model, current=True),
        promoted=True,
    )


def _figures(project: Project, run_id: int, report: Report) -> Figures:
    """Return those of a run's model; one that was stopped is not the mean of all its rounds."""
    run = runs.run(project=project, run_id=run_id)
    return Figures(report, run.recipe.rounds if run.status is RunStatus.FINISHED else 1)


def _current_figures(project: Project, report: Report | None) -> Figures | None:
    """Return the current model's, ``report`` being of it on the dev documents of a new one."""
    current = runs.current_model(project=project)
    if report is None or current is None:
        return None
    return _figures(project, current.run_id, report)


def _book_scored(project: Project, event: Scored) -> Booked:
    current = runs.current_model(project=project)
    # Another model may have been promoted while this one was at work; its scores rank now.
    if current is None or current.id != event.job or not event.documents:
        return Booked()
    changes = scores.add_scores(project=project, model_version_id=event.job, scored=event.documents)
    return Booked(changes=(changes,))


def _end(project: Project, run_id: int, status: RunStatus, message: str) -> Booked:
    changes = runs.end_run(project=project, run_id=run_id, status=status, message=message)
    return Booked(changes=(changes,), message=message)


def _metric(
    project: Project,
    run_id: int,
    kind: str,
    event: TrainRecorded
    | TrainStarted
    | TrainProgress
    | TrainEvaluated
    | TrainNotice
    | CheckpointSaved
    | TrainFinished,
) -> None:
    runs.add_metric(project=project, run_id=run_id, kind=kind, payload=msgspec.to_builtins(event))


def _unlearned(project: Project, model: ModelVersion, until: int) -> tuple[int, ...]:
    """Return the documents worked on since the training of a model, up to an audit event."""
    learned = runs.run(project=project, run_id=model.run_id).snapshot_event
    since = changes_between(project=project, after=learned, until=until)
    return tuple(sorted(since.documents))
