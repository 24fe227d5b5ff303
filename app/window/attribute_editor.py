"""The attributes of one label in a small panel beside it, filled in by keys alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from app.design.tokens import SPACE_M, SPACE_S
from app.window.attribute_fields import AttributeField, ChoiceField, FlagField, TextField
from app.window.code_field import CodeField
from core.schema.attributes import (
    AttributeDefinition,
    AttributeKind,
    Code,
    value_of,
    with_value,
    without,
)

_WIDTH = 400
_WITH = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_BELOW = 18
"""From the middle of the label's last letter to the panel, in pixels."""

_FIELDS: dict[AttributeKind, type[AttributeField]] = {
    AttributeKind.FLAG: FlagField,
    AttributeKind.CHOICE: ChoiceField,
    AttributeKind.TEXT: TextField,
    AttributeKind.CODE: CodeField,
}


class AttributeEditor(QFrame):
    """Shows one attribute at a time; Tab goes to the next, Enter takes, Escape closes."""

    changed = Signal(str, object)
    """An attribute is to have a value (its name; the value, empty for a flag; None: none)."""
    codes_wanted = Signal(int, str)
    """What has been typed is to be looked up (the attribute's key, the text)."""
    closed = Signal(bool)
    """The panel is gone (whether the keys should go back to the record)."""

    def __init__(self, window: QWidget) -> None:
        """Begin out of sight, over a window."""
        super().__init__(window)
        self.setProperty("role", "overlay")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(_WIDTH)
        self._definitions: tuple[AttributeDefinition, ...] = ()
        self._attributes: tuple[str, ...] = ()
        self._corner = QPoint()
        self._window = window
        self.fields: list[AttributeField] = []
        self.names = QTabBar()
        self.names.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.names.setDrawBase(False)
        self.names.setExpanding(False)
        self.names.setAccessibleName(self.tr("Attributes"))
        self._pages = QStackedWidget()
        self._help = QLabel()
        self._help.setProperty("role", "small")
        self._help.setWordWrap(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_M)
        self._column.setSpacing(SPACE_S)
        for part in (self.names, self._pages, self._help):
            self._column.addWidget(part)
        self.names.currentChanged.connect(self._show)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)
        self.hide()

    def edit(
        self,
        definitions: Sequence[AttributeDefinition],
        attributes: Sequence[str],
        *,
        at: QPoint,
        label: str,
        first: str = "",
    ) -> None:
        """Show the attributes of a label.

        Args:
            definitions: What may be set; one at least.
            attributes: What the label has.
            at: The middle of its last letter, in the window.
            label: Its name.
            first: Name of the attribute to begin with; the first one by default.
        """
        self._definitions = tuple(definitions)
        self._attributes = tuple(attributes)
        self._corner = at
        self.setAccessibleName(self.tr("Attributes of {0}").format(label))
        self._build()
        names = [one.name for one in self._definitions]
        self.names.setCurrentIndex(names.index(first) if first in names else 0)
        self._show(self.names.currentIndex())
        self.show()
        self.raise_()
        self._place()
        self.fields[self.names.currentIndex()].take_keys()

    def set_attributes(self, attributes: Sequence[str]) -> None:
        """Show what the label has now."""
        self._attributes = tuple(attributes)
        for number, (one, field) in enumerate(zip(self._definitions, self.fields, strict=True)):
            field.set_value(value_of(self._attributes, one.name))
            self.names.setTabText(number, self._title(one))

    def show_codes(self, attribute_id: int, typed: str, codes: Sequence[Code]) -> None:
        """Show what was found for a text, unless another one has been typed meanwhile."""
        for one, field in zip(self._definitions, self.fields, strict=True):
            if one.id == attribute_id and one.kind is AttributeKind.CODE:
                field.show_codes(typed, codes)
        self._place()

    def close_panel(self, *, back: bool) -> None:
        """Go out of sight.

        Args:
            back: Whether the keys should go back to the record.
        """
        if not self.isHidden():
            self.hide()
            self.closed.emit(back)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that mean the panel from whichever field has them."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            # In the panel a letter is text or a choice, and no verb of the window.
            lone = not event.modifiers() & _WITH
            if lone and not Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35:
                event.accept()
                return True
            return super().eventFilter(watched, event)
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        match event.key():
            case Qt.Key.Key_Escape:
                self.close_panel(back=True)
            case Qt.Key.Key_Tab:
                self._step(1)
            case Qt.Key.Key_Backtab:
                self._step(-1)
            case _:
                return self.fields[self.names.currentIndex()].press(event)
        return True

    def _build(self) -> None:
        self.names.blockSignals(True)
        while self.names.count():
            self.names.removeTab(0)
        for field in self.fields:
            self._pages.removeWidget(field)
            field.deleteLater()
        self.fields = []
        for one in self._definitions:
            field = _FIELDS[one.kind](one)
            field.set_value(value_of(self._attributes, one.name))
            field.taken.connect(partial(self._on_taken, one.name))
            field.passed.connect(partial(self._go_on, field))
            field.typed.connect(partial(self.codes_wanted.emit, one.id))
            for control in field.controls():
                control.installEventFilter(self)
            self._pages.addWidget(field)
            self.fields.append(field)
            self.names.addTab(self._title(one))
        self.names.blockSignals(False)

    def _title(self, definition: AttributeDefinition) -> str:
        value = value_of(self._attributes, definition.name)
        name = definition.name.replace("&", "&&")
        return f"{name} ✓" if value is not None else name

    def _show(self, number: int) -> None:
        if not 0 <= number < len(self.fields):
            return
        field = self.fields[number]
        # Hiding the page that has the keys would give them to something outside.
        self.setFocus()
        self._pages.setCurrentWidget(field)
        field.begin()
        words = [field.help()]
        if len(self.fields) > 1:
            words.append(self.tr("Tab: next attribute"))
        words.append(self.tr("Esc: close"))
        self._help.setText("  ·  ".join(words))
        if not self.isHidden():
            field.take_keys()
            self._place()

    def _step(self, by: int) -> None:
        self.names.setCurrentIndex((self.names.currentIndex() + by) % len(self.fields))

    def _go_on(self, field: AttributeField) -> None:
        """Go on from a field, unless its answer came late; behind the last one the panel closes."""
        if field is not self._pages.currentWidget():
            return
        if self.names.currentIndex() + 1 < len(self.fields):
            self._step(1)
        else:
            self.close_panel(back=True)

    def _on_taken(self, name: str, value: object) -> None:
        if value == value_of(self._attributes, name):
            return
        # The store's answer may come after the next key.
        self._attributes = (
            without(self._attributes, name)
            if value is None
            else with_value(self._attributes, name, str(value))
        )
        self.changed.emit(name, value)

    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self.isHidden() or now is None or now is self or self.isAncestorOf(now):
            return
        if self._window.isAncestorOf(now):
            # Whoever clicks elsewhere has finished: what was typed is kept.
            self.fields[self.names.currentIndex()].finish()
            self.close_panel(back=False)

    def _place(self) -> None:
        """Stand under the label, or above it where there is more room."""
        field = self.fields[self.names.currentIndex()]
        self._pages.setFixedHeight(field.sizeHint().height())
        self._column.activate()
        height = self._column.totalHeightForWidth(_WIDTH)
        self.resize(_WIDTH, height if height > 0 else self.sizeHint().height())
        room = self._window.rect().adjusted(SPACE_S, SPACE_S, -SPACE_S, -SPACE_S)
        top = self._corner.y() + _BELOW
        above = self._corner.y() - 2 * _BELOW - self.height()
        if top + self.height() > room.bottom() and above >= room.top():
            top = above
        left = min(max(self._corner.x() - SPACE_M, room.left()), room.right() - self.width())
        self.move(left, max(room.top(), min(top, room.bottom() - self.height())))
