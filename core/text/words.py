"""The one word splitter: where words begin and end in any script.

Word boundaries decide what a mouse selection snaps to, what a tag is given to in training, and
what a predicted span can start and end at, so there is just this one rule (a document that brings
its own tokens keeps them). Only the standard library is used: exported models carry this module.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Sequence

from core.schema.documents import Document, Piece

_UNSPACED = (
    "\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Myanmar, Khmer
    "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3041-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U000323af"
)
"""Ranges of the scripts written without blanks (Unicode 15.1, Scripts.txt)."""


_WIDE_PUNCTUATION = "\u3001-\u3020\uff01-\uff65\uffe0-\uffee"


def _marks() -> str:
    """Return what belongs to the character before it, as ranges of a character class.

    Combining marks, the joiners inside Persian and Indic words, the soft hyphen, and the skin
    tones of emoji (as in Unicode's UAX #29, rule WB4).
    """
    points = [
        point
        for point in (*range(0x300, 0x1F000), *range(0xE0100, 0xE01F0))
        if unicodedata.category(chr(point))[0] == "M"
    ]
    points = sorted([*points, 0xAD, 0x200C, 0x200D, 0x2060, *range(0x1F3FB, 0x1F400)])
    ranges: list[list[int]] = []
    for point in points:
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


_MARKS = _marks()
_WORD = re.compile(
    rf"""
    \d+(?:[.,]\d+)+                                 # 12.5   1,000
    | [{_UNSPACED}][{_MARKS}]*
    | (?:(?![{_UNSPACED}])\w[{_MARKS}]*)+
    | [\U0001f1e6-\U0001f1ff]{{2}}                   # flags
    | \S(?:\u200d\S|[{_MARKS}])*                  # punctuation, symbols, emoji
    """,
    re.VERBOSE,
)
_UNBLANKED = re.compile(f"[{_UNSPACED}{_WIDE_PUNCTUATION}]")


def split_words(text: str) -> tuple[Piece, ...]:
    """Split text into words, each character of a script without blanks a word of its own.

    Letters and digits hold together (``HbA1c``), decimal numbers too; any other visible
    character is a word by itself, with its combining marks. Blanks belong to no word.

    Returns:
        Start and end of every word in code points, ordered, not overlapping.
    """
    return tuple(match.span() for match in _WORD.finditer(text))


def has_unspaced_script(text: str) -> bool:
    """Tell whether any character is of a script, or its punctuation, written without blanks."""
    return not text.isascii() and _UNBLANKED.search(text) is not None


def document_words(document: Document) -> tuple[Piece, ...]:
    """Return the document's own tokens where the source gave them, else the splitter's words."""
    return document.tokens if document.tokens is not None else split_words(document.text)


def word_at(words: Sequence[Piece], position: int) -> int:
    """Return the index of the word that holds the position, or -1 between words."""
    index = bisect.bisect_right(words, position, key=lambda word: word[0]) - 1
    if index >= 0 and words[index][0] <= position < words[index][1]:
        return index
    return -1


def words_within(words: Sequence[Piece], start: int, end: int) -> range:
    """Return the indices of the words that share at least one character with ``start..end``.

    An empty stretch inside a word touches that word; on its edge it touches none.
    """
    first = bisect.bisect_right(words, start, key=lambda word: word[1])
    last = bisect.bisect_left(words, end, key=lambda word: word[0])
    return range(first, max(first, last))


def snap_to_words(words: Sequence[Piece], start: int, end: int) -> Piece | None:
    """Widen a stretch to the words it touches.

    Returns:
        The start of the first and the end of the last word touched, or None if it touches none.
    """
    touched = words_within(words, start, end)
    if not touched:
        return None
    return words[touched[0]][0], words[touched[-1]][1]


class WordEdges:
    """Tells whether stretches of a text begin and end where its words do.

    Words are asked for only around the stretches: no word holds a blank, so the text between two
    blanks is enough to know those in it.
    """

    def __init__(self, text: str, tokens: Sequence[Piece] | None = None) -> None:
        """Know nothing yet.

        Args:
            text: Of a document.
            tokens: Its words where its source gave them, else None (see ``document_words``).
        """
        self._text = text
        self._starts: set[int] = set()
        self._ends: set[int] = set()
        # Where the visible stretches begin whose words are known; None where all words are.
        self._known: set[int] | None = None if tokens is not None else set()
        if tokens is not None:
            self._starts = {start for start, _ in tokens}
            self._ends = {end for _, end in tokens}

    def hold(self, start: int, end: int) -> bool:
        """Tell whether a word begins at ``start`` and one ends at ``end``."""
        return self._begins(start) and self._finishes(end)

    def _begins(self, position: int) -> bool:
        if self._known is not None and position not in self._starts:
            if _between_letters(self._text, position):
                return False
            self._learn(position)
        return position in self._starts

    def _finishes(self, position: int) -> bool:
        if self._known is not None and position not in self._ends:
            if _between_letters(self._text, position):
                return False
            self._learn(position - 1)
        return position in self._ends

    def _learn(self, position: int) -> None:
        """Split the text around a position up to the next blanks, once."""
        text, known = self._text, self._known
        if known is None or not 0 <= position < len(text) or text[position].isspace():
            return
        first = last = position
        while first and not text[first - 1].isspace():
            first -= 1
        if first in known:
            return
        while last < len(text) and not text[last].isspace():
            last += 1
        known.add(first)
        for start, end in split_words(text[first:last]):
            self._starts.add(first + start)
            self._ends.add(first + end)


def _between_letters(text: str, position: int) -> bool:
    """Tell quickly that a position lies inside a word: between two plain letters."""
    if not 0 < position < len(text):
        return False
    before, after = text[position - 1], text[position]
    return before.isascii() and before.isalpha() and after.isascii() and after.isalpha()
