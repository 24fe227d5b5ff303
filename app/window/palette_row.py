"""A row of the palette: a swatch or a box to tick, a name, a count and a key on a cap."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
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
        self.key = key
        self._colour = colour
        self._count = 0
        self._value = ""
        self.chosen = False
        self.hinted = False
        self.ground = ground

    def set_key(self, key: str) -> None:
        """Show another key; none where it is empty."""
        self.key = key
        self.update()

    def set_hint(self, hinted: bool) -> None:
        """Say that the attribute is suggested, though not set; its box is dashed then."""
        if hinted != self.hinted:
            self.hinted = hinted
            self.setAccessibleDescription(self.tr("suggested") if hinted else "")
            self.update()

    def set_value(self, value: str) -> None:
        """Show what value the attribute has for the selected label."""
        self._value = value
        self.setAccessibleDescription(value)
        self.update()

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
        if self.key:
            self._paint_key(painter, right - self._key_width(), middle)
        right -= self._key_width() + SPACE_S
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
        if self._value:
            right -= self._paint_value(painter, area, (left + right) // 2, right)
        if self.hinted and not self.isChecked():
            right -= self._paint_hint(painter, area, right)
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

    def _paint_value(self, painter: QPainter, area: QRect, least: int, right: int) -> int:
        """Write the value in no more than half of the row, and return the room that it takes."""
        room = right - least
        shown = painter.fontMetrics().elidedText(self._value, Qt.TextElideMode.ElideRight, room)
        painter.setPen(QColor(self.ground.quiet))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(least, area.top(), room, area.height(), flags, shown)
        return min(room, painter.fontMetrics().horizontalAdvance(shown)) + SPACE_S

    def _paint_hint(self, painter: QPainter, area: QRect, right: int) -> int:
        """Write that the attribute is suggested, and return the room that this takes."""
        word = self.tr("suggested")
        width = painter.fontMetrics().horizontalAdvance(word) + SPACE_S
        painter.setPen(QColor(self.ground.accent))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(right - width, area.top(), width, area.height(), flags, word)
        return width

    def _paint_box(self, painter: QPainter, left: int, middle: int) -> None:
        ground = self.ground
        ink = QColor(ground.outline if self.isEnabled() else ground.line)
        pen = QPen(QColor(ground.accent) if self.hinted else ink, 1.2)
        if self.hinted:
            pen.setDashPattern([2, 2])
        painter.setPen(pen)
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

    def _key_width(self) -> int:
        font = QFont(self.font())
        font.setPixelSize(TYPE_SMALL)
        words = QFontMetrics(font).horizontalAdvance(_on_cap(self.key))
        return max(_KEY_WIDTH, words + SPACE_S)

    def _paint_key(self, painter: QPainter, left: int, middle: int) -> None:
        ground = self.ground
        font = QFont(self.font())
        font.setPixelSize(TYPE_SMALL)
        painter.setFont(font)
        painter.setPen(QPen(QColor(ground.line), 1))
        painter.setBrush(QColor(ground.raised))
        width = self._key_width()
        painter.drawRoundedRect(left, middle - 10, width, 18, SPACE_XS, SPACE_XS)
        painter.setPen(QColor(ground.quiet if self.isEnabled() else ground.outline))
        painter.drawText(
            left, middle - 10, width, 18, Qt.AlignmentFlag.AlignCenter, _on_cap(self.key)
        )


def _on_cap(key: str) -> str:
    """Return a key as its cap shows it: a letter large, the name of another key as it is."""
    return key.upper() if len(key) == 1 else key
