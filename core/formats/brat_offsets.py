"""What the offsets of a standoff file count, told by the text that the annotations quote.

brat counts the characters of the file as it is: a carriage return and a byte order mark are one
each. Other programs write the same files and count otherwise.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from core.formats.values import Source
from core.schema.documents import Piece
from core.schema.phrases import phrase
from core.text.offsets import Utf16Map

_Quoted = Sequence[tuple[Sequence[Piece], str | None]]
"""Pieces of each annotation, and the text that it quotes (None where it quotes none)."""

_MARKED = frozenset({"utf-8-sig", "utf-16", "utf-32"})
"""Encodings whose byte order mark decoding takes away."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """Carries an offset of the file's counting into the normalised text.

    Attributes:
        carry: The function.
        remark: What is to be told where the counting is not brat's own; else empty.
    """

    carry: Callable[[int], int]
    remark: str = ""

    def __call__(self, offset: int) -> int:
        """Return the code point of the normalised text."""
        return self.carry(offset)


def best_mapping(source: Source, quoted: _Quoted) -> Mapping:
    """Choose the counting under which most quoted texts are found; brat's own where in doubt."""
    candidates = list(_candidates(source))
    if len(candidates) == 1:
        return candidates[0]
    return min(candidates, key=lambda mapping: _misses(source.text, quoted, mapping))


def _candidates(source: Source) -> Iterable[Mapping]:
    text = source.text
    mark, returns = _dropped(source)
    if mark or returns:
        yield Mapping(_without([*mark, *returns]))
    if mark:
        remark = phrase("offsets that do not count the byte order mark")
        yield Mapping(_without([place - 1 for place in returns]), remark)
    yield Mapping(_same, phrase("offsets that count a line end once") if returns else "")
    if any(char > "\uffff" for char in text):
        remark = phrase("offsets that count UTF-16 units; turned into characters")
        yield Mapping(Utf16Map(text).to_code_point, remark)


def _dropped(source: Source) -> tuple[list[int], list[int]]:
    """Return the offsets of the byte order mark and of the carriage returns before a line feed."""
    encoding = source.meta.get("encoding", "utf-8")
    text = source.path.read_bytes().decode(encoding)
    mark = [0] if encoding in _MARKED or text.startswith("\ufeff") else []
    shift = len(mark) - text.startswith("\ufeff")
    return mark, [match.start() + shift for match in re.finditer(r"\r(?=\n)", text)]


def _without(dropped: list[int]) -> Callable[[int], int]:
    return lambda offset: offset - bisect.bisect_left(dropped, offset)


def _same(offset: int) -> int:
    return offset


def _misses(text: str, quoted: _Quoted, mapping: Mapping) -> int:
    """Count the annotations whose quoted text is not at their offsets."""
    misses = 0
    for pieces, surface in quoted:
        there = " ".join(text[mapping(start) : mapping(end)] for start, end in pieces)
        misses += surface is not None and surface.split() != there.split()
    return misses
