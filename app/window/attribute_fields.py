"""Controls for one attribute of a label: a flag, choices, a text; a code has its own module."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.design.tokens import CONTROL_HEIGHT, SPACE_S
from core.schema.attributes import AttributeDefinition, Code, clean_value

ROWS_SHOWN = 8
_LONGEST_TEXT = 500
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CLEAR = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
VALUE_ROLE = Qt.ItemDataRole.UserRole


class AttributeField(QWidget):
    """A control for one attribute; the panel sends it the keys before its own widgets get them.

    What raises here is for each kind to say: Qt's metaclass leaves no room for an abstract class.
    """

    taken = Signal(object)
    """A value was taken (empty for a flag; None: the attribute is cleared)."""
    passed = Signal()
    """The next attribute is wanted."""
    typed = Signal(str)
    """Codes are to be looked up for a text."""

    def __init__(self, definition: AttributeDefinition) -> None:
        """Serve an attribute."""
        super().__init__()
        self.definition = definition
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SPACE_S)

    def controls(self) -> tuple[QWidget, ...]:
        """Return what takes keys, the first one first."""
        raise NotImplementedError  # not an ABC: its metaclass and Qt's do not go together

    def set_value(self, value: str | None) -> None:
        """Show a value; None where the label has not the attribute."""
        raise NotImplementedError  # as above

    def help(self) -> str:
        """Return which keys do what."""
        raise NotImplementedError

    def press(self, event: QKeyEvent) -> bool:
        """Take a key; return whether nobody else should have it."""
        raise NotImplementedError

    def begin(self) -> None:
        """Come into sight."""

    def finish(self) -> None:
        """Take what is typed, since the panel closes by a click elsewhere."""

    def show_codes(self, typed: str, codes: Sequence[Code]) -> None:
        """Show what was looked up."""

    def take_keys(self) -> None:
        """Have the keys."""
        self.controls()[0].setFocus(Qt.FocusReason.PopupFocusReason)


class FlagField(AttributeField):
    """Is set or not."""

    def __init__(self, definition: AttributeDefinition) -> None:
        """Show a box to tick."""
        super().__init__(definition)
        self.box = QCheckBox(definition.name.replace("&", "&&"))
        self.box.setFixedHeight(CONTROL_HEIGHT)
        self.box.clicked.connect(lambda on: self.taken.emit("" if on else None))
        self.column.addWidget(self.box)

    def controls(self) -> tuple[QWidget, ...]:
        """Return the box."""
        return (self.box,)

    def set_value(self, value: str | None) -> None:
        """Tick the box, or not."""
        self.box.setChecked(value is not None)

    def help(self) -> str:
        """Return which keys do what."""
        return self.tr("Space: set or clear")

    def press(self, event: QKeyEvent) -> bool:
        """Go on by Enter."""
        if event.key() in ENTER:
            self.passed.emit()
            return True
        return event.key() != Qt.Key.Key_Space


class ChoiceField(AttributeField):
    """Has one of a few values."""

    def __init__(self, definition: AttributeDefinition) -> None:
        """List the choices."""
        super().__init__(definition)
        self._value: str | None = None
        self.list = value_list(definition.name)
        self.list.itemClicked.connect(lambda _item: self._take())
        self.column.addWidget(self.list)
        self._fill()

    def controls(self) -> tuple[QWidget, ...]:
        """Return the list."""
        return (self.list,)

    def set_value(self, value: str | None) -> None:
        """Choose a value; one that is offered no longer stands at the end."""
        self._value = value
        self._fill()

    def help(self) -> str:
        """Return which keys do what."""
        return self.tr("Digit, first letter or Enter: take  ·  Del: clear")

    def press(self, event: QKeyEvent) -> bool:
        """Choose by arrows, digit or first letter."""
        key, text = event.key(), event.text()
        if key in ENTER:
            self._take()
        elif key in _CLEAR:
            self.taken.emit(None)
        elif text.isdecimal() and 1 <= int(text) <= self.list.count():
            self.list.setCurrentRow(int(text) - 1)
            self._take()
        elif text.strip() and text.isprintable():
            self._seek(text)
        else:
            # Arrows, Home and End are the list's own.
            return False
        return True

    def _fill(self) -> None:
        choices = list(self.definition.choices)
        if self._value is not None and self._value not in choices:
            choices.append(self._value)
        self.list.clear()
        for number, choice in enumerate(choices, start=1):
            shown = choice
            if choice not in self.definition.choices:
                shown = self.tr("{0} (no longer offered)").format(choice)
            item = QListWidgetItem(f"{number}   {shown}" if number <= 9 else f"     {shown}")
            item.setData(VALUE_ROLE, choice)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, shown)
            self.list.addItem(item)
        self.list.setCurrentRow(choices.index(self._value) if self._value is not None else 0)
        fit_rows(self.list)

    def _seek(self, letter: str) -> None:
        rows = [
            row
            for row in range(self.list.count())
            if self.list.item(row).data(VALUE_ROLE).casefold().startswith(letter.casefold())
        ]
        if rows:
            later = [row for row in rows if row > self.list.currentRow()]
            self.list.setCurrentRow((later or rows)[0])
        if len(rows) == 1:
            self._take()

    def _take(self) -> None:
        row = self.list.currentRow()
        if row >= 0:
            self.taken.emit(self.list.item(row).data(VALUE_ROLE))
        self.passed.emit()


class TextField(AttributeField):
    """Has a text of one line."""

    def __init__(self, definition: AttributeDefinition) -> None:
        """Show a field."""
        super().__init__(definition)
        self._value: str | None = None
        self.edit = QLineEdit()
        self.edit.setMaxLength(_LONGEST_TEXT)
        self.edit.setAccessibleName(definition.name)
        self.edit.setAccessibleDescription(definition.description)
        self.edit.setPlaceholderText(definition.description)
        self.column.addWidget(self.edit)

    def controls(self) -> tuple[QWidget, ...]:
        """Return the field."""
        return (self.edit,)

    def set_value(self, value: str | None) -> None:
        """Show a value, unless another one is being typed."""
        if value != self._value or not self.edit.hasFocus():
            self._value = value
            self.edit.setText(value or "")

    def help(self) -> str:
        """Return which keys do what."""
        return self.tr("Enter: take  ·  empty: clear")

    def press(self, event: QKeyEvent) -> bool:
        """Take the text by Enter."""
        if event.key() in ENTER:
            self.finish()
            self.passed.emit()
            return True
        return False

    def begin(self) -> None:
        """Let typing replace what is there."""
        self.edit.selectAll()

    def finish(self) -> None:
        """Take what is typed."""
        self.taken.emit(clean_value(self.edit.text()) or None)


def value_list(name: str) -> QListWidget:
    """Return an empty list of values, called by a name."""
    made = QListWidget()
    made.setProperty("role", "flat")
    made.setAccessibleName(name)
    made.setUniformItemSizes(True)
    made.setTextElideMode(Qt.TextElideMode.ElideRight)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made


def fit_rows(rows: QListWidget) -> None:
    """Make a list as high as its rows, up to a few; more scroll."""
    shown = min(max(rows.count(), 1), ROWS_SHOWN)
    rows.setFixedHeight(shown * max(rows.sizeHintForRow(0), 1) + 2 * rows.frameWidth())
