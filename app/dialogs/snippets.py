"""A place of a record in one line: its record, the words around it, the place marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.design.tokens import (
    SPACE_M,
    SPACE_S,
    SPACE_XS,
    TYPE_BODY,
    TYPE_SMALL,
    Ground,
    legible,
    mix,
)
from core.schema.documents import Document, Span

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

SNIPPET_ROLE = Qt.ItemDataRole.UserRole
"""An item's data of this role is its Snippet."""

_AROUND = 120
_ROW_HEIGHT = 42
_BOX = 16
_TOGGLING_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Select)


@dataclass(frozen=True, slots=True)
class Snippet:
    """A place with what stands around it, runs of blanks made single spaces."""

    record: str
    before: str
    match: str
    after: str


def snippet_of(document: Document, span: Span) -> Snippet:
    """Cut a place out of a record."""
    text = document.text
    return Snippet(
        record=document.name,
        before=_flat(text[max(0, span.start - _AROUND) : span.start]).lstrip(),
        match=_flat(text[span.start : span.end]),
        after=_flat(text[span.end : span.end + _AROUND]).rstrip(),
    )


class SnippetDelegate(QStyledItemDelegate):
    """Paints a Snippet so that its place is always in sight.

    An item that can be ticked has a box; a click anywhere on its row, or Space, ticks it.
    """

    def __init__(self, ground: Ground, colour: str, parent: QWidget) -> None:
        """Mark places in a colour (``#RRGGBB``)."""
        super().__init__(parent)
        self._ground = ground
        self._colour = colour

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the size of a row."""
        del option, index
        return QSize(200, _ROW_HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw a row."""
        area: QRect = option.rect
        snippet: Snippet = index.data(SNIPPET_ROLE)
        ground = self._ground
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(ground.selected))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(ground.hover))
        inner = area.adjusted(SPACE_S, SPACE_XS, -SPACE_S, -SPACE_XS)
        ticked = index.data(Qt.ItemDataRole.CheckStateRole)
        if ticked is not None:
            self._paint_box(painter, inner, Qt.CheckState(ticked) is Qt.CheckState.Checked)
            inner = inner.adjusted(_BOX + SPACE_M, 0, 0, 0)
        font = painter.font()
        font.setPixelSize(TYPE_SMALL)
        painter.setFont(font)
        painter.setPen(QColor(ground.quiet))
        name = painter.fontMetrics().elidedText(
            snippet.record, Qt.TextElideMode.ElideMiddle, inner.width()
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, name)
        font.setPixelSize(TYPE_BODY)
        painter.setFont(font)
        self._paint_words(painter, snippet, inner)
        painter.restore()

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Tick a row, or take its tick away."""
        del option
        clicked = (
            isinstance(event, QMouseEvent)
            and event.type() is QEvent.Type.MouseButtonRelease
            and event.button() is Qt.MouseButton.LeftButton
        )
        pressed = (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() in _TOGGLING_KEYS
        )
        ticked = index.data(Qt.ItemDataRole.CheckStateRole)
        if ticked is None or not (clicked or pressed):
            return False
        on = Qt.CheckState(ticked) is Qt.CheckState.Checked
        turned = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
        return model.setData(index, turned, Qt.ItemDataRole.CheckStateRole)

    def _paint_box(self, painter: QPainter, inner: QRect, ticked: bool) -> None:
        ground = self._ground
        box = QRect(inner.left(), inner.center().y() - _BOX // 2, _BOX, _BOX)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(ground.accent if ticked else ground.outline), 1.2))
        painter.setBrush(QColor(ground.accent if ticked else ground.canvas))
        painter.drawRoundedRect(box, SPACE_XS, SPACE_XS)
        if ticked:
            pen = QPen(QColor(ground.on_accent), 1.8)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            middle = box.center()
            painter.drawPolyline(
                [middle + QPoint(-3, 1), middle + QPoint(0, 4), middle + QPoint(5, -3)]
            )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_words(self, painter: QPainter, snippet: Snippet, inner: QRect) -> None:
        ground, metrics = self._ground, painter.fontMetrics()
        low = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        match = metrics.elidedText(snippet.match, Qt.TextElideMode.ElideRight, inner.width() // 2)
        width = metrics.horizontalAdvance(match)
        before = metrics.elidedText(
            snippet.before, Qt.TextElideMode.ElideLeft, (inner.width() - width) // 2
        )
        left = inner.left() + metrics.horizontalAdvance(before)
        top = inner.bottom() - metrics.height() + 1
        painter.fillRect(
            QRect(left, top, width, metrics.height()),
            QColor(mix(self._colour, ground.canvas, 0.6 if ground.dark else 0.72)),
        )
        painter.fillRect(
            QRect(left, inner.bottom() - 1, width, 2),
            QColor(legible(self._colour, ground.canvas, 3.0)),
        )
        painter.setPen(QColor(ground.text))
        painter.drawText(inner, low, before)
        painter.drawText(inner.adjusted(left - inner.left(), 0, 0, 0), low, match)
        rest = inner.adjusted(left - inner.left() + width, 0, 0, 0)
        after = metrics.elidedText(snippet.after, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, low, after)


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)
