"""A window in which somebody labels as fast as keys can be pressed, to be killed.

``python -m tests.crash.window_labeller PROJECT`` forks a process for each seed that it reads, so
that the libraries are loaded only once. That one shows the real main window on the project, says
``Began``, and presses keys until it is killed; whatever the window shows as saved is said.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from pathlib import Path

import msgspec
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from qasync import QEventLoop  # type: ignore[import-untyped]  # no stubs

from app.design.theme import Theme
from app.design.tokens import Scheme
from app.preferences import Preferences
from app.session import Session
from app.training.forms import Forms
from app.window.extensions import LateExtensions
from app.window.main_window import MainWindow
from app.window.ports import TrainingPanel
from core.export.points import Form
from core.schema.learning import ModelVersion
from core.store.changes import ChangeSet
from tests.crash.labeller import Began, Ended

_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class Shown(msgspec.Struct, frozen=True, tag="shown"):
    """What the window showed of a record once an edit was saved.

    Attributes:
        event: Number of the edit's audit event.
        document: The record.
        spans: Its labels on the screen: start, end, label.
    """

    event: int
    document: int
    spans: list[tuple[int, int, str]]


Word = Began | Shown | Ended


class _NoWorker:
    """A panel without a worker, which would outlive its killed window by a moment."""

    def __init__(self) -> None:
        self._content = QLabel()

    def widget(self) -> QWidget:
        return self._content

    def retrain(self, teacher: ModelVersion | None = None, *, thoroughly: bool = False) -> None:
        raise NotImplementedError

    def quick_update(self) -> None:
        raise NotImplementedError

    def search_recipe(self) -> None:
        raise NotImplementedError

    def adapt_backbone(self, seconds: float) -> None:
        raise NotImplementedError

    def reset_backbone(self) -> None:
        raise NotImplementedError

    @property
    def forms(self) -> Forms:
        raise NotImplementedError

    def export_model(self, out: Path, form: Form | None = None) -> None:
        raise NotImplementedError

    def shut_down(self) -> None:
        raise NotImplementedError


class _Extensions(LateExtensions):
    def training_panel(
        self, session: Session, theme: Theme, preferences: Preferences
    ) -> TrainingPanel:
        del session, theme, preferences
        return _NoWorker()

    def load_dialogs(self) -> None:
        """Leave them: nobody opens one here."""


class Hands:
    """Presses keys in a window without a pause."""

    def __init__(self, window: MainWindow, seed: int) -> None:
        """Begin as soon as the first record is on the screen."""
        self._window = window
        self._random = random.Random(seed)
        self._began = False
        self._pressing = QTimer()
        self._pressing.timeout.connect(self._press)
        self._pressing.start(0)

    def watch(self, session: Session) -> None:
        """Say whatever the session's window shows as saved."""
        session.changed.connect(self._say_shown)

    def _say_shown(self, changes: ChangeSet) -> None:
        session = self._window.session
        if session is None or session.record is None or not changes.documents:
            return
        record = session.record
        spans = [(span.start, span.end, span.label) for span in record.spans]
        _say(Shown(changes.event_id, record.id, spans))

    def _press(self) -> None:
        session = self._window.session
        if session is None or session.record is None:
            return
        if not self._began:
            self._began = True
            self.watch(session)
            _say(Began(os.getpid()))
        view = self._window.area.view
        chosen = self._random.random()
        if chosen < 0.5:
            QTest.keyClick(view, Qt.Key.Key_Right)
            QTest.keyClick(view, self._random.choice((Qt.Key.Key_1, Qt.Key.Key_2)))
        elif chosen < 0.6:
            QTest.keyClick(view, Qt.Key.Key_Z, _CONTROL)
        elif chosen < 0.65:
            QTest.keyClick(view, Qt.Key.Key_Y, _CONTROL)
        elif chosen < 0.75:
            QTest.keyClick(view, Qt.Key.Key_Tab)
            QTest.keyClick(view, Qt.Key.Key_Delete)
        elif chosen < 0.85:
            QTest.keyClick(view, Qt.Key.Key_N)
        elif chosen < 0.95:
            QTest.keyClick(view, Qt.Key.Key_Right, _SHIFT)
        else:
            QTest.keyClick(view, Qt.Key.Key_Return, _CONTROL)


def label_until_killed(folder: Path, seed: int, settings: Path) -> None:
    """Show the window on the project and press keys."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication(["chartmark"])
    loop = QEventLoop(application)
    window = MainWindow(
        theme=Theme(application, Scheme.LIGHT),
        preferences=Preferences(QSettings(str(settings), QSettings.Format.IniFormat)),
        extensions=_Extensions(),
        loop=loop,
    )
    window.show()
    window.begin(folder)
    hands = Hands(window, seed)
    loop.run_forever()
    del hands


def main() -> int:
    """Fork a window for every seed that is read."""
    folder = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as settings:
        while line := sys.stdin.readline():
            pid = os.fork()
            if pid == 0:
                try:
                    label_until_killed(folder, int(line), Path(settings) / "settings.ini")
                finally:
                    os._exit(1)
            _, status = os.waitpid(pid, 0)
            _say(Ended(pid, os.waitstatus_to_exitcode(status)))
    return 0


def _say(word: Word) -> None:
    os.write(1, msgspec.json.encode(word) + b"\n")


if __name__ == "__main__":
    sys.exit(main())
