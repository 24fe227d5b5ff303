from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.schema.documents import Document
from core.text.words import (
    document_words,
    has_unspaced_script,
    snap_to_words,
    split_words,
    word_at,
    words_within,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.text(
    "ab1.,- \n疾病é\u0301\u200d👍🏽🇩🇪", max_size=30
)


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in split_words(text)]


@given(TEXTS)
def test_words_hold_all_that_is_visible_and_no_blank(text: str) -> None:
    pieces = split_words(text)
    edges = [edge for piece in pieces for edge in piece]
    assert edges == sorted(edges)
    assert all(start < end for start, end in pieces)
    assert "".join(words(text)) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HbA1c 7.5% on 1,000 mg", ["HbA1c", "7.5", "%", "on", "1,000", "mg"]),
        ("β-blocker, q.d.", ["β", "-", "blocker", ",", "q", ".", "d", "."]),
        ("Sjögren’s", ["Sjögren", "’", "s"]),
        ("Sjo\u0308gren", ["Sjo\u0308gren"]),
        ("急性心肌梗死ECG", ["急", "性", "心", "肌", "梗", "死", "ECG"]),
        ("糖尿病。", ["糖", "尿", "病", "。"]),
        ("𠮷田", ["𠮷", "田"]),
        ("고혈압 환자", ["고혈압", "환자"]),
        ("ไข้", ["ไ", "ข้"]),
        ("می\u200cخواهم", ["می\u200cخواهم"]),
        ("क्\u200dष", ["क्\u200dष"]),
        ("hyper\u00adtension", ["hyper\u00adtension"]),
        ("👍🏽👍", ["👍🏽", "👍"]),
        ("👨\u200d👩\u200d👧", ["👨\u200d👩\u200d👧"]),
        ("🇩🇪🇫🇷", ["🇩🇪", "🇫🇷"]),
        ("1\ufe0f\u20e3", ["1\ufe0f\u20e3"]),
        ("a\u00a0b\u2009c", ["a", "b", "c"]),
        ("", []),
    ],
)
def test_words_of_many_scripts(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_documents_own_tokens_come_before_the_splitter() -> None:
    tokens = ((0, 3), (4, 13))
    assert document_words(Document(1, "n", "one two-three", tokens=tokens)) == tokens
    assert document_words(Document(1, "n", "one two", tokens=())) == ()
    assert document_words(Document(1, "n", "one two")) == ((0, 3), (4, 7))


@given(TEXTS, st.data())
def test_words_are_found_by_position_and_by_stretch(text: str, data: st.DataObject) -> None:
    pieces = split_words(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    holding = [i for i, (a, b) in enumerate(pieces) if a <= start < b]
    assert word_at(pieces, start) == (holding[0] if holding else -1)
    if start < end:
        touched = [i for i, (a, b) in enumerate(pieces) if a < end and start < b]
        assert list(words_within(pieces, start, end)) == touched
        snapped = snap_to_words(pieces, start, end)
        if touched:
            assert snapped == (pieces[touched[0]][0], pieces[touched[-1]][1])
        else:
            assert snapped is None


def test_an_empty_stretch_touches_the_word_around_it_alone() -> None:
    pieces = ((0, 3), (3, 6), (7, 9))
    assert list(words_within(pieces, 1, 1)) == [0]
    assert list(words_within(pieces, 3, 3)) == []
    assert list(words_within(pieces, 6, 6)) == []
    assert snap_to_words((), 0, 5) is None


@pytest.mark.parametrize(
    ("text", "unspaced"),
    [("plain", False), ("é β", False), ("한국", False), ("病", True), ("。", True), ("ข", True)],
)
def test_scripts_without_blanks_are_known(text: str, unspaced: bool) -> None:
    assert has_unspaced_script(text) is unspaced
