"""The record in the middle of the window: read-only text in which labels are made and judged."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from app.design.tokens import LIGHT, Ground
from app.editor import accessible
from app.editor.description import describe_selected
from app.editor.finding import Search
from app.editor.fold_control import FOLD_EVENTS, Folding
from app.editor.folded_area import FoldedArea
from app.editor.keyboard import Keyboard
from app.editor.marks import Mark
from app.editor.piecewise import Piecewise
from app.editor.pointer import Pointer
from app.editor.reading_cursor import ReadingCursor
from app.editor.selection import Selection
from app.record import Record
from core.schema.documents import Piece


class RecordView(FoldedArea):
    """Shows one record; what is to be labelled is selected here, by mouse or by keys alone."""

    selection_changed = Signal(object)
    """Something else is selected, or the caret moved (Selection)."""
    span_resized = Signal(int, int, int)
    """An end of a label was moved: its key, its new start and end in code points."""
    suggestion_resized = Signal(int, int, int)
    """An end of a suggestion was moved: its key, its new start and end in code points."""
    label_key_pressed = Signal(str)
    """A printable key was pressed that means nothing to the view itself."""
    activity = Signal()
    """The reader scrolled, moved the caret or clicked."""
    menu_requested = Signal(object)
    """The context menu is wanted at a place on the screen (QPoint)."""
    text_size_requested = Signal(int)
    """Larger (1) or smaller (-1) text is wanted."""
    found_changed = Signal(int, int)
    """The search stands at another hit: its ordinal from 1 (0 for none), and how many there are."""

    def __init__(self, ground: Ground = LIGHT, parent: QWidget | None = None) -> None:
        """Begin without a record."""
        super().__init__(ground, parent)
        self.read_only = False
        self._announced: Selection | None = None
        self._wheel = 0
        self.reading = ReadingCursor(self.steps)
        self._pointer = Pointer(self)
        self._keyboard = Keyboard(self)
        self._search = Search(self)
        self.pieces = Piecewise(self)
        self.folding = Folding(self)
        self.setAccessibleName(self.tr("Record"))
        accessible.install()

    def set_record(self, record: Record | None) -> None:
        """Show another record from its top, or none; the caret goes to the first word."""
        self.show_record(record)
        self.reading = ReadingCursor(self.steps)
        self._pointer.cancel()
        self.scene.hovered = None
        self._search.renew()
        self._announced = None
        self.announce_selection(acted=False)

    def update_record(self, record: Record) -> None:
        """Show other labels and suggestions of the same document; caret and scroll stay.

        What is selected stays selected while it exists.
        """
        was = self.record
        if was is None or (was.id, was.document.text) != (record.id, record.document.text):
            self.set_record(record)
            return
        mark = self.reading.mark
        self.refresh_marks(record)
        if mark is not None:
            find = self.marks.suggestion if mark.suggested else self.marks.span
            self.reading.mark = find(mark.id)
        if self.scene.hovered is not None:
            self.show_hovered(None)
        self.announce_selection(acted=False)

    def set_read_only(self, read_only: bool) -> None:
        """Let ends of labels be moved, or not."""
        self.read_only = read_only
        self.show_selection()

    def selection(self) -> Selection:
        """Return what is selected, and the word at the caret."""
        return self.reading.selection()

    def select_span(self, span_id: int) -> None:
        """Select a label and bring it into sight; nothing happens if there is none."""
        self._select(self.marks.span(span_id))

    def select_suggestion(self, suggestion_id: int) -> None:
        """Select a suggestion and bring it into sight; nothing happens if there is none."""
        self._select(self.marks.suggestion(suggestion_id))

    def select_stretch(self, start: int, end: int, *, adding: bool = False) -> None:
        """Select exactly ``start..end`` (code points), beside what was kept, and show it."""
        start, end = max(0, start), min(end, self.steps.length)
        if start < end:
            self.reading.select_stretch(start, end, adding=adding)
            self.announce_selection()
            self.ensure_visible(start, end)

    def clear_selection(self) -> None:
        """Select nothing; the caret stays."""
        self.reading.clear()
        self.announce_selection(acted=False)

    def step_suggestion(self, steps: int) -> bool:
        """Select the next (1) or previous (-1) suggestion, round at the ends.

        Returns:
            Whether there is one.
        """
        return self._step(steps, suggested_only=True)

    def step_mark(self, steps: int) -> bool:
        """Select the next (1) or previous (-1) label or suggestion in reading order.

        Returns:
            Whether there is one.
        """
        return self._step(steps, suggested_only=False)

    def set_find(self, sought: str, *, scroll: bool = True) -> int:
        """Mark every place where a text stands, without regard to case; empty for none.

        Args:
            sought: The text.
            scroll: Whether the caret goes to the first one at or after it, or stays.

        Returns:
            How many there are.
        """
        return self._search.seek(sought, scroll=scroll)

    def step_find(self, steps: int) -> None:
        """Go to the next (1) or previous (-1) hit, round at the ends."""
        self._search.step(steps)

    def selected_text(self) -> str:
        """Return the text of what is selected; pieces are joined by a blank."""
        return self._text_of(self.reading.pieces)

    def text_under_selection(self) -> str:
        """Return the selected text, or the word at the caret where nothing is selected."""
        word = self.reading.word
        return self._text_of(self.reading.pieces or ((word,) if word is not None else ()))

    def select_mark(self, mark: Mark, at: int | None = None) -> None:
        """Select what was clicked (at that position); it is in sight already."""
        self.reading.select_mark(mark, at)
        self.announce_selection()

    def resize_selected(self, start: int, end: int) -> None:
        """Ask for other ends of the selected label or suggestion; its gaps stay."""
        mark = self.reading.resizable
        if mark is None or self.read_only or start >= end:
            return
        signal = self.suggestion_resized if mark.suggested else self.span_resized
        signal.emit(mark.id, start, end)

    def escape(self) -> bool:
        """Give up a drag, else choosing words, else the selection; return if there was one."""
        if self._pointer.cancel() or self.pieces.stop():
            return True
        if not self.reading.selection().empty:
            self.reading.clear()
            self.announce_selection()
            return True
        return False

    def show_selection(self) -> None:
        """Draw what is selected now."""
        if self.scene.show(self.reading, editable=not self.read_only):
            self.viewport().update()

    def set_hints(self, hints: Mapping[int, tuple[str, ...]]) -> None:
        """Show suggested attributes: see ``Scene.hints``."""
        self.scene.hints = hints
        self.column.forget_names()
        self.viewport().update()
        if self.reading.mark is not None:
            self.setAccessibleDescription(self._words_of_selection())

    def preview_stretch(self, stretch: Piece | None) -> None:
        """Draw what a drag of a handle would take; None to end that."""
        self.scene.stretch = stretch if stretch is not None else self.reading.stretch
        self.viewport().update()

    def show_hovered(self, mark: Mark | None) -> None:
        """Draw a mark as the one under the pointer."""
        if mark != self.scene.hovered:
            self.scene.hovered = mark
            self.viewport().update()

    def announce_selection(self, *, acted: bool = True) -> None:
        """Draw the selection, tell others if it changed, and count it as an act of the reader."""
        self.show_selection()
        selection = self.reading.selection()
        if selection != self._announced:
            self._announced = selection
            for piece in selection.pieces:
                self.unfold(*piece)
            said = self._words_of_selection() or self.folding.words_here()
            self.setAccessibleDescription(said)
            accessible.announce(self, said)
            self.selection_changed.emit(selection)
        if acted:
            self.activity.emit()

    def line_around(self, position: int) -> Piece:
        """Return the words of the visual line at a position."""
        line = self.column.place(position).line
        return self.steps.snap(line.start, line.shown_end) or (line.start, line.shown_end)

    def caret_position(self) -> int:
        """Return where the caret is."""
        return self.reading.caret

    def put_caret(self, position: int) -> None:
        """Put the caret somewhere, and bring it into sight."""
        self.reading.move(position)
        self.announce_selection()
        self.ensure_visible(*self.reading.here)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Follow the scroll bars."""
        super().scrollContentsBy(dx, dy)
        self.activity.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to select or to drag."""
        self.activity.emit()
        if self.record is not None and event.button() is Qt.MouseButton.LeftButton:
            self._pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on selecting, or show what is under the pointer."""
        if self.record is not None:
            self._pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a selection, or click."""
        if self.record is not None and event.button() is Qt.MouseButton.LeftButton:
            self._pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word."""
        if self.record is not None and event.button() is Qt.MouseButton.LeftButton:
            self._pointer.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Select what is under the pointer, and ask for the menu."""
        if self.record is None:
            return
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            start = (self.reading.extent or self.reading.here)[0]
            self.ensure_visible(start, start + 1)
            self.menu_requested.emit(self.viewport().mapToGlobal(self.point_of(start)))
            return
        self._pointer.select_under(QPointF(event.pos()))
        self.menu_requested.emit(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or with Ctrl ask for another text size."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._wheel += event.angleDelta().y()
        if notches := int(self._wheel / 120):
            self._wheel -= notches * 120
            self.text_size_requested.emit(notches)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, extend, or pass the key on."""
        if self.record is not None and self._keyboard.press(event):
            event.accept()
        else:
            event.ignore()

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Go to the next label by Tab; the focus moves on where there is none."""
        if self.record is not None and self.step_mark(1 if forwards else -1):
            return True
        return super().focusNextPrevChild(forwards)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret as live."""
        super().focusInEvent(event)
        self._show_focus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the caret as resting."""
        super().focusOutEvent(event)
        self._show_focus(False)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what is under the pointer; forget it when the pointer leaves."""
        if event.type() in FOLD_EVENTS and self.folding.takes(event):
            return True
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            self._pointer.tooltip(QPointF(event.pos()))
            return True
        if event.type() is QEvent.Type.Leave:
            self._pointer.leave()
        return super().viewportEvent(event)

    def _words_of_selection(self) -> str:
        mark = self.reading.mark
        hints = self.scene.hints_of(mark) if mark is not None else ()
        return describe_selected(mark, self.reading.selection().pieces, hints)

    def _show_focus(self, focused: bool) -> None:
        self.scene.focused = focused
        self.viewport().update()

    def _select(self, mark: Mark | None) -> None:
        if mark is not None:
            self.reading.select_mark(mark)
            self.announce_selection()
            self.ensure_visible(mark.start, mark.end)

    def _step(self, steps: int, *, suggested_only: bool) -> bool:
        at = self.reading
        mark = self.marks.step(at.mark, at.caret, steps, suggested_only=suggested_only)
        self._select(mark)
        return mark is not None

    def _text_of(self, pieces: tuple[Piece, ...]) -> str:
        text = self.record.document.text if self.record is not None else ""
        return " ".join(text[start:end] for start, end in pieces)
