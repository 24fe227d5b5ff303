"""What of a record can be seen right now, whole: what a verb may hit that takes what is visible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.editor.marks import Mark
from core.schema.documents import Piece

if TYPE_CHECKING:
    from app.editor.text_area import TextArea

_SLACK = 0.5
"""Pixels that may be cut off a line that still counts as whole."""


def visible_stretches(view: TextArea) -> list[Piece]:
    """Return the lines in sight whose text is not cut off, in order; folded text is not there."""
    if view.record is None:
        return []
    top, height = float(view.scrolled), float(view.viewport().height())
    stretches: list[Piece] = []
    for y, laid in view.column.visible(top, height):
        for line in laid.lines:
            first = y + line.top
            if first >= top - _SLACK and first + line.height <= top + height + _SLACK:
                stretches.append((line.start, line.end))
    return stretches


def visible_suggestions(view: TextArea) -> list[Mark]:
    """Return the suggestions that can be seen from end to end, in reading order."""
    lines = visible_stretches(view)
    if not lines:
        return []
    first, last = lines[0][0], lines[-1][1]
    return [
        mark
        for mark in view.marks.ordered
        if mark.suggested and first <= mark.start and mark.end <= last and _seen(view, mark, lines)
    ]


def _seen(view: TextArea, mark: Mark, lines: list[Piece]) -> bool:
    """Tell whether both ends of each piece stand in the lines, and not beside the window."""
    ends = [position for start, end in mark.pieces for position in (start, end - 1)]
    if not all(any(start <= position < end for start, end in lines) for position in ends):
        return False
    if not view.horizontalScrollBar().maximum():
        return True
    width = view.viewport().width()
    boxes = [view.box_of(position) for position in ends]
    return all(box.left() >= -_SLACK and box.right() <= width + _SLACK for box in boxes)
