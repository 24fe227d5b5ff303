"""The quiet lines under the queue: what was done, how fast, and how far it is to the goal."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.design.tokens import RADIUS, SPACE_L, SPACE_XS, Ground
from app.pace import Goal, Rates
from core.store.workday import Work


class PaceBar(QAbstractButton):
    """Shows the pace in two short lines; a click asks for the goal."""

    def __init__(self, ground: Ground, parent: QWidget | None = None) -> None:
        """Build the lines, empty."""
        super().__init__(parent)
        self._ground = ground
        self.setObjectName("pace")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.work = _small()
        self.rate = _small()
        self.time = _small()
        self.goal = _small()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_L, SPACE_XS, SPACE_L, SPACE_XS)
        column.setSpacing(SPACE_XS)
        for left, right in ((self.work, self.rate), (self.time, self.goal)):
            row = QHBoxLayout()
            row.addWidget(left)
            row.addStretch(1)
            row.addWidget(right)
            column.addLayout(row)
        column.addWidget(self.progress)
        self.show_goal(Goal(), 0)

    def show_work(self, work: Work, rates: Rates | None) -> None:
        """Show what this session brought, and the pace where it can be told."""
        number = self.locale().toString
        self.work.setText(f"{self._records(work.records)} · {self._labels(work.labels)}")
        if rates is None:
            self.rate.setText("")
            self.setToolTip(self.tr("Click to set a goal"))
        else:
            self.rate.setText(self.tr("{0} an hour").format(number(round(rates.labels))))
            self.setToolTip(
                self.tr(
                    "At this pace {0} records and {1} labels an hour of work. Pauses do not "
                    "count. Click to set a goal."
                ).format(number(rates.records, "f", 1), number(round(rates.labels)))
            )
        self._name()

    def show_time(self, seconds: float) -> None:
        """Show the time on the record on the screen."""
        text = self.tr("{0} on this record").format(clock_text(seconds))
        if text != self.time.text():
            self.time.setText(text)

    def show_goal(self, goal: Goal, records: int) -> None:
        """Show how far it is to the goal; nothing where there is none."""
        self.progress.setVisible(goal.records > 0)
        self.goal.setVisible(goal.records > 0)
        number = self.locale().toString
        text = self.tr("{0} of {1} today") if goal.daily else self.tr("{0} of {1} this session")
        self.goal.setText(text.format(number(records), number(goal.records)))
        self.progress.setMaximum(max(goal.records, 1))
        self.progress.setValue(min(records, goal.records))
        self.progress.setAccessibleName(self.goal.text())
        self._name()

    def tint(self, ground: Ground) -> None:
        """Draw everything for a ground."""
        self._ground = ground
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground of a button that is pointed at or holds the focus."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().adjusted(SPACE_XS, 1, -SPACE_XS, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.underMouse():
            painter.setBrush(QColor(self._ground.hover))
            painter.drawRoundedRect(area, RADIUS, RADIUS)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._ground.accent), 1.5))
            painter.drawRoundedRect(area, RADIUS, RADIUS)

    def _name(self) -> None:
        """Say all in one sentence; the time, which changes every second, is left out."""
        shown = [self.work.text(), self.rate.text()]
        if not self.goal.isHidden():
            shown.append(self.goal.text())
        self.setAccessibleName(", ".join(text for text in shown if text))
        self.setAccessibleDescription(self.tr("Press to set a goal"))

    def _records(self, count: int) -> str:
        if count == 1:
            return self.tr("1 record")
        return self.tr("{0} records").format(self.locale().toString(count))

    def _labels(self, count: int) -> str:
        if count == 1:
            return self.tr("1 label")
        return self.tr("{0} labels").format(self.locale().toString(count))


def clock_text(seconds: float) -> str:
    """Return a time as minutes and seconds, ``3:20``; from an hour on as ``1:03:20``."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _small() -> QLabel:
    label = QLabel()
    label.setProperty("role", "small")
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return label
