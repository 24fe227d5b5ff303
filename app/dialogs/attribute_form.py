"""What one attribute is: name, kind, choices, labels, look-up list; each change is told at once."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.design.tokens import CONTROL_HEIGHT, SPACE_M, SPACE_S
from app.dialogs.dialog import text_label
from app.dialogs.fields import Field
from app.texts import QT_TRANSLATE_NOOP, translated
from core.schema.attributes import AttributeDefinition, AttributeKind, clean_value
from core.schema.labels import LabelScheme

_CONTEXT = "AttributeForm"
KIND_TEXTS = {
    AttributeKind.FLAG: QT_TRANSLATE_NOOP("AttributeForm", "Flag: set or not"),
    AttributeKind.CHOICE: QT_TRANSLATE_NOOP("AttributeForm", "Choice: one of a few values"),
    AttributeKind.TEXT: QT_TRANSLATE_NOOP("AttributeForm", "Text: typed freely"),
    AttributeKind.CODE: QT_TRANSLATE_NOOP("AttributeForm", "Code: looked up in a list"),
}


class AttributeForm(QWidget):
    """Shows a definition of a scheme and tells of each change."""

    changed = Signal(object)
    """The user changed the definition (the whole AttributeDefinition, to be saved)."""
    remove_requested = Signal(object)
    """The user wants it gone (AttributeDefinition)."""
    codes_requested = Signal(object)
    """The user wants to load a look-up list (AttributeDefinition)."""
    cancel_requested = Signal()
    """The loading is to be stopped."""

    def __init__(self) -> None:
        """Begin without a definition."""
        super().__init__()
        self._definition = AttributeDefinition("")
        self.name = QLineEdit()
        self.name_field = Field(self.tr("&Name"), self.name)
        self.kind = QComboBox()
        for kind, text in KIND_TEXTS.items():
            self.kind.addItem(translated(_CONTEXT, text), kind)
        self.description = QLineEdit()
        self.description.setPlaceholderText(self.tr("One line, shown as a tip in the palette"))
        self.choices = QPlainTextEdit()
        self.choices.setTabChangesFocus(True)
        self.choices.installEventFilter(self)
        self.choices_field = Field(
            self.tr("C&hoices"),
            self.choices,
            self.tr("One a line, in the order of their keys 1 to 9"),
        )
        self.labels = QListWidget()
        self.labels.setUniformItemSizes(True)
        self.labels_field = Field(
            self.tr("For these &labels"), self.labels, self.tr("None ticked: for all labels")
        )
        self.codes = text_label("", "note")
        self.load = QPushButton(self.tr("Load &codes…"))
        self.load.setAutoDefault(False)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.stop = QPushButton(self.tr("Cancel"))
        self.stop.setAutoDefault(False)
        self.codes_part = QWidget()
        self.remove = QPushButton(self.tr("&Remove attribute"))
        self.remove.setProperty("role", "danger")
        self.remove.setAutoDefault(False)
        self.uses = text_label("", "note")
        self._lay_out()
        self.name.editingFinished.connect(self._on_name)
        self.kind.activated.connect(self._on_kind)
        self.description.editingFinished.connect(self._on_description)
        self.labels.itemChanged.connect(lambda _item: self._on_labels())
        self.load.clicked.connect(lambda: self.codes_requested.emit(self._definition))
        self.stop.clicked.connect(self.cancel_requested)
        self.remove.clicked.connect(lambda: self.remove_requested.emit(self._definition))

    def set_definition(self, definition: AttributeDefinition, scheme: LabelScheme) -> None:
        """Show a definition; what is being typed in the same one stays."""
        same = definition.id == self._definition.id
        if not same:
            self.flush()
        self._definition = definition
        if not (same and self.name.hasFocus()):
            self.name.setText(definition.name)
            self.name_field.show_hint()
        if not (same and self.description.hasFocus()):
            self.description.setText(definition.description)
        if not (same and self.choices.hasFocus()):
            self.choices.setPlainText("\n".join(definition.choices))
            self.choices_field.show_hint()
        self.kind.setCurrentIndex(list(KIND_TEXTS).index(definition.kind))
        self._show_labels(scheme)
        self.choices_field.setVisible(definition.kind is AttributeKind.CHOICE)
        self.codes_part.setVisible(definition.kind is AttributeKind.CODE)
        self.codes.setText(
            self.tr("{0} codes from {1}").format(
                self.locale().toString(definition.code_count), definition.code_source
            )
            if definition.code_count
            else self.tr(
                "No list loaded yet: a table (CSV) with a column of codes and one of terms."
            )
        )
        self.show_progress(None)

    def show_progress(self, step: tuple[int, int] | None) -> None:
        """Show how far the loading is: done and total (0: not known); None where nothing loads."""
        loading = step is not None
        self.bar.setVisible(loading)
        self.stop.setVisible(loading)
        self.load.setVisible(not loading)
        self.remove.setEnabled(not loading)
        if step is not None:
            self.bar.setRange(0, step[1])
            self.bar.setValue(step[0])

    def show_uses(self, count: int) -> None:
        """Say how many labels hold the attribute, and that removing it leaves them as they are."""
        if count == 1:
            self.uses.setText(self.tr("1 label has it, and keeps it when it is removed."))
        elif count:
            self.uses.setText(
                self.tr("{0} labels have it, and keep it when it is removed.").format(
                    self.locale().toString(count)
                )
            )
        else:
            self.uses.clear()

    def flush(self) -> None:
        """Tell of what is typed and not told yet."""
        if self._definition.id:
            self._on_name()
            self._on_description()
            self._on_choices()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the choices when their field is left."""
        if watched is self.choices and event.type() == QEvent.Type.FocusOut:
            self._on_choices()
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(SPACE_M)
        first.addWidget(self.name_field, 1)
        first.addWidget(Field(self.tr("&Kind"), self.kind), 1, Qt.AlignmentFlag.AlignTop)
        loading = QHBoxLayout(self.codes_part)
        loading.setContentsMargins(0, 0, 0, 0)
        loading.setSpacing(SPACE_S)
        loading.addWidget(self.codes, 1)
        for part in (self.bar, self.stop, self.load):
            loading.addWidget(part)
        lists = QHBoxLayout()
        lists.setSpacing(SPACE_M)
        lists.addWidget(self.choices_field, 1)
        lists.addWidget(self.labels_field, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        column.addLayout(first)
        column.addWidget(Field(self.tr("&Description"), self.description))
        column.addWidget(self.codes_part)
        column.addLayout(lists, 1)
        removing = QHBoxLayout()
        removing.setSpacing(SPACE_M)
        removing.addWidget(self.remove)
        removing.addWidget(self.uses, 1)
        column.addLayout(removing)

    def _show_labels(self, scheme: LabelScheme) -> None:
        held = self.labels.currentRow()
        self.labels.blockSignals(True)
        self.labels.clear()
        for name in scheme.names():
            item = QListWidgetItem(name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = name in self._definition.labels
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            # No wider than the list: a long name is cut, and whole in the tip.
            item.setSizeHint(QSize(0, CONTROL_HEIGHT))
            item.setToolTip(name)
            self.labels.addItem(item)
        self.labels.setCurrentRow(max(held, 0))
        self.labels.blockSignals(False)

    def _on_name(self) -> None:
        name = self.name.text().strip()
        if not name:
            self.name.setText(self._definition.name)
        elif name != self._definition.name:
            self._change(replace(self._definition, name=name))

    def _on_kind(self) -> None:
        self._change(replace(self._definition, kind=AttributeKind(self.kind.currentData())))

    def _on_description(self) -> None:
        self._change(replace(self._definition, description=clean_value(self.description.text())))

    def _on_choices(self) -> None:
        if self._definition.kind is not AttributeKind.CHOICE:
            return
        lines = [clean_value(line) for line in self.choices.toPlainText().split("\n")]
        choices = tuple(dict.fromkeys(line for line in lines if line))
        self._change(replace(self._definition, choices=choices))

    def _on_labels(self) -> None:
        items = [self.labels.item(row) for row in range(self.labels.count())]
        chosen = tuple(i.text() for i in items if i.checkState() is Qt.CheckState.Checked)
        # All ticked is all labels, those to come too.
        self._change(replace(self._definition, labels=() if len(chosen) == len(items) else chosen))

    def _change(self, definition: AttributeDefinition) -> None:
        if definition != self._definition:
            self._definition = definition
            self.changed.emit(definition)
