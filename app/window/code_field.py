"""The control for a code: a field over a look-up list that follows what is typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QListWidgetItem

from app.window.attribute_fields import (
    ENTER,
    ROWS_SHOWN,
    VALUE_ROLE,
    TextField,
    fit_rows,
    value_list,
)
from core.schema.attributes import AttributeDefinition, Code, clean_value


class CodeField(TextField):
    """Has a code, found by the beginning of the code or by words of its term."""

    def __init__(self, definition: AttributeDefinition) -> None:
        """Show a field over an empty list."""
        super().__init__(definition)
        self.list = value_list(self.tr("Codes"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(lambda _item: self._take())
        # The keys stay in the field; a screen reader is told what stands in the list.
        self.list.currentTextChanged.connect(self._announce)
        self._nothing = QLabel()
        self._nothing.setProperty("role", "small")
        self._nothing.setWordWrap(True)
        self.column.addWidget(self.list)
        self.column.addWidget(self._nothing)
        self.list.hide()
        self._nothing.hide()
        self._found_for: str | None = None
        self._waiting = False
        self.edit.textEdited.connect(self._look_up)
        if not definition.code_count:
            self._say(self.tr("No list is loaded: type the code. Labels and guideline loads one."))

    def help(self) -> str:
        """Return which keys do what."""
        return self.tr("Arrows, Enter: take  ·  empty: clear")

    def press(self, event: QKeyEvent) -> bool:
        """Walk the list by arrows while the text is typed."""
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: ROWS_SHOWN,
            Qt.Key.Key_PageUp: -ROWS_SHOWN,
        }
        by = steps.get(Qt.Key(event.key()))
        if by is not None:
            row = min(max(self.list.currentRow() + by, 0), self.list.count() - 1)
            self.list.setCurrentRow(row)
            return True
        if event.key() in ENTER:
            self._take()
            return True
        return False

    def begin(self) -> None:
        """Look up what is there already, or the list's beginning."""
        super().begin()
        if self.definition.code_count:
            self._look_up(self.edit.text())

    def finish(self) -> None:
        """Take nothing that is half typed where there is a list to take it from."""
        if not self.definition.code_count:
            super().finish()

    def show_codes(self, typed: str, codes: Sequence[Code]) -> None:
        """Show what was found for a text."""
        if typed != self.edit.text() or not self.definition.code_count:
            return
        self.list.clear()
        for entry in codes:
            item = QListWidgetItem(f"{entry.code}   {entry.term}")
            item.setToolTip(entry.term)
            item.setData(VALUE_ROLE, entry.code)
            self.list.addItem(item)
        # Enter in an empty field clears, unless the arrows have chosen from the list.
        self.list.setCurrentRow(0 if clean_value(typed) else -1)
        self.list.setVisible(bool(codes))
        fit_rows(self.list)
        self._say("" if codes else self.tr("No code begins so, and no term has these words."))
        self._found_for = typed
        if self._waiting:
            self._waiting = False
            self._take()

    def _look_up(self, text: str) -> None:
        self._waiting = False
        self._found_for = None
        self.typed.emit(text)

    def _take(self) -> None:
        row = self.list.currentRow()
        if not clean_value(self.edit.text()) and row < 0:
            self.taken.emit(None)
        elif self.definition.code_count and self._found_for is None:
            # What is listed was found for less than is typed now: take from what is to come.
            self._waiting = True
            return
        elif row >= 0 and not self.list.isHidden():
            self._value = self.list.item(row).data(VALUE_ROLE)
            self.edit.setText(self._value)
            self.taken.emit(self._value)
        elif not self.definition.code_count:
            self.taken.emit(clean_value(self.edit.text()))
        else:
            return
        self.passed.emit()

    def _announce(self, text: str) -> None:
        if text and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.edit, text))

    def _say(self, text: str) -> None:
        self._nothing.setText(text)
        self._nothing.setVisible(bool(text))
