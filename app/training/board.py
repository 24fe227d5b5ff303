"""What is known of training, as the strip and the charts show it; reads it from the store."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.session import Session
from app.texts import message_of, remedy_of
from app.training.curves import RunCurves
from app.training.library import Library, read_library
from app.training.state import Message, State, Tone
from core.schema.errors import KnownError
from core.schema.search import Trial
from core.store import runs
from core.store.project import Project


class Board(QObject):
    """Holds the present state, the course of one run, and the runs and models of the project."""

    state_changed = Signal(object)
    """What goes on changed (State)."""
    curves_changed = Signal(object)
    """A training reported something, or another one is shown (RunCurves)."""
    library_changed = Signal(object)
    """Runs or model versions were read anew (Library)."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self.state = State()
        self.curves = RunCurves()
        self.library = Library()
        self._session = session

    def set(self, state: State) -> None:
        """Show another state."""
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)

    def say(self, message: Message) -> None:
        """Tell something without changing what goes on."""
        self.set(replace(self.state, message=message))

    def refuse(self, error: Exception) -> None:
        """Show why something could not be done; what is no KnownError is raised again."""
        if not isinstance(error, KnownError):
            self.set(self.state.end(None))
            raise error
        self.set(self.state.end(Message(message_of(error), remedy_of(error), Tone.WARNING)))

    def show_curves(self, curves: RunCurves) -> None:
        """Show the course of a run, or more of it."""
        self.curves = curves
        self.curves_changed.emit(curves)

    def show_run(self, run_id: int) -> None:
        """Show the course of a run, also of an earlier one; not while another is trained."""
        if self.state.trains or run_id == self.curves.run_id:
            return
        project = self._session.project
        self._session.run(
            lambda: read_curves(project=project, run_id=run_id),
            done=self._show_past,
            reading=True,
        )

    def show_library(self, library: Library) -> None:
        """Show runs and models."""
        self.library = library
        self.library_changed.emit(library)
        self.set(
            replace(
                self.state,
                model=library.current,
                resumable=None if self.state.trains else library.resumable,
                unscored=library.unscored,
                outlook=library.outlook,
            )
        )

    def add_trial(self, number: int, trial: Trial) -> None:
        """Show that a trial of a search ended, without reading the project anew."""
        search = self.library.search
        if search is not None and search.number == number and trial not in search.trials:
            grown = replace(search, trials=(*search.trials, trial))
            self.show_library(replace(self.library, search=grown))

    def read_library(self) -> None:
        """Read runs and models anew."""
        project = self._session.project
        self._session.run(
            lambda: read_library(project=project), done=self.show_library, reading=True
        )

    def _show_past(self, curves: RunCurves) -> None:
        if not self.state.trains:
            self.show_curves(curves)


def read_curves(*, project: Project, run_id: int) -> RunCurves:
    """Read the course of a run from the store."""
    return RunCurves.from_metrics(run_id, runs.metrics(project=project, run_id=run_id))
