"""What gives way where the window is small: one dock at a time, each as wide as there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDockWidget

if TYPE_CHECKING:
    from app.window.main_window import MainWindow

BOTH_FROM = 940
"""Width of the window, in device-independent pixels, from which both docks stand beside the text.

Under it the text would be narrower than half a line: one dock is folded away, and comes back by
its command, which folds the other one.
"""
_TEXT_WIDTH = 560
_DOCK_WIDTH = 280
_SIDES = (Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea)


class SmallRoom(QObject):
    """Folds docks of a narrow window, and unfolds and widens them when it grows again."""

    def __init__(self, window: MainWindow) -> None:
        """Serve a window."""
        super().__init__(window)
        self._window = window
        self._docks = window.docks.sides
        self._wanted = dict.fromkeys(self._docks, _DOCK_WIDTH)
        self._folded: list[QDockWidget] = []
        self._busy = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._fit)
        for part in (window, *self._docks):
            part.installEventFilter(self)
        window.project_opened.connect(self._fit)

    def settle(self) -> None:
        """Bring all docks back that were folded for want of room: the layout is remembered."""
        self._busy = True
        for dock in self._folded:
            dock.show()
        self._folded.clear()
        self._busy = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's width, and what the user does with the docks."""
        kind = event.type()
        if kind == QEvent.Type.Resize:
            if watched is self._window:
                self._later.start(0)
            elif isinstance(watched, QDockWidget) and self._dragged(watched):
                self._wanted[watched] = watched.width()
        elif kind == QEvent.Type.ShowToParent and isinstance(watched, QDockWidget):
            self._on_shown(watched)
        return super().eventFilter(watched, event)

    def _dragged(self, dock: QDockWidget) -> bool:
        pressed = QApplication.mouseButtons() & Qt.MouseButton.LeftButton
        return bool(pressed) and dock.isVisible() and not dock.isFloating()

    def _on_shown(self, dock: QDockWidget) -> None:
        if self._busy:
            return
        if dock in self._folded:
            self._folded.remove(dock)
        if self._may_fold():
            for other in self._docks:
                if other is not dock and self._beside(other):
                    self._fold(other)
        self._later.start(0)

    def _fit(self) -> None:
        window = self._window
        if window.session is None or window.focus_mode.active:
            return
        if window.width() >= BOTH_FROM:
            self.settle()
        elif all(self._beside(dock) for dock in self._docks):
            # Alt+Down opens the next record without the queue; the labels say their keys.
            self._fold(self._docks[0])
        self._widen()

    def _may_fold(self) -> bool:
        window = self._window
        return (
            window.session is not None
            and not window.focus_mode.active
            and window.width() < BOTH_FROM
        )

    def _fold(self, dock: QDockWidget) -> None:
        self._folded.append(dock)
        dock.hide()

    def _widen(self) -> None:
        """Give docks that a small window made narrow their width back, as far as there is room."""
        beside = [dock for dock in self._docks if self._beside(dock)]
        if not beside:
            return
        room = (self._window.width() - _TEXT_WIDTH) // len(beside)
        widths = [max(dock.width(), min(self._wanted[dock], room)) for dock in beside]
        if widths != [dock.width() for dock in beside]:
            self._window.resizeDocks(beside, widths, Qt.Orientation.Horizontal)

    def _beside(self, dock: QDockWidget) -> bool:
        sideways = self._window.dockWidgetArea(dock) in _SIDES
        return sideways and not dock.isHidden() and not dock.isFloating()
