"""Drives a window as a person does: mouse and key events, waiting for what is seen."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from app.window.main_window import MainWindow
from core.schema.documents import Piece

_LONGEST_SECONDS = 60.0
"""On two busy cores a window needs a while."""
_MODIFIERS = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
}


class TourError(AssertionError):
    """What should have been seen was not."""


class Driver:
    """Hands and eyes on one window.

    Attributes:
        window: The window.
        pictures: Files of the pictures taken so far, in order.
    """

    def __init__(self, window: MainWindow, folder: Path) -> None:
        """Drive a window; pictures go into ``folder``."""
        self.window = window
        self.pictures: list[Path] = []
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def wait(
        self, seen: Callable[[], object], what: str, *, seconds: float = _LONGEST_SECONDS
    ) -> None:
        """Let the window live until something is seen.

        Raises:
            TourError: It is not seen in time.
        """
        ends = time.monotonic() + seconds
        while not seen():
            if time.monotonic() > ends:
                raise TourError(f"waited {seconds:.0f} s in vain for: {what}")
            self.breathe(10)

    def breathe(self, milliseconds: int) -> None:
        """Let the window handle events for a while."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def picture(self, name: str, widget: QWidget | None = None) -> Path:
        """Take a picture of the window as it is, its dialogs on top, or of one widget."""
        self.breathe(60)
        target = widget or self.window
        image = target.grab()
        file = self._folder / f"{len(self.pictures) + 1:02d}-{name}.png"
        if not image.save(str(file)):
            raise TourError(f"{file.name} cannot be written")
        self.pictures.append(file)
        return file

    def press(self, keys: str, target: QWidget | None = None) -> None:
        """Press keys given in Qt's notation (``Ctrl+Return``) where the focus is."""
        *held, name = keys.split("+")
        modifiers = Qt.KeyboardModifier.NoModifier
        for modifier in held:
            modifiers |= _MODIFIERS[modifier]
        QTest.keyClick(target or self.focus(), Qt.Key[f"Key_{name}"], modifiers)
        QApplication.processEvents()

    def write(self, text: str, target: QWidget | None = None) -> None:
        """Type text where the focus is."""
        QTest.keyClicks(target or self.focus(), text)
        QApplication.processEvents()

    def click(
        self,
        widget: QWidget,
        at: QPoint | None = None,
        *,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Click on a widget that is seen and enabled."""
        if not widget.isVisible() or not widget.isEnabled():
            raise TourError(f"{widget.objectName() or type(widget).__name__} cannot be clicked")
        point = at or widget.rect().center()
        QTest.mouseMove(widget, point)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, modifiers, point)
        QApplication.processEvents()

    def click_action(self, action: QAction) -> None:
        """Click the toolbar's button of an action."""
        self.click(self.window.toolbar.widgetForAction(action))

    def drag_text(
        self,
        piece: Piece,
        *,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Select a stretch of the record by dragging the mouse over it."""
        view = self.window.area.view
        view.ensure_visible(*piece)
        self.breathe(20)
        first, last = view.point_of(piece[0]), view.point_of(piece[1] - 1)
        surface = view.viewport()
        button = Qt.MouseButton.LeftButton
        QTest.mousePress(surface, button, modifiers, first)
        for part in (1, 2, 3):
            QTest.mouseMove(surface, first + (last - first) * part / 3)
            self.breathe(15)
        QTest.mouseRelease(surface, button, modifiers, last)
        QApplication.processEvents()

    def click_text(self, position: int) -> None:
        """Click on a character of the record."""
        view = self.window.area.view
        view.ensure_visible(position, position + 1)
        self.breathe(20)
        self.click(view.viewport(), view.point_of(position))

    def find(self, text: str, *, occurrence: int = 0) -> Piece:
        """Return where a text stands in the record on the screen."""
        session = self.window.session
        if session is None or session.record is None:
            raise TourError("no record is on the screen")
        start = -1
        for _ in range(occurrence + 1):
            start = session.record.document.text.find(text, start + 1)
        if start < 0:
            raise TourError("the record does not hold what the tour looks for")
        return start, start + len(text)

    def dialog(self, kind: type[QDialog] = QDialog) -> QDialog:
        """Wait for a dialog to be there and return it."""

        def shown() -> QDialog | None:
            tops = QApplication.topLevelWidgets()
            return next((t for t in tops if isinstance(t, kind) and t.isVisible()), None)

        self.wait(shown, kind.__name__)
        found = shown()
        if found is None:
            raise TourError(f"the {kind.__name__} went away")
        self.breathe(80)
        return found

    def wait_closed(self, dialog: QDialog) -> None:
        """Wait until a dialog has closed; most are gone for good then."""
        self.wait(lambda: not isValid(dialog) or not dialog.isVisible(), "the dialog to close")

    def focus(self) -> QWidget:
        """Return the widget that has the focus."""
        if QApplication.activeWindow() is None:
            # Where no window manager goes back to the window when a dialog closes.
            self.window.activateWindow()
            QApplication.processEvents()
        focused = QApplication.focusWidget()
        return focused if focused is not None else self.window
