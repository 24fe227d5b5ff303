"""The pieces of a discontinuous span: joining, taking away, moving its outer ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from core.schema.documents import Piece, Span


def joined(pieces: Iterable[Piece], text: str) -> tuple[Piece, ...]:
    """Order pieces, and make one of those that overlap, touch, or have only blanks between them.

    Args:
        pieces: In any order, in code points.
        text: The text that they stand in.
    """
    made: list[Piece] = []
    for start, end in sorted(pieces):
        if made and (start <= made[-1][1] or not text[made[-1][1] : start].strip()):
            made[-1] = (made[-1][0], max(made[-1][1], end))
        else:
            made.append((start, end))
    return tuple(made)


def in_pieces(span: Span, pieces: tuple[Piece, ...]) -> Span:
    """Return the span over other pieces (ordered, at least one); one alone is continuous."""
    kept = pieces if len(pieces) > 1 else ()
    return replace(span, start=pieces[0][0], end=pieces[-1][1], pieces=kept)


def resized(span: Span, start: int, end: int) -> Span:
    """Return the span with its outer ends moved; its gaps stay.

    A piece that falls outside is left out. Where nothing would be left, the span becomes the
    stretch ``start..end`` itself.
    """
    pieces = list(span.stretches())
    pieces[0] = (min(start, pieces[0][0]), pieces[0][1])
    pieces[-1] = (pieces[-1][0], max(end, pieces[-1][1]))
    cut = [(max(first, start), min(last, end)) for first, last in pieces]
    left = tuple((first, last) for first, last in cut if first < last)
    return in_pieces(span, left or ((start, end),))
