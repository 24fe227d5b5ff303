"""The mouse over a record: selecting with a preview, clicking through nested marks, handles."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QToolTip

from app.editor.description import describe
from app.editor.marks import Mark
from app.editor.painting import HANDLE_RADIUS
from core.schema.documents import Piece

if TYPE_CHECKING:
    from app.editor.record_view import RecordView

_SCROLL_MS = 16
_SLACK = 3.0
"""How far the pointer may slip before a click becomes a drag, in pixels."""


class Drag(Enum):
    """What the pressed button does."""

    NONE = 0
    PRESSED = 1
    STRETCH = 2
    START = 3
    END = 4
    PIECE = 5


class Pointer(QObject):
    """Turns mouse events of a view into selections and resized marks."""

    def __init__(self, view: RecordView) -> None:
        """Serve a view."""
        super().__init__(view)
        self._view = view
        self._drag = Drag.NONE
        self._pressed = QPointF()
        self._point = QPointF()
        self._anchor: Piece = (0, 0)
        self._exact = self._adding = False
        self._piece = 0
        self._resized: Piece | None = None
        self._since_double = QElapsedTimer()
        self._scrolling = QTimer(self)
        self._scrolling.setInterval(_SCROLL_MS)
        self._scrolling.timeout.connect(self._on_scroll_due)

    @property
    def dragging(self) -> bool:
        """Whether a drag is under way."""
        return self._drag in (Drag.STRETCH, Drag.PIECE, Drag.START, Drag.END)

    def press(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        view, point = self._view, event.position()
        self._pressed = self._point = point
        self._exact = _exact(event)
        self._adding = _adding(event)
        handle, self._piece = self.handle_at(point)
        if handle is not Drag.NONE:
            self._drag = handle
            self._resized = self._dragged_piece()
            return
        position = self._position(point)
        self._drag = Drag.PRESSED
        if self._is_third_click(point):
            self._anchor = view.line_around(position)
            self._take_stretch(self._anchor)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._anchor = view.reading.anchored_at()
            self._drag = Drag.STRETCH
            self._preview()
        else:
            self._anchor = (position, position)

    def double_click(self, event: QMouseEvent) -> None:
        """Select a word; a drag from here goes on by words."""
        if _adding(event):
            self.press(event)
            return
        point = event.position()
        self._pressed = self._point = point
        self._since_double.start()
        character = self._view.character_at(point)
        word = self._view.steps.at(character) if character is not None else None
        if word is not None:
            self._drag = Drag.PRESSED
            self._anchor = word
            self._take_stretch(word)

    def move(self, event: QMouseEvent) -> None:
        """Go on with a drag, or show what is under the pointer."""
        self._point = event.position()
        self._exact = _exact(event)
        if self._drag is Drag.NONE:
            self._hover()
            return
        if self._drag is Drag.PRESSED:
            slipped = self._point - self._pressed
            if max(abs(slipped.x()), abs(slipped.y())) < _SLACK:
                return
            self._drag = Drag.PIECE if self._adding else Drag.STRETCH
            if self._adding:
                self._view.reading.keep()
        self._preview()
        outside = not 0 <= self._point.y() < self._view.viewport().height()
        if outside and not self._scrolling.isActive():
            self._scrolling.start()
        elif not outside:
            self._scrolling.stop()

    def release(self, event: QMouseEvent) -> None:
        """End a click or a drag."""
        drag, self._drag = self._drag, Drag.NONE
        self._scrolling.stop()
        self._point = event.position()
        view = self._view
        if drag is Drag.PRESSED and self._adding:
            self._add_word(event.position())
        elif drag is Drag.PRESSED and self._anchor[0] == self._anchor[1]:
            self.click(event.position())
        elif drag is Drag.PIECE:
            view.pieces.take()
        elif drag is Drag.STRETCH:
            view.announce_selection()
        elif drag in (Drag.START, Drag.END):
            resized, self._resized = self._resized, None
            view.preview_stretch(None)
            if resized is not None and resized != self._dragged_piece():
                view.pieces.reshape(self._piece, resized)
        self._hover()

    def cancel(self) -> bool:
        """Give up a drag; return whether there was one."""
        drag, self._drag = self._drag, Drag.NONE
        self._scrolling.stop()
        self._resized = None
        self._view.preview_stretch(None)
        if drag is Drag.STRETCH:
            self._view.clear_selection()
        elif drag is Drag.PIECE:
            self._view.reading.drop_stretch()
            self._view.announce_selection()
        return drag in (Drag.STRETCH, Drag.PIECE, Drag.START, Drag.END)

    def click(self, point: QPointF) -> None:
        """Select the mark under a point, at the next click there the one around it."""
        view = self._view
        marks = view.marks_at(point) if not view.reading.gathering else []
        if not marks:
            position = self._position(point)
            word = view.steps.nearest(position)
            if word is not None and view.reading.gathering:
                view.reading.select_stretch(*word)
            else:
                view.reading.move(word[0] if word is not None else position)
            view.announce_selection()
            return
        selected = view.reading.mark
        at = marks.index(selected) + 1 if selected in marks else 0
        view.select_mark(marks[at % len(marks)], view.character_at(point))

    def select_under(self, point: QPointF) -> None:
        """Select what is under a point; a selection that is there already stays."""
        view = self._view
        over, extent = view.character_at(point), view.reading.extent
        if extent is None or over is None or not extent[0] <= over < extent[1]:
            self.click(point)

    def tooltip(self, point: QPointF) -> None:
        """Say what the marks under a point are."""
        view = self._view
        lines = [describe(mark) for mark in view.marks_at(point)]
        if lines and not self.dragging:
            QToolTip.showText(
                view.viewport().mapToGlobal(point.toPoint()), "\n".join(lines), view.viewport()
            )
        else:
            QToolTip.hideText()

    def leave(self) -> None:
        """Point at nothing."""
        self._view.show_hovered(None)

    def handle_at(self, point: QPointF) -> tuple[Drag, int]:
        """Return which end of which piece of the selected mark has its handle under a point."""
        reach = HANDLE_RADIUS + 3
        best, found = reach, (Drag.NONE, 0)
        for index, handle in enumerate(self._view.handle_points() or ()):
            away = point - handle - QPointF(0, HANDLE_RADIUS)
            if max(abs(away.x()), abs(away.y())) <= best:
                best = max(abs(away.x()), abs(away.y()))
                found = Drag.END if index % 2 else Drag.START, index // 2
        return found

    def _is_third_click(self, point: QPointF) -> bool:
        if not self._since_double.isValid():
            return False
        soon = self._since_double.elapsed() < QApplication.doubleClickInterval()
        self._since_double.invalidate()
        return soon and (point - self._pressed).manhattanLength() <= 2 * _SLACK

    def _position(self, point: QPointF) -> int:
        return self._view.steps.between_characters(self._view.position_at(point))

    def _preview(self) -> None:
        view, position = self._view, self._position(self._point)
        if self._drag in (Drag.STRETCH, Drag.PIECE):
            adding = self._drag is Drag.PIECE
            start, end = min(self._anchor[0], position), max(self._anchor[1], position)
            if start < end:
                stretch = (start, end) if self._exact else view.steps.snap(start, end)
            else:
                stretch = None
            if stretch is not None:
                view.reading.select_stretch(*stretch, anchor=self._anchor, adding=adding)
            elif adding:
                view.reading.drop_stretch()
            else:
                view.reading.move(start)
            view.show_selection()
        elif (piece := self._dragged_piece()) is not None:
            self._resized = self._dragged(piece, position)
            view.preview_stretch(self._resized)

    def _dragged_piece(self) -> Piece | None:
        """Return the piece of the selected mark whose end is dragged."""
        mark = self._view.reading.resizable
        return mark.pieces[self._piece] if mark and self._piece < len(mark.pieces) else None

    def _add_word(self, point: QPointF) -> None:
        over = self._view.character_at(point)
        word = self._view.steps.at(over) if over is not None else None
        if word is not None:
            self._view.pieces.toggle_word(word)

    def _dragged(self, extent: Piece, position: int) -> Piece:
        """Return a piece with the dragged end at a position, never empty."""
        steps, (start, end) = self._view.steps, extent
        if self._drag is Drag.END:
            position = max(position, steps.character_after(start))
            snapped = None if self._exact else steps.snap(start, position)
            return start, max(snapped[1], start + 1) if snapped is not None else position
        position = min(position, steps.character_before(end))
        snapped = None if self._exact else steps.snap(position, end)
        return min(snapped[0], end - 1) if snapped is not None else position, end

    def _take_stretch(self, stretch: Piece) -> None:
        if stretch[0] < stretch[1]:
            self._view.reading.select_stretch(*stretch, anchor=stretch)
            self._view.announce_selection()

    def _hover(self) -> None:
        view = self._view
        marks: list[Mark] = view.marks_at(self._point)
        view.show_hovered(marks[0] if marks else None)
        if self.handle_at(self._point)[0] is not Drag.NONE:
            shape = Qt.CursorShape.SizeHorCursor
        else:
            shape = Qt.CursorShape.PointingHandCursor if marks else Qt.CursorShape.IBeamCursor
        if view.viewport().cursor().shape() is not shape:
            view.viewport().setCursor(shape)

    def _on_scroll_due(self) -> None:
        view, y = self._view, self._point.y()
        beyond = y if y < 0 else max(0.0, y - view.viewport().height())
        bar = view.verticalScrollBar()
        bar.setValue(bar.value() + round(min(max(beyond * 0.5, -60), 60)))
        self._preview()


def _exact(event: QMouseEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)


def _adding(event: QMouseEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
