"""The small names above labels and suggestions: fitted into a line so that none covers another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from app.editor.ink import Inks
from app.editor.marks import Mark, Segment
from app.texts import QT_TRANSLATE_NOOP, translated
from core.schema.attributes import decoded

_CONTEXT = "AttributeSigns"

Measure = Callable[[str, bool], float]
"""Width of a text in pixels; the second argument says whether it is a suggestion's name."""

HintsOf = Callable[[Mark], tuple[str, ...]]
"""The attributes that are suggested for a mark."""

GAP = 5.0
"""Least distance between two names, in pixels."""

_LEAST_LETTERS = 3
"""A name elided to fewer letters than this is abbreviated instead."""

_SIGN_LETTERS = 4
_VALUE_LETTERS = 12
"""Most letters of an attribute's name, and of its value."""

ATTRIBUTE_SIGNS = {
    "negated": "¬",
    "historical": QT_TRANSLATE_NOOP("AttributeSigns", "hist"),
    "family": QT_TRANSLATE_NOOP("AttributeSigns", "fam"),
    "uncertain": "?",
    "conditional": QT_TRANSLATE_NOOP("AttributeSigns", "if"),
}
"""What stands before a label's name; other flags are named by their first four letters, and
attributes with a value by the value."""

HINT_SIGNS = {
    "negated": QT_TRANSLATE_NOOP("AttributeSigns", "neg?"),
    "historical": QT_TRANSLATE_NOOP("AttributeSigns", "hist?"),
    "family": QT_TRANSLATE_NOOP("AttributeSigns", "fam?"),
    "uncertain": QT_TRANSLATE_NOOP("AttributeSigns", "unc?"),
    "conditional": QT_TRANSLATE_NOOP("AttributeSigns", "if?"),
}
"""What stands behind a label's name for an attribute that is only suggested."""

HINT_GAP = 10.0
"""Room for the gap between a name and what is suggested for it, and its frame, in pixels."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name that has found its place.

    Attributes:
        mark: Whose name it is.
        line: The line's index in its block.
        left: Left edge, in pixels from the column's left.
        text: What is shown.
        width: Its width, the sign of its origin left out and the hint included.
        hint: Signs of suggested attributes behind it, where there is room.
    """

    mark: Mark
    line: int
    left: float
    text: str
    width: float
    hint: str = ""


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
    hints_of: HintsOf = lambda _mark: (),
) -> Fitted:
    """Find room for the name of every mark that begins in a block.

    Names stand at the left edge of their spans; one may run on over the text behind its span as
    far as the next name. Where marks begin close together they share the room.

    Args:
        segments: Parts of the block's marks.
        inks: For the shortest sign of a label.
        right_edge: Where names must end.
        measure: Measures a text.
        hints_of: Returns the attributes that are suggested for a mark.
    """
    fitted = Fitted([], [])
    by_line: dict[int, list[Segment]] = {}
    for segment in segments:
        if segment.opens:
            by_line.setdefault(segment.line, []).append(segment)
    for line, opening in sorted(by_line.items()):
        opening.sort(key=lambda s: (s.left, -s.mark.length, s.mark.suggested, s.mark.id))
        _fit_line(
            line,
            opening,
            fitted,
            inks=inks,
            right_edge=right_edge,
            measure=measure,
            hints_of=hints_of,
        )
    return fitted


def _fit_line(
    line: int,
    opening: Sequence[Segment],
    fitted: Fitted,
    *,
    inks: Inks,
    right_edge: float,
    measure: Measure,
    hints_of: HintsOf,
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
        if signs and measure(f"{signs} {short}", mark.suggested) > min(room, last):
            # Values go first: that something is negated must be seen to the last.
            signs = _signs(item for item in mark.attributes if not decoded(item)[1])
        shown = _shorten(signs, name, short, min(room, last), mark.suggested, measure)
        if shown is None:
            fitted.nameless.append(segment)
            continue
        taken = measure(shown, mark.suggested)
        hint = " ".join(_hint(item) for item in hints_of(mark))
        asked = measure(hint, True) + HINT_GAP if hint and segment.piece == 0 else 0.0
        if not asked or taken + asked > min(room, last):
            hint, asked = "", 0.0
        taken += asked
        fitted.names.append(Name(mark, line, left, shown, taken, hint))
        free = left + taken + GAP


def _words(segment: Segment) -> tuple[str, str]:
    """Return the signs of a mark's attributes and its name; ellipses stand for other pieces."""
    mark = segment.mark
    before = "…" if segment.piece else ""
    behind = "…" if segment.piece + 1 < len(mark.pieces) else ""
    return _signs(mark.attributes), f"{before}{mark.label}{behind}"


def _signs(attributes: Iterable[str]) -> str:
    return " ".join(_sign(attribute) for attribute in attributes)


def _sign(attribute: str) -> str:
    """Return the sign of an attribute: of one with a value, the beginning of the value."""
    name, value = decoded(attribute)
    if not value:
        sign = ATTRIBUTE_SIGNS.get(name)
        return translated(_CONTEXT, sign) if sign else name[:_SIGN_LETTERS]
    return value if len(value) <= _VALUE_LETTERS else f"{value[: _VALUE_LETTERS - 1]}…"


def _hint(name: str) -> str:
    """Return the sign of an attribute that is only suggested."""
    sign = HINT_SIGNS.get(name)
    return translated(_CONTEXT, sign) if sign else f"{name[:_SIGN_LETTERS]}?"


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
