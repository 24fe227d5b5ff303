from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.schema.documents import Span
from core.text.iob import (
    TagScheme,
    detect_scheme,
    spans_to_tags,
    split_tag,
    tags_to_runs,
    tags_to_spans,
)

Run = tuple[int, int, str]


@st.composite
def runs_of_words(draw: st.DrawFn) -> tuple[int, list[Run]]:
    """A number of words, and entities on them that do not overlap."""
    runs: list[Run] = []
    at = 0
    for gap, length, label in draw(
        st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4), st.sampled_from("xyz")))
    ):
        runs.append((at + gap, at + gap + length, label))
        at += gap + length
    return at + draw(st.integers(0, 3)), runs


def written(count: int, runs: list[Run], scheme: TagScheme) -> list[str]:
    """Tags written from the definition of each scheme, apart from the code under test."""
    tags = ["O"] * count
    for first, last, label in runs:
        for index in range(first, last):
            neighbour = index == first and index > 0 and tags[index - 1][1:] == f"-{label}"
            if scheme is TagScheme.IOB1:
                mark = "B" if neighbour else "I"
            elif scheme is TagScheme.IOB2:
                mark = "B" if index == first else "I"
            elif last - first == 1:
                mark = "S"
            else:
                mark = {first: "B", last - 1: "E"}.get(index, "I")
            tags[index] = f"{mark}-{label}"
    return tags


@pytest.mark.parametrize("scheme", list(TagScheme))
@given(case=runs_of_words())
def test_every_scheme_is_read_as_it_is_written(
    scheme: TagScheme, case: tuple[int, list[Run]]
) -> None:
    count, runs = case
    assert tags_to_runs(written(count, runs, scheme), scheme) == (runs, [])


@given(case=runs_of_words())
def test_iobes_and_iob2_are_told_by_their_tags(case: tuple[int, list[Run]]) -> None:
    count, runs = case
    if runs:
        iobes = written(count, runs, TagScheme.IOBES)
        assert detect_scheme([iobes]) is TagScheme.IOBES
    assert detect_scheme([written(count, runs, TagScheme.IOB2)]) is TagScheme.IOB2


@given(case=runs_of_words())
def test_whatever_scheme_is_told_reads_the_same_entities(case: tuple[int, list[Run]]) -> None:
    count, runs = case
    tags = written(count, runs, TagScheme.IOB1)
    assert tags_to_runs(tags, detect_scheme([tags])) == (runs, [])


def test_an_inside_that_opens_in_a_file_with_lone_begins_is_a_fault_of_iob2() -> None:
    tags = ["B-x", "O", "I-x", "I-x", "I-y"]
    assert detect_scheme([tags]) is TagScheme.IOB2
    assert tags_to_runs(tags) == ([(0, 1, "x"), (2, 4, "x"), (4, 5, "y")], [2, 4])


def test_the_begin_of_a_sentence_is_lone_whatever_the_sentence_before_ended_with() -> None:
    assert detect_scheme([["I-x"], ["B-x"]]) is TagScheme.IOB2
    assert detect_scheme([["I-x", "B-x"], ["I-x"]]) is TagScheme.IOB1


@pytest.mark.parametrize(
    ("tags", "runs", "faults"),
    [
        (["B-x", "O"], [(0, 1, "x")], [0]),
        (["B-x", "I-x"], [(0, 2, "x")], [1]),
        (["I-x", "E-x"], [(0, 2, "x")], [0]),
        (["S-x", "E-x"], [(0, 1, "x"), (1, 2, "x")], [1]),
        (["B-x", "E-y"], [(0, 1, "x"), (1, 2, "y")], [0, 1]),
    ],
)
def test_faults_of_iobes(tags: list[str], runs: list[Run], faults: list[int]) -> None:
    assert tags_to_runs(tags, TagScheme.IOBES) == (runs, faults)


@pytest.mark.parametrize(
    ("tag", "parts"),
    [
        ("O", ("O", "")),
        ("B-drug", ("B", "drug")),
        ("U-x", ("S", "x")),
        ("L-x", ("E", "x")),
        ("M-x", ("I", "x")),
        ("I-a-b", ("I", "a-b")),
        ("B-疾病", ("B", "疾病")),
    ],
)
def test_tags_split(tag: str, parts: tuple[str, str]) -> None:
    assert split_tag(tag) == parts


@pytest.mark.parametrize("tag", ["", "B", "B-", "-x", "o", "X-drug", "b-drug", "_", "BI-x"])
def test_what_is_no_tag_is_refused(tag: str) -> None:
    with pytest.raises(ValueError, match="not a tag"):
        split_tag(tag)


@given(case=runs_of_words())
def test_spans_on_word_edges_survive_tags(case: tuple[int, list[Run]]) -> None:
    count, runs = case
    words = [(index * 4, index * 4 + 3) for index in range(count)]
    spans = [Span(words[a][0], words[b - 1][1], label) for a, b, label in runs]
    tags, left_out = spans_to_tags(words, spans)
    assert left_out == []
    assert tags == written(count, runs, TagScheme.IOB2)
    assert list(tags_to_spans(words, tags)) == spans


def test_spans_that_tags_cannot_say_are_given_back() -> None:
    words = [(0, 4), (5, 9), (10, 14)]
    longer, inner = Span(0, 9, "x"), Span(5, 9, "y")
    between, parted = Span(4, 5, "x"), Span(0, 14, "z", pieces=((0, 4), (10, 14)))
    tags, left_out = spans_to_tags(words, [inner, longer, between, parted])
    assert tags == ["B-x", "I-x", "O"]
    assert set(left_out) == {inner, between, parted}


def test_a_word_that_is_partly_covered_is_tagged() -> None:
    assert spans_to_tags([(0, 4), (5, 9)], [Span(2, 6, "x")]) == (["B-x", "I-x"], [])
