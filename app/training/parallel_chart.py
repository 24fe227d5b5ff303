"""Parallel coordinates: a line a trial through its hyperparameters to its F1.

Inselberg 1985, "The plane with parallel coordinates".
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.design.tokens import SPACE_M, SPACE_XL, TYPE_SMALL, Ground, mix
from app.quantities import decimal
from app.training.figures import tabular
from app.training.search_words import best_trial, dimension_title, value_text
from core.schema.search import Trial, TrialStatus
from core.search.space import SPACE

_ROW = 16
_NAME_ROWS = 2
_NAME_GAP = 4
_F1 = "f1"
_SHADES = 8


@dataclass(frozen=True, slots=True)
class Axis:
    """One upright line.

    Attributes:
        name: Of the hyperparameter, or ``f1``.
        low: Value at its foot.
        high: Value at its top.
        log: Whether values are set by their logarithm.
    """

    name: str
    low: float
    high: float
    log: bool = False

    def share(self, value: float) -> float:
        """Return how high a value stands: 0 at the foot, 1 at the top."""
        if self.high <= self.low:
            return 0.5
        low, high, at = (
            (math.log(self.low), math.log(self.high), math.log(max(value, 1e-12)))
            if self.log
            else (self.low, self.high, value)
        )
        return min(max((at - low) / (high - low), 0.0), 1.0)


def axes_of(trials: Sequence[Trial]) -> tuple[Axis, ...]:
    """Return the axes for some trials: the space, widened by what lies outside, and F1 last."""
    made = []
    for row in SPACE:
        values = [trial.values[row.name] for trial in trials if row.name in trial.values]
        low, high = min([row.low, *values]), max([row.high, *values])
        made.append(Axis(row.name, low, high, row.log and low > 0))
    scores = [trial.f1 for trial in trials if trial.f1 is not None]
    # Only what came to its end spreads the axis: what was given up early lies far below.
    finished = [
        trial.f1
        for trial in trials
        if trial.f1 is not None and trial.status is TrialStatus.FINISHED
    ]
    return (*made, Axis(_F1, min(finished or scores, default=0.0), max(scores, default=1.0)))


class ParallelChart(QWidget):
    """Better trials are drawn later and stronger; the best one, or a chosen one, stands out."""

    def __init__(self, ground: Ground, parent: QWidget | None = None) -> None:
        """Build an empty plot."""
        super().__init__(parent)
        self._ground = ground
        self._trials: tuple[Trial, ...] = ()
        self._chosen: Trial | None = None
        self.axes = axes_of(())
        self._shades: list[list[list[tuple[int, float]]]] = []
        self._drawn = QPixmap()
        self._drawn_for: object = None
        self.setAccessibleName(self.tr("Hyperparameters and F1 of each trial"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_trials(self, trials: tuple[Trial, ...]) -> None:
        """Show these trials."""
        if trials != self._trials:
            self._trials = trials
            self.axes = axes_of(trials)
            self._sort_into_shades()
            self.update()

    def choose(self, trial: Trial | None) -> None:
        """Let one trial stand out, or with None the best."""
        if trial != self._chosen:
            self._chosen = trial
            self.update()

    def tint(self, ground: Ground) -> None:
        """Take the colours of a ground."""
        self._ground = ground
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for the axes."""
        return QSize(480, 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw axes and lines."""
        del event
        painter = QPainter(self)
        if not self._trials:
            painter.setFont(self.font())
            painter.setPen(QColor(self._ground.quiet))
            words = self.tr("Each trial adds a line here, through its values to its F1.")
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            # As far down as the words of the plot beside it, which has a legend above.
            painter.drawText(self.rect().adjusted(24, SPACE_XL, -24, 0), int(flags), words)
            return
        painter.setFont(tabular(self.font(), pixels=TYPE_SMALL))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self._area()
        painter.drawPixmap(0, 0, self._lines(area))
        self._paint_axes(painter, area)
        self._paint_chosen(painter, area)

    def _area(self) -> QRectF:
        """The rectangle that the axes span."""
        side = self.width() / len(self.axes) / 2
        height = self.height() - (_NAME_ROWS + 2) * _ROW - 2 * _NAME_GAP
        return QRectF(
            side,
            (_NAME_ROWS + 1) * _ROW + _NAME_GAP,
            max(self.width() - 2 * side, 1),
            max(height, 1),
        )

    def _place(self, area: QRectF, index: int) -> float:
        return area.left() + area.width() * index / max(len(self.axes) - 1, 1)

    def _points(self, area: QRectF, trial: Trial) -> list[QPointF]:
        return [
            QPointF(self._place(area, index), area.bottom() - area.height() * share)
            for index, share in self._shares(trial)
        ]

    def _shares(self, trial: Trial) -> list[tuple[int, float]]:
        """Return the axes that a trial has a value for, and how high it stands there."""
        values = {**trial.values, _F1: trial.f1}
        return [
            (index, axis.share(value))
            for index, axis in enumerate(self.axes)
            if (value := values.get(axis.name)) is not None
        ]

    def _sort_into_shades(self) -> None:
        """Gather the trials by how good they are: a shade is drawn in one go, the best last."""
        self._shades = [[] for _ in range(_SHADES + 1)]
        for trial in self._trials:
            shade = 0
            if trial.f1 is not None and trial.status is TrialStatus.FINISHED:
                shade = 1 + round((_SHADES - 1) * self.axes[-1].share(trial.f1))
            self._shades[shade].append(self._shares(trial))

    def _lines(self, area: QRectF) -> QPixmap:
        """Return all lines as a picture, drawn anew only where trials, size or colours are."""
        ratio = self.devicePixelRatioF()
        wanted = (self.size(), ratio, self._ground.name, self._trials)
        if wanted != self._drawn_for:
            self._drawn_for = wanted
            self._drawn = QPixmap(self.size() * ratio)
            self._drawn.setDevicePixelRatio(ratio)
            self._drawn.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._drawn)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_lines(painter, area)
            painter.end()
        return self._drawn

    def _paint_lines(self, painter: QPainter, area: QRectF) -> None:
        ground = self._ground
        weak = mix(ground.canvas, ground.outline, 0.45)
        places = [self._place(area, index) for index in range(len(self.axes))]
        foot, height = area.bottom(), area.height()
        for shade, lines in enumerate(self._shades):
            share = max(shade - 1, 0) / (_SHADES - 1)
            painter.setPen(QPen(QColor(mix(weak, ground.accent, share * share)), 1))
            # Lines by themselves: joined ones of a polyline cost many times as much.
            painter.drawLines(
                [
                    QLineF(
                        places[first], foot - height * one, places[second], foot - height * other
                    )
                    for line in lines
                    for (first, one), (second, other) in pairwise(line)
                ]
            )

    def _paint_chosen(self, painter: QPainter, area: QRectF) -> None:
        ground = self._ground
        chosen = self._chosen if self._chosen in self._trials else best_trial(self._trials)
        if chosen is not None:
            points = self._points(area, chosen)
            ink = ground.accent if chosen is not self._chosen else ground.text
            painter.setPen(QPen(QColor(ink), 2.5))
            painter.drawPolyline(points)
            painter.setBrush(QColor(ink))
            for point in points:
                painter.drawEllipse(point, 2.0, 2.0)

    def _paint_axes(self, painter: QPainter, area: QRectF) -> None:
        ground = self._ground
        step = area.width() / max(len(self.axes) - 1, 1)
        width = step - SPACE_M / 2
        for index, axis in enumerate(self.axes):
            x = self._place(area, index)
            painter.setPen(QPen(QColor(ground.outline), 1))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            title = self.tr("F1") if axis.name == _F1 else dimension_title(axis.name)
            painter.setPen(QColor(ground.text))
            left = x - width / 2
            # A name of two words may stand on two lines where axes are close to each other.
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
            painter.drawText(
                QRectF(left, 0, width, _NAME_ROWS * _ROW),
                int(flags | Qt.TextFlag.TextWordWrap),
                title,
            )
            painter.setPen(QColor(ground.quiet))
            for value, top in (
                (axis.high, _NAME_ROWS * _ROW),
                (axis.low, area.bottom() + _NAME_GAP),
            ):
                painter.drawText(
                    QRectF(left, top, width, _ROW), Qt.AlignmentFlag.AlignCenter, _text(axis, value)
                )


def _text(axis: Axis, value: float) -> str:
    return decimal(value, 3) if axis.name == _F1 else value_text(axis.name, value)
