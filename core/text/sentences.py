"""The sentence around a stretch of a clinical note, found without reading the rest of the note."""

from __future__ import annotations

import re

from core.schema.documents import Piece

MOST_BEFORE = 400
MOST_AFTER = 240
"""Code points looked at before and after a stretch: a longer sentence is cut there."""

_WRAPPED = 40
"""A line at least so long may have been wrapped in the middle of a sentence."""

_ENDS = re.compile(r"[.!?]+[)\"'’”]*(?=\s|$)|[。！？；]+|\n")
_ABBREVIATED = re.compile(
    r"(?:\b(?:dr|mr|mrs|ms|prof|st|sr|jr|vs|approx|dept|hosp|resp|incl|esp|e\.g|i\.e|cf|fig|"
    r"no(?=\.\s*\d)|[a-z])|\d)$",
    re.IGNORECASE,
)
"""What stands before a full stop that ends no sentence: a title, an initial, a list's number."""

_BULLET = re.compile(r"[ \t]*(?:[-*•·–—▪●◦]|\d{1,2}[.)]|\(?[a-z]\))\s")
_JOINING = re.compile(r"[ \t]*[a-z(]")


def sentence_around(text: str, start: int, end: int) -> Piece:
    """Return the sentence, line or item that holds a stretch.

    A line's end ends a sentence unless the line was plainly wrapped: long, without a stop, and
    gone on with in lower case. A stop after a title ('Dr.'), an initial or a bare number ends none.

    Args:
        text: The note.
        start: First code point of the stretch.
        end: One past its last; a stretch over several sentences gets all of them.
    """
    first = max(0, start - MOST_BEFORE)
    begin = first
    for match in _ENDS.finditer(text, first, start):
        if _ends_sentence(text, match):
            begin = match.end()
    last = min(len(text), end + MOST_AFTER)
    for match in _ENDS.finditer(text, end, last):
        if _ends_sentence(text, match):
            return begin, match.start() if match[0] == "\n" else match.end()
    return begin, last


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    at = match.start()
    sign = match[0][0]
    if sign == "\n":
        return not _is_wrapped(text, at)
    if sign == ".":
        before = text[max(0, at - 12) : at]
        abbreviated = _ABBREVIATED.search(before) is not None
        # '1. aspirin' numbers an item, 'HbA1c 41.' ends a sentence.
        if abbreviated and before[-1:].isdigit():
            return not _starts_line(text, at)
        return not abbreviated
    if sign == "?":
        # '? LADA' asks about what follows.
        return at > 0 and not text[at - 1].isspace() and text[at - 1] not in "(["
    return True


def _starts_line(text: str, at: int) -> bool:
    """Tell whether nothing but a number of at most two digits stands before a place in its line."""
    return (
        re.fullmatch(r"(?:.*[\n:;]|.*\s{2}|)\s*\d{1,2}", text[max(0, at - 12) : at], re.S)
        is not None
    )


def _is_wrapped(text: str, at: int) -> bool:
    line = text.rfind("\n", max(0, at - 200), at) + 1
    return (
        at - line >= _WRAPPED
        and text[at - 1] not in ".:;!?"
        and _JOINING.match(text, at + 1) is not None
        and _BULLET.match(text, at + 1) is None
    )
