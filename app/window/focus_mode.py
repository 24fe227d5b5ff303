"""Focus mode: nothing but the record; all else comes back exactly as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDockWidget

if TYPE_CHECKING:
    from app.window.main_window import MainWindow


class FocusMode(QObject):
    """Hides docks, toolbar and menu bar; F11, Escape or the button in the head line end it.

    It is not remembered: no window begins without its menus.

    Attributes:
        active: Whether the record stands alone.
    """

    def __init__(self, window: MainWindow) -> None:
        """Serve a window."""
        super().__init__(window)
        self.active = False
        self._window = window
        self._state = QByteArray()
        self._had_menu = True
        self._escape = QShortcut(QKeySequence("Esc"), window)
        self._escape.setEnabled(False)
        self._escape.activated.connect(self._on_escape)
        leave = window.area.leave_focus
        leave.setText(self.tr("Leave focus  (Esc)"))
        leave.setToolTip(self.tr("Bring queue, labels and menus back  (Esc or F11)"))
        leave.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        leave.clicked.connect(self.leave)
        window.suggestion_verbs.review.changed.connect(self._share_escape)
        window.installEventFilter(self)
        window.area.installEventFilter(self)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the commands call."""
        return {"view.focus": self.toggle}

    def toggle(self) -> None:
        """Begin, or end."""
        if self.active:
            self.leave()
        else:
            self.enter()

    def enter(self) -> None:
        """Leave nothing on the screen but the record."""
        window = self._window
        if self.active or window.session is None:
            return
        self._state = window.saveState()
        self._had_menu = not window.menuBar().isHidden()
        for part in (*self._docks(), window.toolbar, window.menuBar()):
            part.hide()
        self._show(active=True)
        window.area.view.setFocus()

    def leave(self) -> None:
        """Bring back what was there; a dock that came meanwhile stays."""
        if not self.active:
            return
        window = self._window
        came = [dock for dock in self._docks() if not dock.isHidden()]
        window.restoreState(self._state)
        window.menuBar().setVisible(self._had_menu)
        for dock in came:
            dock.show()
        self._show(active=False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """End when the window closes, before it remembers its docks, or the record goes."""
        closes = watched is self._window and event.type() == QEvent.Type.Close
        goes = watched is self._window.area and event.type() == QEvent.Type.Hide
        if closes or (goes and self._window.isVisible()):
            self.leave()
        return super().eventFilter(watched, event)

    def _show(self, *, active: bool) -> None:
        self.active = active
        self._window.area.leave_focus.setVisible(active)
        self._window.actions_["view.focus"].setChecked(active)
        self._share_escape()

    def _share_escape(self) -> None:
        """Leave Escape to the review while it is on: it ends before the focus mode does."""
        self._escape.setEnabled(self.active and not self._window.suggestion_verbs.review.active)

    def _on_escape(self) -> None:
        view = self._window.area.view
        if not (view.hasFocus() and view.escape()):
            self.leave()

    def _docks(self) -> list[QDockWidget]:
        return self._window.findChildren(QDockWidget)
