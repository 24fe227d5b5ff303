"""One line of text that is cut with an ellipsis where there is no room, and tells all on hover."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOption


class ElidedLabel(QLabel):
    """A label whose text never asks for room."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_text(self, text: str) -> None:
        """Show a text; it is read out and shown on hover in full."""
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)
            self.setToolTip(text)

    def set_role(self, role: str) -> None:
        """Take the colour of a role of the style sheet."""
        if role != (self.property("role") or ""):
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)

    def full_width(self) -> int:
        """Return how wide the text is."""
        return self.fontMetrics().horizontalAdvance(self.text())

    def sizeHint(self) -> QSize:
        """Return the size of the whole text."""
        return QSize(self.full_width() + 1, self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """Return almost nothing: any width will do."""
        return QSize(24, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much as there is room for."""
        del event
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        self.style().drawItemText(
            painter,
            self.rect(),
            int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter),
            option.palette,
            self.isEnabled(),
            shown,
            self.foregroundRole(),
        )
