"""The list of a project's labels in the label editor: colour, name, key, count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.design.tokens import (
    RADIUS,
    SPACE_M,
    SPACE_S,
    SPACE_XS,
    TYPE_BODY,
    TYPE_SMALL,
    Ground,
    legible,
    mix,
)
from app.quantities import whole
from core.schema.labels import Label, LabelScheme

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

_LABEL_ROLE = Qt.ItemDataRole.UserRole
_COUNT_ROLE = Qt.ItemDataRole.UserRole + 1
_ROW_HEIGHT = 32
_KEY_WIDTH = 22


class LabelList(QListWidget):
    """Shows the labels in the palette's order."""

    def __init__(self, ground: Ground) -> None:
        """Begin empty."""
        super().__init__()
        self.setAccessibleName(self.tr("Labels"))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._counts: dict[int, int] = {}
        self.tint(ground)

    @property
    def current_label(self) -> Label | None:
        """The chosen label."""
        row = self.currentRow()
        if row < 0:
            return None
        label: Label = self.item(row).data(_LABEL_ROLE)
        return label

    def count_of(self, label_id: int) -> int:
        """Return how many spans a label has in all records, as far as is known."""
        return self._counts.get(label_id, 0)

    def set_scheme(self, scheme: LabelScheme, chosen_id: int) -> None:
        """Show these labels, the one with the key ``chosen_id`` chosen, else the first."""
        self.blockSignals(True)
        self.clear()
        for row, label in enumerate(scheme.labels):
            item = QListWidgetItem(label.name)
            item.setData(_LABEL_ROLE, label)
            self.addItem(item)
            if label.id == chosen_id or row == 0:
                self.setCurrentRow(row)
        self.blockSignals(False)
        self._show_counts()

    def set_counts(self, counts: dict[int, int]) -> None:
        """Show how many spans each label has, by its key."""
        self._counts = counts
        self._show_counts()

    def tint(self, ground: Ground) -> None:
        """Draw the rows for a ground."""
        self.setItemDelegate(_LabelDelegate(ground, self))

    def _show_counts(self) -> None:
        for row in range(self.count()):
            item = self.item(row)
            label: Label = item.data(_LABEL_ROLE)
            count = self._counts.get(label.id, 0)
            item.setData(_COUNT_ROLE, count)
            key = self.tr("key {0}").format(label.hotkey.upper()) if label.hotkey else ""
            spans = self.tr("{0} in all records").format(whole(count))
            spoken = ", ".join(part for part in (label.name, key, spans) if part)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)


class _LabelDelegate(QStyledItemDelegate):
    """Paints a label as the palette does, with its count in all records."""

    def __init__(self, ground: Ground, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = ground

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        del option, index
        return QSize(160, _ROW_HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        area: QRect = option.rect
        state = option.state
        ground, label = self._ground, index.data(_LABEL_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = area.adjusted(SPACE_XS, 1, -SPACE_XS, -1)
        flag = type(state)
        if state & (flag.State_Selected | flag.State_MouseOver):
            chosen = state & flag.State_Selected
            painter.setBrush(QColor(ground.selected if chosen else ground.hover))
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        left, middle = box.left() + SPACE_S, box.center().y() + 1
        painter.setBrush(QColor(mix(label.colour, ground.canvas, 0.6 if ground.dark else 0.72)))
        painter.drawRoundedRect(left, middle - 8, 16, 14, 3, 3)
        painter.setBrush(QColor(legible(label.colour, ground.canvas, 3.0)))
        painter.drawRect(left, middle + 4, 16, 3)
        right = box.right() - SPACE_S
        font = painter.font()
        font.setPixelSize(TYPE_SMALL)
        painter.setFont(font)
        if label.hotkey:
            cap = QRect(right - _KEY_WIDTH, middle - 10, _KEY_WIDTH, 18)
            painter.setPen(QPen(QColor(ground.line), 1))
            painter.setBrush(QColor(ground.raised))
            painter.drawRoundedRect(cap, SPACE_XS, SPACE_XS)
            painter.setPen(QColor(ground.quiet))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, label.hotkey.upper())
        right -= _KEY_WIDTH + SPACE_S
        count = whole(index.data(_COUNT_ROLE) or 0)
        width = painter.fontMetrics().horizontalAdvance(count)
        painter.setPen(QColor(ground.quiet))
        centred = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(
            QRect(right - width, box.top(), width, box.height()),
            Qt.AlignmentFlag.AlignRight | centred,
            count,
        )
        right -= width + SPACE_S
        left += 16 + SPACE_M
        font.setPixelSize(TYPE_BODY)
        painter.setFont(font)
        painter.setPen(QColor(ground.text))
        name = painter.fontMetrics().elidedText(
            label.name, Qt.TextElideMode.ElideRight, right - left
        )
        painter.drawText(
            QRect(left, box.top(), right - left, box.height()),
            Qt.AlignmentFlag.AlignLeft | centred,
            name,
        )
        painter.restore()
