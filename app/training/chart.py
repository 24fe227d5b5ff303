"""A plot in the window's own look: quiet axes, a read-out under the pointer, words when empty."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import pyqtgraph  # type: ignore[import-untyped]  # it has no stubs
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPen
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from app.design.tokens import TYPE_SMALL, Ground, mix
from app.training.figures import tabular

AXIS_WIDTH = 46
"""Width of the left axis, the same in every plot, so that plots above one another align."""

_AXIS_HEIGHT = 24
_TOP = 8
_RIGHT = 12
"""Room for half of the figure at the end of an axis."""
_BEYOND = 0.005
"""What is shown beyond the range, in its length, so that rounding hides no figure at an end."""
_GRID_SHARE = 0.35


class Chart(QWidget):
    """One plot over the steps of a training; it cannot be dragged or zoomed by accident."""

    hovered = Signal(object)
    """The pointer is at a step (float), or has left (None)."""

    def __init__(self, name: str, ground: Ground, parent: QWidget | None = None) -> None:
        """Build an empty plot.

        Args:
            name: What it shows, for screen readers.
            ground: The scheme that it stands on.
            parent: Qt's owner.
        """
        super().__init__(parent)
        self.ground = ground
        # pyqtgraph has no types: what comes from it is Any.
        self.view: Any = pyqtgraph.PlotWidget()
        self.view.setAccessibleName(name)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setAntialiasing(True)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot: Any = self.view.getPlotItem()
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        self.plot.setMouseEnabled(x=False, y=False)
        self.plot.setContentsMargins(0, _TOP, _RIGHT, 0)
        self.box: Any = self.plot.getViewBox()
        self.box.setDefaultPadding(0)
        self._steps_shown = True
        # Kept to compare with: an axis that is told the same again draws itself anew.
        self._range = (0.0, 0.0, 0.0)
        self._step_labels: list[tuple[float, str]] = []
        self._value_labels: list[tuple[float, str]] = []
        self._grid: list[Any] = []
        self._grid_pen = QPen()
        self._pointer: Any = pyqtgraph.InfiniteLine(angle=90, movable=False)
        self._pointer.setZValue(-5)
        self._pointer.hide()
        self.plot.addItem(self._pointer, ignoreBounds=True)
        for side in ("left", "bottom"):
            axis = self.plot.getAxis(side)
            axis.enableAutoSIPrefix(False)
            axis.setStyle(tickLength=0, tickAlpha=0, tickTextOffset=6, hideOverlappingLabels=20)
        self.plot.getAxis("left").setWidth(AXIS_WIDTH)
        self.plot.getAxis("bottom").setHeight(_AXIS_HEIGHT)
        self._empty = QLabel(self.view)
        self._empty.setProperty("role", "quiet")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.view.scene().sigMouseMoved.connect(self._on_moved)
        self.view.viewport().installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.tint(ground)

    def tint(self, ground: Ground) -> None:
        """Take the colours of a ground."""
        self.ground = ground
        self.view.setBackground(QColor(ground.canvas))
        ink = mix(ground.canvas, ground.text, 0.25) if ground.dark else ground.line
        font = tabular(QFont(self.font()), pixels=TYPE_SMALL)
        for side in ("left", "bottom"):
            axis = self.plot.getAxis(side)
            axis.setPen(QPen(QColor(ink), 1))
            axis.setTextPen(QColor(ground.quiet))
            axis.setTickFont(font)
        self.plot.getAxis("left").setPen(QPen(Qt.PenStyle.NoPen))
        self._grid_pen = line_pen(mix(ink, ground.canvas, _GRID_SHARE), 1)
        for line in self._grid:
            line.setPen(self._grid_pen)
        self._pointer.setPen(line_pen(ground.outline, 1))

    def label_steps(self, ticks: Sequence[float], format_tick: Callable[[float], str]) -> None:
        """Write figures under the plot at these steps."""
        labels = [(at, format_tick(at)) for at in ticks]
        if labels != self._step_labels:
            self._step_labels = labels
            self.plot.getAxis("bottom").setTicks([labels])

    def label_values(self, ticks: Sequence[float], format_tick: Callable[[float], str]) -> None:
        """Write figures beside the plot at these values, each with a line of the grid."""
        labels = [(at, format_tick(at)) for at in ticks]
        if labels == self._value_labels:
            return
        self._value_labels = labels
        self.plot.getAxis("left").setTicks([labels])
        while len(self._grid) > len(ticks):
            self.plot.removeItem(self._grid.pop())
        while len(self._grid) < len(ticks):
            # The axis could draw a grid itself, but then leaves out the figures at its ends.
            line = pyqtgraph.InfiniteLine(angle=0, movable=False, pen=self._grid_pen)
            line.setZValue(-10)
            self.plot.addItem(line, ignoreBounds=True)
            self._grid.append(line)
        for line, at in zip(self._grid, ticks, strict=True):
            line.setPos(at)

    def set_range(self, *, steps: float, low: float, high: float) -> None:
        """Show steps 0 to ``steps`` and values ``low`` to ``high``."""
        if (steps, low, high) == self._range:
            return
        self._range = (steps, low, high)
        more = (high - low) * _BEYOND
        self.box.setRange(
            xRange=(0, max(steps, 1) * (1 + _BEYOND)), yRange=(low - more, high + more), padding=0
        )

    def hide_steps(self) -> None:
        """Write no figures under the plot: another one below it does."""
        self._steps_shown = False
        self.plot.hideAxis("bottom")
        self.plot.setContentsMargins(0, _TOP, _RIGHT, _TOP)

    def set_empty(self, words: str) -> None:
        """Say why there is nothing to see; with no words there is."""
        self._empty.setText(words)
        self._empty.setVisible(bool(words))
        self.plot.showAxis("left", not words)
        self.plot.showAxis("bottom", self._steps_shown and not words)
        self._place_empty()

    def point_at(self, step: float | None) -> None:
        """Stand the pointer's line at a step, or hide it."""
        self._pointer.setVisible(step is not None)
        if step is not None:
            self._pointer.setPos(step)

    def height_of(self, value: float) -> float:
        """Return where a value stands, in pixels from the top of the plot."""
        return float(self.box.mapViewToScene(QPointF(0, value)).y())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the pointer out of the plot, and keep the words for emptiness in the middle."""
        if event.type() is QEvent.Type.Leave:
            self.hovered.emit(None)
        elif event.type() is QEvent.Type.Resize:
            self._place_empty()
        return super().eventFilter(watched, event)

    def _on_moved(self, at: QPointF) -> None:
        if self._empty.isVisible() or not self.box.sceneBoundingRect().contains(at):
            self.hovered.emit(None)
        else:
            self.hovered.emit(float(self.box.mapSceneToView(at).x()))

    def _place_empty(self) -> None:
        self._empty.setGeometry(self.view.rect().adjusted(24, 8, -24, -8))


def line_pen(colour: str, width: float, dashes: Sequence[float] = ()) -> QPen:
    """Return the pen of a line, its width and dashes in pixels whatever the scale of the plot."""
    pen = QPen(QColor(colour), width)
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dashes:
        pen.setDashPattern(list(dashes))
    return pen


def rounded_up(value: float) -> float:
    """Return the next number with two significant digits: an axis that ends there rests longer."""
    if value <= 0:
        return 1.0
    unit = 10.0 ** (math.floor(math.log10(value)) - 1)
    return round(math.ceil(round(value / unit, 6)) * unit, 12)


def thinned(values: Sequence[float], most: int) -> list[float]:
    """Return the means of neighbours, so that at most ``most`` values are left.

    A plot some hundred pixels wide shows no more, and drawing thousands of points takes long.
    """
    size = -(-len(values) // most) if values else 1
    if size == 1:
        return list(values)
    chunks = [values[at : at + size] for at in range(0, len(values), size)]
    return [sum(chunk) / len(chunk) for chunk in chunks]


def ticks_between(low: float, high: float, most: int = 5) -> list[float]:
    """Return round values from ``low`` to ``high``: 1, 2 or 5 times a power of ten apart."""
    span = high - low
    if span <= 0:
        return [low]
    power = 10.0**-12
    while power * 10 <= span / most:
        power *= 10
    step = next(size * power for size in (1, 2, 5, 10, 20) if span / (size * power) <= most)
    first = int(-(-low // step))
    ticks = []
    while first * step <= high + step * 1e-6:
        ticks.append(round(first * step, 12))
        first += 1
    return ticks
