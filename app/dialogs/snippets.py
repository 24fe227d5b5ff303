"""A place of a record in one line: its record, the words around it, the place marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.design.tokens import SPACE_S, SPACE_XS, TYPE_BODY, TYPE_SMALL, Ground, legible, mix
from core.schema.documents import Document, Span

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

SNIPPET_ROLE = Qt.ItemDataRole.UserRole
"""An item's data of this role is its Snippet."""

_AROUND = 120
_ROW_HEIGHT = 42


@dataclass(frozen=True, slots=True)
class Snippet:
    """A place with what stands around it, all blanks made spaces."""

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
    """Paints a Snippet so that its place is always in sight."""

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
        painter.save()
        inner = area.adjusted(SPACE_S, SPACE_XS, -SPACE_S, -SPACE_XS)
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
    return "".join(" " if char.isspace() else char for char in text)
