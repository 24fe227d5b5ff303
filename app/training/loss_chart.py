"""The loss by step, and under it the learning rate, quietly."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.design.tokens import CONTROL_HEIGHT, SPACE_S, Ground, mix
from app.quantities import whole
from app.training.chart import AXIS_WIDTH, Chart, line_pen, rounded_up, thinned, ticks_between
from app.training.curves import RunCurves
from app.training.figures import tabular
from core.worker.messages import TrainProgress

_RATE_HEIGHT = 64
_MOST_POINTS = 400
_SMOOTHED_FROM = 40
_SMOOTHING = 0.4
"""Weight of each new figure in the exponential mean that the bold line shows."""


class LossChart(QWidget):
    """Shows how the loss falls: each report thinly, their running mean boldly."""

    def __init__(self, ground: Ground, parent: QWidget | None = None) -> None:
        """Build empty plots."""
        super().__init__(parent)
        self._progress: list[TrainProgress] = []
        self.title = QLabel(self.tr("Loss"))
        self.title.setProperty("role", "section")
        self.unit = QLabel(self.tr("nats per word, by step"))
        self.unit.setProperty("role", "small")
        self.read_out = QLabel()
        self.read_out.setProperty("role", "small")
        self.read_out.setFont(tabular(self.read_out.font()))
        self.rate_title = QLabel(self.tr("Learning rate"))
        self.rate_title.setProperty("role", "small")
        self.loss = Chart(self.tr("Loss by step"), ground)
        self.rate = Chart(self.tr("Learning rate by step"), ground)
        self.rate.setFixedHeight(_RATE_HEIGHT)
        # PlotDataItem of pyqtgraph, which has no types.
        self.raw: Any = self.loss.plot.plot()
        self.smooth: Any = self.loss.plot.plot()
        self.rates: Any = self.rate.plot.plot()
        for chart in (self.loss, self.rate):
            chart.hovered.connect(self._on_hovered)
        self.loss.hide_steps()
        self._lay_out()
        self.tint(ground)
        self.show_curves(RunCurves())

    def show_curves(self, curves: RunCurves) -> None:
        """Show the course of a run."""
        self._progress = curves.progress
        steps = [item.step for item in curves.progress]
        losses = [item.loss for item in curves.progress]
        rates = [item.learning_rate for item in curves.progress]
        # The mean lags behind: it is worth that only where there is much to smooth.
        bold = smoothed(losses) if len(losses) >= _SMOOTHED_FROM else losses
        shown = thinned(steps, _MOST_POINTS)
        self.raw.setData(shown, thinned(losses, _MOST_POINTS))
        self.smooth.setData(shown, thinned(bold, _MOST_POINTS))
        self.rates.setData(shown, thinned(rates, _MOST_POINTS))
        empty = not steps
        self.loss.set_empty(
            self.tr("The loss appears here as soon as a training runs.") if empty else ""
        )
        self.rate.setVisible(not empty)
        self.rate_title.setVisible(not empty)
        if empty:
            self.read_out.clear()
            return
        last = rounded_up(curves.last_step)
        high = rounded_up(max(losses))
        self.loss.set_range(steps=last, low=0, high=high)
        self.loss.label_values(ticks_between(0, high), _plain)
        peak = rounded_up(max(rates) * 1.1)
        self.rate.set_range(steps=last, low=0, high=peak)
        self.rate.label_values([max(rates)], short_rate)
        self.rate.label_steps(ticks_between(0, last, 6), _whole)
        self._on_hovered(None)

    def tint(self, ground: Ground) -> None:
        """Take the colours of a ground."""
        self.loss.tint(ground)
        self.rate.tint(ground)
        self.raw.setPen(line_pen(mix(ground.accent, ground.canvas, 0.6), 1))
        self.smooth.setPen(line_pen(ground.accent, 2))
        self.rates.setPen(line_pen(ground.quiet, 1))

    def _on_hovered(self, step: float | None) -> None:
        at = None
        if step is not None and self._progress:
            at = min(self._progress, key=lambda item: abs(item.step - step))
        for chart in (self.loss, self.rate):
            chart.point_at(None if at is None else at.step)
        if at is None and self._progress:
            self.read_out.setText(self.tr("now {0:.3f}").format(self._progress[-1].loss))
        elif at is not None:
            self.read_out.setText(
                self.tr("step {0} · loss {1:.3f} · rate {2} · {3} tokens/s").format(
                    whole(at.step),
                    at.loss,
                    short_rate(at.learning_rate),
                    whole(at.tokens_per_second),
                )
            )

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE_S)
        head.addWidget(self.title)
        head.addWidget(self.unit)
        head.addStretch(1)
        head.addWidget(self.read_out)
        self.read_out.setFixedHeight(CONTROL_HEIGHT)
        below = QHBoxLayout()
        below.setContentsMargins(AXIS_WIDTH, 0, 0, 0)
        below.addWidget(self.rate_title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(SPACE_S)
        column.addWidget(self.loss, 1)
        column.addLayout(below)
        column.addWidget(self.rate)


def smoothed(values: list[float]) -> list[float]:
    """Return the exponential running mean of ``values``, as many as there are."""
    means: list[float] = []
    for value in values:
        before = means[-1] if means else value
        means.append(before + _SMOOTHING * (value - before))
    return means


def short_rate(rate: float) -> str:
    """Write a learning rate shortly: ``3e-4``, or ``0``."""
    if rate == 0:
        return "0"
    mantissa, exponent = f"{rate:.1e}".split("e")
    return f"{mantissa.removesuffix('.0')}e{int(exponent)}"


def _plain(value: float) -> str:
    return f"{value:g}"


def _whole(value: float) -> str:
    return whole(value)
