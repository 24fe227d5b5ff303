"""The page of models and runs: bring any earlier model back, see how each training ended."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.design.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL, Ground
from app.texts import translated, worded
from app.training.figures import percent, tabular
from app.training.library import Library
from app.training.state import State
from app.training.words import RUN_ENDS, RUN_STATUS_TEXTS, Words
from core.schema.learning import ModelVersion, Run, RunStatus

_ROW_HEIGHT = 32
_USE = 2
"""Column of the models with the button that brings one back."""
_USE_WIDTH = 108
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ModelsPage(QWidget):
    """Two lists, the newest first."""

    promotion_asked = Signal(int)
    """A model version is to become the current one (its key)."""
    run_chosen = Signal(int)
    """The course of a run is to be shown (its key)."""

    def __init__(self, ground: Ground, parent: QWidget | None = None) -> None:
        """Build empty lists."""
        super().__init__(parent)
        self._ground = ground
        self._library = Library()
        self._may_promote = True
        self._words = Words(self)
        self.use_buttons: dict[int, QPushButton] = {}
        self.models = _list(
            self.tr("Models"),
            (
                self.tr("Version"),
                self.tr("F1"),
                "",
                self.tr("Precision"),
                self.tr("Recall"),
                self.tr("Training"),
                self.tr("Made"),
            ),
        )
        header = self.models.horizontalHeader()
        header.setSectionResizeMode(_USE, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(_USE, _USE_WIDTH)
        self.runs = _list(
            self.tr("Trainings"),
            (
                self.tr("Training"),
                self.tr("Began"),
                self.tr("Took"),
                self.tr("Ended"),
                self.tr("Why"),
            ),
        )
        self.runs.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.runs.setToolTip(self.tr("Choose a training to see its curves and report"))
        self.runs.itemSelectionChanged.connect(self._on_chosen)
        self._empty = QLabel(self.tr("Each finished training adds a model here."))
        self._empty.setProperty("role", "quiet")
        self._lay_out()
        self.show_library(self._library)

    def show_library(self, library: Library) -> None:
        """Show models and runs."""
        self._library = library
        self._show_models()
        self._show_runs()

    def show_state(self, state: State) -> None:
        """Let models be brought back only while the worker has nothing better to do."""
        may = not state.trains and not state.cancelling
        if may is not self._may_promote:
            self._may_promote = may
            for button in self.use_buttons.values():
                button.setEnabled(may)

    def tint(self, ground: Ground) -> None:
        """Take the colours of a ground."""
        self._ground = ground
        self.show_library(self._library)

    def _show_models(self) -> None:
        models = list(reversed(self._library.models))
        self.use_buttons = {}
        self.models.setRowCount(len(models))
        self.models.setVisible(bool(models))
        self._empty.setVisible(not models)
        for row, model in enumerate(models):
            self._show_model(row, model)

    def _show_model(self, row: int, model: ModelVersion) -> None:
        micro = model.report.micro
        name = _item(model.name)
        name.setFont(tabular(self.font(), bold=model.current))
        cells = {
            0: name,
            1: _item(percent(micro.f1), _RIGHT),
            _USE: _item(self.tr("current") if model.current else ""),
            3: _item(percent(micro.precision), _RIGHT),
            4: _item(percent(micro.recall), _RIGHT),
            5: _item(str(model.run_id), _RIGHT),
            6: _item(_when(model.created)),
        }
        cells[_USE].setForeground(QColor(self._ground.good))
        for column, cell in cells.items():
            self.models.setItem(row, column, cell)
        self.models.removeCellWidget(row, _USE)
        if not model.current:
            self.models.setCellWidget(row, _USE, self._use_button(model))

    def _use_button(self, model: ModelVersion) -> QPushButton:
        button = QPushButton(self.tr("Use this"))
        button.setAccessibleName(self.tr("Use {0}").format(model.name))
        button.setToolTip(
            self.tr("Make {0} the current model and score the unread records").format(model.name)
        )
        button.setEnabled(self._may_promote)
        button.clicked.connect(lambda _=False, key=model.id: self.promotion_asked.emit(key))
        self.use_buttons[model.id] = button
        return button

    def _show_runs(self) -> None:
        trained = list(reversed(self._library.runs))
        self.runs.blockSignals(True)
        self.runs.setRowCount(len(trained))
        for row, run in enumerate(trained):
            self._show_run(row, run)
        self.runs.blockSignals(False)

    def _show_run(self, row: int, run: Run) -> None:
        took = (run.finished - run.started).total_seconds() if run.finished is not None else None
        status = _item(translated("Training", RUN_STATUS_TEXTS[run.status]))
        ink = {
            RunStatus.FAILED: self._ground.danger,
            RunStatus.INTERRUPTED: self._ground.warning,
            RunStatus.RUNNING: self._ground.accent,
        }.get(run.status, self._ground.text)
        status.setForeground(QColor(ink))
        known = RUN_ENDS.get(run.message)
        why = translated("Training", known) if known else worded(run.message)
        reason = _item(why)
        reason.setToolTip(why)
        key = _item(str(run.id))
        key.setData(Qt.ItemDataRole.UserRole, run.id)
        cells = (
            key,
            _item(_when(run.started)),
            _item(self._words.duration(took) if took is not None else "", _RIGHT),
            status,
            reason,
        )
        for column, cell in enumerate(cells):
            self.runs.setItem(row, column, cell)

    def _on_chosen(self) -> None:
        chosen = self.runs.item(self.runs.currentRow(), 0)
        if chosen is not None:
            self.run_chosen.emit(int(chosen.data(Qt.ItemDataRole.UserRole)))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_L, SPACE_M, SPACE_L, SPACE_S)
        row.setSpacing(SPACE_XL)
        for title, parts, share in (
            (self.tr("Models"), (self.models, self._empty), 4),
            (self.tr("Trainings"), (self.runs,), 5),
        ):
            column = QVBoxLayout()
            column.setSpacing(SPACE_S)
            heading = QLabel(title)
            heading.setProperty("role", "section")
            column.addWidget(heading)
            for part in parts:
                column.addWidget(part, 1)
            row.addLayout(column, share)


def _list(name: str, titles: tuple[str, ...]) -> QTableWidget:
    table = QTableWidget(0, len(titles))
    table.setAccessibleName(name)
    table.setProperty("role", "flat")
    table.setHorizontalHeaderLabels(titles)
    table.setShowGrid(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setStretchLastSection(True)
    return table


def _item(text: str, alignment: Qt.AlignmentFlag | None = None) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setFont(tabular(item.font()))
    if alignment is not None:
        item.setTextAlignment(alignment)
    return item


def _when(moment: datetime) -> str:
    local = QDateTime.fromSecsSinceEpoch(round(moment.timestamp()))
    same_year = local.date().year() == QDateTime.currentDateTime().date().year()
    return QLocale().toString(local, "d MMM HH:mm" if same_year else "d MMM yyyy HH:mm")
