"""What one label is: name, key, colour, description, guideline; each change is told at once."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.design.tokens import SPACE_M, SPACE_S, Ground
from app.dialogs.dialog import announce, text_label
from app.dialogs.fields import Field
from app.dialogs.guideline_edit import GuidelineEdit
from app.dialogs.label_fields import ColourPicker, KeyField
from app.window.keymap import Keymap
from core.schema.labels import PALETTE, Label, LabelScheme


class LabelForm(QWidget):
    """Shows a label of a scheme and tells of each change."""

    changed = Signal(object)
    """The user changed the label (the whole Label, to be saved)."""
    merge_requested = Signal(object, object)
    """The user wants a label to become another (both Labels)."""
    examples_requested = Signal(object)
    """Examples from the records are wanted in the guideline (of the Label)."""

    def __init__(self, ground: Ground, keymap: Keymap) -> None:
        """Begin without a label; it may have none of the keys in force."""
        super().__init__()
        self._label = Label("")
        self._scheme = LabelScheme(())
        self.name = QLineEdit()
        self.name_field = Field(self.tr("&Name"), self.name)
        self.key = KeyField("", keymap, self._owner)
        self.key_error = text_label("", "danger")
        self.key_error.hide()
        self.colour = ColourPicker(PALETTE[0], ground)
        self.colour_field = Field(self.tr("&Colour"), self.colour, focus=self.colour.hex)
        self.description = QLineEdit()
        self.description.setPlaceholderText(self.tr("One line, shown as a tip in the palette"))
        self.guideline = GuidelineEdit(self.tr("Guideline of the label"), ground)
        self.examples = QPushButton(self.tr("Add e&xamples from the records"))
        self.examples.setProperty("role", "quiet")
        self.examples.setAutoDefault(False)
        self.examples.setToolTip(
            self.tr("What was labelled so most often, and what was turned down")
        )
        self.target = QComboBox()
        self.target.setAccessibleName(self.tr("Label to merge into"))
        self.merge = QPushButton(self.tr("&Merge…"))
        self.merge.setAutoDefault(False)
        self._merge_text = text_label(self.tr("Merge into"), "note")
        self._merge_text.setWordWrap(False)
        self._lay_out()
        self.name.textEdited.connect(self._check_name)
        self.name.editingFinished.connect(self._on_name)
        self.key.chosen.connect(self._on_key)
        self.key.refused.connect(self._on_key_refused)
        self.colour.chosen.connect(lambda colour: self._change(replace(self._label, colour=colour)))
        self.description.editingFinished.connect(self._on_description)
        self.guideline.written.connect(
            lambda text: self._change(replace(self._label, guideline=text))
        )
        self.merge.clicked.connect(self._on_merge)
        self.examples.clicked.connect(lambda: self.examples_requested.emit(self._label))

    def set_label(self, label: Label, scheme: LabelScheme) -> None:
        """Show a label; what is being typed in the same label stays."""
        same = label.id == self._label.id
        if not same:
            self.flush()
        self._label, self._scheme = label, scheme
        if not (same and self.name.hasFocus()):
            self.name.setText(label.name)
            self.name_field.show_hint("")
        if not (same and self.description.hasFocus()):
            self.description.setText(label.description)
        if not same:
            self.guideline.set_text(label.guideline)
        if not (same and self.colour.hex.hasFocus()):
            self.colour.set_colour(label.colour)
        self.key.setText(label.hotkey)
        if not same:
            # A command may have got the key since.
            self.key_error.setText(self.key.lost())
            self.key_error.setVisible(bool(self.key_error.text()))
        self.target.clear()
        for other in scheme.labels:
            if other.id != label.id:
                self.target.addItem(other.name, other)
        self.merge.setEnabled(self.target.count() > 0)

    def flush(self) -> None:
        """Tell of what is typed and not told yet."""
        if self._label.id:
            self._on_name()
            self._on_description()
            self.guideline.flush()

    def tint(self, ground: Ground) -> None:
        """Draw what is painted."""
        self.colour.tint(ground)
        self.guideline.tint(ground)

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(SPACE_M)
        first.addWidget(self.name_field, 1)
        first.addWidget(Field(self.tr("&Key"), self.key), 0, Qt.AlignmentFlag.AlignTop)
        merging = QHBoxLayout()
        merging.setSpacing(SPACE_S)
        merging.addWidget(self._merge_text)
        merging.addWidget(self.target, 1)
        merging.addWidget(self.merge)
        merging.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        column.addLayout(first)
        column.addWidget(self.key_error)
        column.addWidget(self.colour_field)
        column.addWidget(Field(self.tr("&Description"), self.description))
        column.addWidget(Field(self.tr("&Guideline"), self.guideline, focus=self.guideline.edit), 1)
        column.addWidget(self.examples, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(merging)

    def _owner(self, key: str) -> str:
        others = (label for label in self._scheme.labels if label.id != self._label.id)
        return next((label.name for label in others if label.hotkey == key), "")

    def _check_name(self) -> bool:
        """Show what is wrong with the name, and tell whether nothing is."""
        name = self.name.text().strip()
        others = {label.name for label in self._scheme.labels if label.id != self._label.id}
        if not name:
            self.name_field.show_error(self.tr("A label needs a name."), self.tr("Type one."))
        elif name in others:
            self.name_field.show_error(
                self.tr("There is a label named {0} already.").format(name),
                self.tr("Choose another name, or merge the two."),
            )
        else:
            self.name_field.show_hint("")
        return not self.name_field.failed

    def _on_name(self) -> None:
        name = self.name.text().strip()
        if name != self._label.name and self._check_name():
            self._change(replace(self._label, name=name))

    def _on_key(self, key: str) -> None:
        self.key_error.hide()
        self._change(replace(self._label, hotkey=key))

    def _on_key_refused(self, why: str) -> None:
        self.key_error.setText(why)
        self.key_error.show()
        announce(self.key_error, why)

    def _on_description(self) -> None:
        text = self.description.text().strip()
        if text != self._label.description:
            self._change(replace(self._label, description=text))

    def _on_merge(self) -> None:
        self.flush()
        self.merge_requested.emit(self._label, self.target.currentData())

    def _change(self, label: Label) -> None:
        if label != self._label:
            self._label = label
            self.changed.emit(label)
