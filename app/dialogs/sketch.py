"""The beginnings of some records with their spans marked: what an import will bring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from app.design.fonts import record_font
from app.design.tokens import SPACE_S, TYPE_LEAD, TYPE_SMALL, Ground, legible, mix
from core.schema.documents import ImportedDocument
from core.schema.labels import PALETTE
from core.text.offsets import Utf16Map

_LONGEST = 900
"""Characters shown of a record."""


class RecordSketch(QTextEdit):
    """Shows records for a look; nothing in it can be changed."""

    def __init__(self, ground: Ground) -> None:
        """Begin empty."""
        super().__init__()
        self.setReadOnly(True)
        self.setAccessibleName(self.tr("Preview of the first records"))
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(SPACE_S)
        self._ground = ground
        self._documents: tuple[ImportedDocument, ...] = ()
        self._colours: dict[str, str] = {}

    def show_documents(
        self, documents: Sequence[ImportedDocument], colours: Mapping[str, str]
    ) -> None:
        """Show the beginnings of documents.

        Args:
            documents: A few.
            colours: Of the labels that the project has; others get the palette's in turn.
        """
        self._documents = tuple(documents)
        self._colours = dict(colours)
        for document in documents:
            for span in document.spans:
                turn = PALETTE[len(self._colours) % len(PALETTE)]
                self._colours.setdefault(span.label, turn)
        self._draw()

    def tint(self, ground: Ground) -> None:
        """Draw everything for a ground."""
        self._ground = ground
        self._draw()

    def _draw(self) -> None:
        self.clear()
        cursor = QTextCursor(self.document())
        for number, document in enumerate(self._documents):
            if number:
                cursor.insertBlock()
                cursor.insertBlock()
            self._draw_document(cursor, document)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _draw_document(self, cursor: QTextCursor, document: ImportedDocument) -> None:
        ground = self._ground
        head = QTextCharFormat()
        font = self.font()
        font.setPixelSize(TYPE_SMALL)
        font.setWeight(QFont.Weight.DemiBold)
        head.setFont(font)
        head.setForeground(QColor(ground.quiet))
        cursor.insertText(document.name, head)
        cursor.insertBlock()
        leading = QTextBlockFormat()
        leading.setLineHeight(140, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(leading)
        body = QTextCharFormat()
        body.setFont(record_font(TYPE_LEAD))
        body.setForeground(QColor(ground.text))
        shown = document.text[:_LONGEST]
        begin = cursor.position()
        cursor.insertText(shown + ("…" if len(document.text) > _LONGEST else ""), body)
        units = Utf16Map(shown)
        for span in document.spans:
            colour = self._colours[span.label]
            mark = QTextCharFormat()
            mark.setBackground(QColor(mix(colour, ground.canvas, 0.6 if ground.dark else 0.72)))
            mark.setFontUnderline(True)
            mark.setUnderlineColor(QColor(legible(colour, ground.canvas, 3.0)))
            mark.setToolTip(span.label)
            for start, end in span.stretches():
                if start < len(shown):
                    place = QTextCursor(self.document())
                    place.setPosition(begin + units.to_utf16(start))
                    last = begin + units.to_utf16(min(end, len(shown)))
                    place.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
                    place.mergeCharFormat(mark)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.setCharFormat(QTextCharFormat())
        cursor.setBlockFormat(leading)
