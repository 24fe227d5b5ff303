"""The first labels of a new project: typed as names, each then a row with colour and key."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.design.icons import icon
from app.design.tokens import CONTROL_HEIGHT, SPACE_S, SPACE_XS, Ground
from app.dialogs.label_fields import ColourButton, KeyField
from app.window.keymap import Keymap
from core.schema.labels import Label, complete_labels

_PARTS = re.compile(r"[,;\n\t]+")
_ROWS_SHOWN = 5
_ROW_HEIGHT = CONTROL_HEIGHT + 2 * SPACE_XS


class LabelRows(QWidget):
    """Adds labels by name, and lets each be recoloured, re-keyed, renamed and removed."""

    changed = Signal()
    """The labels are others."""
    refused = Signal(str)
    """A name or a key was not taken (why)."""

    def __init__(self, ground: Ground, keymap: Keymap) -> None:
        """Begin without labels; they may have none of the keys in force."""
        super().__init__()
        self.keymap = keymap
        self._ground = ground
        self.rows: list[LabelRow] = []
        self.names = QLineEdit()
        self.names.setPlaceholderText(self.tr("disease, medication, symptom"))
        self.names.setAccessibleName(self.tr("Names of labels, parted by commas"))
        self.names.installEventFilter(self)
        self.names.textEdited.connect(self._on_typed)
        self.names.editingFinished.connect(self._on_finished)
        held = QWidget()
        self._column = QVBoxLayout(held)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(held)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE_XS)
        whole.addWidget(self.names)
        whole.addWidget(self._scroll)
        self.setFocusProxy(self.names)
        self._show_size()

    def labels(self) -> tuple[Label, ...]:
        """Return the labels in order."""
        return tuple(row.label() for row in self.rows)

    def add(self, text: str) -> None:
        """Add the labels whose names stand in ``text``, parted by commas."""
        for part in _PARTS.split(text):
            name = part.strip()
            if not name:
                continue
            if name in {row.name.text().strip() for row in self.rows}:
                self.refused.emit(self.tr("There is a label named {0} already.").format(name))
                continue
            self._add(complete_labels((*self.labels(), Label(name)))[-1])
        self._show_size()
        self.changed.emit()

    def tint(self, ground: Ground) -> None:
        """Draw everything for a ground."""
        self._ground = ground
        for row in self.rows:
            row.tint(ground)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter add what is typed; in an empty field it presses the dialog's main button."""
        if (
            watched is self.names
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            and self.names.text().strip()
        ):
            self._take_typed()
            return True
        return super().eventFilter(watched, event)

    def _on_typed(self, text: str) -> None:
        if _PARTS.search(text):
            *complete, rest = _PARTS.split(text)
            self.names.setText(rest.lstrip())
            self.add(",".join(complete))

    def _on_finished(self) -> None:
        if self.names.text().strip():
            self._take_typed()

    def _take_typed(self) -> None:
        text = self.names.text()
        self.names.clear()
        self.add(text)

    def _add(self, label: Label) -> None:
        row = LabelRow(label, self, self._ground)
        self._column.insertWidget(len(self.rows), row)
        self.rows.append(row)
        row.remove.clicked.connect(lambda: self._remove(row))
        row.name.textEdited.connect(self.changed)
        row.key.refused.connect(self.refused)
        row.key.chosen.connect(self.changed)

    def _remove(self, row: LabelRow) -> None:
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
        self._show_size()
        self.names.setFocus()
        self.changed.emit()

    def _show_size(self) -> None:
        """Make room for as many rows as there are, up to a few; more scroll."""
        shown = min(len(self.rows), _ROWS_SHOWN)
        self._scroll.setVisible(bool(self.rows))
        self._scroll.setFixedHeight(max(shown, 1) * _ROW_HEIGHT)


class LabelRow(QWidget):
    """One label: colour, name, key, and a button that removes it."""

    def __init__(self, label: Label, rows: LabelRows, ground: Ground) -> None:
        """Show a label."""
        super().__init__()
        self.colour = ColourButton(label.colour, ground)
        self.name = QLineEdit(label.name)
        self.name.setAccessibleName(self.tr("Name of the label"))

        def owner(key: str) -> str:
            others = (row for row in rows.rows if row is not self)
            return next((row.name.text() for row in others if row.key.text() == key), "")

        self.key = KeyField(label.hotkey, rows.keymap, owner)
        self.remove = QToolButton()
        self.remove.setProperty("role", "icon")
        self.remove.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.remove.setAccessibleName(self.tr("Remove {0}").format(label.name))
        self.remove.setToolTip(self.tr("Remove"))
        self.setFixedHeight(_ROW_HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, SPACE_XS, SPACE_XS, SPACE_XS)
        row.setSpacing(SPACE_S)
        row.addWidget(self.colour)
        row.addWidget(self.name, 1)
        row.addWidget(self.key)
        row.addWidget(self.remove)
        self.tint(ground)

    def label(self) -> Label:
        """Return what it shows."""
        return Label(self.name.text().strip(), self.colour.colour, self.key.text())

    def tint(self, ground: Ground) -> None:
        """Draw everything for a ground."""
        self.colour.ground = ground
        self.colour.update()
        self.remove.setIcon(icon("close", ground, ground.quiet))
