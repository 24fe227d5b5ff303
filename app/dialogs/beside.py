"""Two parts of a dialog beside each other, or one under the other where it is narrow."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.design.tokens import SPACE_L


class Beside(QWidget):
    """Holds a main part and one that says more about it."""

    def __init__(self, main: QWidget, more: QWidget, least: int) -> None:
        """Hold two parts.

        Args:
            main: On the left, or above.
            more: On the right, or below.
            least: Width from which they stand beside each other, in pixels.
        """
        super().__init__()
        self._main, self._more, self._least = main, more, least
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE_L)
        self._row.addWidget(main, 2)
        self._row.addWidget(more, 1)

    def minimumSizeHint(self) -> QSize:
        """Return the least of the narrow form: the width decides which form there is."""
        least = super().minimumSizeHint()
        widths = [
            max(part.minimumWidth(), part.minimumSizeHint().width())
            for part in (self._main, self._more)
        ]
        return QSize(max(widths), least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the form for the width."""
        super().resizeEvent(event)
        kind = QBoxLayout.Direction
        wide = event.size().width() >= self._least
        self._row.setDirection(kind.LeftToRight if wide else kind.TopToBottom)
