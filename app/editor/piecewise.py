"""Discontinuous labels in the record: choosing further words, and the ends of single pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from core.schema.documents import Piece
from core.text.pieces import joined

if TYPE_CHECKING:
    from app.editor.record_view import RecordView


class Piecewise(QObject):
    """What a view does with pieces; a label itself changes only when the store has answered."""

    added = Signal(int, object)
    """A stretch shall join a label: its key, the stretch (Piece)."""
    reshaped = Signal(int, object)
    """A label shall have other pieces: its key, the pieces in reading order."""
    confirmed = Signal()
    """Enter was pressed while words are chosen."""

    def __init__(self, view: RecordView) -> None:
        """Serve a view."""
        super().__init__(view)
        self._view = view
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep Enter for the words being chosen; at other times it is a command's key."""
        if isinstance(event, QKeyEvent) and _is_enter(event) and self._view.reading.gathering:
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress:
                self.confirmed.emit()
                return True
        return super().eventFilter(watched, event)

    def gather(self) -> None:
        """Begin to choose words that shall join what is selected."""
        self._view.reading.gather()
        self._view.announce_selection()

    def stop(self, *, joining: bool = False) -> bool:
        """End the choosing; return whether it was going on.

        Args:
            joining: Whether the words chosen last stay selected with the text.
        """
        reading = self._view.reading
        if not reading.gathering:
            return False
        reading.stop_gathering(joining=joining)
        self._view.announce_selection()
        return True

    def let_go(self, piece: Piece) -> None:
        """Take a piece out of the selected text."""
        self._view.reading.let_go(piece)
        self._view.announce_selection()

    def take(self) -> None:
        """Give the stretch that was dragged or clicked with Ctrl to the selected label.

        Without a label it stays selected beside the text that was selected before.
        """
        view, reading = self._view, self._view.reading
        mark, stretch = reading.mark, reading.stretch
        if mark is not None:
            reading.stop_gathering()
            reading.drop_stretch()
            reading.pointed = stretch
            if stretch is not None and not view.read_only:
                self.added.emit(mark.id, stretch)
        view.announce_selection()

    def toggle_word(self, word: Piece) -> None:
        """Add a word to what is selected, or take out the selected piece that it stands in."""
        reading = self._view.reading
        within = next((p for p in reading.pieces if p[0] <= word[0] < p[1]), None)
        if within is not None and reading.mark is None:
            self.let_go(within)
        elif within is None or (reading.mark is not None and reading.mark.suggested):
            reading.keep()
            reading.select_stretch(*word, adding=True)
            self.take()

    def reshape(self, index: int, piece: Piece) -> None:
        """Ask for other ends of one piece of the selected label, or of a suggestion."""
        mark, record = self._view.reading.resizable, self._view.record
        if mark is None or record is None or self._view.read_only:
            return
        if len(mark.pieces) == 1:
            self._view.resize_selected(*piece)
            return
        others = (*mark.pieces[:index], *mark.pieces[index + 1 :])
        self.reshaped.emit(mark.id, joined((*others, piece), record.document.text))


def _is_enter(event: QKeyEvent) -> bool:
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    enter = Qt.Key(event.key()) in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return enter and held == Qt.KeyboardModifier.NoModifier
