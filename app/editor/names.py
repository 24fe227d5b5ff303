"""The small names above labels and suggestions: fitted into a line so that none covers another."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.editor.ink import Inks
from app.editor.marks import Mark, Segment

Measure = Callable[[str, bool], float]
"""Width of a text in pixels; the second argument says whether it is a suggestion's name."""

GAP = 5.0
"""Least distance between two names, in pixels."""

_LEAST_LETTERS = 3
"""A name elided to fewer letters than this is abbreviated instead."""

ATTRIBUTE_SIGNS = {"negated": "¬", "historical": "hist", "family": "fam", "uncertain": "?"}
"""What stands before a label's name; other attributes are named by their first four letters."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name that has found its place.

    Attributes:
        mark: Whose name it is.
        line: The line's index in its block.
        left: Left edge, in pixels from the column's left.
        text: What is shown.
        width: Its width, the sign of its origin left out.
    """

    mark: Mark
    line: int
    left: float
    text: str
    width: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """The names of a block, and the marks whose name had no room.

    Attributes:
        names: The names by lines.
        nameless: Where a name was left out; these underlines carry notches.
    """

    names: list[Name]
    nameless: list[Segment]


def fit_names(
    segments: Sequence[Segment],
    *,
    inks: Inks,
    right_edge: float,
    measure: Measure,
) -> Fitted:
    """Find room for the name of every mark that begins in a block.

    Names stand at the left edge of their spans; one may run on over the text behind its span as
    far as the next name. Where marks begin close together they share the room.

    Args:
        segments: Parts of the block's marks.
        inks: For the shortest sign of a label.
        right_edge: Where names must end.
        measure: Measures a text.
    """
    fitted = Fitted([], [])
    by_line: dict[int, list[Segment]] = {}
    for segment in segments:
        if segment.opens:
            by_line.setdefault(segment.line, []).append(segment)
    for line, opening in sorted(by_line.items()):
        opening.sort(key=lambda s: (s.left, -s.mark.length, s.mark.suggested, s.mark.id))
        _fit_line(line, opening, fitted, inks=inks, right_edge=right_edge, measure=measure)
    return fitted


def _fit_line(
    line: int,
    opening: Sequence[Segment],
    fitted: Fitted,
    *,
    inks: Inks,
    right_edge: float,
    measure: Measure,
) -> None:
    free = 0.0
    for order, segment in enumerate(opening):
        mark = segment.mark
        signs, name = _words(segment)
        short = inks.of(mark.label).short
        left = max(segment.left, free)
        # Marks that begin before the shortest name would end share the room up to the next one.
        least = measure(short, mark.suggested) + GAP
        rest = opening[order + 1 :]
        sharing = 1 + sum(1 for other in rest if other.left < left + least)
        beyond = next((s.left for s in rest if s.left >= left + least), right_edge + GAP)
        room = (beyond - left) / sharing - GAP
        last = max(right_edge, segment.right) - left
        shown = _shorten(signs, name, short, min(room, last), mark.suggested, measure)
        if shown is None:
            fitted.nameless.append(segment)
            continue
        taken = measure(shown, mark.suggested)
        fitted.names.append(Name(mark, line, left, shown, taken))
        free = left + taken + GAP


def _words(segment: Segment) -> tuple[str, str]:
    """Return the signs of a mark's attributes and its name; later pieces have an ellipsis."""
    mark = segment.mark
    signs = " ".join(ATTRIBUTE_SIGNS.get(name, name[:4]) for name in mark.attributes)
    return signs, mark.label if segment.piece == 0 else f"…{mark.label}"


def _shorten(
    signs: str, name: str, short: str, room: float, ghost: bool, measure: Measure
) -> str | None:
    """Return the longest form of a name that fits, or None."""
    before = f"{signs} " if signs else ""
    if measure(before + name, ghost) <= room:
        return before + name
    for kept in range(len(name) - 1, _LEAST_LETTERS - 1, -1):
        if measure(f"{before}{name[:kept]}…", ghost) <= room:
            return f"{before}{name[:kept]}…"
    parts = [part for part in re.split(r"[_\-\s]+", name) if part]
    initials = "".join(part[0] for part in parts) if len(parts) > 1 else ""
    for form in (before + initials if initials else "", before + short, signs, short):
        if form and measure(form, ghost) <= room:
            return form
    return None
