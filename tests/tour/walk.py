"""What every walk through the window looks at: its project, its record, its training."""

from __future__ import annotations

from pathlib import Path
from typing import Generic, TypeVar

from app.record import Record
from app.session import Session
from app.training.panel import Panel
from app.training.state import State
from core.schema.documents import Span
from core.store.verification import verify
from tests.tour.driver import Driver, TourError

D = TypeVar("D", bound=Driver)


class Walk(Generic[D]):
    """A driver on a window, and where files go."""

    def __init__(self, driver: D, folder: Path) -> None:
        """Walk with a driver; files that are made go into ``folder``."""
        self._do = driver
        self._folder = folder

    @property
    def session(self) -> Session:
        """The open project."""
        if self._do.window.session is None:
            raise TourError("no project is open")
        return self._do.window.session

    @property
    def record(self) -> Record:
        """The record on the screen."""
        if self.session.record is None:
            raise TourError("no record is on the screen")
        return self.session.record

    @property
    def panel(self) -> Panel:
        """The training panel."""
        if not isinstance(self._do.window.panel, Panel):
            raise TourError("the training panel is not there")
        return self._do.window.panel

    @property
    def state(self) -> State:
        """Where the training panel stands."""
        return self.panel.board.state

    def labels(self, start: int, end: int) -> list[str]:
        """Return the labels of exactly this stretch."""
        return [s.label for s in self.record.spans if (s.start, s.end) == (start, end)]

    def span(self, start: int, end: int) -> Span:
        """Return the label of exactly this stretch."""
        return next(s for s in self.record.spans if (s.start, s.end) == (start, end))

    def wait_for_label(self, start: int, end: int, label: str) -> None:
        """Wait until a stretch has a label and that is selected."""
        self._do.wait(lambda: label in self.labels(start, end), f"the label {label}")
        self._do.wait(lambda: self._do.window.area.view.selection().span_id, "its selection")

    def open_record(self, document_id: int) -> None:
        """Show a record."""
        self.session.open_record(document_id)
        self._do.wait(lambda: self.record.id == document_id, "the record")

    def check_the_project(self) -> None:
        """Verify the store: offsets, constraints, and the audit from its first event."""
        findings = verify(project=self.session.project)
        if findings:
            raise TourError(f"{len(findings)} things are not in order")
