"""The toolbar: its buttons lose their words, one group after the other, before any is cut off."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMainWindow, QToolBar, QToolButton

from app.design.icons import ICON_SIZE

_WITH = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
_WITHOUT = Qt.ToolButtonStyle.ToolButtonIconOnly
_BESIDE = 4
"""Pixels that Qt leaves between an icon and the name beside it."""


class Toolbar(QToolBar):
    """One row of buttons; those that say their name do so as long as there is room."""

    def __init__(self, title: str, window: QMainWindow) -> None:
        """Build the bar, empty."""
        super().__init__(title, window)
        self.setObjectName("toolbar")
        self.setMovable(False)
        self.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._named: list[tuple[QToolButton, int]] = []

    def set_named(self, button: QToolButton, rank: int) -> None:
        """Let a button say its name where there is room; those of a low rank lose it first."""
        self._named.append((button, rank))
        button.setToolButtonStyle(_WITH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take words away, or give them back."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Fit anew where a button came or went."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return handled

    def _fit(self) -> None:
        """Show as many names as there is room for."""
        gains = [(button, rank, _width_of_name(button)) for button, rank in self._named]
        taken = self.sizeHint().width()
        taken += sum(gain for button, _rank, gain in gains if button.toolButtonStyle() is _WITHOUT)
        styles = dict.fromkeys((button for button, _rank, _gain in gains), _WITH)
        for rank in sorted({rank for _button, rank, _gain in gains}):
            if taken <= self.width():
                break
            for button, of, gain in gains:
                if of == rank:
                    styles[button] = _WITHOUT
                    taken -= gain
        for button, style in styles.items():
            # Only what changes: each change asks for another layout, and so for another fit.
            if button.toolButtonStyle() is not style:
                button.setToolButtonStyle(style)


def _width_of_name(button: QToolButton) -> int:
    """Return by how much its name widens a button, as ``QToolButton.sizeHint`` reckons it."""
    metrics = button.fontMetrics()
    text = metrics.size(Qt.TextFlag.TextShowMnemonic, button.text()).width()
    return _BESIDE + text + 2 * metrics.horizontalAdvance(" ")
