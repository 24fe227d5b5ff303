"""Precision, recall and F1 by evaluation: all labels together boldly, each label thinly."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import Any

from PySide6.QtGui import QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.design.tokens import SPACE_S, SPACE_XS, Ground, legible
from app.quantities import whole
from app.training.chart import Chart, line_pen, rounded_up, ticks_between
from app.training.curves import RunCurves
from app.training.end_labels import EndLabel, EndLabels
from app.training.figures import tabular
from core.schema.labels import LabelScheme
from core.schema.learning import ModelVersion, Report, Score
from core.worker.messages import TrainEvaluated

_DASHES: tuple[tuple[float, ...], ...] = (
    (),
    (6, 3),
    (2, 2.5),
    (8, 3, 2, 3),
    (3, 3, 1, 3),
    (10, 4),
    (1, 2),
    (8, 2, 2, 2, 2, 2),
)
"""Lengths of strokes and gaps in pen widths: a line is told by its pattern, not by colour alone."""

MICRO = ""
"""Name of the series of all labels together; no label can have it."""


class Measure(StrEnum):
    """What the lines show."""

    F1 = "f1"
    PRECISION = "precision"
    RECALL = "recall"

    def of(self, score: Score) -> float:
        """Return the figure, 0 to 1."""
        return {
            Measure.F1: score.f1,
            Measure.PRECISION: score.precision,
            Measure.RECALL: score.recall,
        }[self]


class ScoreChart(QWidget):
    """Shows how good the model is on the dev records, evaluation by evaluation."""

    def __init__(self, ground: Ground, parent: QWidget | None = None) -> None:
        """Build an empty plot."""
        super().__init__(parent)
        self._ground = ground
        self._scheme = LabelScheme(())
        self._evaluations: list[TrainEvaluated] = []
        self._curves = RunCurves()
        self._current: ModelVersion | None = None
        self._shown = (0, 0, False)
        self.measure = Measure.F1
        self.chart = Chart(self.tr("Precision, recall and F1 by step"), ground)
        self.ends = EndLabels(self.chart.height_of, ground)
        self.read_out = QLabel()
        self.read_out.setProperty("role", "small")
        self.read_out.setFont(tabular(self.read_out.font()))
        # PlotDataItem of pyqtgraph, which has no types, by name of the series.
        self.lines: dict[str, Any] = {}
        self._former: Any = self.chart.plot.plot()
        self._former.setZValue(-2)
        self._buttons: dict[Measure, QToolButton] = {}
        self._measures = QButtonGroup(self)
        self._lay_out()
        self.chart.hovered.connect(self._on_hovered)
        self.chart.box.sigRangeChanged.connect(self.ends.update)
        self.chart.box.sigResized.connect(self.ends.update)
        self._show()

    def show_curves(self, curves: RunCurves) -> None:
        """Show the course of a run."""
        self._curves = curves
        self._evaluations = curves.evaluations
        now = (curves.run_id, len(curves.evaluations), curves.finished is not None)
        if now != self._shown or not curves.evaluations:
            self._shown = now
            self._show()
        else:
            self._show_range()

    def set_scheme(self, scheme: LabelScheme) -> None:
        """Take colours and order of the labels."""
        self._scheme = scheme
        self._show()

    def set_current(self, model: ModelVersion | None) -> None:
        """Draw a line at what the current model reaches."""
        self._current = model
        self._show()

    def set_measure(self, measure: Measure) -> None:
        """Show precision, recall or F1."""
        self.measure = measure
        self._buttons[measure].setChecked(True)
        self._show()

    def tint(self, ground: Ground) -> None:
        """Take the colours of a ground."""
        self._ground = ground
        self.chart.tint(ground)
        self.ends.ground = ground
        self._show()

    def _names(self) -> list[str]:
        """Names of the series: all together, then the labels in the order of the palette."""
        held = {name for item in self._evaluations for name in item.report.labels}
        ordered = [name for name in self._scheme.names() if name in held]
        return [MICRO, *ordered, *sorted(held - set(ordered))]

    def _pen(self, name: str) -> QPen:
        if name == MICRO:
            return line_pen(self._ground.text, 2.5)
        colour = next((lb.colour for lb in self._scheme.labels if lb.name == name), "")
        ink = legible(colour or self._ground.quiet, self._ground.canvas, 3.0)
        names = self._names()
        return line_pen(ink, 1.4, _DASHES[(names.index(name) - 1) % len(_DASHES)])

    def _show(self) -> None:
        empty = not self._evaluations
        self.chart.set_empty(
            self.tr("Precision, recall and F1 appear here after the first evaluation.")
            if empty
            else ""
        )
        self.ends.setVisible(not empty)
        names = self._names()
        for name in list(self.lines):
            if name not in names or empty:
                self.chart.plot.removeItem(self.lines.pop(name))
        self.read_out.clear()
        if empty:
            self._former.setData([], [])
            return
        for name in names:
            self._show_line(name)
        self._former.setPen(line_pen(self._ground.outline, 1, (1, 3)))
        self._show_range()
        self._on_hovered(None)

    def _show_line(self, name: str) -> None:
        line = self.lines.get(name)
        if line is None:
            line = self.lines[name] = self.chart.plot.plot()
            line.setZValue(2 if name == MICRO else 1)
        points = [
            (item.step, self.measure.of(score))
            for item in self._evaluations
            if (score := _score(item.report, name)) is not None
        ]
        pen = self._pen(name)
        line.setData(
            [step for step, _ in points],
            [value for _, value in points],
            pen=pen,
            symbol="o",
            symbolSize=6 if name == MICRO else 4,
            symbolBrush=pen.color(),
            symbolPen=None,
        )

    def _show_range(self) -> None:
        steps = rounded_up(self._curves.last_step)
        former = self._former_value()
        ends = [0, steps] if former is not None else []
        self._former.setData(ends, [former] * len(ends))
        values = [
            self.measure.of(score)
            for item in self._evaluations
            for score in (item.report.micro, *item.report.labels.values())
        ]
        low = min([*values, former] if former is not None else values)
        # Never less than half of the scale: a small step must not look like a great one.
        low = min(max(0.0, math.floor((low - 0.05) * 10) / 10), 0.5)
        self.chart.set_range(steps=steps, low=low, high=1.0)
        self.chart.label_values(ticks_between(low, 1.0, 5), lambda value: f"{value:.1f}")
        self.chart.label_steps(ticks_between(0, steps, 6), whole)

    def _former_value(self) -> float | None:
        finished = self._curves.finished
        if finished is not None:
            report = finished.current_report
        else:
            report = self._current.report if self._current is not None else None
        return None if report is None else self.measure.of(report.micro)

    def _on_hovered(self, step: float | None) -> None:
        if not self._evaluations:
            return
        at = self._evaluations[-1]
        if step is not None:
            at = min(self._evaluations, key=lambda item: abs(item.step - step))
        self.chart.point_at(at.step if step is not None else None)
        best = self._curves.best
        words = self.tr("step {0}") if step is not None else self.tr("now, step {0}")
        text = words.format(whole(at.step))
        if best is not None and at.step == best.step:
            text = self.tr("{0} · the best so far").format(text)
        self.read_out.setText(text)
        labels = [
            EndLabel(
                self.tr("all labels") if name == MICRO else name,
                self.measure.of(score),
                self._pen(name),
                bold=name == MICRO,
            )
            for name in self._names()
            if (score := _score(at.report, name)) is not None
        ]
        former = self._former_value()
        if former is not None:
            pen = line_pen(self._ground.outline, 1, (1, 3))
            labels.insert(1, EndLabel(self.tr("model before"), former, pen))
        self.ends.set_labels(labels)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE_XS)
        texts = {
            Measure.F1: self.tr("F1"),
            Measure.PRECISION: self.tr("Precision"),
            Measure.RECALL: self.tr("Recall"),
        }
        for measure, text in texts.items():
            button = QToolButton()
            button.setText(text)
            button.setCheckable(True)
            button.setChecked(measure is self.measure)
            button.setToolTip(self.tr("Show {0} on the dev records").format(text))
            button.clicked.connect(lambda _=False, chosen=measure: self.set_measure(chosen))
            self._measures.addButton(button)
            self._buttons[measure] = button
            head.addWidget(button)
        unit = QLabel(self.tr("on dev, by step"))
        unit.setProperty("role", "small")
        head.addSpacing(SPACE_S)
        head.addWidget(unit)
        head.addStretch(1)
        head.addWidget(self.read_out)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.chart, 1)
        row.addWidget(self.ends)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(SPACE_S)
        column.addLayout(row, 1)


def _score(report: Report, name: str) -> Score | None:
    return report.micro if name == MICRO else report.labels.get(name)
