"""A row of the palette: a swatch or a box to tick, a name, a count and a key on a cap."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from app.design.tokens import (
    RADIUS,
    SPACE_M,
    SPACE_S,
    SPACE_XS,
    TYPE_BODY,
    TYPE_SMALL,
    Ground,
    legible,
    mix,
)

_ROW_HEIGHT = 30
_KEY_WIDTH = 22


class PaletteRow(QAbstractButton):
    """One row: a swatch, a name, a count and a key on a cap."""

    def __init__(self, name: str, key: str, ground: Ground, colour: str = "") -> None:
        """Build a row; without a colour it has a box that can be ticked."""
        super().__init__()
        self.setText(name)
        self.setCheckable(not colour)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._key = key
        self._colour = colour
        self._count = 0
        self.chosen = False
        self.ground = ground

    def set_count(self, count: int) -> None:
        """Show how often the label stands in the record."""
        self._count = count
        self.setAccessibleDescription(self.tr("{0} in this record").format(count))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a row."""
        return QSize(200, _ROW_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row."""
        del event
        ground = self.ground
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().adjusted(SPACE_S, 1, -SPACE_S, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.chosen or (self.isChecked() and self.isEnabled()):
            painter.setBrush(QColor(ground.selected))
            painter.drawRoundedRect(area, RADIUS, RADIUS)
        elif self.underMouse() and self.isEnabled():
            painter.setBrush(QColor(ground.hover))
            painter.drawRoundedRect(area, RADIUS, RADIUS)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(ground.accent), 1.5))
            painter.drawRoundedRect(area, RADIUS, RADIUS)
        left, middle = area.left() + SPACE_S, area.center().y() + 1
        if self._colour:
            fill = mix(self._colour, ground.canvas, 0.72 if not ground.dark else 0.6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(fill))
            painter.drawRoundedRect(left, middle - 8, 16, 14, 3, 3)
            painter.setBrush(QColor(legible(self._colour, ground.chrome, 3.0)))
            painter.drawRect(left, middle + 4, 16, 3)
        else:
            self._paint_box(painter, left, middle)
        left += 16 + SPACE_M
        right = area.right() - SPACE_S
        if self._key:
            self._paint_key(painter, right - _KEY_WIDTH, middle)
        right -= _KEY_WIDTH + SPACE_S
        font = QFont(self.font())
        font.setPixelSize(TYPE_BODY)
        enabled = self.isEnabled()
        painter.setFont(font)
        if self._count:
            width = painter.fontMetrics().horizontalAdvance(str(self._count)) + SPACE_S
            painter.setPen(QColor(ground.quiet))
            painter.drawText(
                right - width,
                area.top(),
                width,
                area.height(),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                str(self._count),
            )
            right -= width
        painter.setPen(QColor(ground.text if enabled else ground.outline))
        shown = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, right - left
        )
        painter.drawText(
            left,
            area.top(),
            right - left,
            area.height(),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            shown,
        )

    def _paint_box(self, painter: QPainter, left: int, middle: int) -> None:
        ground = self.ground
        ink = QColor(ground.outline if self.isEnabled() else ground.line)
        painter.setPen(QPen(ink, 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground.accent))
        painter.drawRoundedRect(left + 1, middle - 8, 14, 14, SPACE_XS, SPACE_XS)
        if self.isChecked():
            pen = QPen(QColor(ground.on_accent), 1.8)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawLine(left + 4, middle - 1, left + 7, middle + 2)
            painter.drawLine(left + 7, middle + 2, left + 12, middle - 4)

    def _paint_key(self, painter: QPainter, left: int, middle: int) -> None:
        ground = self.ground
        font = QFont(self.font())
        font.setPixelSize(TYPE_SMALL)
        painter.setFont(font)
        painter.setPen(QPen(QColor(ground.line), 1))
        painter.setBrush(QColor(ground.raised))
        painter.drawRoundedRect(left, middle - 10, _KEY_WIDTH, 18, SPACE_XS, SPACE_XS)
        painter.setPen(QColor(ground.quiet if self.isEnabled() else ground.outline))
        painter.drawText(
            left, middle - 10, _KEY_WIDTH, 18, Qt.AlignmentFlag.AlignCenter, self._key.upper()
        )
