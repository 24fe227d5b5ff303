"""How far an import or an export is, and how it is cancelled."""

from __future__ import annotations

import threading
import time

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.design.tokens import SPACE_S
from app.dialogs.dialog import text_label
from app.quantities import size, whole

_LEAST_SECONDS = 0.05
"""Between two reports to the window: more often nobody sees them."""

_GUESS_AFTER_SECONDS = 1.0
"""A step's time left is not guessed before."""


class CancelledError(Exception):
    """The user stopped the work; nothing of it is kept."""


class Progress(QObject):
    """Takes progress on the store thread and hands it to the window's."""

    told = Signal(str, int, int)
    """Step, how much is done, how much there is (0: not known)."""

    def __init__(self, parent: QObject) -> None:
        """Begin at nought."""
        super().__init__(parent)
        self._cancelled = threading.Event()
        self._last = 0.0
        self._step = ""

    def cancel(self) -> None:
        """Stop the work at its next report."""
        self._cancelled.set()

    def tell(self, step: str, done: int, total: int) -> None:
        """Report; called on the store thread.

        Raises:
            CancelledError: The user has cancelled meanwhile.
        """
        if self._cancelled.is_set():
            raise CancelledError
        now = time.monotonic()
        if step != self._step or done == total or now - self._last >= _LEAST_SECONDS:
            self._step, self._last = step, now
            self.told.emit(step, done, total)


class ProgressPage(QWidget):
    """Shows the step, a bar, and the time that is left."""

    def __init__(self) -> None:
        """Begin at nought."""
        super().__init__()
        self._step = ""
        self._began = 0.0
        self.step = text_label("", "lead")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.left = text_label("", "note")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        column.addStretch(1)
        for part in (self.step, self.bar, self.left):
            column.addWidget(part)
        column.addStretch(2)

    def follow(self, progress: Progress) -> None:
        """Show work that begins now."""
        self._step = ""
        self.step.setText(self.tr("Beginning…"))
        self.left.setText("")
        self.bar.setRange(0, 0)
        progress.told.connect(self.show_step, Qt.ConnectionType.QueuedConnection)

    @Slot(str, int, int)
    def show_step(self, step: str, done: int, total: int) -> None:
        """Show how far a step is."""
        now = time.monotonic()
        if step != self._step:
            self._step, self._began = step, now
        names = {"Reading": self.tr("Reading files"), "Saving": self.tr("Saving records")}
        names["Looking for terms"] = self.tr("Looking for terms")
        names["Writing"] = self.tr("Writing records")
        self.step.setText(names.get(step, step))
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if not total:
            self.left.setText("")
            return
        text = self.tr("{0} of {1}").format(self._amount(done), self._amount(total))
        passed = now - self._began
        if passed >= _GUESS_AFTER_SECONDS and 0 < done < total:
            seconds = passed / done * (total - done)
            text = self.tr("{0}, {1} left").format(text, self._duration(seconds))
        self.left.setText(text)

    def _amount(self, number: int) -> str:
        """Return bytes of files, or a number of records, as they are read."""
        if self._step == "Reading":
            return size(number)
        return whole(number)

    def _duration(self, seconds: float) -> str:
        if seconds < 60:
            return self.tr("about {0} s").format(max(1, round(seconds)))
        return self.tr("about {0} min").format(round(seconds / 60))
