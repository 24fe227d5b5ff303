"""Draws what folds sections: a chevron beside each heading, and what a folded one hides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from app.design.tokens import RADIUS, SPACE_M, SPACE_S, SPACE_XS
from app.editor.column import Column
from app.editor.laid_block import LaidBlock
from app.editor.scene import Scene

HANDLE_SIZE = 24.0
"""Side of the square that can be clicked, in pixels (WCAG 2.2, criterion 2.5.8)."""

EVERY = -2
"""Stands for all sections where one is hovered."""

_CHEVRON = 4.0
_SUMMARY_TYPE = 0.78


@dataclass(frozen=True, slots=True)
class Handle:
    """Where a section is folded and unfolded; boxes count from the column's top left.

    Attributes:
        section: The section's index.
        box: What can be clicked beside the heading.
        summary: What can be clicked behind a folded heading, or None.
        words: What is written there.
    """

    section: int
    box: QRectF
    summary: QRectF | None
    words: str


class FoldPainter:
    """Draws the folds of a column's visible part."""

    def __init__(self, column: Column, scene: Scene) -> None:
        """Draw the folds of ``column``; ``hovered`` is the section pointed at, or ``EVERY``."""
        self.hovered = -1
        self._column = column
        self._scene = scene
        self._font = QFont(column.metrics.font)
        self._font.setPixelSize(max(10, round(column.metrics.text_size * _SUMMARY_TYPE)))
        self._letters = QFontMetricsF(self._font)

    def handles(self, top: float, height: float) -> Iterator[Handle]:
        """Yield the handles between ``top`` and ``top + height``, laying out no other blocks."""
        column = self._column
        folds = column.folds
        section = max(0, folds.section_of(column.place_at(top).index))
        while section < len(folds.sections):
            block = folds.head(section)
            y = column.top(block)
            if y >= top + height:
                break
            if y + column.block_height(block) > top and folds.foldable(section):
                yield self._handle(section, column.laid(block), y)
            section += 1

    def handle_at(self, point: QPointF) -> Handle | None:
        """Return the handle under a point of the column, or None."""
        for handle in self.handles(point.y() - HANDLE_SIZE, 2 * HANDLE_SIZE):
            if handle.box.contains(point) or (handle.summary and handle.summary.contains(point)):
                return handle
        return None

    def heading_at(self, point: QPointF) -> int:
        """Return whose chevron a point of the column brings out, ``EVERY`` in the margin, or -1."""
        if -HANDLE_SIZE - SPACE_S <= point.x() < 0:
            return EVERY
        place = self._column.place_at(point.y())
        section = self._column.folds.section_of(place.index)
        heads = section >= 0 and self._column.folds.head(section) == place.index
        return section if heads else -1

    def paint(self, painter: QPainter, *, left: float, scroll: float, clip: QRectF) -> None:
        """Draw what stands in ``clip``; see ``ColumnPainter.paint``."""
        if not self._column.folds.sections:
            return
        painter.translate(left, -scroll)
        for handle in self.handles(clip.top() + scroll, clip.height()):
            folded = self._column.folds.is_folded(handle.section)
            hovered = self.hovered == handle.section
            if folded or hovered or self.hovered == EVERY:
                self._chevron(painter, handle.box, folded=folded, hovered=hovered)
            if handle.summary is not None:
                self._summary(painter, handle)
        painter.translate(-left, scroll)

    def _handle(self, section: int, laid: LaidBlock, y: float) -> Handle:
        column, scene = self._column, self._scene
        metrics = column.metrics
        first, last = laid.lines[0], laid.lines[-1]
        middle = y + first.top + first.baseline - metrics.ascent / 2
        box = QRectF(-HANDLE_SIZE - SPACE_XS, middle - HANDLE_SIZE / 2, HANDLE_SIZE, HANDLE_SIZE)
        if not column.folds.is_folded(section):
            return Handle(section, box, None, "")
        words = column.hidden(section, scene.hits).words()
        height = self._letters.height() + SPACE_XS
        if column.is_crowded(laid):
            left, middle = 0.0, y + laid.height + metrics.line_height / 2
        else:
            left = last.line.naturalTextRect().right() + SPACE_M
            middle = y + last.top + last.baseline - metrics.ascent / 2
        room = column.width + metrics.margin * 0.8 - left - 2 * SPACE_S
        words = self._letters.elidedText(words, Qt.TextElideMode.ElideRight, room)
        width = self._letters.horizontalAdvance(words) + 2 * SPACE_S
        return Handle(section, box, QRectF(left, middle - height / 2, width, height), words)

    def _chevron(self, painter: QPainter, box: QRectF, *, folded: bool, hovered: bool) -> None:
        ground, middle = self._scene.ground, box.center()
        if hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground.hover))
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        pen = QPen(QColor(ground.text if hovered else ground.quiet), 1.5)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        long, short = _CHEVRON, _CHEVRON / 2
        ends = (
            (QPointF(-short, -long), QPointF(short, 0), QPointF(-short, long))
            if folded
            else (QPointF(-long, -short), QPointF(0, short), QPointF(long, -short))
        )
        painter.drawPolyline([middle + end for end in ends])

    def _summary(self, painter: QPainter, handle: Handle) -> None:
        ground = self._scene.ground
        painter.setPen(QPen(QColor(ground.line), 1))
        painter.setBrush(QColor(ground.hover))
        box = handle.summary or QRectF()
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.setPen(QColor(ground.quiet))
        painter.setFont(self._font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, handle.words)
