"""How well a few typed letters name a thing: beginnings of words first, then letters in order."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORDS = re.compile(r"[^\W_]+")

_BEGINNING = 1.0
_WORD = 0.9
_INITIALS = 0.7
_INSIDE = 0.6
_LETTERS = 0.3
_BREVITY = 0.05
"""What a kind of match is worth; the share of the text that is typed decides between equals."""


def score(query: str, names: Sequence[tuple[str, float]]) -> float:
    """Return how well a query names something, 0 for not at all.

    Every word of the query must be found in one of the names, in any order; case is no matter.

    Args:
        query: What is typed; blanks part its words.
        names: What the thing is called, each with its weight from 0 to 1.

    Returns:
        At most 1.05; 1 for an empty query.
    """
    parts = query.casefold().split()
    if not parts:
        return 1.0
    folded = [(name.casefold(), weight) for name, weight in names]
    total = 0.0
    for part in parts:
        best = max((weight * _one(part, name) for name, weight in folded), default=0.0)
        if not best:
            return 0.0
        total += best
    return total / len(parts)


def _one(part: str, name: str) -> float:
    """Return how well one typed word names a text, both without case."""
    worth = _kind(part, name)
    return worth + _BREVITY * min(1.0, len(part) / len(name)) if worth else 0.0


def _kind(part: str, name: str) -> float:
    if not name:
        return 0.0
    if name.startswith(part):
        return _BEGINNING
    words = _WORDS.findall(name)
    if any(word.startswith(part) for word in words):
        return _WORD
    if len(part) > 1 and "".join(word[0] for word in words).startswith(part):
        return _INITIALS
    if part in name:
        return _INSIDE
    return _LETTERS if _in_order(part, name, words) else 0.0


def _in_order(part: str, name: str, words: Sequence[str]) -> bool:
    """Tell whether the letters stand in the text in their order, the first at a word's start."""
    if not any(word[0] == part[0] for word in words):
        return False
    start = min(found.start() for found in _WORDS.finditer(name) if found[0][0] == part[0])
    letters = iter(name[start:])
    return all(letter in letters for letter in part)
