"""Conducts the worker: what the user wishes becomes requests, in the state that allows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject

from app.preferences import Preferences
from app.session import Session
from app.settings import BACKBONE, DEVICE, NETWORK, SEED
from app.texts import worded
from app.training.board import Board, read_curves
from app.training.bookkeeper import Bookkeeper
from app.training.curves import RunCurves
from app.training.library import Library, read_library
from app.training.outcomes import Outcomes
from app.training.searcher import Searcher
from app.training.state import EXPORT_JOB, Message, Phase, State, Tone
from app.worker_client import WorkerConnection
from core.export.points import Form
from core.operations import training
from core.operations.quick_update import begin_quick_update
from core.operations.training import Booked
from core.schema.documents import ReviewStatus
from core.schema.learning import ModelVersion, Recipe, Run
from core.store import runs
from core.store.changes import ChangeSet
from core.store.recipes import default_recipe
from core.worker.messages import (
    Cancelled,
    ExportModel,
    Pause,
    Request,
    Resume,
    ScoreDocuments,
    StopKeepBest,
    Train,
)


class Conductor(QObject):
    """Lets the user steer the worker; ``board`` shows what comes of it."""

    def __init__(
        self,
        session: Session,
        connection: WorkerConnection,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        """Take over a connection that is not started yet."""
        super().__init__(parent)
        self.board = Board(session, self)
        self._session = session
        self._project = session.project
        self._connection = connection
        self._preferences = preferences
        self._outcomes = Outcomes(self)
        self._books = Bookkeeper(session, connection, self.board, self)
        self.searcher = Searcher(self, session, connection, preferences, self._books)
        self._books.scoring_due.connect(self._score_anew)
        session.changed.connect(self._on_store_changed)

    # Life

    def start(self) -> None:
        """Start the worker, and read what was learned before."""
        self._connection.start(folder=self._project.folder, passphrase=self._project.passphrase)
        self._session.queue.progress_changed.connect(self._on_progress)
        self._on_progress(self._session.queue.progress)
        project, read_only = self._project, self._session.read_only

        def work() -> tuple[Library, RunCurves]:
            if not read_only:
                runs.interrupt_stale_runs(project=project)
            library = read_library(project=project)
            return library, read_curves(
                project=project, run_id=library.runs[-1].id if library.runs else 0
            )

        def show(answer: tuple[Library, RunCurves]) -> None:
            library, curves = answer
            self.board.show_library(library)
            if not self.board.curves.run_id:
                self.board.show_curves(curves)
            if library.resumable is not None and not self._state.busy:
                self.board.set(
                    replace(self._state, message=self._outcomes.found(library.resumable))
                )

        self._session.run(work, done=show)

    def stop(self) -> None:
        """End the worker; a training that runs can be resumed when the project is opened again."""
        self._session.changed.disconnect(self._on_store_changed)
        self._session.queue.progress_changed.disconnect(self._on_progress)
        self._books.close()
        self._connection.stop()
        run_id = self._state.run_id if self._state.trains else 0
        if run_id:
            words = self.tr("The project was closed while this run was training.")
            self._session.run(
                lambda: training.book_exit(project=self._project, run_id=run_id, message=words)
            )

    # Wishes

    def retrain(self, teacher: ModelVersion | None = None, *, thoroughly: bool = False) -> None:
        """Train on what is labelled now, and on what a teacher says; only scoring gives way."""
        preferences = self._preferences
        backbone, length = preferences.folder(BACKBONE), preferences.window_length()

        def recipe() -> Recipe:
            chosen = default_recipe(project=self._project, seed=preferences.number(SEED))
            chosen = replace(chosen, max_length=length) if length else chosen
            return replace(chosen, rounds=training.THOROUGH_ROUNDS) if thoroughly else chosen

        self._begin_training(
            lambda: training.begin_retrain(
                project=self._project,
                recipe=recipe(),
                preferred_backbone=backbone,
                device=preferences.choice(DEVICE),
                allow_network=preferences.switch(NETWORK),
                teacher=teacher,
            )
        )

    def quick_update(self) -> None:
        """Teach the current model what is new, and a little of the old; scoring gives way."""
        device, network = self._preferences.choice(DEVICE), self._preferences.switch(NETWORK)
        self._begin_training(
            lambda: begin_quick_update(project=self._project, device=device, allow_network=network)
        )

    def resume_run(self) -> None:
        """Go on with the interrupted run from its last checkpoint."""
        run = self._state.resumable
        if run is None:
            return
        run_id, preferences = run.id, self._preferences
        if self.board.curves.run_id != run_id:
            self.board.show_curves(RunCurves(run_id))
        self._begin_training(
            lambda: training.begin_resume(
                project=self._project,
                run_id=run_id,
                device=preferences.choice(DEVICE),
                allow_network=preferences.switch(NETWORK),
            )
        )

    def discard_run(self) -> None:
        """Give up the interrupted run and its checkpoints."""
        run = self._state.resumable
        if run is None or self._state.busy or self.refuses_changes():
            return
        run_id = run.id
        self.board.set(replace(self._state, resumable=None, message=None))
        self._session.run(
            lambda: training.discard_run(project=self._project, run_id=run_id),
            done=self._books.announce_all,
            failed=self.board.refuse,
        )

    def pause(self) -> None:
        """Hold the training."""
        self._steer(Phase.TRAINING, Pause(job=self._state.run_id))

    def go_on(self) -> None:
        """Go on with a held training."""
        self._steer(Phase.PAUSED, Resume(job=self._state.run_id))

    def stop_keep_best(self) -> None:
        """End the training early and keep its best model."""
        if self._state.phase in {Phase.TRAINING, Phase.PAUSED}:
            self.board.set(replace(self._state, phase=Phase.STOPPING, awaiting=False))
            self._connection.send(StopKeepBest(job=self._state.run_id))

    def cancel(self) -> None:
        """End what goes on, and keep nothing of it but checkpoints."""
        state = self._state
        if not state.busy or state.cancelling:
            return
        self.board.set(replace(state, awaiting=True, cancelling=True))
        if state.trains and not state.run_id:
            return  # The request is being written; it will not be sent.
        self._connection.cancel(state.job)

    def score(self) -> None:
        """Score the unread records with the current model."""
        if self._state.busy or self.refuses_changes():
            return
        device = self._preferences.choice(DEVICE)
        self._session.run(
            lambda: training.begin_scoring(project=self._project, device=device),
            done=lambda request: self._score(request, None),
            failed=self.board.refuse,
        )

    def promote(self, model_version_id: int) -> None:
        """Make a model version the current one and score the unread records with it."""
        if self.refuses_changes():
            return
        if self._state.busy and self._state.phase is not Phase.SCORING:
            self.board.say(
                Message(self.tr("Wait until the worker is free, or cancel what it does."))
            )
            return
        self.give_way()

        def show(booked: Booked) -> None:
            self._books.announce_all(booked)
            chosen = next((m for m in self.board.library.models if m.id == model_version_id), None)
            message = self._outcomes.brought_back(chosen.name) if chosen else None
            self.board.set(replace(self._state, model=chosen or self._state.model, message=message))
            request = next((r for r in booked.requests if isinstance(r, ScoreDocuments)), None)
            self._score(request, message)

        self._session.run(
            lambda: training.promote(project=self._project, model_version_id=model_version_id),
            done=show,
            failed=self.board.refuse,
        )

    def export_model(self, out: Path, form: Form | None = None) -> None:
        """Write the current model, or one form of it, to a folder that runs without Chartmark."""
        phase = self._state.phase
        if phase is Phase.EXPORTING:
            self.board.say(Message(self.tr("An export is going on already.")))
            return
        if self._state.trains or phase in self._occupied():
            going_on = self._occupied().get(phase, (self.tr("A training is going on."), ""))[0]
            remedy = self.tr("Export when it has finished, or stop it first.")
            self.board.say(Message(going_on, remedy, Tone.WARNING))
            return
        self.give_way()
        self.board.set(self._state.begin(Phase.EXPORTING))

        def work() -> ExportModel:
            # Loaded late: the exporting verbs bring all file formats with them.
            from core.operations.exporting import begin_model_export

            request = begin_model_export(project=self._project, out=out, form=form)
            return msgspec.structs.replace(request, job=EXPORT_JOB)

        def send(request: ExportModel) -> None:
            if self._state.cancelling:
                self._books.book(Cancelled(job=EXPORT_JOB))
            else:
                self._connection.send(request)

        self._session.run(work, done=send, failed=self.board.refuse)

    # Within

    def _begin_training(self, work: Callable[[], tuple[Run, Train]]) -> None:
        if not self.claim_worker():
            return
        self.board.set(self._state.begin(Phase.STARTING))

        def send(begun: tuple[Run, Train]) -> None:
            run, request = begun
            self.board.set(replace(self._state, run_id=run.id, resumable=None))
            if self.board.curves.run_id != run.id:
                self.board.show_curves(RunCurves(run.id))
            if self._state.cancelling:
                self._books.book(Cancelled(job=run.id, run_id=run.id))
                return
            self._connection.send(request)
            # Records were given a split, and there is one run more.
            self._session.announce(ChangeSet(event_id=run.snapshot_event, models=True))

        self._session.run(work, done=send, failed=self.board.refuse)

    def claim_worker(self) -> bool:
        """Free the worker for a long job that writes: only scoring gives way; else say why not."""
        if self.refuses_changes():
            return False
        if self._state.trains:
            self.board.say(Message(self.tr("A training is going on already.")))
            return False
        occupied = self._occupied().get(self._state.phase)
        if occupied is not None:
            self.board.say(Message(*occupied, Tone.WARNING))
            return False
        self.give_way()
        return True

    def _occupied(self) -> dict[Phase, tuple[str, str]]:
        """Say of what holds the worker, but for trainings, that it goes on and what to do."""
        when_done = self.tr("Wait until it is done, or cancel it first.")
        return {
            Phase.EXPORTING: (
                self.tr("A model is being exported."),
                self.tr("Wait until it is written, or cancel the export first."),
            ),
            Phase.SEARCHING: (
                self.tr("A search for a recipe is going on."),
                self.tr("Stop it first; what it found is kept, and it can be gone on with."),
            ),
            Phase.ADAPTING: (self.tr("The backbone is being adapted."), when_done),
            Phase.MEASURING: (self.tr("The forms of the model are being measured."), when_done),
        }

    def give_way(self) -> None:
        """Leave off scoring, which can be done at any time; other work is not touched."""
        if self._state.phase is Phase.SCORING:
            self._connection.cancel(self._state.scorer)
            self._books.flush()
            self.board.set(self._state.end(None))

    def _score_anew(self, request: ScoreDocuments) -> None:
        self._score(request, self._state.message)

    def _score(self, request: ScoreDocuments | None, message: Message | None) -> None:
        if request is None or self._state.busy:
            return
        device = self._preferences.choice(DEVICE)
        self.board.set(self._state.score(request, message))
        self._connection.send(msgspec.structs.replace(request, device=device))

    def _steer(self, phase: Phase, request: Request) -> None:
        if self._state.phase is phase and not self._state.awaiting:
            self.board.set(replace(self._state, awaiting=True))
            self._connection.send(request)

    def refuses_changes(self) -> bool:
        """Tell whether nothing may be written here, and if so say why."""
        if self._session.read_only:
            reason = worded(self._project.read_only_reason)
            self.board.say(Message(self.tr("The project is open read-only."), reason, Tone.WARNING))
        return self._session.read_only

    def _on_progress(self, counts: Mapping[ReviewStatus, int]) -> None:
        self.board.set(replace(self._state, records_done=counts.get(ReviewStatus.DONE, 0)))

    def _on_store_changed(self, changes: ChangeSet) -> None:
        if changes.models or (changes.queue and not self._state.busy):
            self.board.read_library()

    @property
    def _state(self) -> State:
        return self.board.state
