"""The column of text: blocks laid out when they come into sight, heights estimated till then."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF

from app.editor.blocks import Blocks, Kind
from app.editor.finding import Hits
from app.editor.folding import Contents, Folds, contents
from app.editor.heights import Heights
from app.editor.laid_block import LaidBlock, Line
from app.editor.marks import Marks
from app.editor.metrics import Metrics

_KEPT = 400
"""So many blocks stay laid out before those far from sight are let go."""

_FEW = 64
"""Heights of so many blocks are changed one by one; of more the sum is made anew."""

SUMMARY_SHARE = 0.45
"""Of the column's width, so much is kept for what a folded heading says; else it gets a line."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a position of the record stands.

    Attributes:
        laid: Its block.
        line: Its line in the block.
        index: The block's index.
        top: The block's top in the column.
    """

    laid: LaidBlock
    line: Line
    index: int
    top: float

    @property
    def line_top(self) -> float:
        """The line's top in the column."""
        return self.top + self.line.top


class Column:
    """Lays out the blocks of one record at one width; y counts from the column's top."""

    def __init__(
        self,
        *,
        blocks: Blocks,
        folds: Folds,
        marks: Marks,
        metrics: Metrics,
        width: float,
        before: float,
    ) -> None:
        """Estimate the heights of all blocks.

        Args:
            blocks: The record's text.
            folds: Which of its sections are folded; see ``refold``.
            marks: Its labels and suggestions.
            metrics: Faces and sizes.
            width: Width of running text in pixels.
            before: Empty room above the first and below the last block.
        """
        self.blocks = blocks
        self.folds = folds
        self.marks = marks
        self.metrics = metrics
        self.width = width
        self.before = before
        self.widest = width
        self._laid: dict[int, LaidBlock] = {}
        self._hidden_lines: dict[int, int] = {}
        self._natural = [self._estimate(index) for index in range(len(blocks))]
        self._heights = self._sum()

    @property
    def height(self) -> float:
        """Height of the whole column, partly estimated."""
        return self._heights.total + 2 * self.before

    @property
    def laid_out(self) -> int:
        """How many blocks are laid out now."""
        return len(self._laid)

    def top(self, index: int) -> float:
        """Return where a block begins."""
        return self.before + self._heights.top(index)

    def block_height(self, index: int) -> float:
        """Return how tall a block is, or is thought to be."""
        return self._heights[index]

    def settle(self, top: float, height: float) -> float:
        """Lay out what stands between ``top`` and ``top + height``.

        Returns:
            ``top``, moved where needed so that what a block replaces above it shifts nothing
            below.
        """
        settled = False
        while not settled:
            settled = True
            index = self._block_at(top)
            y = self.top(index)
            while y < top + height and index < len(self.blocks):
                if index not in self._laid:
                    grown = self._lay_out(index)
                    if y < top and grown:
                        top = max(0.0, top + grown)
                        settled = False
                y += self._heights[index]
                index = self.folds.beside(index, 1)
        self._let_go(top)
        return top

    def refresh(self, changed: set[int], top: float) -> float:
        """Bring blocks up to date whose marks have changed.

        Returns:
            By how much what stands at ``top`` has moved down.
        """
        moved = 0.0
        for index in changed & self._laid.keys():
            above = self.top(index) < top
            laid = self._laid[index]
            laid.arrange(self.marks.within(index))
            self._natural[index] = laid.height
            grown = self._heights.set(index, self._shown_height(index))
            moved += grown if above else 0.0
        return moved

    def refold(self, sections: Iterable[int]) -> None:
        """Hide or show the bodies of sections as ``folds`` says now; nothing is laid out."""
        self._hidden_lines.clear()
        changed = [range(self.folds.head(s), self.folds.body(s).stop) for s in sections]
        if sum(map(len, changed)) > _FEW:
            self._heights = self._sum()
            return
        for block in itertools.chain.from_iterable(changed):
            self._heights.set(block, self._shown_height(block))

    def hidden(self, section: int, hits: Hits) -> Contents:
        """Count what folding a section hides; lines as they are wrapped here, or are thought to."""
        if section not in self._hidden_lines:
            self._hidden_lines[section] = sum(
                max(1, round(self._natural[index] / self.metrics.line_height))
                for index in self.folds.body(section)
                if self.blocks[index].kind is not Kind.BLANK
            )
        lines = self._hidden_lines[section]
        return contents(self.folds.hidden_stretch(section), self.marks, hits, lines=lines)

    def is_crowded(self, laid: LaidBlock) -> bool:
        """Tell whether a heading's last line has no room for what a fold says behind it."""
        return laid.lines[-1].line.naturalTextWidth() > self.width * (1 - SUMMARY_SHARE)

    def forget_names(self) -> None:
        """Let the small names be fitted anew: labels were renamed or have other keys."""
        for laid in self._laid.values():
            laid.fitted = None

    def visible(self, top: float, height: float) -> Iterator[tuple[float, LaidBlock]]:
        """Yield the blocks between ``top`` and ``top + height`` with their tops."""
        index = self._block_at(top)
        y = self.top(index)
        while y < top + height and index < len(self.blocks):
            yield y, self.laid(index)
            y += self._heights[index]
            index = self.folds.beside(index, 1)

    def laid(self, index: int) -> LaidBlock:
        """Return a block laid out."""
        if index not in self._laid:
            self._lay_out(index)
        return self._laid[index]

    def place(self, position: int) -> Place:
        """Return where a position stands, laying out its block."""
        index = self.blocks.at(position)
        laid = self.laid(index)
        return Place(laid, laid.lines[laid.line_of(position)], index, self.top(index))

    def place_at(self, y: float) -> Place:
        """Return the line at a height, the first or last one outside."""
        index = self._block_at(y)
        laid = self.laid(index)
        top = self.top(index)
        return Place(laid, laid.lines[laid.line_at(y - top)], index, top)

    def line_beside(self, place: Place, steps: int) -> Place | None:
        """Return the next (1) or previous (-1) line with text in sight, or None at the ends."""
        order = place.laid.lines.index(place.line) + steps
        index, laid = place.index, place.laid
        while True:
            if 0 <= order < len(laid.lines):
                line = laid.lines[order]
                if line.shown_end > line.start:
                    return Place(laid, line, index, self.top(index))
                order += steps
                continue
            index = self.folds.beside(index, steps)
            if not 0 <= index < len(self.blocks):
                return None
            laid = self.laid(index)
            order = 0 if steps > 0 else len(laid.lines) - 1

    def position_at(self, point: QPointF) -> int:
        """Return the position between characters nearest to a point."""
        place = self.place_at(point.y())
        return place.laid.position_at(place.line, point.x())

    def character_at(self, point: QPointF) -> int | None:
        """Return the position of the character under a point, or None beside the text."""
        if not self.before <= point.y() < self.height - self.before:
            return None
        place = self.place_at(point.y())
        return place.laid.character_at(place.line, point.x())

    def _lay_out(self, index: int) -> float:
        block = self.blocks[index]
        title = self.folds.title_beside_text(index) if block.kind is Kind.TEXT else None
        laid = LaidBlock(block, self.blocks.string(index), self.metrics, self.width, title)
        laid.arrange(self.marks.within(index))
        self._laid[index] = laid
        self.widest = max(self.widest, laid.width)
        self._natural[index] = laid.height
        return self._heights.set(index, self._shown_height(index))

    def _block_at(self, y: float) -> int:
        """Return the block in sight at a height, the first or last one outside."""
        return self.folds.shown(self._heights.at(y - self.before))

    def _sum(self) -> Heights:
        heights = self._natural.copy()
        for section in self.folds.folded:
            body = self.folds.body(section)
            heights[body.start : body.stop] = [0.0] * len(body)
            heights[body.start - 1] = self._shown_height(body.start - 1)
        return Heights(heights)

    def _shown_height(self, index: int) -> float:
        """Return a block's height: none in a fold, a line more for a fold's crowded heading."""
        folds = self.folds
        if not folds.folded:
            return self._natural[index]
        section = folds.section_of(index)
        if not folds.is_folded(section):
            return self._natural[index]
        if index != folds.head(section):
            return 0.0
        laid = self._laid.get(index)
        more = self.metrics.line_height if laid is not None and self.is_crowded(laid) else 0.0
        return self._natural[index] + more

    def _let_go(self, top: float) -> None:
        if len(self._laid) <= _KEPT:
            return
        here = self._heights.at(top - self.before)
        for index in [index for index in self._laid if abs(index - here) > _KEPT // 4]:
            del self._laid[index]

    def _estimate(self, index: int) -> float:
        block = self.blocks[index]
        if block.kind is Kind.BLANK:
            return self.metrics.blank_height
        if block.kind is Kind.TABLE:
            return self.metrics.line_height
        width = self.blocks.width_units(index) * self.metrics.letter
        # A wrapped line is filled to some 95 %.
        return max(1, math.ceil(width / (0.95 * self.width))) * self.metrics.line_height
