"""Runs a term list over the records: the buttons, how far it is, and what came of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.design.tokens import SPACE_S
from app.dialogs.dialog import announce, set_role, text_label
from app.prelabelling import PrelabellingRun
from app.quantities import duration, whole
from app.session import Session
from app.texts import shown
from core.operations.prelabelling import Tally
from core.schema.errors import KnownError


class TermRun(QWidget):
    """Suggests what a list finds; one run at a time."""

    wanted = Signal(bool)
    """The list is to be run: over the record on the screen alone (True), or all unread ones."""
    running_changed = Signal(bool)
    """A run began or ended."""

    def __init__(self, session: Session) -> None:
        """Begin idle."""
        super().__init__()
        self._session = session
        self._run: PrelabellingRun | None = None
        self.everywhere = QPushButton(self.tr("&Suggest in all unread records"))
        self.here = QPushButton(self.tr("Only in this &record"))
        self.stop = QPushButton(self.tr("St&op"))
        self.stop.hide()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.bar.hide()
        self.result = text_label("", "note")
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        for button in (self.everywhere, self.here, self.stop):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addWidget(self.bar, 1)
        row.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        column.addLayout(row)
        column.addWidget(self.result)
        self.everywhere.clicked.connect(lambda: self.wanted.emit(False))
        self.here.clicked.connect(lambda: self.wanted.emit(True))
        self.stop.clicked.connect(self.cancel)

    @property
    def running(self) -> bool:
        """Whether a list is being run."""
        return self._run is not None

    def offer(self, possible: bool) -> None:
        """Let a list be run, or not."""
        idle = possible and not self.running
        self.everywhere.setEnabled(idle)
        self.here.setEnabled(idle and self._session.record is not None)

    def begin(self, list_id: int, *, here: bool) -> None:
        """Run a list over the record on the screen, or over all unread records."""
        record = self._session.record
        run = PrelabellingRun(self._session, self)
        run.progressed.connect(self._show_progress)
        run.finished.connect(self._show_result)
        run.failed.connect(self._show_failure)
        self._run = run
        self._show_running()
        self.bar.setRange(0, 0)
        self._say(self.tr("Beginning…"))
        run.begin([list_id], [record.id] if here and record is not None else None)

    def cancel(self) -> None:
        """End the run soon; what was found so far stays."""
        if self._run is not None:
            self._run.cancel()
            self.stop.setEnabled(False)

    def _show_progress(self, done: int, total: int, left: float) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        text = self.tr("{0} of {1} records").format(whole(done), whole(total))
        if left >= 0 and done < total:
            text = self.tr("{0}, {1} left").format(text, duration(max(1.0, left)))
        self._say(text)

    def _show_result(self, tally: Tally) -> None:
        self._end()
        if not tally.total:
            text = self.tr("There is no unread record to look through.")
        else:
            suggestions = (
                self.tr("1 suggestion")
                if tally.suggestions == 1
                else self.tr("{0} suggestions").format(whole(tally.suggestions))
            )
            records = (
                self.tr("1 record")
                if tally.records == 1
                else self.tr("{0} records").format(whole(tally.records))
            )
            text = self.tr("{0} in {1}").format(suggestions, records)
        if tally.looked < tally.total:
            text = self.tr("Stopped after {0} of {1} records: {2}").format(
                whole(tally.looked), whole(tally.total), text
            )
        if tally.too_slow:
            slow = self.tr("Records over which the patterns took too long: {0}").format(
                whole(tally.too_slow)
            )
            text = self.tr("{0}. {1}").format(text, slow)
        self._say(text, "warning" if tally.too_slow else "lead")
        announce(self.result, text)

    def _show_failure(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, KnownError):
            raise error
        self._say(shown(error), "danger")

    def _end(self) -> None:
        if self._run is not None:
            self._run.deleteLater()
            self._run = None
        self._show_running()

    def _show_running(self) -> None:
        for button in (self.everywhere, self.here):
            button.setVisible(not self.running)
        self.stop.setVisible(self.running)
        self.stop.setEnabled(self.running)
        self.bar.setVisible(self.running)
        self.running_changed.emit(self.running)

    def _say(self, text: str, role: str = "note") -> None:
        set_role(self.result, role)
        self.result.setText(text)
