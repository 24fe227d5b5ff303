"""Draws a row of the command palette: sign, text, where it belongs, and its key on a cap."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.design.icons import icon
from app.design.tokens import (
    CONTROL_HEIGHT,
    RADIUS,
    SPACE_L,
    SPACE_M,
    SPACE_S,
    SPACE_XS,
    TYPE_BODY,
    TYPE_SMALL,
    Ground,
    legible,
    mix,
)
from app.window.findable import Found

FOUND_ROLE = Qt.ItemDataRole.UserRole
"""An item's data of this role is its Found."""

ROW_HEIGHT = CONTROL_HEIGHT + SPACE_XS
_SIGN = SPACE_L
_SWATCH_HEIGHT = SPACE_M
_LINE_HEIGHT = 3


class FoundDelegate(QStyledItemDelegate):
    """Paints what was found; greyed with the reason where it cannot be run."""

    def __init__(self, ground: Ground, parent: QWidget) -> None:
        """Draw on a ground."""
        super().__init__(parent)
        self._ground = ground
        self._icons: dict[str, QIcon] = {}

    def set_ground(self, ground: Ground) -> None:
        """Draw on another ground."""
        self._ground = ground
        self._icons = {}

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the same height for each row."""
        del index
        return QSize(option.rect.width(), ROW_HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw a row."""
        found: Found = index.data(FOUND_ROLE)
        ground = self._ground
        area: QRect = option.rect.adjusted(SPACE_XS, 1, -SPACE_XS, -1)
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        under = ground.selected if chosen else ground.raised
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if chosen or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground.selected if chosen else ground.hover))
            painter.drawRoundedRect(area, RADIUS, RADIUS)
        inner = area.adjusted(SPACE_S, 0, -SPACE_S, 0)
        self._sign(painter, inner, found, under)
        right = inner.right()
        if found.key:
            right = self._key(painter, inner, found) - SPACE_M
        aside = found.why_not or found.group
        words = inner.adjusted(_SIGN + SPACE_M, 0, 0, 0)
        words.setRight(right)
        font = painter.font()
        font.setPixelSize(TYPE_SMALL)
        painter.setFont(font)
        width = min(painter.fontMetrics().horizontalAdvance(aside) + 1, words.width() // 2)
        painter.setPen(QColor(ground.quiet))
        beside = QRect(words.right() - width, words.top(), width, words.height())
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(beside, flags, _elided(painter, aside, width))
        words.setRight(beside.left() - SPACE_M)
        font.setPixelSize(TYPE_BODY)
        painter.setFont(font)
        painter.setPen(QColor(ground.quiet if found.why_not else ground.text))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, flags, _elided(painter, found.text, words.width()))
        painter.restore()

    def _sign(self, painter: QPainter, inner: QRect, found: Found, under: str) -> None:
        ground, middle = self._ground, inner.center().y() + 1
        if found.colour:
            fill = mix(found.colour, ground.canvas, 0.6 if ground.dark else 0.72)
            top = middle - _SWATCH_HEIGHT // 2
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(fill))
            painter.drawRoundedRect(inner.left(), top, _SIGN, _SWATCH_HEIGHT, 3, 3)
            painter.setBrush(QColor(legible(found.colour, under, 3.0)))
            low = top + _SWATCH_HEIGHT - _LINE_HEIGHT
            painter.drawRect(inner.left(), low, _SIGN, _LINE_HEIGHT)
        elif found.icon:
            if found.icon not in self._icons:
                self._icons[found.icon] = icon(found.icon, ground, ground.quiet)
            mode = QIcon.Mode.Disabled if found.why_not else QIcon.Mode.Normal
            place = QRect(inner.left(), middle - _SIGN // 2, _SIGN, _SIGN)
            self._icons[found.icon].paint(painter, place, mode=mode)

    def _key(self, painter: QPainter, inner: QRect, found: Found) -> int:
        """Draw the key on its cap and return where the cap begins."""
        ground = self._ground
        font = painter.font()
        font.setPixelSize(TYPE_SMALL)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        width = max(metrics.horizontalAdvance(found.key) + 2 * SPACE_XS, CONTROL_HEIGHT - SPACE_S)
        height = CONTROL_HEIGHT - SPACE_S
        cap = QRect(inner.right() - width, inner.center().y() - height // 2 + 1, width, height)
        painter.setPen(QPen(QColor(ground.line), 1))
        painter.setBrush(QColor(ground.raised))
        painter.drawRoundedRect(cap, SPACE_XS, SPACE_XS)
        painter.setPen(QColor(ground.outline if found.why_not else ground.quiet))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, found.key)
        return cap.left()


def _elided(painter: QPainter, text: str, width: int) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
