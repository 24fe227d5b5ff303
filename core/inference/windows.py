"""Cutting long documents into overlapping windows of words, and stitching them together again.

A model reads a limited number of sub-tokens. Windows break where a sentence or line ends if one
does in their last third, overlap so that each word is read with context on both sides, and each
word's answer is taken from the window in which it stands farthest from an edge. Only the standard
library is used: exported models carry this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.schema.documents import Piece

_SENTENCE_ENDS = frozenset(".!?;。！？；")


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of words that a model reads at once.

    Attributes:
        first: Index of its first word.
        last: One past its last word.
        core_first: The first word whose answer is taken from this window.
        core_last: One past the last such word.
    """

    first: int
    last: int
    core_first: int
    core_last: int


def break_after(text: str, words: Sequence[Piece]) -> list[bool]:
    """Tell for each word whether a window may well end behind it: at a sentence or line end."""
    breaks = []
    for index, (start, end) in enumerate(words):
        following = words[index + 1][0] if index + 1 < len(words) else len(text)
        gap = text[end:following]
        ends_sentence = text[start:end] in _SENTENCE_ENDS and (bool(gap) or following == len(text))
        breaks.append("\n" in gap or ends_sentence)
    return breaks


def cut_windows(
    sizes: Sequence[int], breaks: Sequence[bool], *, budget: int, overlap: int
) -> list[Window]:
    """Cut words into windows.

    Args:
        sizes: Sub-tokens of each word; a word longer than ``budget`` counts as ``budget``.
        breaks: Whether a window may well end behind each word.
        budget: Sub-tokens a window may hold, special ones not counted; at least 1.
        overlap: Sub-tokens that neighbours share at least, where words allow; under ``budget``.

    Returns:
        Windows whose cores part the words without gap or overlap. No words make no windows.
    """
    if not 0 <= overlap < budget:
        raise ValueError("overlap must be less than the budget")
    bounds: list[tuple[int, int]] = []
    first = 0
    while first < len(sizes):
        last, used = first, 0
        while last < len(sizes) and (last == first or used + min(sizes[last], budget) <= budget):
            used += min(sizes[last], budget)
            last += 1
        if last < len(sizes):
            last = _nicer_end(breaks, first, last)
        bounds.append((first, last))
        if last == len(sizes):
            break
        back, shared = last, 0
        while back - 1 > first and shared + sizes[back - 1] <= overlap:
            back -= 1
            shared += sizes[back]
        first = back
    windows = []
    for index, (first, last) in enumerate(bounds):
        begin = 0 if index == 0 else (first + bounds[index - 1][1] + 1) // 2
        end = last if index + 1 == len(bounds) else (bounds[index + 1][0] + last + 1) // 2
        windows.append(Window(first, last, begin, end))
    return windows


def _nicer_end(breaks: Sequence[bool], first: int, last: int) -> int:
    """Return the latest break in the window's last third, or the window's end as it is."""
    for end in range(last, first + (2 * (last - first)) // 3, -1):
        if breaks[end - 1]:
            return end
    return last
