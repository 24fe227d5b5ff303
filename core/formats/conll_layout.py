"""CoNLL: which lines hold words, what parts the columns, and where words and tags stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from core.formats.values import ReadOptions
from core.schema.phrases import phrase
from core.text.iob import split_tag

DOCUMENT_MARK = "-DOCSTART-"
UNNAMED_LABEL = "entity"
"""The label of tags that are a mark alone (``B``, ``I``)."""

_BLANKS = re.compile(r"[ \t]+")
_KEYED_COMMENT = re.compile(r"# ?(?:newdoc\b|newpar\b|[\w.]+(?: id)? ?=)")
_BARE_TAGS = frozenset("OBIESLUM")
_ENOUGH = 0.9
"""Share of tags from which a column is the tag column although some of it is not."""


class LayoutError(ValueError):
    """The columns cannot be told; its words are plain and quote nothing."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the lines of a file are to be read.

    Attributes:
        tabs: Whether tabs part the columns; else blanks do.
        width: Number of columns.
        word: Column of the words, from 0.
        tag: Column of the tags, from 0.
        bare: Whether tags are marks without a label.
    """

    tabs: bool = True
    width: int = 2
    word: int = 0
    tag: int = 1
    bare: bool = False

    def cells(self, line: str) -> list[str]:
        """Split a line into its columns."""
        return _cells(line, tabs=self.tabs)

    def tag_of(self, cell: str) -> str | None:
        """Return the tag in a cell, with its label, or None where there is none."""
        tag = cell.strip()
        if self.bare:
            if tag not in _BARE_TAGS:
                return None
            return tag if tag == "O" else f"{tag}-{UNNAMED_LABEL}"
        return tag if _is_tag(tag) else None

    def is_comment(self, line: str) -> bool:
        """Tell a comment from a word that begins with ``#``."""
        if not line.startswith("#"):
            return False
        if _KEYED_COMMENT.match(line):
            return True
        if self.tabs and "\t" in line and not line.startswith("# "):
            return False
        cells = self.cells(line)
        return len(cells) != self.width or self.tag_of(cells[self.tag]) is None


def find_layout(lines: Sequence[str], options: ReadOptions) -> Layout:
    """Recognise the columns, or take those that were chosen.

    The tag column is the last one whose every value is a tag (else nearly every one: the rest
    are faults); the word column is the first other, or the second where the first numbers them.

    Raises:
        LayoutError: There is no tag column, or a chosen column is not there.
    """
    rows = [line for line in lines if _is_row(line)]
    if not rows:
        return Layout()
    tabs = sum("\t" in row for row in rows) * 2 > len(rows)
    split = [_cells(row, tabs=tabs) for row in rows]
    width = Counter(map(len, split)).most_common(1)[0][0]
    columns = [
        Counter(cell.strip() for cell in column)
        for column in zip(*(cells for cells in split if len(cells) == width), strict=True)
    ]
    chosen_word = _chosen(options.word_column, width)
    chosen_tag = _chosen(options.tag_column, width)
    tag = _tag_column(columns, chosen_word) if chosen_tag is None else chosen_tag
    word = _word_column(columns, tag) if chosen_word is None else chosen_word
    if word == tag:
        raise LayoutError(phrase("words and tags cannot stand in the same column"))
    return Layout(tabs, width, word, tag, _bare_share(columns[tag]) == 1.0)


def looks_tagged(lines: Sequence[str], *, least: float) -> bool:
    """Tell whether lines are words with tags, by their columns alone.

    Args:
        lines: The first lines of a file.
        least: Share of the lines that must be well formed, 0 to 1.
    """
    try:
        layout = find_layout(lines, ReadOptions())
    except LayoutError:
        return False
    rows = [layout.cells(line) for line in lines if _is_row(line)]
    good = [cells for cells in rows if len(cells) == layout.width]
    tags = [layout.tag_of(cells[layout.tag]) for cells in good]
    return "O" in tags and sum(tag is not None for tag in tags) >= least * len(rows)


def _is_row(line: str) -> bool:
    """Tell a line that surely holds a word."""
    if not line.strip() or line.startswith(DOCUMENT_MARK):
        return False
    return not line.startswith("#") or ("\t" in line and not _KEYED_COMMENT.match(line))


def _cells(line: str, *, tabs: bool) -> list[str]:
    # Only these two part columns: a word may hold a no-break space.
    return line.split("\t") if tabs else _BLANKS.split(line.strip(" \t"))


def _is_tag(value: str) -> bool:
    try:
        split_tag(value)
    except ValueError:
        return False
    return True


def _bare_share(column: Counter[str]) -> float:
    """Return the share of marks without a label, 0 where there is none but O."""
    if not any(value in _BARE_TAGS and value != "O" for value in column):
        return 0.0
    return sum(count for value, count in column.items() if value in _BARE_TAGS) / column.total()


def _tag_share(column: Counter[str]) -> float:
    full = sum(count for value, count in column.items() if _is_tag(value)) / column.total()
    return max(full, _bare_share(column))


def _chosen(column: int | None, width: int) -> int | None:
    """Return a chosen column counted from the first.

    Raises:
        LayoutError: It is not there.
    """
    if column is None:
        return None
    if not -width <= column < width:
        raise LayoutError(
            phrase(
                "there is no column {column} (from 0): most lines have {width}",
                column=column,
                width=width,
            )
        )
    return column % width


def _tag_column(columns: Sequence[Counter[str]], word: int | None) -> int:
    shares = [(_tag_share(column), index) for index, column in enumerate(columns) if index != word]
    best, index = max(shares, default=(0.0, 0))
    if len(columns) < 2 or best < _ENOUGH:
        raise LayoutError(phrase("no column holds tags (O, B-..., I-...): choose the tag column"))
    return index


def _word_column(columns: Sequence[Counter[str]], tag: int) -> int:
    others = [index for index in range(len(columns)) if index != tag]
    if len(others) > 1 and "1" in columns[others[0]] and all(map(str.isdigit, columns[others[0]])):
        return others[1]
    return others[0] if others else tag
