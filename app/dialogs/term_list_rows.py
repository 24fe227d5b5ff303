"""The term lists of a project as rows: on or off, the label's colour, the name, the terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from app.design.tokens import CONTROL_HEIGHT, Ground, legible, mix
from app.quantities import whole
from core.schema.labels import LabelScheme
from core.schema.term_lists import TermList

_ROLE = Qt.ItemDataRole.UserRole
_SIGN_CONTRAST = 3.0
_SWATCH = 16


class TermListRows(QListWidget):
    """Shows the lists by name; Space or the box switches one on and off."""

    switched = Signal(object)
    """A list was switched on or off (the whole TermList, to be saved)."""

    def __init__(self, ground: Ground) -> None:
        """Begin empty."""
        super().__init__()
        self._ground = ground
        self._scheme = LabelScheme(())
        self._lists: Sequence[TermList] = ()
        self.setAccessibleName(self.tr("Term lists"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIconSize(QSize(_SWATCH, _SWATCH))
        self.itemChanged.connect(self._on_changed)

    @property
    def current_list(self) -> TermList | None:
        """The chosen list."""
        row = self.currentRow()
        if row < 0:
            return None
        chosen: TermList = self.item(row).data(_ROLE)
        return chosen

    def set_lists(self, lists: Sequence[TermList], scheme: LabelScheme, chosen_id: int) -> None:
        """Show lists, the one with the key ``chosen_id`` chosen, else the first."""
        self._lists, self._scheme = lists, scheme
        colours = {label.name: label.colour for label in scheme.labels}
        self.blockSignals(True)
        self.clear()
        for row, one in enumerate(lists):
            item = QListWidgetItem(f"{one.name}  ·  {whole(one.term_count)}")
            item.setData(_ROLE, one)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if one.enabled else Qt.CheckState.Unchecked)
            item.setIcon(self._swatch(colours.get(one.label, self._ground.quiet)))
            item.setSizeHint(QSize(0, CONTROL_HEIGHT))
            item.setToolTip(one.label)
            spoken = self.tr("{0}, {1}, terms: {2}").format(
                one.name, one.label, whole(one.term_count)
            )
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            self.addItem(item)
            if one.id == chosen_id or row == 0:
                self.setCurrentRow(row)
        self.blockSignals(False)

    def tint(self, ground: Ground) -> None:
        """Draw the colours for a ground."""
        self._ground = ground
        chosen = self.current_list
        self.set_lists(self._lists, self._scheme, chosen.id if chosen else 0)

    def _swatch(self, colour: str) -> QIcon:
        """Return a label's colour as the palette shows it: pale, on a solid line."""
        ground, ratio = self._ground, self.devicePixelRatioF()
        made = QPixmap(QSize(_SWATCH, _SWATCH) * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(mix(colour, ground.canvas, 0.6 if ground.dark else 0.72)))
        painter.drawRoundedRect(0, 1, _SWATCH, _SWATCH - 2, 3, 3)
        painter.setBrush(QColor(legible(colour, ground.canvas, _SIGN_CONTRAST)))
        painter.drawRect(0, _SWATCH - 4, _SWATCH, 3)
        painter.end()
        return QIcon(made)

    def _on_changed(self, item: QListWidgetItem) -> None:
        held: TermList = item.data(_ROLE)
        enabled = item.checkState() is Qt.CheckState.Checked
        if enabled != held.enabled:
            self.switched.emit(replace(held, enabled=enabled))
