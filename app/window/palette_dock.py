"""The palette on the right: labels with colour, count and key; attributes; the guideline."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QFont,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSplitter,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.design.icons import icon
from app.design.tokens import (
    SPACE_L,
    SPACE_M,
    SPACE_S,
    SPACE_XS,
    TYPE_LEAD,
    Ground,
)
from app.texts import translated
from app.window.command import CONTEXT
from app.window.commands import may_be_label_key
from app.window.palette_row import PaletteRow
from app.window.record_commands import ATTRIBUTE_KEYS, ATTRIBUTE_TEXTS
from core.schema.documents import Attribute, Span
from core.schema.labels import Label, LabelScheme

_LEAST_WIDTH = 224
"""Under which names of labels would be cut off."""


class PaletteDock(QWidget):
    """Shows the scheme, and what of it holds for what is selected."""

    label_chosen = Signal(str)
    """A label was clicked (its name)."""
    attribute_chosen = Signal(object)
    """An attribute was clicked (Attribute)."""
    edit_requested = Signal()
    """The labels are to be edited."""

    def __init__(self, ground: Ground, parent: QWidget | None = None) -> None:
        """Build an empty palette."""
        super().__init__(parent)
        self.setMinimumWidth(_LEAST_WIDTH)
        self._ground = ground
        self._scheme = LabelScheme(())
        self._guideline_of = ""
        self._usable = False
        self.label_rows: dict[str, PaletteRow] = {}
        self.attribute_rows: dict[Attribute, PaletteRow] = {}
        self._labels = QVBoxLayout()
        self._labels.setSpacing(0)
        self._edit = QToolButton()
        self._edit.setProperty("role", "icon")
        self._edit.setAccessibleName(self.tr("Edit labels and guideline"))
        self._edit.setToolTip(self.tr("Edit labels and guideline"))
        self._edit.clicked.connect(self.edit_requested)
        self.guideline = QTextBrowser()
        self.guideline.setAccessibleName(self.tr("Guideline"))
        self.guideline.setOpenLinks(False)
        self.guideline.document().setIndentWidth(SPACE_L)
        self._lay_out()
        self.tint(ground)

    def set_scheme(self, scheme: LabelScheme) -> None:
        """Show these labels."""
        self._scheme = scheme
        while (item := self._labels.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.label_rows = {}
        for label in scheme.labels:
            self.label_rows[label.name] = self._label_row(label)
        self._show_guideline()

    def set_counts(self, counts: dict[str, int]) -> None:
        """Show how often each label stands in the record."""
        for name, row in self.label_rows.items():
            row.set_count(counts.get(name, 0))

    def set_selected(self, span: Span | None, label: str = "", *, suggested: bool = False) -> None:
        """Show what holds for the selected span or suggestion.

        Args:
            span: The selected label of the record, or None.
            label: Name of the selected span's or suggestion's label; empty for none.
            suggested: Whether a suggestion is selected, which may be given attributes.
        """
        for name, row in self.label_rows.items():
            row.chosen = name == label
            row.update()
        held = span.attributes if span is not None else ()
        for attribute, row in self.attribute_rows.items():
            row.setEnabled(self._usable and (span is not None or suggested))
            row.setChecked(attribute.value in held)
        if label and label != self._guideline_of:
            self._guideline_of = label
            self._show_guideline()

    def set_usable(self, usable: bool) -> None:
        """Let labels be given, or not (read-only, or no record)."""
        self._usable = usable
        for row in self.label_rows.values():
            row.setEnabled(usable)

    def tint(self, ground: Ground) -> None:
        """Draw everything for a ground."""
        self._ground = ground
        for row in (*self.label_rows.values(), *self.attribute_rows.values()):
            row.ground = ground
            row.update()
        self._edit.setIcon(icon("edit", ground, ground.quiet))
        self._show_guideline()

    def _label_row(self, label: Label) -> PaletteRow:
        key = label.hotkey if may_be_label_key(label.hotkey) else ""
        row = PaletteRow(label.name, key, self._ground, label.colour)
        row.setToolTip(label.description or label.name)
        row.setEnabled(self._usable)
        row.clicked.connect(lambda: self.label_chosen.emit(label.name))
        self._labels.addWidget(row)
        return row

    def _attribute_row(self, attribute: Attribute) -> PaletteRow:
        name = translated(CONTEXT, ATTRIBUTE_TEXTS[attribute])
        row = PaletteRow(name, ATTRIBUTE_KEYS[attribute], self._ground)
        row.setEnabled(False)
        row.setToolTip(self.tr("Set or clear for the selected label"))
        # What is ticked follows the store, not the click.
        row.clicked.connect(lambda: row.setChecked(not row.isChecked()))
        row.clicked.connect(lambda: self.attribute_chosen.emit(attribute))
        return row

    def _lay_out(self) -> None:
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 0, SPACE_S)
        column.setSpacing(0)
        column.addLayout(self._labels)
        column.addWidget(_heading(self.tr("Attributes")))
        for attribute in Attribute:
            self.attribute_rows[attribute] = self._attribute_row(attribute)
            column.addWidget(self.attribute_rows[attribute])
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(rows)
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, SPACE_S, 0)
        head.addWidget(_heading(self.tr("Guideline")), 1)
        head.addWidget(self._edit)
        text = QHBoxLayout()
        text.setContentsMargins(SPACE_M, 0, SPACE_XS, 0)
        text.addWidget(self.guideline)
        below.addLayout(head)
        below.addLayout(text, 1)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(scroll)
        parts.addWidget(lower)
        parts.setStretchFactor(0, 0)
        parts.setStretchFactor(1, 1)
        parts.setSizes([310, 300])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(parts)

    def _show_guideline(self) -> None:
        chosen = next((lb for lb in self._scheme.labels if lb.name == self._guideline_of), None)
        parts = []
        if chosen is not None and (chosen.guideline or chosen.description):
            parts.append(f"**{chosen.name}**\n\n{chosen.guideline or chosen.description}")
        if self._scheme.guideline:
            parts.append(self._scheme.guideline)
        if not parts:
            parts.append(self.tr("*No guideline yet. Write down what counts and what does not.*"))
        self.guideline.document().setDefaultStyleSheet(f"a {{ color: {self._ground.accent}; }}")
        self.guideline.setMarkdown("\n\n---\n\n".join(parts))
        _shrink_headings(self.guideline.document())


def _shrink_headings(document: QTextDocument) -> None:
    """Set headings in the sizes of the window: Markdown's own shout in so narrow a pane."""
    block = document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel():
            cursor = QTextCursor(block)
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            size = QTextCharFormat()
            size.setProperty(QTextFormat.Property.FontSizeAdjustment, 0)
            size.setProperty(QTextFormat.Property.FontPixelSize, TYPE_LEAD)
            size.setFontWeight(QFont.Weight.DemiBold)
            cursor.mergeCharFormat(size)
        block = block.next()


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "section")
    label.setContentsMargins(SPACE_L, SPACE_M, SPACE_S, SPACE_XS)
    return label
