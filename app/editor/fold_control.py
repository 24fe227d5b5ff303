"""Sections of a record under the hand: folded and unfolded by click and key, and gone through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip

from app.editor import accessible
from app.editor.fold_painting import Handle
from app.editor.folding import folded_words, unfolded_words

if TYPE_CHECKING:
    from app.editor.record_view import RecordView

FOLD_EVENTS = frozenset(
    (
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.MouseMove,
        QEvent.Type.ToolTip,
        QEvent.Type.Leave,
    )
)
"""Events of the view's viewport that ``Folding.takes`` wants to see."""

_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


class Folding(QObject):
    """Folds sections of a view; the caret and what is selected are never folded away."""

    def __init__(self, view: RecordView) -> None:
        """Serve a view."""
        super().__init__(view)
        self._view = view

    def takes(self, event: QEvent) -> bool:
        """Handle an event of the view's viewport; return False for one that is not for folds."""
        kind = event.type()
        if kind is QEvent.Type.Leave:
            self._hover(-1)
            return False
        if not isinstance(event, QMouseEvent | QHelpEvent) or self._view.record is None:
            return False
        if isinstance(event, QHelpEvent):
            return kind is QEvent.Type.ToolTip and self._tell(event)
        handle = self._handle_at(event.position())
        if kind in _PRESSES and event.button() is Qt.MouseButton.LeftButton and handle is not None:
            self.toggle(handle.section)
            return True
        if kind is not QEvent.Type.MouseMove or event.buttons() != Qt.MouseButton.NoButton:
            return False
        if handle is not None:
            self._hover(handle.section)
            self._view.show_hovered(None)
            self._view.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
            return True
        painter = self._view.fold_painter
        self._hover(painter.heading_at(self._view.in_column(event.position())))
        return False

    def toggle(self, section: int) -> None:
        """Fold a section, or unfold it; the caret goes to its heading if it would be hidden."""
        view = self._view
        folded = not view.folds.is_folded(section)
        if not view.set_folded([section], folded):
            return
        self._keep_in_sight()
        title = view.folds.sections[section].title
        self._say(self.words_at(section) if folded else unfolded_words(title))

    def toggle_here(self) -> bool:
        """Fold or unfold the section at the caret; return whether it can be."""
        view = self._view
        section = view.folds.section_at(view.reading.caret)
        if not view.folds.foldable(section):
            return False
        self.toggle(section)
        view.ensure_visible(*view.reading.here)
        return True

    def toggle_all(self) -> bool:
        """Fold all sections, or unfold them if all are folded; return whether there are any."""
        view = self._view
        folds = view.folds
        foldable = [s for s in range(len(folds.sections)) if folds.foldable(s)]
        folded = not all(map(folds.is_folded, foldable))
        if not foldable:
            return False
        view.set_folded(foldable, folded)
        self._keep_in_sight()
        view.ensure_visible(*view.reading.here)
        self._say(self.tr("All sections folded") if folded else self.tr("All sections unfolded"))
        return True

    def step(self, steps: int) -> bool:
        """Go to the heading of the next (1) or previous (-1) section, if there is one."""
        folds, caret = self._view.folds, self._view.reading.caret
        here = folds.section_at(caret)
        inside = steps < 0 and here >= 0 and caret > self._word(here)
        there = here if inside else here + steps
        exists = 0 <= there < len(folds.sections)
        if exists:
            self.go(there)
        return exists

    def go(self, section: int) -> None:
        """Put the caret on a section's heading; a folded one stays folded."""
        self._view.put_caret(self._word(section))

    def words_at(self, section: int) -> str:
        """Return what a screen reader says of a folded section; nothing for one that is not."""
        view = self._view
        if not view.folds.is_folded(section):
            return ""
        hidden = view.column.hidden(section, view.scene.hits)
        return folded_words(view.folds.sections[section].title, hidden)

    def words_here(self) -> str:
        """Return the same for the section at the caret."""
        return self.words_at(self._view.folds.section_at(self._view.reading.caret))

    def _word(self, section: int) -> int:
        """Return the first word of a heading: where the caret stands on it."""
        start = self._view.folds.sections[section].heading_start
        word = self._view.steps.nearest(start)
        return word[0] if word is not None else start

    def _keep_in_sight(self) -> None:
        """Let go of what is selected in a fold, and put the caret there on the heading."""
        view, reading = self._view, self._view.reading
        folds = view.folds
        if folds.hides_position(reading.caret):
            reading.move(self._word(folds.section_at(reading.caret)))
        elif any(folds.folded_over(*piece) for piece in reading.pieces):
            reading.clear()
        view.announce_selection()

    def _say(self, words: str) -> None:
        self._view.setAccessibleDescription(words)
        accessible.announce(self._view, words)

    def _handle_at(self, point: QPointF) -> Handle | None:
        return self._view.fold_painter.handle_at(self._view.in_column(point))

    def _hover(self, section: int) -> None:
        if self._view.fold_painter.hovered != section:
            self._view.fold_painter.hovered = section
            self._view.viewport().update()

    def _tell(self, event: QHelpEvent) -> bool:
        handle = self._handle_at(QPointF(event.pos()))
        if handle is None:
            return False
        folded = self._view.folds.is_folded(handle.section)
        words = self.tr("Unfold this section") if folded else self.tr("Fold this section")
        QToolTip.showText(event.globalPos(), words, self._view.viewport())
        return True
