from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.inference.batching import nothing_to_check
from core.training.merges import INSIDE, learn_pieces

words = st.dictionaries(st.text("abc", min_size=1, max_size=6), st.integers(1, 9), max_size=20)


def learn(counts: dict[str, int], most: int = 100) -> list[str]:
    return learn_pieces(counts, most=most, check=nothing_to_check)


def test_what_stands_together_most_often_is_merged_first() -> None:
    assert learn({"low": 5, "lower": 2, "newest": 6}, most=3) == ["##we", "lo", "##ewe"]


def test_equal_counts_are_decided_by_the_pieces() -> None:
    assert learn({"xy": 1, "ab": 1}) == learn({"ab": 1, "xy": 1}) == ["ab", "xy"]


@given(words)
def test_every_word_becomes_one_piece_if_there_is_room(counts: dict[str, int]) -> None:
    pieces = learn(counts, most=1000)
    assert {word for word in counts if len(word) > 1} <= set(pieces)
    assert len(set(pieces)) == len(pieces)


@given(words)
def test_no_piece_is_of_anything_but_the_words(counts: dict[str, int]) -> None:
    for piece in learn(counts):
        inside = piece.removeprefix(INSIDE)
        assert any(inside in word for word in counts)
