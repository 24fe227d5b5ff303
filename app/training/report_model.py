"""A report as the rows of a table: the labels, then micro, macro and weighted averages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QPixmap

from app.design.tokens import Ground, legible
from app.quantities import whole
from app.training.figures import change, percent, tabular
from core.schema.labels import LabelScheme
from core.schema.learning import Report, Score

_SWATCH = 10

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One row: a label or an average.

    Attributes:
        name: As shown.
        score: Its figures.
        former: Those of the model it is compared with, or None.
        colour: Of the label, empty for an average.
        average: Whether it sums up.
    """

    name: str
    score: Score
    former: Score | None
    colour: str = ""
    average: bool = False


class ReportModel(QAbstractTableModel):
    """Gives the rows to a table."""

    LABEL, PRECISION, RECALL, F1, CHANGE, SUPPORT = range(6)

    def __init__(self, ground: Ground) -> None:
        """Begin empty."""
        super().__init__()
        self.ground = ground
        self.rows: tuple[ReportRow, ...] = ()
        self._titles = (
            self.tr("Label"),
            self.tr("Precision"),
            self.tr("Recall"),
            self.tr("F1"),
            self.tr("Change"),
            self.tr("Spans"),
        )

    def set_report(self, report: Report | None, former: Report | None, scheme: LabelScheme) -> None:
        """Show a report.

        Args:
            report: What to show; None for nothing.
            former: Of the model to compare with, on the same documents where possible.
            scheme: Gives the order and colours of the labels.
        """
        self.beginResetModel()
        self.rows = () if report is None else self._rows(report, former, scheme)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many labels and averages there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return six."""
        return 0 if parent.isValid() else len(self._titles)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        if role == Qt.ItemDataRole.ToolTipRole and section == self.SUPPORT:
            return self.tr("Labelled spans in the dev records")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._ink(row, column)
        if role == Qt.ItemDataRole.FontRole:
            return tabular(QFont(), bold=row.average and row.name == self.rows[-3].name)
        if role == Qt.ItemDataRole.DecorationRole and column == self.LABEL and row.colour:
            swatch = QPixmap(_SWATCH, _SWATCH)
            swatch.fill(QColor(legible(row.colour, self.ground.canvas, 3.0)))
            return swatch
        return None

    def _rows(
        self, report: Report, former: Report | None, scheme: LabelScheme
    ) -> tuple[ReportRow, ...]:
        colours = {label.name: label.colour for label in scheme.labels}
        ordered = [name for name in scheme.names() if name in report.labels]
        ordered += sorted(set(report.labels) - set(ordered))
        before = former.labels if former is not None else {}
        labels = tuple(
            ReportRow(
                name, report.labels[name], before.get(name), colours.get(name, self.ground.quiet)
            )
            for name in ordered
        )
        averages = (
            (self.tr("All labels (micro)"), report.micro, former.micro if former else None),
            (self.tr("Mean of labels (macro)"), report.macro, former.macro if former else None),
            (
                self.tr("Mean by spans (weighted)"),
                report.weighted,
                former.weighted if former else None,
            ),
        )
        return labels + tuple(
            ReportRow(name, score, old, average=True) for name, score, old in averages
        )

    def _text(self, row: ReportRow, column: int) -> str:
        score = row.score
        match column:
            case self.LABEL:
                return row.name
            case self.PRECISION:
                return percent(score.precision)
            case self.RECALL:
                return percent(score.recall)
            case self.F1:
                return percent(score.f1)
            case self.CHANGE:
                return "" if row.former is None else change(score.f1 - row.former.f1)
            case _:
                return whole(score.support)

    def _ink(self, row: ReportRow, column: int) -> QColor:
        if column == self.CHANGE and row.former is not None:
            moved = round(row.score.f1 - row.former.f1, 2)
            ground = self.ground
            return QColor(
                ground.good if moved > 0 else ground.danger if moved < 0 else ground.quiet
            )
        if row.average or column not in {self.PRECISION, self.RECALL, self.SUPPORT}:
            return QColor(self.ground.text)
        return QColor(self.ground.text if column != self.SUPPORT else self.ground.quiet)


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
