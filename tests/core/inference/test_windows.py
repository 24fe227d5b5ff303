"""Windows of long documents: each word's answer is taken exactly once."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.inference.windows import Window, break_after, cut_windows
from core.text.words import split_words


@st.composite
def cuts(draw: st.DrawFn) -> tuple[list[int], list[bool], int, int]:
    sizes = draw(st.lists(st.integers(1, 9), max_size=80))
    breaks = draw(st.lists(st.booleans(), min_size=len(sizes), max_size=len(sizes)))
    budget = draw(st.integers(1, 20))
    return sizes, breaks, budget, draw(st.integers(0, budget - 1))


@given(cuts())
def test_cores_part_the_words_and_windows_keep_the_budget(
    cut: tuple[list[int], list[bool], int, int],
) -> None:
    sizes, breaks, budget, overlap = cut
    windows = cut_windows(sizes, breaks, budget=budget, overlap=overlap)
    cores = [word for w in windows for word in range(w.core_first, w.core_last)]
    assert cores == list(range(len(sizes)))
    for window in windows:
        assert window.first <= window.core_first <= window.core_last <= window.last
        assert sum(min(size, budget) for size in sizes[window.first : window.last]) <= budget
    for one, other in itertools.pairwise(windows):
        assert one.first < other.first
        assert sum(sizes[other.first : one.last]) <= overlap


def test_a_short_document_is_one_window() -> None:
    assert cut_windows([1] * 10, [False] * 10, budget=10, overlap=4) == [Window(0, 10, 0, 10)]


def test_no_words_no_windows() -> None:
    assert cut_windows([], [], budget=10, overlap=4) == []


def test_a_window_ends_at_a_sentence_end_in_its_last_third() -> None:
    breaks = [False] * 20
    breaks[7] = True
    windows = cut_windows([1] * 20, breaks, budget=10, overlap=4)
    assert windows[0].last == 8
    breaks[7], breaks[3] = False, True
    assert cut_windows([1] * 20, breaks, budget=10, overlap=4)[0].last == 10


def test_an_overlap_is_shared_by_halves() -> None:
    first, second = cut_windows([1] * 16, [False] * 16, budget=10, overlap=4)
    assert (first.first, first.last, second.first, second.last) == (0, 10, 6, 16)
    assert first.core_last == second.core_first == 8


def test_a_word_longer_than_a_window_stands_alone() -> None:
    windows = cut_windows([1, 30, 1], [False] * 3, budget=5, overlap=2)
    assert [(w.first, w.last) for w in windows] == [(0, 1), (1, 2), (2, 3)]


def test_an_overlap_must_be_less_than_the_budget() -> None:
    with pytest.raises(ValueError, match="overlap"):
        cut_windows([1], [False], budget=4, overlap=4)


def test_breaks_are_at_line_ends_and_sentence_ends_not_at_points_in_numbers() -> None:
    text = "Took 2.5 mg. Felt well\n高血压。 Mr.X came."
    words = split_words(text)
    ends = [
        text[start:end]
        for (start, end), may_end in zip(words, break_after(text, words), strict=True)
        if may_end
    ]
    assert ends == [".", "well", "。", "."]
