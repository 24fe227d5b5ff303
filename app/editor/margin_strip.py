"""The strip at the right edge: where in the record labels, suggestions and hits stand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from app.design.tokens import Ground
from app.editor.finding import Hits
from app.editor.ink import Inks
from app.editor.marks import Marks
from core.schema.documents import Piece
from core.schema.labels import LabelScheme

STRIP_WIDTH = 16
_INSET = 4.0
_TICK = 3.0
"""Width of the tick at a section's heading, beside the labels."""
_THICK = 2
"""Height of a label's row in pixels."""
_REDRAW_MS = 80
"""The map may lag behind an edit by this much, so that labelling never waits for it."""


_Row = tuple[int, bool]
"""A row of pixels, and whether it is a suggestion's."""


class MarginStrip(QWidget):
    """A map of the whole record: labels left, suggestions right, hits across, ticks at headings."""

    position_chosen = Signal(float)
    """A place was clicked: its share of the record, 0 to 1."""

    def __init__(self, ground: Ground, parent: QWidget) -> None:
        """Begin empty."""
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(self.tr("Labels, suggestions and hits in the whole record"))
        self._ground = ground
        self._marks: Marks | None = None
        self._inks = Inks(LabelScheme(()), ground)
        self._hits = Hits()
        self._sections: Sequence[int] = ()
        self._length = 0
        self._seen: Piece = (0, 0)
        self._extent = 0.0
        self._map = QPixmap()
        self._rows: dict[_Row, str] = {}
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(_REDRAW_MS)
        self._redraw.timeout.connect(self._on_redraw_due)

    def show_marks(self, marks: Marks | None, inks: Inks, length: int, ground: Ground) -> None:
        """Show these marks of a text of ``length`` code points."""
        if (marks, inks, ground) != (self._marks, self._inks, self._ground):
            self._rows = {}
        self._marks, self._inks, self._length, self._ground = marks, inks, length, ground
        if not self._redraw.isActive():
            self._redraw.start()

    def show_sections(self, starts: Sequence[int]) -> None:
        """Show where sections begin."""
        self._sections = starts
        self._map = QPixmap()
        self.update()

    def show_hits(self, hits: Hits) -> None:
        """Show where a text was found."""
        self._hits = hits
        self.update()

    def show_seen(self, seen: Piece, extent: float) -> None:
        """Show which stretch of the record is on the screen.

        Args:
            seen: The stretch.
            extent: Height of the whole record; the map of a short one is no taller.
        """
        if (seen, extent) != (self._seen, self._extent):
            if min(extent, self.height()) != min(self._extent, self.height()):
                self._map = QPixmap()
            self._seen, self._extent = seen, extent
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go where was clicked."""
        self._choose(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer while the button is down."""
        self._choose(event.position())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the map."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._ground.canvas))
        if not self._length or self._marks is None:
            return
        scale = self._span() / self._length
        top, bottom = self._seen[0] * scale, self._seen[1] * scale
        if bottom - top < self._span() - 2:
            painter.fillRect(
                QRectF(1, top, self.width() - 2, max(bottom - top, 6)), QColor(self._ground.hover)
            )
        for start, end in self._hits.places:
            row = int((start + end) / 2 * scale)
            painter.fillRect(1, row, self.width() - 2, 2, QColor(self._ground.found_current))
        if self._map.isNull():
            self._map = self._draw_map(self._marks, scale)
        painter.drawPixmap(0, 0, self._map)
        place = self._hits.place
        if place is not None:
            painter.setPen(QPen(QColor(self._ground.text), 1))
            painter.drawRect(QRectF(0.5, int(place[0] * scale) - 1.5, self.width() - 2, 4))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the marks anew for the new height."""
        super().resizeEvent(event)
        self._map = QPixmap()

    def _on_redraw_due(self) -> None:
        if self._map.isNull() or not self._rows or self._marks is None:
            self._map = QPixmap()
        else:
            self._touch_up(self._marks)
        self.update()

    def _touch_up(self, marks: Marks) -> None:
        """Draw the rows anew that have changed: after an edit one or two of hundreds."""
        before, self._rows = self._rows, self._found_rows(marks, self._span() / self._length)
        painter = QPainter(self._map)
        for row in {row for (row, _), _ in before.items() ^ self._rows.items()}:
            painter.setClipRect(0, row, self.width(), _THICK)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
            painter.fillRect(0, row, self.width(), _THICK, Qt.GlobalColor.transparent)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            beside = [(near, kind) for near in (row - 1, row, row + 1) for kind in (False, True)]
            self._draw_rows(painter, {key: self._rows[key] for key in beside if key in self._rows})
        painter.end()

    def _found_rows(self, marks: Marks, scale: float) -> dict[_Row, str]:
        """Return the label of each row of pixels; marks that fall on one row are one."""
        return {(int(mark.start * scale), mark.suggested): mark.label for mark in marks.ordered}

    def _draw_rows(self, painter: QPainter, rows: dict[_Row, str]) -> None:
        """Draw rows, and the ticks of sections under them."""
        middle, scale = self.width() / 2, self._span() / self._length
        for row in {int(start * scale) for start in self._sections}:
            painter.fillRect(QRectF(0, row, _TICK, 1), QColor(self._ground.outline))
        for (row, suggested), label in rows.items():
            colour = self._inks.of(label).line
            if suggested:
                painter.fillRect(QRectF(middle + 1, row, middle - _INSET, 1), colour)
            else:
                painter.fillRect(QRectF(_INSET - 1, row, middle - _INSET + 1, _THICK), colour)

    def _draw_map(self, marks: Marks, scale: float) -> QPixmap:
        """Draw all marks once."""
        ratio = self.devicePixelRatioF()
        drawn = QPixmap(QSize(self.width(), self.height()) * ratio)
        drawn.setDevicePixelRatio(ratio)
        drawn.fill(Qt.GlobalColor.transparent)
        self._rows = self._found_rows(marks, scale)
        painter = QPainter(drawn)
        self._draw_rows(painter, self._rows)
        painter.end()
        return drawn

    def _choose(self, point: QPointF) -> None:
        if self._span():
            self.position_chosen.emit(min(max(point.y() / self._span(), 0.0), 1.0))

    def _span(self) -> float:
        return min(float(self.height()), self._extent)
