"""Draws a row of the queue: status, name, counts, and a bar for what could be learnt from it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.design.tokens import (
    RADIUS,
    SPACE_M,
    SPACE_S,
    SPACE_XS,
    TYPE_BODY,
    TYPE_SMALL,
    Ground,
)
from app.texts import translated
from app.window.queue_model import CURRENT_ROLE, ROW_ROLE, SHARE_ROLE, SPLIT_TEXTS, counts
from core.schema.documents import ReviewStatus
from core.store.documents import QueueRow

ROW_HEIGHT = 48
_GLYPH = 12
_BAR_WIDTH = 36
_BAR_HEIGHT = 4


class QueueDelegate(QStyledItemDelegate):
    """Two lines a row: the name, and quieter what is in it."""

    def __init__(self, ground: Ground, parent: QWidget) -> None:
        """Draw on a ground."""
        super().__init__(parent)
        self.ground = ground

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the same height for each row, which keeps long queues fast."""
        del index
        return QSize(option.rect.width(), ROW_HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw a row."""
        row: QueueRow = index.data(ROW_ROLE)
        current = bool(index.data(CURRENT_ROLE))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect).adjusted(SPACE_S, 1, -SPACE_S, -1)
        self._ground(painter, area, option, current)
        self._glyph(painter, QPointF(area.left() + SPACE_M + _GLYPH / 2, area.center().y()), row)
        left = area.left() + SPACE_M + _GLYPH + SPACE_M
        right = area.right() - SPACE_M
        share = index.data(SHARE_ROLE)
        closed = row.status in (ReviewStatus.DONE, ReviewStatus.FLAGGED)
        if share is not None:
            self._bar(
                painter, QRectF(right - _BAR_WIDTH, area.top() + 13, _BAR_WIDTH, _BAR_HEIGHT), share
            )
        name_right = right - (_BAR_WIDTH + SPACE_S if share is not None else 0)
        self._line(
            painter,
            QRectF(left, area.top() + SPACE_XS, name_right - left, 20),
            row.name,
            QColor(self.ground.quiet if closed and not current else self.ground.text),
            size=TYPE_BODY,
            bold=current,
        )
        below = QRectF(left, area.top() + 24, right - left, 18)
        split = translated("Queue", SPLIT_TEXTS[row.split]) if row.split is not None else ""
        width = QFontMetrics(_font(option.font, TYPE_SMALL)).horizontalAdvance(split)
        quiet = QColor(self.ground.quiet)
        self._line(
            painter,
            below.adjusted(0, 0, -(width + SPACE_S), 0),
            counts(row),
            QColor(self.ground.accent) if row.suggestion_count else quiet,
            size=TYPE_SMALL,
        )
        self._line(painter, below, split, quiet, size=TYPE_SMALL, to_right=True)
        painter.restore()

    def _ground(
        self, painter: QPainter, area: QRectF, option: QStyleOptionViewItem, current: bool
    ) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        state = option.state
        if current:
            painter.setBrush(QColor(self.ground.selected))
            painter.drawRoundedRect(area, RADIUS, RADIUS)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(self.ground.hover))
            painter.drawRoundedRect(area, RADIUS, RADIUS)
        focused = state & QStyle.StateFlag.State_HasFocus
        if focused and state & QStyle.StateFlag.State_KeyboardFocusChange:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self.ground.accent), 1.5))
            painter.drawRoundedRect(area, RADIUS, RADIUS)

    def _glyph(self, painter: QPainter, centre: QPointF, row: QueueRow) -> None:
        """Draw the status as a shape, so that it does not hang on colour."""
        half = _GLYPH / 2
        box = QRectF(centre.x() - half, centre.y() - half, _GLYPH, _GLYPH)
        pen = QPen(QColor(self.ground.quiet), 1.5)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if row.status is ReviewStatus.TODO:
            painter.drawEllipse(box)
        elif row.status is ReviewStatus.IN_PROGRESS:
            pen.setColor(QColor(self.ground.accent))
            painter.setPen(pen)
            painter.drawEllipse(box)
            painter.setBrush(QColor(self.ground.accent))
            painter.drawPie(box, 90 * 16, -180 * 16)
        elif row.status is ReviewStatus.DONE:
            pen.setColor(QColor(self.ground.good))
            pen.setWidthF(2)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            x, y = box.left(), box.top()
            painter.drawPolyline(
                [QPointF(x + 1, y + 6.5), QPointF(x + 4.5, y + 10), QPointF(x + 11, y + 2.5)]
            )
        else:
            pen.setColor(QColor(self.ground.warning))
            painter.setPen(pen)
            x, y = box.left() + 2, box.top()
            painter.setBrush(QColor(self.ground.warning))
            painter.drawPolygon(
                [
                    QPointF(x, y + 1),
                    QPointF(x + 8, y + 1),
                    QPointF(x + 6, y + 4),
                    QPointF(x + 8, y + 7),
                    QPointF(x, y + 7),
                ]
            )
            painter.drawLine(QPointF(x, y), QPointF(x, y + 12))

    def _bar(self, painter: QPainter, area: QRectF, share: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.ground.line))
        painter.drawRoundedRect(area, _BAR_HEIGHT / 2, _BAR_HEIGHT / 2)
        painter.setBrush(QColor(self.ground.accent))
        area.setWidth(max(_BAR_HEIGHT, area.width() * min(max(share, 0.0), 1.0)))
        painter.drawRoundedRect(area, _BAR_HEIGHT / 2, _BAR_HEIGHT / 2)

    def _line(
        self,
        painter: QPainter,
        area: QRectF,
        words: str,
        colour: QColor,
        *,
        size: int,
        bold: bool = False,
        to_right: bool = False,
    ) -> None:
        font = _font(painter.font(), size)
        if bold:
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(colour)
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, int(area.width()))
        side = Qt.AlignmentFlag.AlignRight if to_right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, shown)


def _font(base: QFont, pixels: int) -> QFont:
    font = QFont(base)
    font.setWeight(QFont.Weight.Normal)
    font.setPixelSize(pixels)
    return font
