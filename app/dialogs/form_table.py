"""The forms that a model can be exported in, with size, speed and F1, one of which is picked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from app.quantities import decimal, size, whole
from app.texts import worded
from core.export.points import Form, Point, PointTable

_UNKNOWN = "–"
_FRAME = 2
_ROW_HEIGHT = 28


class FormTable(QTableWidget):
    """A row for each form, above them one for all; arrows choose, as a click does."""

    picked = Signal()
    """Another form is chosen."""

    def __init__(self) -> None:
        """Show the forms, none of them measured."""
        super().__init__(0, 4)
        self._forms: list[Form | None] = []
        self.setAccessibleName(self.tr("Form of the model"))
        headings = (self.tr("Form"), self.tr("Size"), self.tr("Words/s"), self.tr("F1"))
        for column, text in enumerate(headings):
            heading = QTableWidgetItem(text)
            heading.setTextAlignment(_side(column))
            self.setHorizontalHeaderItem(column, heading)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.itemSelectionChanged.connect(self.picked)
        self.show_points(None)
        self.selectRow(0)

    @property
    def form(self) -> Form | None:
        """The form that is chosen; None for full precision and int8 together."""
        row = self.currentRow()
        return self._forms[row] if 0 <= row < len(self._forms) else None

    def show_points(self, table: PointTable | None) -> None:
        """Show what was measured; the choice stays where it still can be chosen."""
        before = self.form
        pruned = table.pruned_share if table is not None else 0.0
        forms = [None, *(form for form in Form if pruned or not form.prunes)]
        self._forms = forms
        self.blockSignals(True)
        self.setRowCount(len(forms))
        for row, form in enumerate(forms):
            for column, text in enumerate(self._texts(form, table)):
                item = QTableWidgetItem(text)
                item.setTextAlignment(_side(column))
                self.setItem(row, column, item)
        self.blockSignals(False)
        self.setFixedHeight(
            self.horizontalHeader().sizeHint().height() + _ROW_HEIGHT * len(forms) + 2 * _FRAME
        )
        self.selectRow(forms.index(before) if before in forms else 0)

    def _texts(self, form: Form | None, table: PointTable | None) -> tuple[str, ...]:
        if form is None:
            name = self.tr("Full precision and int8, dynamic")
            points = [table.point(one) if table else None for one in (Form.FULL, Form.INT8)]
            known = [point for point in points if point is not None]
            total = size(sum(point.size for point in known)) if known else _UNKNOWN
            return name, total, _UNKNOWN, _UNKNOWN
        point = table.point(form) if table is not None else None
        name = worded(form.shown)
        return name[:1].upper() + name[1:], *_figures(point)


def _side(column: int) -> Qt.AlignmentFlag:
    """Return where a column's texts stand: names on the left, figures on the right."""
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _figures(point: Point | None) -> tuple[str, str, str]:
    if point is None:
        return _UNKNOWN, _UNKNOWN, _UNKNOWN
    return size(point.size), whole(point.words_per_second), decimal(point.f1, 4)
