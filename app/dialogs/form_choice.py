"""Picks the form of a model to export: the table of forms, and the button that measures them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.design.number_box import number_box
from app.design.tokens import SPACE_S
from app.dialogs.dialog import announce, text_label
from app.dialogs.fields import Field
from app.dialogs.form_table import FormTable
from core.export.points import PointTable

if TYPE_CHECKING:
    from app.training.forms import Forms

_LEAST, _MOST, _USUAL = 10, 90, 50
"""Percent of the feed-forward neurons that a pruned model lacks."""


class FormChoice(QWidget):
    """Shows what each form weighs, how fast it is and how good, as far as it was measured."""

    begun = Signal()
    """Forms begin to be measured."""
    measuring_changed = Signal()
    """Measuring began or ended."""
    failed = Signal(str, str)
    """They could not be measured: why, and what to do."""

    def __init__(self, forms: Forms | None) -> None:
        """Build it.

        Args:
            forms: Measures; None where nothing can.
        """
        super().__init__()
        self._forms = forms
        self.table = FormTable()
        self._field = Field(self.tr("&Form"), self.table)
        self.prunes = QCheckBox(self.tr("P&runed forms too, without"))
        self.prunes.setToolTip(
            self.tr("Takes out the neurons that matter least, then trains for a moment")
        )
        self.share = number_box(_LEAST, _MOST, _USUAL)
        self.share.setSuffix(self.tr(" % of the inner neurons"))
        self.share.setAccessibleName(self.tr("Share of the inner neurons to take out"))
        self.share.setEnabled(False)
        self.prunes.toggled.connect(self.share.setEnabled)
        self.measure = QPushButton()
        self.measure.setAutoDefault(False)
        self.measure.clicked.connect(self._on_measure)
        self.step = text_label("", "small")
        self.step.hide()
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        row.addWidget(self.prunes)
        row.addWidget(self.share)
        row.addStretch(1)
        row.addWidget(self.measure)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        column.addWidget(self._field)
        column.addLayout(row)
        column.addWidget(self.step)
        if forms is not None:
            forms.stepped.connect(self._on_stepped)
            forms.ended.connect(self._on_ended)
        self.show_points(None)
        self._show_measuring()

    @property
    def measuring(self) -> bool:
        """Whether forms are being measured."""
        return self._forms is not None and self._forms.measuring

    def leave(self) -> None:
        """Wait for no table: the dialog closes; what is measured goes on in the strip."""
        if self._forms is not None:
            self._forms.stepped.disconnect(self._on_stepped)
            self._forms.ended.disconnect(self._on_ended)
            self._forms = None

    def show_points(self, table: PointTable | None) -> None:
        """Show what was measured of the forms; None if nothing was."""
        self.table.show_points(table)
        if table is None:
            self._field.show_hint(
                self.tr("Measure to see what each form weighs, how fast it reads and how good.")
            )
            return
        text = self.tr("Measured on {0} dev records, read one by one on this machine's processor.")
        self._field.show_hint(text.format(table.documents))
        if table.pruned_share:
            self.prunes.setChecked(True)
            self.share.setValue(round(100 * table.pruned_share))

    def _on_measure(self) -> None:
        if self._forms is None:
            return
        if self._forms.measuring:
            self._forms.cancel()
            return
        self.begun.emit()
        self._forms.measure(self.share.value() / 100 if self.prunes.isChecked() else 0.0)

    @Slot(str)
    def _on_stepped(self, step: str) -> None:
        self.step.setText(f"{step}…" if step else self.tr("Getting ready to measure…"))
        self._show_measuring()

    @Slot(object, str, str)
    def _on_ended(self, table: PointTable | None, message: str, remedy: str) -> None:
        if table is not None:
            self.show_points(table)
            announce(self._field.below, self._field.below.text())
        elif message:
            self.failed.emit(message, remedy)
        self._show_measuring()

    def _show_measuring(self) -> None:
        measuring = self.measuring
        self.measure.setText(self.tr("Stop") if measuring else self.tr("&Measure"))
        self.measure.setEnabled(self._forms is not None)
        self.prunes.setEnabled(not measuring)
        self.share.setEnabled(not measuring and self.prunes.isChecked())
        self.step.setVisible(measuring)
        self.measuring_changed.emit()
