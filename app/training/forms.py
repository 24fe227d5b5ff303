"""Has the worker measure the forms of the current model, and tells whoever waits for the table."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QObject, Signal

from app.session import Session
from app.texts import worded
from app.training.conductor import Conductor
from app.training.state import MEASURE_JOB, Phase, State
from app.worker_client import WorkerConnection
from core.export.points import PointTable
from core.worker.messages import AnyEvent, Cancelled, MeasurePoints, PointsMeasured


class Forms(QObject):
    """Measures forms; the strip shows it as it shows all that the worker does."""

    stepped = Signal(str)
    """The measuring is at a step, in words."""
    ended = Signal(object, str, str)
    """It is over: the table (PointTable), or None with what hindered it and a remedy."""

    def __init__(
        self, session: Session, connection: WorkerConnection, conductor: Conductor
    ) -> None:
        """Watch the worker; ``conductor`` says when it is free."""
        super().__init__(conductor)
        self._session = session
        self._connection = connection
        self._conductor = conductor
        self._table: PointTable | None = None
        self._measuring = False
        connection.event_received.connect(self._on_event)
        conductor.board.state_changed.connect(self._on_state_changed)

    @property
    def measuring(self) -> bool:
        """Whether forms are being measured."""
        return self._measuring

    def close(self) -> None:
        """Watch no more."""
        self._connection.event_received.disconnect(self._on_event)
        self._conductor.board.state_changed.disconnect(self._on_state_changed)

    def measure(self, pruned_share: float) -> None:
        """Measure the forms of the current model.

        Args:
            pruned_share: Of the feed-forward neurons that pruned forms are to lack, 0 to 1; 0 for
                no pruned forms.
        """
        board = self._conductor.board
        if not self._conductor.claim_worker():
            message = board.state.message
            self.ended.emit(None, *((message.text, message.remedy) if message else ("", "")))
            return
        self._table = None
        board.set(board.state.begin(Phase.MEASURING))
        project = self._session.project

        def work() -> MeasurePoints:
            # Loaded late: the exporting verbs bring all file formats with them.
            from core.operations.exporting import begin_measuring

            request = begin_measuring(project=project, pruned_share=pruned_share)
            return msgspec.structs.replace(request, job=MEASURE_JOB)

        def send(request: MeasurePoints) -> None:
            if board.state.cancelling:
                self._connection.event_received.emit(Cancelled(job=request.job))
            else:
                self._connection.send(request)

        self._session.run(work, done=send, failed=board.refuse)

    def cancel(self) -> None:
        """Measure no further."""
        if self._measuring:
            self._conductor.cancel()

    def _on_event(self, event: AnyEvent) -> None:
        if isinstance(event, PointsMeasured):
            self._table = event.table

    def _on_state_changed(self, state: State) -> None:
        was, self._measuring = self._measuring, state.phase is Phase.MEASURING
        if self._measuring:
            self.stepped.emit(worded(state.step))
        elif was:
            message = state.message if self._table is None else None
            self.ended.emit(
                self._table, message.text if message else "", message.remedy if message else ""
            )
