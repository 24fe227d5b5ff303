"""A guideline in Markdown, written on one side and read on the other."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QTextBrowser, QWidget

from app.design.tokens import SPACE_M, Ground

_PAUSE_MS = 600
"""Pause in typing after which what is written is saved."""

_WANTED = QSize(256, 112)
"""Of text and preview: they take what room there is, and no dialog scrolls for more."""

_PREVIEW_MS = 80
"""Pause in typing after which the preview follows."""


class GuidelineEdit(QWidget):
    """Tells of what is written after a pause, when left, and when flushed."""

    written = Signal(str)
    """The text is another one, to be saved."""

    def __init__(self, name: str, ground: Ground) -> None:
        """Begin empty; ``name`` is for screen readers."""
        super().__init__()
        self._saved = ""
        self.edit = _Edit()
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(
            self.tr("What counts and what does not. **Bold**, *italic*, - lists.")
        )
        self.edit.setTabChangesFocus(True)
        self.preview = _Preview()
        self.preview.setAccessibleName(self.tr("Preview"))
        self.preview.setOpenLinks(False)
        self.preview.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_M)
        row.addWidget(self.edit, 1)
        row.addWidget(self.preview, 1)
        self.setFocusProxy(self.edit)
        self._pause = _single_shot(self, _PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self._following = _single_shot(self, _PREVIEW_MS)
        self._following.timeout.connect(self._follow)
        self.edit.textChanged.connect(self._pause.start)
        self.edit.textChanged.connect(self._following.start)
        self.edit.left.connect(self.flush)
        self.tint(ground)

    def set_text(self, text: str) -> None:
        """Show a text as saved."""
        self._saved = text
        if text != self.edit.toPlainText():
            self.edit.setPlainText(text)
        self._pause.stop()
        self._follow()

    def append(self, paragraphs: str) -> None:
        """Write at the end of the text, as if the user had typed it: it can be taken back there."""
        cursor = self.edit.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        gap = "\n\n" if self.edit.toPlainText().strip() else ""
        cursor.insertText(gap + paragraphs)
        self.edit.setTextCursor(cursor)
        self.edit.setFocus()

    def flush(self) -> None:
        """Tell of what is written and not saved yet."""
        self._pause.stop()
        text = self.edit.toPlainText()
        if text != self._saved:
            self._saved = text
            self.written.emit(text)

    def tint(self, ground: Ground) -> None:
        """Draw links for a ground."""
        self.preview.document().setDefaultStyleSheet(f"a {{ color: {ground.accent}; }}")
        self._follow()

    def _follow(self) -> None:
        self._following.stop()
        self.preview.setMarkdown(self.edit.toPlainText())


class _Preview(QTextBrowser):
    def sizeHint(self) -> QSize:
        return _WANTED


class _Edit(QPlainTextEdit):
    left = Signal()

    def sizeHint(self) -> QSize:
        return _WANTED

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


def _single_shot(parent: QWidget, milliseconds: int) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    return timer
