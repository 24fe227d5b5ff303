"""The backbone that trainings begin from: whether it knows the records' words, and adapting it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from app.preferences import Preferences
from app.session import Session
from app.settings import BACKBONE, DEVICE, SEED
from app.training.conductor import Conductor
from app.training.state import Message, Phase, Tone
from app.worker_client import WorkerConnection
from core.operations import backbones
from core.schema.documents import ReviewStatus
from core.schema.pretraining import Budget
from core.worker.messages import (
    AdaptBackbone,
    AnyEvent,
    BackboneMade,
    Cancelled,
    MeasureCoverage,
    StopKeepBest,
)


class Backbones(QObject):
    """Has the worker compare the backbone with the records, and adapt it where the user wishes."""

    def __init__(
        self,
        session: Session,
        connection: WorkerConnection,
        preferences: Preferences,
        conductor: Conductor,
    ) -> None:
        """Watch a project; ``conductor`` says when the worker is free."""
        super().__init__(conductor)
        self._session = session
        self._connection = connection
        self._preferences = preferences
        self._conductor = conductor
        self._measured = -1
        self._used: str | None = None
        session.queue.progress_changed.connect(self._on_progress)
        preferences.changed.connect(self._on_preference)
        connection.event_received.connect(self._on_event)

    def close(self) -> None:
        """Watch no more."""
        self._session.queue.progress_changed.disconnect(self._on_progress)
        self._preferences.changed.disconnect(self._on_preference)
        self._connection.event_received.disconnect(self._on_event)

    def measure(self) -> None:
        """Have the worker tell whether the backbone in use knows the words of the records."""
        project, preferred = self._session.project, self._preferences.folder(BACKBONE)
        # In turn with what is written: that may be the choice of another backbone.
        self._session.run(
            lambda: backbones.begin_coverage(project=project, preferred=preferred),
            done=self._send_measuring,
        )

    def adapt(self, seconds: float) -> None:
        """Adapt the backbone in use for so long; later trainings begin from what comes of it."""
        conductor = self._conductor
        board = conductor.board
        if not conductor.claim_worker():
            return
        board.set(board.state.begin(Phase.ADAPTING))
        project, preferences = self._session.project, self._preferences

        def work() -> AdaptBackbone:
            return backbones.begin_adapt(
                project=project,
                out=backbones.next_adapted(project=project),
                budget=Budget(seconds=seconds),
                preferred=preferences.folder(BACKBONE),
                seed=preferences.number(SEED),
                device=preferences.choice(DEVICE),
            )

        def send(request: AdaptBackbone) -> None:
            if board.state.cancelling:
                self._connection.event_received.emit(Cancelled(job=request.job))
            else:
                self._connection.send(request)

        self._session.run(work, done=send, failed=board.refuse)

    def settle(self) -> None:
        """End an adaptation early, and keep what was learned."""
        board = self._conductor.board
        if board.state.phase is Phase.ADAPTING and not board.state.awaiting:
            board.set(replace(board.state, awaiting=True))
            self._connection.send(StopKeepBest(job=backbones.JOB))

    def reset(self) -> None:
        """Have trainings begin from the backbone of the settings again."""
        if self._conductor.refuses_changes():
            return
        board, project = self._conductor.board, self._session.project

        def show(_: None) -> None:
            board.say(
                Message(self.tr("Trainings begin from the usual backbone again."), tone=Tone.GOOD)
            )
            self.measure()

        self._session.run(
            lambda: backbones.reset_backbone(project=project), done=show, failed=board.refuse
        )

    def _send_measuring(self, request: MeasureCoverage) -> None:
        self._connection.send(request)
        self._used = request.backbone
        self._offer()

    def _offer(self) -> None:
        """Have the strip offer an adaptation where it is worth its time."""
        counts, board = self._session.queue.progress, self._conductor.board
        done = counts.get(ReviewStatus.DONE, 0)
        worth = (
            not self._session.read_only
            and self._used is not None
            and backbones.worth_adapting(
                done=done, unread=sum(counts.values()) - done, backbone=self._used
            )
        )
        if worth != board.state.adaptable:
            board.set(replace(board.state, adaptable=worth))

    def _on_progress(self, counts: object) -> None:
        del counts
        self._offer()
        total = sum(self._session.queue.progress.values())
        if total and total != self._measured:
            self._measured = total
            self.measure()

    def _on_preference(self, key: str) -> None:
        if key == BACKBONE.key:
            self.measure()

    def _on_event(self, event: AnyEvent) -> None:
        if isinstance(event, BackboneMade):
            self.measure()
