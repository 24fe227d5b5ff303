"""The palette on the right: labels with colour, count and key; attributes; the guideline."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QPaintEvent,
    QPen,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.design.icons import icon
from app.design.tokens import (
    RADIUS,
    SPACE_L,
    SPACE_M,
    SPACE_S,
    SPACE_XS,
    TYPE_BODY,
    TYPE_LEAD,
    TYPE_SMALL,
    Ground,
    legible,
    mix,
)
from app.texts import translated
from app.window.command import CONTEXT
from app.window.commands import may_be_label_key
from app.window.record_commands import ATTRIBUTE_KEYS, ATTRIBUTE_TEXTS
from core.schema.documents import Attribute, Span
from core.schema.labels import Label, LabelScheme

_ROW_HEIGHT = 30
_KEY_WIDTH = 22


class PaletteRow(QAbstractButton):
    """One row: a swatch, a name, a count and a key on a cap."""

    def __init__(self, name: str, key: str, ground: Ground, colour: str = "") -> None:
        """Build a row; without a colour it has a box that can be ticked."""
        super().__init__()
        self.setText(name)
        self.setCheckable(not colour)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._key = key
        self._colour = colour
        self._count = 0
        self.chosen = False
        self.ground = ground

    def set_count(self, count: int) -> None:
        """Show how often the label stands in the record."""
        self._count = count
        self.setAccessibleDescription(self.tr("{0} in this record").format(count))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a row."""
        return QSize(200, _ROW_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row."""
        del event
        ground = self.ground
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().adjusted(SPACE_S, 1, -SPACE_S, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.chosen or (self.isChecked() and self.isEnabled()):
            painter.setBrush(QColor(ground.selected))
            painter.drawRoundedRect(area, RADIUS, RADIUS)
        elif self.underMouse() and self.isEnabled():
            painter.setBrush(QColor(ground.hover))
            painter.drawRoundedRect(area, RADIUS, RADIUS)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(ground.accent), 1.5))
            painter.drawRoundedRect(area, RADIUS, RADIUS)
        left, middle = area.left() + SPACE_S, area.center().y() + 1
        if self._colour:
            fill = mix(self._colour, ground.canvas, 0.72 if not ground.dark else 0.6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(fill))
            painter.drawRoundedRect(left, middle - 8, 16, 14, 3, 3)
            painter.setBrush(QColor(legible(self._colour, ground.chrome, 3.0)))
            painter.drawRect(left, middle + 4, 16, 3)
        else:
            self._paint_box(painter, left, middle)
        left += 16 + SPACE_M
        right = area.right() - SPACE_S
        if self._key:
            self._paint_key(painter, right - _KEY_WIDTH, middle)
        right -= _KEY_WIDTH + SPACE_S
        font = QFont(self.font())
        font.setPixelSize(TYPE_BODY)
        enabled = self.isEnabled()
        if self._count:
            painter.setFont(font)
            painter.setPen(QColor(ground.quiet))
            painter.drawText(
                right - 40,
                area.top(),
                40,
                area.height(),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                str(self._count),
            )
        right -= 40 if self._count else 0
        painter.setFont(font)
        painter.setPen(QColor(ground.text if enabled else ground.outline))
        shown = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, right - left
        )
        painter.drawText(
            left,
            area.top(),
            right - left,
            area.height(),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            shown,
        )

    def _paint_box(self, painter: QPainter, left: int, middle: int) -> None:
        ground = self.ground
        ink = QColor(ground.outline if self.isEnabled() else ground.line)
        painter.setPen(QPen(ink, 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground.accent))
        painter.drawRoundedRect(left + 1, middle - 8, 14, 14, SPACE_XS, SPACE_XS)
        if self.isChecked():
            pen = QPen(QColor(ground.on_accent), 1.8)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawLine(left + 4, middle - 1, left + 7, middle + 2)
            painter.drawLine(left + 7, middle + 2, left + 12, middle - 4)

    def _paint_key(self, painter: QPainter, left: int, middle: int) -> None:
        ground = self.ground
        font = QFont(self.font())
        font.setPixelSize(TYPE_SMALL)
        painter.setFont(font)
        painter.setPen(QPen(QColor(ground.line), 1))
        painter.setBrush(QColor(ground.raised))
        painter.drawRoundedRect(left, middle - 10, _KEY_WIDTH, 18, SPACE_XS, SPACE_XS)
        painter.setPen(QColor(ground.quiet if self.isEnabled() else ground.outline))
        painter.drawText(
            left, middle - 10, _KEY_WIDTH, 18, Qt.AlignmentFlag.AlignCenter, self._key.upper()
        )


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
