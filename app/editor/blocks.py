"""A record's text cut into blocks: what is laid out, drawn and measured one at a time."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from enum import IntEnum

from core.schema.documents import Piece
from core.text.sections import LONGEST_HEADING, Section, find_sections

LONGEST = 2_000
"""A longer line of text is cut, so that no single layout takes longer than a frame."""

_CUT_REACH = 400
"""How far back from ``LONGEST`` a sentence's end or a blank is looked for."""

_COLUMNS = re.compile(r"\S(?:[^\S\n]{3,}|\t|[^\S\n]{2}(?=[-+<>=\d])|[^\S\n]*\|[^\S\n]*)(?=\S)")
_RULED = re.compile(r"^[ \t]*(?:\|.*\||[-+=|][-+=|: ]{4,})[ \t]*$")


class Kind(IntEnum):
    """How a block is set."""

    TEXT = 0
    HEADING = 1
    TABLE = 2
    BLANK = 3


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the text, or a part of a very long one.

    Attributes:
        start: First code point.
        end: One past the last; a line's newline belongs to none.
        kind: How it is set.
    """

    start: int
    end: int
    kind: Kind


class Blocks:
    """All blocks of a text, in order; there is always at least one.

    Attributes:
        text: The text.
        sections: Its sections; each begins with a block, its heading's.
    """

    def __init__(self, text: str) -> None:
        """Cut a text. Time is linear in it and small: 1,000,000 characters take some 0.2 s."""
        self.text = text
        self.sections = find_sections(text)
        self._blocks = _cut(text, self.sections)
        self._starts = [block.start for block in self._blocks]

    def __len__(self) -> int:
        return len(self._blocks)

    def __getitem__(self, index: int) -> Block:
        return self._blocks[index]

    def at(self, position: int) -> int:
        """Return the index of the block that holds a position (0 to the text's length)."""
        return max(0, bisect.bisect_right(self._starts, position) - 1)

    def touched(self, start: int, end: int) -> range:
        """Return the indices of the blocks that share a character with ``start..end``."""
        return range(self.at(start), self.at(max(start, end - 1)) + 1)

    def string(self, index: int) -> str:
        """Return a block's text."""
        block = self._blocks[index]
        return self.text[block.start : block.end]

    def width_units(self, index: int) -> float:
        """Return about how many Latin letters wide a block is."""
        block = self._blocks[index]
        count = block.end - block.start
        if not count:
            return 0.0
        part = self.text[block.start : block.end]
        if part.isascii():
            return float(count)
        return count + 0.45 * (len(part.encode("utf-8", "surrogatepass")) - count)


def _cut(text: str, sections: tuple[Section, ...]) -> list[Block]:
    lines: list[Piece] = []
    start = 0
    for line in text.split("\n"):
        lines.append((start, start + len(line)))
        start += len(line) + 1
    kinds = _kinds(text, lines, {section.start for section in sections if section.alone})
    blocks: list[Block] = []
    for (first, last), kind in zip(lines, kinds, strict=True):
        if last - first <= LONGEST:
            blocks.append(Block(first, last, kind))
        else:
            blocks += _parts(text, first, last)
    return blocks


def _kinds(text: str, lines: list[Piece], headings: set[int]) -> list[Kind]:
    """Tell how each line is set; columns count as a table where two neighbours have them.

    Args:
        text: The text.
        lines: Start and end of each line.
        headings: Starts of the lines that are headings and nothing else.
    """
    starts = [start for start, _ in lines]
    columned = [False] * len(lines)
    for match in _COLUMNS.finditer(text):
        columned[bisect.bisect_right(starts, match.start()) - 1] = True
    kinds: list[Kind] = []
    for index, (start, end) in enumerate(lines):
        if start == end:
            kinds.append(Kind.BLANK)
            continue
        if start in headings and end - start <= LONGEST_HEADING:
            kinds.append(Kind.HEADING)
            continue
        beside = (index > 0 and columned[index - 1]) or (
            index + 1 < len(lines) and columned[index + 1]
        )
        if end - start <= LONGEST and beside:
            line = text[start:end]
            if columned[index] or _RULED.match(line):
                kinds.append(Kind.TABLE)
                continue
        if text[start:end].isspace():
            kinds.append(Kind.BLANK)
        else:
            kinds.append(Kind.TEXT)
    return kinds


def _parts(text: str, first: int, last: int) -> list[Block]:
    """Cut one very long line after sentences, else after blanks, else anywhere."""
    parts: list[Block] = []
    while last - first > LONGEST:
        limit = first + LONGEST
        cut = text.rfind(". ", limit - _CUT_REACH, limit) + 2
        if cut < 2:
            cut = text.rfind(" ", limit - _CUT_REACH, limit) + 1
        if cut < 1:
            cut = limit
        parts.append(Block(first, cut, Kind.TEXT))
        first = cut
    parts.append(Block(first, last, Kind.TEXT))
    return parts
