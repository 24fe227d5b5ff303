"""The trials of a search as the rows of a table, the latest first."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.design.tokens import Ground
from app.quantities import decimal, duration
from app.texts import translated, worded
from app.training.search_words import (
    ROLE_TEXTS,
    STATUS_TEXTS,
    best_trial,
    dimension_title,
    value_text,
)
from core.schema.search import Trial, TrialStatus
from core.search.space import SPACE

_Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class TrialsModel(QAbstractTableModel):
    """Columns: number, F1, what it was for, its hyperparameters, time, how it ended."""

    NUMBER, F1, ROLE, VALUES = range(4)
    TOOK = VALUES + len(SPACE)
    STATUS = TOOK + 1

    def __init__(self, ground: Ground, parent: QObject | None = None) -> None:
        """Begin without trials."""
        super().__init__(parent)
        self.ground = ground
        self._trials: tuple[Trial, ...] = ()
        self._best: Trial | None = None
        # Written once: the cells of hundreds of trials are asked for again and again.
        self._rows: list[tuple[str, ...]] = []

    def set_trials(self, trials: tuple[Trial, ...]) -> None:
        """Show these trials; where one came, only its row is new."""
        if trials[:-1] == self._trials and trials:
            self.beginInsertRows(QModelIndex(), 0, 0)
            self._trials, self._best = trials, best_trial(trials)
            self._rows.append(self._texts(trials[-1]))
            self.endInsertRows()
            # Another one may be the best now, which is set in bold.
            last = self.index(len(trials) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        elif trials != self._trials:
            self.beginResetModel()
            self._trials, self._best = trials, best_trial(trials)
            self._rows = [self._texts(trial) for trial in trials]
            self.endResetModel()

    def trial(self, row: int) -> Trial | None:
        """Return the trial of a row."""
        return self._trials[-1 - row] if 0 <= row < len(self._trials) else None

    def text(self, row: int, column: int) -> str:
        """Return what a cell says."""
        return self._rows[-1 - row][column]

    def is_best(self, row: int) -> bool:
        """Tell whether a row's trial is the best one."""
        return self.trial(row) is self._best

    def ink(self, row: int) -> str:
        """Return the colour of a row's text."""
        trial = self.trial(row)
        return {
            TrialStatus.PRUNED: self.ground.quiet,
            TrialStatus.FAILED: self.ground.danger,
        }.get(trial.status if trial is not None else TrialStatus.FINISHED, self.ground.text)

    @classmethod
    def alignment(cls, column: int) -> Qt.AlignmentFlag:
        """Return where a column's texts stand."""
        return _LEFT if column in {cls.ROLE, cls.STATUS} else _RIGHT

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many trials there are."""
        return 0 if parent.isValid() else len(self._trials)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else self.STATUS + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if self.VALUES <= section < self.TOOK:
            return dimension_title(SPACE[section - self.VALUES].name)
        return {
            self.NUMBER: self.tr("Trial"),
            self.F1: self.tr("F1"),
            self.ROLE: self.tr("Trained"),
            self.TOOK: self.tr("Took"),
            self.STATUS: self.tr("Ended"),
        }[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, and how."""
        trial = self.trial(index.row())
        if trial is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.text(index.row(), index.column())
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(index.column())
            case Qt.ItemDataRole.ToolTipRole if trial.message:
                return worded(trial.message)
            case _:
                return None

    def _texts(self, trial: Trial) -> tuple[str, ...]:
        return tuple(self._text(trial, column) for column in range(self.columnCount()))

    def _text(self, trial: Trial, column: int) -> str:
        if self.VALUES <= column < self.TOOK:
            name = SPACE[column - self.VALUES].name
            return value_text(name, trial.values[name]) if name in trial.values else ""
        return {
            self.NUMBER: str(trial.number + 1),
            self.F1: "" if trial.f1 is None else decimal(trial.f1, 3),
            self.ROLE: translated("Search", ROLE_TEXTS[trial.role]),
            self.TOOK: duration(max(trial.seconds, 1)),
            self.STATUS: translated("Search", STATUS_TEXTS[trial.status]),
        }[column]
