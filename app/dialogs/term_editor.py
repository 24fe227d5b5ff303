"""A plain editor for terms, one a line, that opens a hundred thousand without a pause."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

_LINES_AT_ONCE = 2_000
"""Lines that are put in before the window gets its turn again: some milliseconds."""
_PAUSE_MILLISECONDS = 600
"""So long after the last key what was typed is told."""


class TermEditor(QPlainTextEdit):
    """Holds terms; while they are put in, a part at a time, it cannot be typed in."""

    written = Signal(str)
    """The user has changed the text (all of it)."""
    filled = Signal()
    """All terms are there."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self._coming: Sequence[str] = ()
        self._at = 0
        self._locked = False
        self._told = ""
        self._fill = QTimer(self)
        self._fill.timeout.connect(self._put_in)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self.flush)
        self.textChanged.connect(self._on_changed)

    @property
    def filling(self) -> bool:
        """Whether terms are still coming."""
        return self._fill.isActive()

    def set_terms(self, terms: Sequence[str]) -> None:
        """Show terms in the place of those that are there; nothing is told of it."""
        self._pause.stop()
        self._coming, self._at = terms, 0
        self.setUndoRedoEnabled(False)
        super().setReadOnly(True)
        self._fill.start()
        self.clear()
        self._put_in()

    def lock(self, locked: bool) -> None:
        """Let the terms be changed, or not."""
        self._locked = locked
        super().setReadOnly(locked or self.filling)

    def flush(self) -> None:
        """Tell of what was typed and not told yet."""
        self._pause.stop()
        if self.filling:
            return
        text = self.toPlainText()
        if text != self._told:
            self._told = text
            self.written.emit(text)

    def _put_in(self) -> None:
        some = self._coming[self._at : self._at + _LINES_AT_ONCE]
        if some:
            cursor = QTextCursor(self.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(("\n" if self._at else "") + "\n".join(some))
        self._at += len(some)
        if self._at >= len(self._coming):
            self._fill.stop()
            self._coming = ()
            self.setUndoRedoEnabled(True)
            super().setReadOnly(self._locked)
            self._told = self.toPlainText()
            self.filled.emit()

    def _on_changed(self) -> None:
        if not self.filling:
            self._pause.start()
