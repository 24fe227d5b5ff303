"""The toolbar: its buttons lose their words, one group after the other, before any is cut off."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMainWindow, QToolBar, QToolButton

from app.design.icons import ICON_SIZE

_WITH = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
_WITHOUT = Qt.ToolButtonStyle.ToolButtonIconOnly


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
        """Show as many names as there is room for; the widths are asked, not laid out."""
        least: list[tuple[QToolButton, int, int]] = []
        taken = self.sizeHint().width()
        for button, rank in self._named:
            style = button.toolButtonStyle()
            now = button.sizeHint().width()
            button.setToolButtonStyle(_WITH)
            wide = button.sizeHint().width()
            button.setToolButtonStyle(_WITHOUT)
            gain = wide - button.sizeHint().width()
            button.setToolButtonStyle(style)
            taken += wide - now
            least.append((button, rank, gain))
        styles = dict.fromkeys((button for button, _rank, _gain in least), _WITH)
        for rank in sorted({rank for _button, rank, _gain in least}):
            if taken <= self.width():
                break
            for button, of, gain in least:
                if of == rank:
                    styles[button] = _WITHOUT
                    taken -= gain
        for button, style in styles.items():
            if button.toolButtonStyle() is not style:
                button.setToolButtonStyle(style)
