"""What is drawn on a record's text: its labels and open suggestions, found by block."""

from __future__ import annotations

import bisect
import operator
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.editor.blocks import Blocks
from app.record import Record
from core.schema.documents import Origin, Piece, Span, Suggestion

_FAR = 64
"""A mark over more blocks than this is kept apart from the blocks' own lists."""

_Key = int | Span | Suggestion
_Item = TypeVar("_Item", Span, Suggestion)

MOST_LEVELS = 6
"""Underlines of a line stack this deep; deeper ones share the last level."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A label or a suggestion as it is drawn.

    Attributes:
        start: First code point.
        end: One past the last code point.
        label: Name of the label.
        id: Key of the span or the suggestion.
        pieces: The stretches it covers, one where it is continuous.
        attributes: Names of the attributes that hold.
        origin: How a label came to be.
        score: Confidence of a suggestion (0 to 1); -1 for a label.
        term_list: Name of the term list that a suggestion comes from; empty for any other.
    """

    start: int
    end: int
    label: str
    id: int
    pieces: tuple[Piece, ...]
    attributes: tuple[str, ...] = ()
    origin: Origin = Origin.MANUAL
    score: float = -1.0
    term_list: str = ""

    @property
    def suggested(self) -> bool:
        """Whether it is a suggestion."""
        return self.score >= 0

    @property
    def length(self) -> int:
        """Code points from its first to its last."""
        return self.end - self.start

    def covers(self, position: int) -> bool:
        """Tell whether one of its pieces holds a position."""
        return any(start <= position < end for start, end in self.pieces)


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a mark in one line.

    Attributes:
        mark: The mark.
        line: The line's index in its block.
        left: Left edge.
        right: Right edge.
        level: Level of its underline.
        opens: Whether a piece of the mark begins here.
        closes: Whether a piece of the mark ends here.
        piece: Which of the mark's pieces it belongs to.
        gap: Whether it is what lies between that piece and the next.
    """

    mark: Mark
    line: int
    left: float
    right: float
    level: int
    opens: bool
    closes: bool
    piece: int = 0
    gap: bool = False


def mark_of(item: Span | Suggestion) -> Mark:
    """Return how a label or a suggestion is drawn."""
    if isinstance(item, Suggestion):
        pieces = ((item.start, item.end),)
        return Mark(
            item.start,
            item.end,
            item.label,
            item.id,
            pieces,
            score=max(0.0, item.score),
            term_list=item.term_list,
        )
    return Mark(
        item.start, item.end, item.label, item.id, item.stretches(), item.attributes, item.origin
    )


class Marks:
    """The marks of one record in reading order, and by the block that they stand in."""

    def __init__(self, blocks: Blocks, record: Record) -> None:
        """Index a record's labels and suggestions."""
        self._blocks = blocks
        self._items: dict[_Key, tuple[Span | Suggestion, Mark]] = {}
        self._by_block: dict[int, list[Mark]] = {}
        self._far: list[Mark] = []
        self.ordered: list[Mark] = []
        self._record = record
        for key, item in _keyed(record.spans, record.suggestions).items():
            self._add(key, item)
        self.ordered = sorted((mark for _, mark in self._items.values()), key=reading_order)

    def update(self, record: Record) -> set[int]:
        """Take over a record's labels and suggestions.

        Returns:
            The blocks in which something changed.
        """
        before, self._record = self._record, record
        spans, suggestions = (
            _unlike(before.spans, record.spans),
            _unlike(before.suggestions, record.suggestions),
        )
        were = _keyed(spans[0], suggestions[0])
        wanted = _keyed(spans[1], suggestions[1])
        changed: set[int] = set()
        for key in [key for key, item in were.items() if wanted.get(key) != item]:
            changed |= self._remove(key)
        for key in [key for key in wanted if key not in self._items]:
            changed |= self._add(key, wanted[key])
            bisect.insort(self.ordered, self._items[key][1], key=reading_order)
        return changed

    def within(self, block: int) -> list[Mark]:
        """Return the marks that stand in a block, in reading order."""
        near = self._by_block.get(block, [])
        if not self._far:
            return sorted(near, key=reading_order)
        bounds = self._blocks[block]
        far = [mark for mark in self._far if mark.start < bounds.end and bounds.start < mark.end]
        return sorted((*near, *far), key=reading_order)

    def at(self, position: int) -> list[Mark]:
        """Return the marks over a position, the innermost first."""
        over = [mark for mark in self.within(self._blocks.at(position)) if mark.covers(position)]
        return sorted(over, key=lambda mark: (mark.length, mark.suggested, mark.start, mark.id))

    def span(self, span_id: int) -> Mark | None:
        """Return the label with that key, or None."""
        return next((m for m in self.ordered if m.id == span_id and not m.suggested), None)

    def suggestion(self, suggestion_id: int) -> Mark | None:
        """Return the suggestion with that key, or None."""
        return next((m for m in self.ordered if m.id == suggestion_id and m.suggested), None)

    def step(
        self, current: Mark | None, caret: int, steps: int, *, suggested_only: bool
    ) -> Mark | None:
        """Return the next mark in reading order, past the end the first again.

        Args:
            current: The selected mark, or None.
            caret: Where to go from where none is selected.
            steps: 1 for the next, -1 for the one before.
            suggested_only: Whether labels are passed over.
        """
        ring = [m for m in self.ordered if m.suggested] if suggested_only else self.ordered
        if not ring:
            return None
        if current is not None and current in ring:
            return ring[(ring.index(current) + steps) % len(ring)]
        starts = [mark.start for mark in ring]
        if steps > 0:
            return ring[bisect.bisect_left(starts, caret) % len(ring)]
        return ring[bisect.bisect_left(starts, caret) - 1]

    def _add(self, key: _Key, item: Span | Suggestion) -> set[int]:
        mark = mark_of(item)
        self._items[key] = (item, mark)
        touched = self._blocks.touched(mark.start, mark.end)
        if len(touched) > _FAR:
            self._far.append(mark)
        else:
            for block in touched:
                self._by_block.setdefault(block, []).append(mark)
        return set(touched)

    def _remove(self, key: _Key) -> set[int]:
        _, mark = self._items.pop(key)
        touched = self._blocks.touched(mark.start, mark.end)
        if len(touched) > _FAR:
            self._far.remove(mark)
        else:
            for block in touched:
                self._by_block[block].remove(mark)
        at = bisect.bisect_left(self.ordered, reading_order(mark), key=reading_order)
        del self.ordered[self.ordered.index(mark, at)]
        return set(touched)


def _unlike(before: Sequence[_Item], after: Sequence[_Item]) -> tuple[Sequence[_Item], ...]:
    """Return both without the very same values that they begin and end with.

    An edit leaves all others alone: of thousands of labels one or two are left to be compared.
    """
    shorter = min(len(before), len(after))
    first = bytes(map(operator.is_, before, after)).find(0)
    first = shorter if first < 0 else first
    last = bytes(map(operator.is_, reversed(before), reversed(after))).find(0)
    last = min(shorter - first, shorter if last < 0 else last)
    return before[first : len(before) - last], after[first : len(after) - last]


def _keyed(
    spans: Sequence[Span], suggestions: Sequence[Suggestion]
) -> dict[_Key, Span | Suggestion]:
    """Return what is drawn by a key: numbers, so that thousands are compared in no time.

    What is not stored yet has no number and is its own key.
    """
    keyed: dict[_Key, Span | Suggestion] = {span.id or span: span for span in spans}
    keyed.update({-item.id or item: item for item in suggestions})
    return keyed


def reading_order(mark: Mark) -> tuple[int, int, bool, int]:
    """Return the key that sorts marks as they are read: by start, the outer before the inner."""
    return mark.start, -mark.end, mark.suggested, mark.id


def stack_levels(marks: Sequence[Mark], start: int, end: int) -> dict[Mark, int]:
    """Give each mark of a line an underline's level, so that no two on one level overlap.

    The innermost lie nearest to the text (level 0), what encloses or crosses them below.

    Args:
        marks: The marks of the line.
        start: The line's first code point.
        end: One past its last.
    """
    levels: dict[Mark, int] = {}
    for mark in sorted(marks, key=lambda m: (m.length, m.start, m.suggested, m.id)):
        stretch = (max(mark.start, start), min(mark.end, end))
        below = [level for other, level in levels.items() if _over(other, stretch)]
        levels[mark] = min(max(below, default=-1) + 1, MOST_LEVELS - 1)
    return levels


def enclosing(marks: Iterable[Mark], start: int, end: int) -> list[Mark]:
    """Return the marks that share a character with a stretch."""
    return [mark for mark in marks if _over(mark, (start, end))]


def _over(mark: Mark, stretch: Piece) -> bool:
    return mark.start < stretch[1] and stretch[0] < mark.end
