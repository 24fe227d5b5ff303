"""The table of trials: plain cells, painted without the style sheet, which takes long for many."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.design.tokens import SPACE_S, Ground
from app.training.figures import tabular
from app.training.trials_model import TrialsModel
from core.schema.search import Trial

_ROW_HEIGHT = 24


class TrialCells(QStyledItemDelegate):
    """Paints the text of a cell."""

    def __init__(self, model: TrialsModel, font: QFont, parent: QWidget) -> None:
        """Paint the cells of a model in a font."""
        super().__init__(parent)
        self._model = model
        self._font, self._bold = tabular(font), tabular(font, bold=True)
        self._widest = QFontMetrics(self._bold)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the text, on the ground of what is chosen where it is."""
        model, row, column = self._model, index.row(), index.column()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(model.ground.selected))
        painter.setFont(self._bold if model.is_best(row) else self._font)
        painter.setPen(QColor(model.ink(row)))
        place: QRect = option.rect.adjusted(SPACE_S, 0, -SPACE_S, 0)
        painter.drawText(place, int(model.alignment(column)), model.text(row, column))

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the room for the text in semibold: a column keeps its width when one wins."""
        del option
        width = self._widest.horizontalAdvance(self._model.text(index.row(), index.column()))
        return QSize(width + 2 * SPACE_S, _ROW_HEIGHT)


class TrialsTable(QTableView):
    """Shows a TrialsModel; a row can be chosen."""

    trial_chosen = Signal(object)
    """Another row is chosen (Trial), or none (None)."""

    def __init__(self, ground: Ground, parent: QWidget | None = None) -> None:
        """Build it without trials."""
        super().__init__(parent)
        self.trials = TrialsModel(ground, self)
        self._cells = TrialCells(self.trials, self.font(), self)
        self.setModel(self.trials)
        self.setItemDelegate(self._cells)
        self.setAccessibleName(self.tr("Trials"))
        self.setProperty("role", "flat")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCornerWidget(QWidget())
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        # What is in sight is enough: of hundreds of trials each would be measured at every change.
        header.setResizeContentsPrecision(0)
        self.selectionModel().currentRowChanged.connect(self._on_row_chosen)

    def tint(self, ground: Ground) -> None:
        """Take the colours of a ground."""
        self.trials.ground = ground
        self.viewport().update()

    def _on_row_chosen(self, current: QModelIndex, before: QModelIndex) -> None:
        del before
        chosen: Trial | None = self.trials.trial(current.row())
        self.trial_chosen.emit(chosen)
