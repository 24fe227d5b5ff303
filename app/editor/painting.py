"""Draws the visible blocks: fills, selection, text, underlines, names, handles."""

from __future__ import annotations

import math

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from app.editor.column import Column
from app.editor.hint_painting import paint_hint
from app.editor.laid_block import LaidBlock, Line
from app.editor.marks import Mark, Segment
from app.editor.names import Fitted, Name, fit_names
from app.editor.scene import Scene
from core.schema.documents import Origin, Piece

HANDLE_RADIUS = 4.0
_ROUND = 2.5
_VEIL = 0.35
"""Of a veil this dense text that stands back is still read: 4.5 to 1 on every ground."""
_DOT = 3.0
_GAP_DOTS = (1.0, 3.0)
"""Between the pieces of a discontinuous mark, in multiples of the line's thickness."""


class ColumnPainter:
    """Draws a column's visible part; keeps the widths of names between frames."""

    def __init__(self, column: Column, scene: Scene) -> None:
        """Draw ``column`` as ``scene`` says at each call of ``paint``."""
        self._column = column
        self._scene = scene
        self._metrics = column.metrics
        self._name_metrics = QFontMetricsF(self._metrics.name_font)
        self._ghost_metrics = QFontMetricsF(self._metrics.ghost_font)
        self._widths: dict[tuple[str, bool], float] = {}

    def measure(self, text: str, ghost: bool) -> float:
        """Return the width of a small name."""
        key = text, ghost
        if key not in self._widths:
            metrics = self._ghost_metrics if ghost else self._name_metrics
            self._widths[key] = metrics.horizontalAdvance(text)
        return self._widths[key]

    def names(self, laid: LaidBlock) -> Fitted:
        """Return the names of a block in their places; kept until its marks change."""
        if laid.fitted is None:
            laid.fitted = fit_names(
                laid.mark_segments(),
                inks=self._scene.inks,
                right_edge=max(self._column.width, laid.width) + self._metrics.margin * 0.8,
                measure=self.measure,
                hints_of=self._scene.hints_of,
            )
        return laid.fitted

    def paint(self, painter: QPainter, *, left: float, scroll: float, clip: QRectF) -> None:
        """Draw what stands in ``clip``.

        Args:
            painter: On the viewport.
            left: The column's left edge in the viewport.
            scroll: The column's y at the viewport's top.
            clip: What is to be drawn, in the viewport.
        """
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(left, -scroll)
        area = clip.translated(-left, scroll)
        for top, laid in self._column.visible(area.top(), area.height()):
            lines = [
                index
                for index, line in enumerate(laid.lines)
                if top + line.top < area.bottom() and top + line.top + line.height > area.top()
            ]
            if lines and laid.block.end > laid.block.start:
                self._block(painter, laid, top, range(lines[0], lines[-1] + 1), area)
        scene = self._scene
        self._handles(painter)
        if scene.dimmed and scene.selected is not None:
            self._dim(painter, scene.selected, area)
        painter.translate(-left, scroll)

    def handle_points(self) -> tuple[QPointF, ...] | None:
        """Return where the handles of the selected mark hang, in the column; None without.

        Each piece has two, at its start and at its end.
        """
        mark = self._scene.selected
        if mark is None or not self._scene.handles:
            return None
        return tuple(
            self._end_point(end - 1 if at_end else start, at_start=not at_end)
            for start, end in mark.pieces
            for at_end in (False, True)
        )

    def _block(
        self, painter: QPainter, laid: LaidBlock, top: float, lines: range, area: QRectF
    ) -> None:
        scene = self._scene
        segments = [segment for segment in laid.mark_segments() if segment.line in lines]
        first, last = laid.lines[lines[0]].start, laid.lines[lines[-1]].end
        for (start, end), current in scene.hits.within(first, last):
            colour = QColor(scene.ground.found_current if current else scene.ground.found)
            self._stretch(painter, laid, top, lines, (start, end), colour)
        painter.setPen(Qt.PenStyle.NoPen)
        for segment in sorted(segments, key=lambda s: -s.mark.length):
            if not segment.gap:
                self._fill(painter, laid, top, segment)
        chosen = (*scene.kept, *((scene.stretch,) if scene.stretch is not None else ()))
        for stretch in chosen:
            pen = QPen(QColor(scene.ground.accent), 1)
            fill = QColor(scene.ground.selection)
            self._stretch(painter, laid, top, lines, stretch, fill, pen)
        at_word = scene.gathering or (scene.selected is None and not chosen)
        if at_word and scene.word is not None and scene.stretch is None:
            pen = QPen(QColor(scene.ground.accent if scene.focused else scene.ground.outline), 1)
            if not scene.focused:
                pen.setStyle(Qt.PenStyle.DotLine)
            self._stretch(painter, laid, top, lines, scene.word, None, pen)
        painter.setPen(QColor(scene.ground.text))
        laid.layout.draw(painter, QPointF(0, top), [], area)
        for segment in segments:
            self._underline(painter, laid.lines[segment.line], top, segment)
        fitted = self.names(laid)
        for name in fitted.names:
            if name.line in lines:
                self._name(painter, laid.lines[name.line], top, name)
        for segment in fitted.nameless:
            if segment.line in lines:
                self._notches(painter, laid.lines[segment.line], top, segment)

    def _stretch(
        self,
        painter: QPainter,
        laid: LaidBlock,
        top: float,
        lines: range,
        stretch: Piece,
        fill: QColor | None,
        pen: QPen | None = None,
    ) -> None:
        """Draw a ground or a frame under a stretch of text."""
        start, end = stretch
        if end <= laid.block.start or start >= laid.block.end:
            return
        painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
        painter.setPen(pen if pen is not None else Qt.PenStyle.NoPen)
        for index in lines:
            line = laid.lines[index]
            for left, right in laid.intervals(line, start, min(end, line.shown_end)):
                box = self._box(line, top, left, right)
                painter.drawRoundedRect(
                    box.adjusted(-0.5, -0.5, 0.5, 0.5) if pen is not None else box, _ROUND, _ROUND
                )
        painter.setPen(Qt.PenStyle.NoPen)

    def _box(self, line: Line, top: float, left: float, right: float, level: int = 0) -> QRectF:
        """Return the box behind text, down to an underline's level."""
        baseline = top + line.top + line.baseline
        metrics = self._metrics
        rise = line.baseline - metrics.name_height
        height = rise + metrics.descent + level * metrics.level_step
        return QRectF(left - 0.5, baseline - rise, right - left + 1, height)

    def _fill(self, painter: QPainter, laid: LaidBlock, top: float, segment: Segment) -> None:
        scene, mark = self._scene, segment.mark
        ink = scene.inks.of(mark.label)
        lit = mark in (scene.hovered, scene.selected)
        previewed = scene.becomes_label(mark)
        if mark.suggested and not lit and not previewed:
            return
        box = self._box(laid.lines[segment.line], top, segment.left, segment.right, segment.level)
        painter.setBrush(ink.strong if lit and not mark.suggested else ink.fill)
        if mark == scene.selected or previewed:
            painter.setPen(QPen(ink.line, 1.2))
        painter.drawRoundedRect(box, _ROUND, _ROUND)
        painter.setPen(Qt.PenStyle.NoPen)

    def _underline(self, painter: QPainter, line: Line, top: float, segment: Segment) -> None:
        mark, metrics = segment.mark, self._metrics
        ink = self._scene.inks.of(mark.label)
        foot = top + line.top + line.baseline + metrics.descent
        y = foot + segment.level * metrics.level_step
        left = segment.left + (0.5 if segment.opens else 0.0)
        right = segment.right - (0.5 if segment.closes else 0.0)
        lit = mark in (self._scene.hovered, self._scene.selected)
        if segment.gap:
            pen = QPen(ink.line, 1.0)
            if not lit:
                pen.setDashPattern(_GAP_DOTS)
            painter.setPen(pen)
            middle = math.floor(y + metrics.underline / 2) + 0.5
            painter.drawLine(QLineF(left, middle, right, middle))
        elif mark.suggested and not self._scene.becomes_label(mark):
            thick = metrics.underline * (0.5 + 0.6 * mark.score) + (0.5 if lit else 0.0)
            pen = QPen(ink.line, thick)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([5 / thick, 3 / thick])
            painter.setPen(pen)
            painter.drawLine(QLineF(left, y + thick / 2, right, y + thick / 2))
        else:
            thick = metrics.underline + (0.5 if lit else 0.0)
            painter.fillRect(QRectF(left, y, right - left, thick), ink.line)
        if segment.level:
            # Uprights at the ends show where an enclosing or crossing mark begins and ends.
            for x, drawn in ((left, segment.opens), (right - 1, segment.closes)):
                if drawn:
                    painter.fillRect(QRectF(x, foot, 1, y - foot), ink.line)

    def _notches(self, painter: QPainter, line: Line, top: float, segment: Segment) -> None:
        """Tell a label apart whose name had no room: one to four notches in its underline."""
        metrics, ink = self._metrics, self._scene.inks.of(segment.mark.label)
        y = top + line.top + line.baseline + metrics.descent
        y += segment.level * metrics.level_step
        canvas = QColor(self._scene.ground.canvas)
        for order in range(ink.ticks):
            x = segment.left + 2.5 + 3 * order
            if x + 1.5 < segment.right:
                painter.fillRect(QRectF(x, y, 1.5, metrics.underline), canvas)

    def _name(self, painter: QPainter, line: Line, top: float, name: Name) -> None:
        mark, metrics = name.mark, self._metrics
        ink = self._scene.inks.of(mark.label)
        y = top + line.top + metrics.name_height - 1.5
        painter.setFont(metrics.ghost_font if mark.suggested else metrics.name_font)
        painter.setPen(ink.name)
        painter.drawText(QPointF(name.left, y), name.text)
        if name.hint:
            painter.setFont(metrics.ghost_font)
            paint_hint(painter, name, y, ground=self._scene.ground, ink=ink)
        if mark.suggested or mark.origin in (Origin.MANUAL, Origin.IMPORTED):
            return
        # A dot for a label that was first suggested, a ring for one given by its words alone.
        dot = QRectF(name.left + name.width + 1.5, y - _DOT - 1, _DOT, _DOT)
        painter.setPen(QPen(ink.name, 0.8))
        hollow = mark.origin in (Origin.PROPAGATED, Origin.DICTIONARY)
        painter.setBrush(Qt.BrushStyle.NoBrush if hollow else ink.name)
        painter.drawEllipse(dot)

    def _dim(self, painter: QPainter, mark: Mark, area: QRectF) -> None:
        """Lay a veil over all but the lines in which a mark stands."""
        clear = QPainterPath()
        for start, end in mark.pieces:
            first, last = self._column.place(start), self._column.place(end - 1)
            bottom = last.line_top + last.line.height
            clear.addRect(
                QRectF(area.left(), first.line_top, area.width(), bottom - first.line_top)
            )
        whole = QPainterPath()
        whole.addRect(area)
        veil = QColor(self._scene.ground.canvas)
        veil.setAlphaF(_VEIL)
        painter.fillPath(whole.subtracted(clear), veil)

    def _end_point(self, position: int, *, at_start: bool) -> QPointF:
        """Return the foot of the first or last character of a mark, in the column."""
        place = self._column.place(position)
        box = place.laid.glyph(place.line, position)
        backwards = place.laid.runs_left(place.line, position)
        x = box[0] if at_start != backwards else box[1]
        return QPointF(x, place.line_top + place.line.baseline + self._metrics.descent)

    def _handles(self, painter: QPainter) -> None:
        points = self.handle_points()
        if points is None:
            return
        ground = self._scene.ground
        for point in points:
            place = self._column.place_at(point.y() - 1)
            rise = place.line.baseline - self._metrics.name_height + self._metrics.descent
            painter.fillRect(
                QRectF(point.x() - 1, point.y() - rise, 2, rise + 2), QColor(ground.accent)
            )
            painter.setPen(QPen(QColor(ground.canvas), 1.5))
            painter.setBrush(QColor(ground.accent))
            painter.drawEllipse(point + QPointF(0, HANDLE_RADIUS), HANDLE_RADIUS, HANDLE_RADIUS)
