"""Books what the worker says, in its order, and shows each event once it is durable."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.session import Session
from app.texts import message_of, remedy_of, worded
from app.training.announcing import Announcer
from app.training.board import Board
from app.training.outcomes import Outcomes
from app.training.state import Message, Tone, after, concerns
from app.worker_client import WorkerConnection
from core.operations import training
from core.operations.searching import book_search
from core.operations.training import Booked
from core.schema.errors import KnownError
from core.worker.messages import (
    AnyEvent,
    BackboneMade,
    Cancelled,
    Failed,
    ModelExported,
    PointsMeasured,
    Scored,
    ScoreDocuments,
    SearchFinished,
    TrainFinished,
    TrialFinished,
)

_ENDS = (
    TrainFinished,
    Cancelled,
    Failed,
    ModelExported,
    PointsMeasured,
    SearchFinished,
    BackboneMade,
)


class Bookkeeper(QObject):
    """Writes events into the store on its thread, tells the window, and updates the board."""

    scoring_due = Signal(object)
    """A model was promoted: the unread records are to be scored (ScoreDocuments)."""

    def __init__(
        self,
        session: Session,
        connection: WorkerConnection,
        board: Board,
        parent: QObject | None = None,
    ) -> None:
        """Listen to a connection."""
        super().__init__(parent)
        self._session = session
        self._project = session.project
        self._connection = connection
        self._board = board
        self._announcer = Announcer(session, self)
        self._outcomes = Outcomes(self)
        connection.event_received.connect(self.book)
        connection.died.connect(self._on_died)

    def close(self) -> None:
        """Listen no more, and forget what was not told yet."""
        self._connection.event_received.disconnect(self.book)
        self._connection.died.disconnect(self._on_died)
        self._announcer.drop()

    def flush(self) -> None:
        """Tell the window now what was gathered."""
        self._announcer.flush()

    def announce_all(self, booked: Booked) -> None:
        """Tell the window of everything that changed."""
        for changes in booked.changes:
            self._session.announce(changes)

    def book(self, event: AnyEvent) -> None:
        """Make an event durable after all that came before, then show it."""

        def failed(error: Exception) -> None:
            if isinstance(error, KnownError) and not isinstance(event, _ENDS):
                self._board.say(Message(message_of(error), remedy_of(error), Tone.WARNING))
            else:
                self._board.refuse(error)

        self._session.run(
            lambda: self._booked(event),
            done=lambda booked: self._show(event, booked),
            failed=failed,
        )

    def _booked(self, event: AnyEvent) -> Booked:
        if isinstance(event, SearchFinished):
            changes = book_search(project=self._project, event=event)
            return Booked(changes=(changes,) if changes is not None else ())
        return training.book(project=self._project, event=event)

    def _show(self, event: AnyEvent, booked: Booked) -> None:
        before = self._board.state
        for changes in booked.changes:
            self._announcer.announce(changes)
        if self._board.curves.add(event):
            self._board.show_curves(self._board.curves)
        if isinstance(event, TrialFinished):
            self._board.add_trial(event.number, event.trial)
            before = self._board.state
        if concerns(before, event):
            ended = isinstance(event, _ENDS) or (
                isinstance(event, Scored) and event.done >= event.total
            )
            shown = after(before, event, booked)
            if ended:
                self._announcer.flush()
                shown = replace(shown, message=self._outcomes.of(event, booked, before))
            self._board.set(shown)
            if ended:
                self._board.read_library()
        for request in booked.requests:
            if isinstance(request, ScoreDocuments):
                self.scoring_due.emit(request)

    def _on_died(self, words: str) -> None:
        # After what it said before: that may have been that the job was done.
        self._session.run(lambda: words, done=self._on_death)

    def _on_death(self, words: str) -> None:
        state = self._board.state
        self._connection.withdraw(state.job)
        if not state.busy or (state.trains and not state.run_id):
            told = state.message
            if told is None or told.tone not in {Tone.WARNING, Tone.DANGER}:
                # A failure that the worker told of before it went says more.
                self._board.say(Message(worded(words), tone=Tone.WARNING))
        elif state.cancelling:
            self.book(Cancelled(job=state.job, run_id=state.run_id))
        elif state.trains:
            run_id = state.run_id

            def show(booked: Booked) -> None:
                self._board.set(
                    self._board.state.end(Message(worded(booked.message), tone=Tone.DANGER))
                )
                self.announce_all(booked)

            self._session.run(
                lambda: training.book_exit(project=self._project, run_id=run_id, message=words),
                done=show,
                failed=self._board.refuse,
            )
        else:
            self._announcer.flush()
            self._board.set(state.end(Message(worded(words), tone=Tone.DANGER)))
            self._board.read_library()
