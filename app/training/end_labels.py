"""Names and figures at the ends of a chart's lines, moved apart so that none covers another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.design.tokens import SPACE_S, TYPE_SMALL, Ground
from app.training.figures import tabular

_WIDTH = 168
_LEADER = 14
_SAMPLE = 22
_FIGURE = 32
_ROW = 16


@dataclass(frozen=True, slots=True)
class EndLabel:
    """What stands at the end of a line.

    Attributes:
        name: Of the line.
        value: Its figure, 0 to 1, which also says how high it stands.
        pen: As the line is drawn.
        bold: Whether it is the main line.
    """

    name: str
    value: float
    pen: QPen
    bold: bool = False


class EndLabels(QWidget):
    """Stands to the right of a plot of the same height."""

    def __init__(self, height_of: Callable[[float], float], ground: Ground) -> None:
        """Begin empty.

        Args:
            height_of: Gives the pixels from the top at which a value stands.
            ground: The scheme that it stands on.
        """
        super().__init__()
        self._height_of = height_of
        self.ground = ground
        self.labels: tuple[EndLabel, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def set_labels(self, labels: Sequence[EndLabel]) -> None:
        """Show these, the most important first."""
        self.labels = tuple(labels)
        self.setAccessibleName(
            ", ".join(f"{label.name} {label.value:.2f}" for label in self.labels)
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for a name and a figure."""
        return QSize(_WIDTH, 60)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the labels that there is room for, the most important of them."""
        del event
        room = max(self.height() // _ROW, 1)
        shown = sorted(self.labels[:room], key=lambda label: -label.value)
        wanted = [self._height_of(label.value) for label in shown]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rows = spread(wanted, _ROW, _ROW / 2, self.height() - _ROW / 2)
        for label, end, row in zip(shown, wanted, rows, strict=True):
            self._paint(painter, label, end, row)

    def _paint(self, painter: QPainter, label: EndLabel, end: float, row: float) -> None:
        painter.setPen(QPen(QColor(self.ground.outline), 0.75))
        painter.drawLine(1, round(end), _LEADER - 3, round(row))
        painter.setPen(label.pen)
        painter.drawLine(_LEADER, round(row), _LEADER + _SAMPLE, round(row))
        painter.setPen(QColor(self.ground.text if label.bold else self.ground.quiet))
        painter.setFont(tabular(self.font(), pixels=TYPE_SMALL, bold=label.bold))
        left = _LEADER + _SAMPLE + SPACE_S
        top = row - _ROW / 2
        name_width = self.width() - left - _FIGURE - SPACE_S
        name = painter.fontMetrics().elidedText(label.name, Qt.TextElideMode.ElideRight, name_width)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(
            QRectF(left, top, name_width, _ROW), middle | Qt.AlignmentFlag.AlignLeft, name
        )
        painter.setPen(QColor(self.ground.text))
        painter.drawText(
            QRectF(self.width() - _FIGURE, top, _FIGURE, _ROW),
            middle | Qt.AlignmentFlag.AlignRight,
            f"{label.value:.2f}",
        )


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move places apart until neighbours are ``gap`` apart, as little as may be.

    Args:
        wanted: Where they would stand, ascending.
        gap: Least distance.
        low: Least place.
        high: Greatest place; given up where there is no room for all.

    Returns:
        Where they stand, ascending.
    """
    # Groups that would overlap are joined and centred on the mean of what they want.
    groups: list[list[float]] = []
    for place in wanted:
        groups.append([place])
        while len(groups) > 1 and _bottom(groups[-2], gap, low, high) + gap > _top(
            groups[-1], gap, low, high
        ):
            last = groups.pop()
            groups[-1] += last
    return [
        _top(group, gap, low, high) + index * gap for group in groups for index in range(len(group))
    ]


def _top(group: Sequence[float], gap: float, low: float, high: float) -> float:
    span = (len(group) - 1) * gap
    centred = sum(group) / len(group) - span / 2
    return max(min(centred, high - span), low)


def _bottom(group: Sequence[float], gap: float, low: float, high: float) -> float:
    return _top(group, gap, low, high) + (len(group) - 1) * gap
