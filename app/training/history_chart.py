"""The F1 of each trial of a search in their order, and the best so far."""

from __future__ import annotations

import math
from itertools import accumulate
from typing import Any

import pyqtgraph  # type: ignore[import-untyped]  # it has no stubs
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.design.tokens import SPACE_S, Ground
from app.quantities import decimal, whole
from app.texts import translated
from app.training.chart import Chart, line_pen, ticks_between
from app.training.figures import tabular
from app.training.search_words import ROLE_TEXTS, STATUS_TEXTS
from core.schema.search import Trial, TrialRole, TrialStatus

_SYMBOLS = {TrialRole.BASELINE: "s", TrialRole.EXPLORE: "o", TrialRole.CONFIRM: "d"}
_SIGNS = {TrialRole.BASELINE: "■", TrialRole.EXPLORE: "●", TrialRole.CONFIRM: "◆"}
_SIZE = 8
_FOOT = 0.04
"""How far above the foot, in the height of the plot, a mark stands that belongs below it."""


class HistoryChart(QWidget):
    """One mark a trial: its shape tells what it was for, a hollow one was given up early."""

    def __init__(self, ground: Ground, parent: QWidget | None = None) -> None:
        """Build an empty plot."""
        super().__init__(parent)
        self._ground = ground
        self._trials: tuple[Trial, ...] = ()
        self.chart = Chart(self.tr("F1 on dev by trial"), ground)
        # Items of pyqtgraph, which has no types.
        self.best: Any = self.chart.plot.plot()
        self.current: Any = self.chart.plot.plot()
        self.marks: Any = pyqtgraph.ScatterPlotItem()
        self.chart.plot.addItem(self.marks)
        self.best.setZValue(1)
        self.current.setZValue(0)
        self.marks.setZValue(2)
        self.legend = QLabel()
        self.legend.setProperty("role", "small")
        self.read_out = QLabel()
        self.read_out.setProperty("role", "small")
        self.read_out.setFont(tabular(self.read_out.font()))
        self.read_out.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.chart.hovered.connect(self._on_hovered)
        head = QHBoxLayout()
        head.addWidget(self.legend)
        head.addStretch(1)
        head.addWidget(self.read_out)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(SPACE_S)
        column.addWidget(self.chart, 1)
        self._show()

    def show_trials(self, trials: tuple[Trial, ...]) -> None:
        """Show these trials."""
        if trials != self._trials:
            self._trials = trials
            self._show()

    def tint(self, ground: Ground) -> None:
        """Take the colours of a ground."""
        self._ground = ground
        self.chart.tint(ground)
        self._show()

    @property
    def _scored(self) -> list[Trial]:
        return [trial for trial in self._trials if trial.f1 is not None]

    def _show(self) -> None:
        scored, ground = self._scored, self._ground
        empty = not scored
        self.chart.set_empty(self.tr("Each trial adds a mark here.") if empty else "")
        self.legend.setText("" if empty else "   ".join(self._legend()))
        self.read_out.clear()
        values = [trial.f1 or 0.0 for trial in scored]
        if empty:
            for item in (self.best, self.current, self.marks):
                item.setData([], [])
            return
        finished = [
            trial.f1 or 0.0 for trial in scored if trial.status is TrialStatus.FINISHED
        ] or values
        # What was given up early lies far below; it is drawn at the foot.
        low = max(math.floor((min(finished) - 0.02) * 20) / 20, 0.0)
        high = min(math.ceil((max(values) + 0.01) * 20) / 20, 1.0)
        places = list(range(1, len(scored) + 1))
        shown = [max(value, low + _FOOT * (high - low)) for value in values]
        self.marks.setData(
            places,
            shown,
            symbol=[_SYMBOLS[trial.role] for trial in scored],
            size=_SIZE,
            brush=[QColor(self._fill(trial)) for trial in scored],
            pen=[line_pen(self._ink(trial), 1.4) for trial in scored],
        )
        self.best.setData(
            places, list(accumulate(shown, max)), pen=line_pen(ground.accent, 1.5), stepMode="right"
        )
        baseline = [trial.f1 or 0.0 for trial in scored if trial.role is TrialRole.BASELINE]
        mean = sum(baseline) / len(baseline) if baseline else low
        ends = [0, max(len(scored) + 1, 2)] if baseline else []
        self.current.setData(ends, [mean] * len(ends), pen=line_pen(ground.outline, 1.2, (4, 3)))
        self.chart.set_range(steps=max(len(scored) + 1, 2), low=low, high=high)
        self.chart.label_values(ticks_between(low, high, 5), lambda value: decimal(value, 2))
        self.chart.label_steps(
            [at for at in ticks_between(0, len(scored), 8) if at == int(at)], whole
        )

    def _legend(self) -> list[str]:
        roles = [f"{_SIGNS[role]} {translated('Search', ROLE_TEXTS[role])}" for role in _SIGNS]
        return [*roles, f"○ {translated('Search', STATUS_TEXTS[TrialStatus.PRUNED])}"]

    def _ink(self, trial: Trial) -> str:
        return self._ground.text if trial.role is TrialRole.BASELINE else self._ground.accent

    def _fill(self, trial: Trial) -> str:
        finished = trial.status is TrialStatus.FINISHED
        return self._ink(trial) if finished else self._ground.canvas

    def _on_hovered(self, place: float | None) -> None:
        scored = self._scored
        if place is None or not scored:
            self.chart.point_at(None)
            self.read_out.clear()
            return
        at = min(max(round(place), 1), len(scored))
        trial = scored[at - 1]
        self.chart.point_at(at)
        parts = (
            self.tr("trial {0}").format(trial.number + 1),
            self.tr("F1 {0}").format(decimal(trial.f1 or 0.0, 3)),
            translated("Search", STATUS_TEXTS[trial.status]),
        )
        self.read_out.setText(" · ".join(parts))
