"""The jobs: each reads the store, calls the learning engine, and turns its answers into events."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from core.inference.predict import Predictor
from core.schema.documents import LabelledDocument, Split
from core.schema.errors import KnownError
from core.schema.learning import Report
from core.schema.phrases import phrase
from core.store import documents
from core.store.project import Project
from core.training.control import Control
from core.training.evaluation import evaluate_documents
from core.training.faults import is_device_lost, is_out_of_memory
from core.training.group import ALONE, Group
from core.training.run import train
from core.training.warm_up import warm_up
from core.worker import backbone_jobs, export_jobs
from core.worker.environment import network
from core.worker.messages import (
    AdaptBackbone,
    AnyRequest,
    BuildBackbone,
    Evaluate,
    Evaluated,
    Evaluating,
    Event,
    ExportModel,
    MeasureCoverage,
    MeasurePoints,
    Opened,
    OpenProject,
    Preparing,
    Scored,
    ScoreDocuments,
    SearchRecipe,
    Train,
    TrainFinished,
    TrainNotice,
)
from core.worker.pool import Int8Models
from core.worker.server import DeviceLostError
from core.worker.snapshot import Snapshot, learned_documents, read_snapshot
from core.worker.teaching import teacher_of
from core.worker.training_events import as_message

Send = Callable[[Event], None]


class Jobs:
    """Does the worker's jobs on one project, with the last model kept in memory."""

    def __init__(self, group: Group = ALONE) -> None:
        """Begin without a project.

        Args:
            group: The processes that train, if this one leads others.
        """
        self._group = group
        self._project: Project | None = None
        self._predictor: Predictor | None = None
        self._warm = False
        self._int8 = Int8Models()

    def run(self, request: AnyRequest, control: Control, send: Send) -> None:
        """Do one job.

        Raises:
            KnownError: The user can mend what hinders it.
            DeviceLostError: Only a new process can use the device again.
            StoppedByUserError: It was cancelled.
        """
        try:
            self._run(request, control, send)
        except RuntimeError as error:
            if is_out_of_memory(error):
                raise _no_memory() from error
            if is_device_lost(error):
                raise DeviceLostError(
                    "The graphics processor failed.",
                    "The worker starts again by itself; resume then, on the CPU if it recurs.",
                ) from error
            raise
        except MemoryError as error:
            raise _no_memory() from error

    def _run(self, request: AnyRequest, control: Control, send: Send) -> None:
        match request:
            case OpenProject():
                self._open(request, send)
            case Train():
                self._train(request, control, send)
            case Evaluate():
                self._evaluate(request, control, send)
            case ScoreDocuments():
                self._score(request, control, send)
            case ExportModel():
                export_jobs.export(request, self._opened, control, send)
            case MeasurePoints():
                export_jobs.measure(request, self._opened, control, send)
            case BuildBackbone():
                backbone_jobs.build(request, self._project, control, send)
            case AdaptBackbone():
                backbone_jobs.adapt(request, self._opened, control, send)
            case MeasureCoverage():
                backbone_jobs.measure(request, self._opened, control, send)
            case SearchRecipe():
                self._search(request, control, send)
            case _:
                raise TypeError(type(request).__name__)

    def _open(self, request: OpenProject, send: Send) -> None:
        self._predictor = None
        if self._project is not None:
            self._project.close()
            self._project = None
        self._project = Project.open(
            folder=Path(request.folder), passphrase=request.passphrase, read_only=True
        )
        send(Opened(job=request.job))
        if request.warm_up and not self._warm:
            self._warm = True
            warm_up()

    @property
    def _opened(self) -> Project:
        if self._project is None:
            raise KnownError("The worker has no project.", "Open the project again.")
        return self._project

    def _predict_with(self, folder: str, device: str) -> Predictor:
        kept = self._predictor
        if kept is None or kept.folder != Path(folder) or kept.wanted_device != device:
            self._predictor = None
            kept = Predictor(Path(folder), device=device)
            self._predictor = kept
        return kept

    def _train(self, request: Train, control: Control, send: Send) -> None:
        self._predictor = None
        self._int8.forget()
        by_split, names = self._snapshot(request.job, request.snapshot_event, send)
        control.check()
        teacher = teacher_of(request, self._opened)
        if teacher is not None:
            send(Preparing(job=request.job, step=phrase("The bigger model reads the records")))
        with network(allowed=request.allow_network):
            result = train(
                train=learned_documents(request, by_split),
                dev=by_split[Split.DEV],
                labels=names,
                recipe=request.recipe,
                backbone=request.backbone or None,
                start_model=Path(request.start_model) if request.start_model else None,
                device=request.device,
                run_folder=Path(request.run_folder),
                model_folder=Path(request.model_folder),
                control=control,
                emit=lambda event: send(as_message(request, event)),
                resume=request.resume,
                allow_network=request.allow_network,
                repeats=request.repeats,
                teacher=teacher,
                group=self._group,
            )
        current_report = self._report_of_current(request, by_split[Split.DEV], control, send)
        send(
            TrainFinished(
                job=request.job,
                run_id=request.run_id,
                reason=result.reason,
                report=result.report,
                model_folder=request.model_folder,
                seconds=result.seconds,
                best_step=result.best_step,
                device=result.device,
                precision=result.precision,
                energy=result.energy,
                current_report=current_report,
            )
        )

    def _search(self, request: SearchRecipe, control: Control, send: Send) -> None:
        # Loaded late: Optuna takes a third of a second, and most sessions never search.
        from core.worker.searching import search

        self._predictor = None
        self._int8.forget()
        by_split, names = self._snapshot(request.job, request.plan.snapshot_event, send)
        control.check()
        with network(allowed=request.allow_network):
            search(
                request,
                train=by_split[Split.TRAIN],
                dev=by_split[Split.DEV],
                labels=names,
                control=control,
                send=send,
            )

    def _snapshot(self, job: int, event: int, send: Send) -> Snapshot:
        send(Preparing(job=job, step=phrase("Reading the records")))
        return read_snapshot(project=self._opened, event=event)

    def _report_of_current(
        self, request: Train, dev: list[LabelledDocument], control: Control, send: Send
    ) -> Report | None:
        """Evaluate the current model on the same documents, if there is one that still loads."""
        if not request.current_model:
            return None
        send(Preparing(job=request.job, step=phrase("Comparing with the current model")))
        try:
            current = Predictor(Path(request.current_model), device=request.device)
        except KnownError as error:
            # A training is not thrown away because the model before it is damaged.
            text = phrase(
                "There is no comparison with the current model. {reason}", reason=error.message
            )
            send(TrainNotice(job=request.job, run_id=request.run_id, text=text))
            return None
        return evaluate_documents(predictor=current, documents=dev, check=control.check)

    def _evaluate(self, request: Evaluate, control: Control, send: Send) -> None:
        chosen = documents.labelled_documents(
            project=self._opened, split=Split(request.split), done_only=True
        )
        if not chosen:
            raise KnownError(
                "No record of the {split} split is done.",
                "Import labelled records with --split {split}, or mark some as done.",
                split=request.split,
            )
        report = evaluate_documents(
            predictor=self._predict_with(request.model_folder, request.device),
            documents=chosen,
            check=control.check,
            tell=lambda done, total: send(Evaluating(job=request.job, done=done, total=total)),
        )
        send(Evaluated(job=request.job, report=report, documents=len(chosen)))

    def _score(self, request: ScoreDocuments, control: Control, send: Send) -> None:
        total = len(request.document_ids)
        if not total:
            send(Scored(job=request.job, documents=(), done=0, total=0))
            return
        project, keys = self._opened, request.document_ids
        # Read one by one as the model comes to them: never are all texts in memory.
        texts = (documents.document(project=project, document_id=key) for key in keys)
        portions = self._int8.stream(
            texts,
            folder=Path(request.model_folder),
            full=lambda: self._predict_with(request.model_folder, request.device),
            device=request.device,
            characters=documents.characters(project=project, document_ids=keys),
            seed=request.seed,
            check=control.check,
            tell=lambda step: send(Preparing(job=request.job, step=step)),
        )
        done = 0
        for scored in portions:
            done += len(scored)
            send(Scored(job=request.job, documents=tuple(scored), done=done, total=total))


def _no_memory() -> KnownError:
    return KnownError(
        "There is not enough memory for this.", "Close other programs, then try again."
    )
