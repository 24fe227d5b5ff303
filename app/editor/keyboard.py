"""The keyboard over a record: the caret goes by words, ends of selections by characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from app.editor.column import Place

if TYPE_CHECKING:
    from app.editor.record_view import RecordView

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_META = Qt.KeyboardModifier.MetaModifier
_NONE = Qt.KeyboardModifier.NoModifier


class Keyboard:
    """Turns keys of a view into moves of its caret and its selection."""

    def __init__(self, view: RecordView) -> None:
        """Serve a view."""
        self._view = view
        self._goal: float | None = None

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key says; return False for a key that has no meaning here."""
        key = Qt.Key(event.key())
        held = event.modifiers() & (_SHIFT | _ALT | _CONTROL | _META)
        goal, self._goal = self._goal, None
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return self._sideways(1 if key is Qt.Key.Key_Right else -1, held)
        if held & (_ALT | _META):
            return False
        extend = bool(held & _SHIFT)
        if held & _CONTROL:
            if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
                self._to_end(first=key is Qt.Key.Key_Home, extend=extend)
                return True
            return key is Qt.Key.Key_C and not extend and self._copy()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._vertically(1 if key is Qt.Key.Key_Down else -1, goal, extend=extend)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._page(1 if key is Qt.Key.Key_PageDown else -1, goal, extend=extend)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._to_line_end(first=key is Qt.Key.Key_Home, extend=extend)
        elif key is Qt.Key.Key_Escape:
            return self._view.escape()
        elif event.text().isprintable() and event.text().strip():
            self._view.label_key_pressed.emit(event.text())
        else:
            return False
        return True

    def _copy(self) -> bool:
        """Copy the text of what is selected; return whether there was any."""
        text = self._view.selected_text()
        if text:
            QGuiApplication.clipboard().setText(text)
        return bool(text)

    def _sideways(self, steps: int, held: Qt.KeyboardModifier) -> bool:
        if held == _ALT | _SHIFT:
            self._nudge(start=0, end=steps)
        elif held == _ALT | _CONTROL:
            self._nudge(start=steps, end=0)
        elif held in (_NONE, _SHIFT, _CONTROL, _CONTROL | _SHIFT):
            self._word(steps, extend=bool(held & _SHIFT))
        else:
            return False
        return True

    def _word(self, steps: int, *, extend: bool) -> None:
        view = self._view
        reading = view.reading
        from_mark = reading.resizable
        if from_mark is not None and extend and steps > 0:
            last = view.steps.before(from_mark.end)
            reading.caret = max(from_mark.start, last[0]) if last is not None else reading.caret
            here = from_mark.start, from_mark.end
        else:
            here = reading.here
        word = view.steps.after(max(here[1], here[0] + 1)) if steps > 0 else None
        if steps < 0:
            word = view.steps.before(here[0])
        if word is not None:
            self._go(word[0], extend=extend)
        elif not extend:
            self._go(reading.caret, extend=False)

    def _nudge(self, *, start: int, end: int) -> None:
        view = self._view
        moved = view.reading.nudged(start=start, end=end)
        if moved is None:
            return
        if view.reading.resizable is not None:
            view.resize_selected(*moved)
        else:
            view.select_stretch(*moved, adding=True)

    def _vertically(self, steps: int, goal: float | None, *, extend: bool) -> None:
        view = self._view
        place = view.column.place(view.reading.caret)
        x = goal if goal is not None else self._middle(place)
        beside = view.column.line_beside(place, steps)
        if beside is not None:
            self._go_to_line(beside, x, extend=extend)
        self._goal = x

    def _page(self, steps: int, goal: float | None, *, extend: bool) -> None:
        view = self._view
        place = view.column.place(view.reading.caret)
        x = goal if goal is not None else self._middle(place)
        page = max(1.0, view.viewport().height() - 2 * view.column.metrics.line_height)
        bar = view.verticalScrollBar()
        bar.setValue(round(bar.value() + steps * page))
        place = view.column.place(view.reading.caret)
        there = view.column.place_at(place.line_top + steps * page)
        if there.line.shown_end == there.line.start:
            there = view.column.line_beside(there, steps) or place
        self._go_to_line(there, x, extend=extend)
        self._goal = x

    def _to_line_end(self, *, first: bool, extend: bool) -> None:
        view = self._view
        line = view.column.place(view.reading.caret).line
        if first:
            word = view.steps.nearest(line.start)
        else:
            word = view.steps.at(line.shown_end - 1) or view.steps.before(line.shown_end)
        if word is not None and word[0] < line.end:
            self._go(max(word[0], line.start), extend=extend)

    def _to_end(self, *, first: bool, extend: bool) -> None:
        steps = self._view.steps
        word = steps.nearest(0) if first else steps.nearest(steps.length)
        if word is not None:
            self._go(word[0], extend=extend)

    def _go_to_line(self, place: Place, x: float, *, extend: bool) -> None:
        line = place.line
        position = min(place.laid.position_at(line, x), max(line.start, line.shown_end - 1))
        word = self._view.steps.nearest(position)
        inside = word is not None and line.start <= word[0] < line.end
        self._go(word[0] if word is not None and inside else position, extend=extend)

    def _middle(self, place: Place) -> float:
        left, right = place.laid.glyph(place.line, self._view.reading.caret)
        return (left + right) / 2

    def _go(self, position: int, *, extend: bool) -> None:
        view = self._view
        if extend:
            view.reading.extend(position)
        else:
            view.reading.move(view.folds.skipped(position, view.reading.caret))
        view.announce_selection()
        view.ensure_visible(*view.reading.here)
