"""The part of a dialog that scrolls where the screen is lower than the dialog would be."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

_SHARE = 0.4
"""It may be made as low as this part of the screen; head, errors and buttons take the rest."""


class Body(QScrollArea):
    """Asks for what its content asks for, and scrolls only where a screen has no room for that."""

    def __init__(self, content: QVBoxLayout) -> None:
        """Hold a layout."""
        super().__init__()
        self._page = QWidget()
        self._page.setLayout(content)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(self._page)

    def sizeHint(self) -> QSize:
        """Return what the content asks for."""
        return self._page.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the least the content needs, but no more than a small screen has."""
        screen = QGuiApplication.primaryScreen().availableSize()
        least = self._page.minimumSizeHint()
        return least.boundedTo(QSize(screen.width(), round(screen.height() * _SHARE)))

    def height_for(self, width: int) -> int:
        """Return how high the content is at a width, in pixels."""
        layout = self._page.layout()
        return layout.totalHeightForWidth(width) if layout is not None else 0

    def event(self, event: QEvent) -> bool:
        """Pass on that the content asks for another size."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return handled
