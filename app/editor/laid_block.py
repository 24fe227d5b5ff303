"""One block set in lines: which code points stand where, and what is drawn with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QTextLayout, QTextLine, QTextOption

from app.editor.blocks import Block, Kind
from app.editor.marks import Mark, Segment, enclosing, stack_levels
from app.editor.metrics import Metrics, is_tall
from app.editor.names import Fitted
from core.schema.documents import Piece
from core.text.offsets import Utf16Map

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\u202b\u202e\ufb1d-\ufdff\ufe70-\ufefc]")
_UNWRAPPED = 1e6
_TAB_LETTERS = 8

Interval = tuple[float, float]
"""Left and right edge, in pixels."""


@dataclass(slots=True)
class Line:
    """A visual line.

    Attributes:
        start: First code point in the record.
        end: One past the last, blanks at the wrap included.
        shown_end: The same without them.
        line: Qt's line.
        top: Distance from the block's top, in pixels.
        height: Height with its stacked underlines.
        baseline: Distance of the baseline from the line's top.
        levels: Underline level of each mark in it.
    """

    start: int
    end: int
    shown_end: int
    line: QTextLine
    top: float = 0.0
    height: float = 0.0
    baseline: float = 0.0
    levels: dict[Mark, int] | None = None


class LaidBlock:
    """A block with its lines; coordinates count from its top left corner."""

    def __init__(
        self, block: Block, text: str, metrics: Metrics, width: float, title: Piece | None = None
    ) -> None:
        """Set a block's text in lines.

        Args:
            block: The block.
            text: Its text.
            metrics: Faces and sizes.
            width: Width of the column; tables may be wider.
            title: Where in the record a section's title stands with text behind it, or None.
        """
        self.block = block
        self.text = text
        self.tall = is_tall(text)
        self.width = width
        self.height = 0.0
        self.segments: list[Segment] | None = None
        self.fitted: Fitted | None = None
        self._metrics = metrics
        self._units = Utf16Map(text)
        self._two_ways = not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None
        self.layout = QTextLayout(text, metrics.face(block.kind))
        self.layout.setTextOption(_option(block.kind, metrics))
        self.layout.setCacheEnabled(True)
        if title is not None:
            self.layout.setFormats([self._heading(title)])
        self.lines = self._break()

    def arrange(self, marks: list[Mark]) -> None:
        """Give the lines their heights for the marks of the block, which may have changed."""
        self.segments = None
        self.fitted = None
        metrics = self._metrics
        top = 0.0
        baseline = metrics.baseline(tall=self.tall)
        for line in self.lines:
            here = enclosing(marks, line.start, line.shown_end) if marks else []
            line.levels = stack_levels(here, line.start, line.shown_end) if here else {}
            deepest = max(line.levels.values(), default=0) if line.levels else 0
            line.top, line.baseline = top, baseline
            if self.block.kind is Kind.BLANK:
                line.height = metrics.blank_height
            else:
                line.height = metrics.height(tall=self.tall, levels=deepest + 1)
            line.line.setPosition(QPointF(0, top + baseline - line.line.ascent()))
            top += line.height
        self.height = top

    def line_of(self, position: int) -> int:
        """Return the index of the line that holds a position of the record."""
        for index, line in enumerate(self.lines):
            if position < line.end:
                return index
        return len(self.lines) - 1

    def line_at(self, y: float) -> int:
        """Return the index of the line at a height."""
        for index, line in enumerate(self.lines):
            if y < line.top + line.height:
                return index
        return len(self.lines) - 1

    def unit(self, position: int) -> int:
        """Return the UTF-16 unit in the block of a position of the record."""
        return self._units.to_utf16(position - self.block.start)

    def position(self, unit: int) -> int:
        """Return the position in the record of a UTF-16 unit in the block."""
        return self.block.start + self._units.to_code_point(unit)

    def edge(self, line: Line, position: int) -> float:
        """Return the x at which the character at a position begins."""
        return _x(line.line, self.unit(position))

    def glyph(self, line: Line, position: int) -> Interval:
        """Return the left and right edge of the character at a position."""
        unit = self.unit(position)
        if self._two_ways:
            runs = self._runs(line, position, min(position + 1, line.end))
            if runs:
                return runs[0]
        one = _x(line.line, unit)
        other = _x(line.line, unit, QTextLine.Edge.Trailing)
        return min(one, other), max(one, other)

    def runs_left(self, line: Line, position: int) -> bool:
        """Tell whether the character at a position is read from right to left."""
        unit = self.unit(position)
        return _x(line.line, unit) > _x(line.line, unit, QTextLine.Edge.Trailing)

    def position_at(self, line: Line, x: float) -> int:
        """Return the position between characters that is nearest to ``x``."""
        unit = line.line.xToCursor(x, QTextLine.CursorPosition.CursorBetweenCharacters)
        return min(max(self.position(unit), line.start), line.end)

    def character_at(self, line: Line, x: float) -> int | None:
        """Return the position of the character under ``x``, or None beside the text."""
        rect = line.line.naturalTextRect()
        if not rect.left() <= x < rect.right():
            return None
        unit = line.line.xToCursor(x, QTextLine.CursorPosition.CursorOnCharacter)
        return min(self.position(unit), max(line.start, line.end - 1))

    def intervals(self, line: Line, start: int, end: int) -> list[Interval]:
        """Return where a stretch stands in a line: more than one interval in mixed directions."""
        start, end = max(start, line.start), min(end, line.end)
        if start >= end:
            return []
        if not self._two_ways:
            return [(self.edge(line, start), self.edge(line, end))]
        merged: list[Interval] = []
        for left, right in self._runs(line, start, end):
            if merged and left <= merged[-1][1] + 0.5:
                merged[-1] = (merged[-1][0], max(merged[-1][1], right))
            else:
                merged.append((left, right))
        return merged

    def mark_segments(self) -> list[Segment]:
        """Return the parts of all marks, line by line; kept until the marks change."""
        if self.segments is None:
            self.segments = [
                segment
                for index, line in enumerate(self.lines)
                for mark, level in (line.levels or {}).items()
                for segment in self._segments(index, line, mark, level)
            ]
        return self.segments

    def _heading(self, title: Piece) -> QTextLayout.FormatRange:
        """Return the stretch of a title, in the weight of headings."""
        made = QTextLayout.FormatRange()
        made.start = self.unit(title[0])
        made.length = self.unit(title[1]) - made.start
        made.format.setFontWeight(self._metrics.heading.weight())
        return made

    def _segments(self, index: int, line: Line, mark: Mark, level: int) -> list[Segment]:
        made: list[Segment] = []
        for piece, (start, end) in enumerate(mark.pieces):
            intervals = self.intervals(line, start, min(end, line.shown_end))
            opens, closes = start >= line.start, end <= line.end
            for order, (left, right) in enumerate(intervals):
                first, last = order == 0, order == len(intervals) - 1
                made.append(
                    Segment(
                        mark, index, left, right, level, opens and first, closes and last, piece
                    )
                )
            if piece + 1 < len(mark.pieces):
                gap = (end, min(mark.pieces[piece + 1][0], line.shown_end))
                made += [
                    Segment(mark, index, left, right, level, False, False, piece, gap=True)
                    for left, right in self.intervals(line, *gap)
                ]
        return made

    def _runs(self, line: Line, start: int, end: int) -> list[Interval]:
        """Return where the runs of one direction in a stretch stand, from left to right.

        Where directions meet, a position has two places, and ``cursorToX`` may tell the other.
        """
        first = self.unit(start)
        runs = line.line.glyphRuns(first, self.unit(end) - first)
        boxes = (run.boundingRect() for run in runs)
        return sorted((box.left(), box.right()) for box in boxes)

    def _break(self) -> list[Line]:
        table = self.block.kind is Kind.TABLE
        width = _UNWRAPPED if table else self.width
        broken: list[QTextLine] = []
        self.layout.beginLayout()
        while (line := self.layout.createLine()).isValid():
            line.setLineWidth(width)
            broken.append(line)
        self.layout.endLayout()
        lines: list[Line] = []
        for line in broken:
            start = self.position(line.textStart())
            end = self.position(line.textStart() + line.textLength())
            shown = self.text[start - self.block.start : end - self.block.start].rstrip()
            lines.append(Line(start, end, start + len(shown), line))
        if table and lines:
            self.width = max(line.line.naturalTextWidth() for line in lines)
        return lines


def _x(line: QTextLine, unit: int, edge: QTextLine.Edge = QTextLine.Edge.Leading) -> float:
    """Return Qt's x of a unit; the binding returns it with the unit that it belongs to."""
    return cast("tuple[float, int]", line.cursorToX(unit, edge))[0]


def _option(kind: Kind, metrics: Metrics) -> QTextOption:
    option = QTextOption()
    if kind is Kind.TABLE:
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        option.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        option.setTabStopDistance(metrics.monospaced_letter * _TAB_LETTERS)
    else:
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setTabStopDistance(metrics.letter * _TAB_LETTERS / 2)
    return option
