"""The palette on the right: labels with colour, count and key; attributes; the guideline."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QFont,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
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
from app.window.attribute_rows import AttributeRows
from app.window.keymap import Keymap
from app.window.palette_row import PaletteRow
from core.schema.documents import Attribute, Span
from core.schema.labels import Label, LabelScheme

_LEAST_WIDTH = 224
"""Under which names of labels would be cut off."""
_LEAST_HEIGHT = 64
_GUIDELINE_FROM = 330
_HEADING_FROM = 160
"""Heights under which the guideline, and its heading too, leave their room to the labels."""
_SHARES = (430, 270)
_NO_LIMIT = 16_000_000
"""Qt's own greatest height, or nearly so."""


class PaletteDock(QWidget):
    """Shows the scheme, and what of it holds for what is selected."""

    label_chosen = Signal(str)
    """A label was clicked (its name)."""
    attribute_chosen = Signal(object)
    """One of the attributes that every label has was clicked (Attribute)."""
    own_attribute_chosen = Signal(str)
    """An attribute that the project defines was clicked (its name)."""
    edit_requested = Signal()
    """The labels are to be edited."""

    def __init__(self, ground: Ground, keymap: Keymap, parent: QWidget | None = None) -> None:
        """Build an empty palette that shows the keys in force."""
        super().__init__(parent)
        self._keymap = keymap
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)
        self._ground = ground
        self._scheme = LabelScheme(())
        self._guideline_of = ""
        self._usable = False
        self.label_rows: dict[str, PaletteRow] = {}
        self.attributes = AttributeRows(ground, keymap)
        self.attributes.chosen.connect(self.attribute_chosen)
        self.attributes.own_chosen.connect(self.own_attribute_chosen)
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
        self._parts = QSplitter(Qt.Orientation.Vertical)
        self._lower = QWidget()
        self._lay_out()
        self.tint(ground)
        keymap.changed.connect(self._show_keys)

    def set_scheme(self, scheme: LabelScheme) -> None:
        """Show these labels."""
        self._scheme = scheme
        self.attributes.set_definitions(scheme.attributes)
        while (item := self._labels.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.label_rows = {}
        for label in scheme.labels:
            self.label_rows[label.name] = self._label_row(label)
        if not scheme.labels:
            add = QPushButton(self.tr("Add the first label…"))
            add.clicked.connect(self.edit_requested)
            self._labels.addWidget(add, 0, Qt.AlignmentFlag.AlignHCenter)
        self._show_guideline()

    @property
    def attribute_rows(self) -> dict[Attribute, PaletteRow]:
        """The rows of the attributes that every label has."""
        return self.attributes.rows

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
        self.attributes.set_selected(span, label, suggested=suggested, usable=self._usable)
        if label and label != self._guideline_of:
            self._guideline_of = label
            self._show_guideline()

    def set_hints(self, names: Collection[str]) -> None:
        """Show which attributes are suggested for what is selected."""
        self.attributes.set_hints(names)

    def set_usable(self, usable: bool) -> None:
        """Let labels be given, or not (read-only, or no record)."""
        self._usable = usable
        for row in self.label_rows.values():
            row.setEnabled(usable)

    def tint(self, ground: Ground) -> None:
        """Draw everything for a ground."""
        self._ground = ground
        for row in self.label_rows.values():
            row.ground = ground
            row.update()
        self.attributes.tint(ground)
        self._edit.setIcon(icon("edit", ground, ground.quiet))
        self._show_guideline()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the guideline give way to the labels; it can be read where labels are edited."""
        super().resizeEvent(event)
        height = event.size().height()
        self._lower.setVisible(height >= _HEADING_FROM)
        if self.guideline.isHidden() == (height >= _GUIDELINE_FROM):
            self.guideline.setVisible(height >= _GUIDELINE_FROM)
            most = _NO_LIMIT if height >= _GUIDELINE_FROM else self._edit.sizeHint().height()
            self._lower.setMaximumHeight(most + SPACE_S)
            self._parts.setSizes(list(_SHARES if height >= _GUIDELINE_FROM else (height, 0)))

    def _label_row(self, label: Label) -> PaletteRow:
        row = PaletteRow(label.name, self._key_of(label), self._ground, label.colour)
        row.setToolTip(label.description or label.name)
        row.setEnabled(self._usable)
        row.clicked.connect(lambda: self.label_chosen.emit(label.name))
        self._labels.addWidget(row)
        return row

    def _key_of(self, label: Label) -> str:
        return label.hotkey if self._keymap.may_be_label_key(label.hotkey) else ""

    def _show_keys(self) -> None:
        for label in self._scheme.labels:
            self.label_rows[label.name].set_key(self._key_of(label))
        self.attributes.show_keys()

    def _lay_out(self) -> None:
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 0, SPACE_S)
        column.setSpacing(0)
        column.addLayout(self._labels)
        column.addWidget(_heading(self.tr("Attributes")))
        column.addWidget(self.attributes)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(rows)
        below = QVBoxLayout(self._lower)
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
        parts = self._parts
        parts.setChildrenCollapsible(False)
        parts.addWidget(scroll)
        parts.addWidget(self._lower)
        parts.setStretchFactor(0, 1)
        parts.setStretchFactor(1, 1)
        parts.setSizes(list(_SHARES))
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
