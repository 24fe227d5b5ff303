from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from core.schema.documents import Piece, Span
from core.text.pieces import in_pieces, joined, resized

TEXT = "left and right lung, then bone " * 3


@st.composite
def stretches(draw: st.DrawFn) -> list[Piece]:
    edges = st.integers(0, len(TEXT) - 1)
    pairs = draw(st.lists(st.tuples(edges, edges), min_size=1, max_size=6))
    return [(min(pair), max(pair) + 1) for pair in pairs]


@given(stretches())
def test_joined_pieces_cover_the_same_and_never_touch(pieces: list[Piece]) -> None:
    made = joined(pieces, TEXT)
    covered = {at for start, end in made for at in range(start, end)}
    wanted = {at for start, end in pieces for at in range(start, end)}
    assert wanted <= covered
    assert all(TEXT[at].isspace() for at in covered - wanted)
    for (_, end), (start, _) in pairwise(made):
        assert TEXT[end:start].strip()
    assert joined(made, TEXT) == made


def test_pieces_with_only_blanks_between_are_one() -> None:
    assert joined([(15, 19), (9, 14)], TEXT) == ((9, 19),)
    assert joined([(15, 19), (0, 4)], TEXT) == ((0, 4), (15, 19))


def test_one_piece_makes_a_continuous_span() -> None:
    span = Span(0, 19, "site", pieces=((0, 4), (15, 19)))
    assert in_pieces(span, ((15, 19),)) == Span(15, 19, "site")
    assert in_pieces(Span(0, 4, "site"), ((0, 4), (15, 19))) == span


def test_moving_the_outer_ends_leaves_the_gaps() -> None:
    span = Span(5, 19, "site", pieces=((5, 8), (15, 19)))
    assert resized(span, 0, 25).pieces == ((0, 8), (15, 25))
    assert resized(span, 6, 17).pieces == ((6, 8), (15, 17))
    assert resized(span, 16, 19) == Span(16, 19, "site")
    assert resized(span, 9, 12) == Span(9, 12, "site")
    assert resized(Span(5, 8, "site"), 0, 9) == Span(0, 9, "site")
