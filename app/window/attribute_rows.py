"""The attributes in the palette: the five that every label has, and those of the selected label."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.design.tokens import Ground
from app.texts import translated
from app.window.command import CONTEXT
from app.window.keymap import Keymap
from app.window.palette_row import PaletteRow
from app.window.record_commands import ATTRIBUTE_TEXTS
from core.schema.attributes import AttributeDefinition, AttributeKind, offered, value_of
from core.schema.documents import Attribute, Span

_EDIT = "attribute.edit"


class AttributeRows(QWidget):
    """Shows what holds for the selected label; what is ticked follows the store, not the click.

    Attributes:
        rows: The rows of the five.
        own_rows: By name the rows of those that the project defines for the selected label, and
            of what it has though nobody defined it.
    """

    chosen = Signal(object)
    """One of the five was clicked (Attribute)."""
    own_chosen = Signal(str)
    """An attribute that the project defines was clicked (its name)."""

    def __init__(self, ground: Ground, keymap: Keymap) -> None:
        """Begin with the five, for no label."""
        super().__init__()
        self._ground = ground
        self._keymap = keymap
        self._definitions: tuple[AttributeDefinition, ...] = ()
        self._shown: tuple[AttributeDefinition, ...] = ()
        self.rows = {attribute: self._row(attribute) for attribute in Attribute}
        self.own_rows: dict[str, PaletteRow] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._own = QVBoxLayout()
        self._own.setSpacing(0)
        for row in self.rows.values():
            column.addWidget(row)
        column.addLayout(self._own)

    def set_definitions(self, definitions: tuple[AttributeDefinition, ...]) -> None:
        """Offer these attributes beside the five."""
        self._definitions = definitions

    def set_selected(
        self, span: Span | None, label: str = "", *, suggested: bool = False, usable: bool = True
    ) -> None:
        """Show what holds for the selected span or suggestion.

        Args:
            span: The selected label of the record, or None.
            label: Name of the selected span's or suggestion's label; empty for none.
            suggested: Whether a suggestion is selected, which may be given the five.
            usable: Whether anything may be changed.
        """
        held = span.attributes if span is not None else ()
        for attribute, row in self.rows.items():
            row.setEnabled(usable and (span is not None or suggested))
            row.setChecked(attribute.value in held)
        self._show_own(offered(self._definitions, label, held) if label else ())
        for name, row in self.own_rows.items():
            value = value_of(held, name)
            row.setEnabled(usable and span is not None)
            row.setChecked(value is not None)
            row.set_value(value or "")

    def set_hints(self, names: Collection[str]) -> None:
        """Show which attributes are suggested for what is selected."""
        for attribute, row in self.rows.items():
            row.set_hint(attribute.value in names)

    def show_keys(self) -> None:
        """Show the keys in force."""
        for attribute, row in self.rows.items():
            row.set_key(self._keymap.shown(f"attribute.{attribute.value}"))
        self._show_own_key()

    def tint(self, ground: Ground) -> None:
        """Draw everything for a ground."""
        self._ground = ground
        for row in (*self.rows.values(), *self.own_rows.values()):
            row.ground = ground
            row.update()

    def _row(self, attribute: Attribute) -> PaletteRow:
        name = translated(CONTEXT, ATTRIBUTE_TEXTS[attribute])
        row = PaletteRow(name, self._keymap.shown(f"attribute.{attribute.value}"), self._ground)
        row.setEnabled(False)
        row.setToolTip(self.tr("Set or clear for the selected label"))
        row.clicked.connect(lambda: row.setChecked(not row.isChecked()))
        row.clicked.connect(lambda: self.chosen.emit(attribute))
        return row

    def _own_row(self, definition: AttributeDefinition) -> PaletteRow:
        row = PaletteRow(definition.name, "", self._ground)
        tip = definition.description
        if not definition.id:
            tip = self.tr("Not defined in this project; it came with the record")
        elif not tip and definition.kind is AttributeKind.FLAG:
            tip = self.tr("Set or clear for the selected label")
        elif not tip:
            tip = self.tr("Choose a value for the selected label")
        row.setToolTip(tip)
        row.clicked.connect(lambda: row.setChecked(not row.isChecked()))
        row.clicked.connect(lambda: self.own_chosen.emit(definition.name))
        return row

    def _show_own(self, definitions: tuple[AttributeDefinition, ...]) -> None:
        if definitions == self._shown:
            return
        self._shown = definitions
        while (item := self._own.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.own_rows = {one.name: self._own_row(one) for one in definitions}
        for row in self.own_rows.values():
            self._own.addWidget(row)
        self._show_own_key()

    def _show_own_key(self) -> None:
        """Show the key of the editor on the first: it opens there."""
        for number, row in enumerate(self.own_rows.values()):
            row.set_key("" if number else self._keymap.shown(_EDIT))
