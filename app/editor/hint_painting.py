"""Draws what is only suggested for a label behind its name: in a dashed frame, in the quiet ink."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from app.design.tokens import Ground
from app.editor.ink import Ink
from app.editor.names import Name

_ROUND = 2.5
_DASHES = [2.5, 2.5]
_PEN = 0.8
_PADDING = 2.5


def paint_hint(painter: QPainter, name: Name, y: float, *, ground: Ground, ink: Ink) -> None:
    """Draw the signs of suggested attributes; the painter's font is that of suggestions' names.

    Args:
        painter: In the coordinates of the column.
        name: The name that they stand behind, at its right end.
        y: The name's baseline.
        ground: The colours.
        ink: The label's colours.
    """
    metrics = QFontMetricsF(painter.font())
    width = metrics.horizontalAdvance(name.hint)
    left = name.left + name.width - width - _PADDING
    painter.setPen(QColor(ground.quiet))
    painter.drawText(QPointF(left, y), name.hint)
    pen = QPen(ink.line, _PEN)
    pen.setDashPattern(_DASHES)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    rise = metrics.tightBoundingRect("h").height() + 2
    right, top = left + width + _PADDING, y - rise
    left -= _PADDING
    # Open at its foot: there the text begins.
    frame = QPainterPath(QPointF(left, y))
    frame.lineTo(left, top + _ROUND)
    frame.quadTo(left, top, left + _ROUND, top)
    frame.lineTo(right - _ROUND, top)
    frame.quadTo(right, top, right, top + _ROUND)
    frame.lineTo(right, y)
    painter.drawPath(frame)
