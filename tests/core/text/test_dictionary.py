from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.schema.errors import KnownError
from core.text import dictionary, patterns
from core.text.dictionary import Match, TermMatcher, fold, fold_term, leftmost_longest
from core.text.patterns import PatternMatcher
from core.text.words import WordEdges, split_words

# Letters that change length or meet others when folded, marks, blanks, digits, wide scripts.
ALPHABET = "aAbBßẞİıiIſsKkσςΣéÉe\u0301 \n\t\u00a0.,-1١糖尿🙂\u200d_"
TEXTS = st.text(ALPHABET, max_size=40) | st.text(max_size=20)
TERMS = st.lists(st.text(ALPHABET, min_size=1, max_size=4), max_size=12)


def places(terms: list[str], text: str, **options: bool) -> list[str]:
    chosen = {"whole_words": True, "match_case": False} | options
    matcher = TermMatcher(terms, whole_words=chosen["whole_words"], match_case=chosen["match_case"])
    return [text[match.start : match.end] for match in matcher.find(text)]


def naive(terms: list[str], text: str, *, whole_words: bool, match_case: bool) -> list[Match]:
    """Every place by trying each, words by splitting the whole text."""
    words = split_words(text)
    starts, ends = {start for start, _ in words}, {end for _, end in words}
    folded = [fold_term(term, match_case=match_case) for term in terms]
    found = [
        Match(start, start + len(term), folded.index(term))
        for start in range(len(text))
        for term in dict.fromkeys(folded)
        if term and fold(text[start : start + len(term)], match_case=match_case) == term
    ]
    if whole_words:
        found = [match for match in found if match.start in starts and match.end in ends]
    return leftmost_longest(found)


@given(TEXTS, TERMS, st.booleans(), st.booleans())
def test_matches_are_those_of_a_plain_search(
    text: str, terms: list[str], whole_words: bool, match_case: bool
) -> None:
    matcher = TermMatcher(terms, whole_words=whole_words, match_case=match_case)
    found = matcher.find(text)
    assert found == naive(terms, text, whole_words=whole_words, match_case=match_case)
    for start, end, term in found:
        read = fold(text[start:end], match_case=match_case)
        assert read == fold_term(terms[term], match_case=match_case)


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    for match_case in (False, True):
        folded = fold(text, match_case=match_case)
        assert len(folded) == len(text)
        assert fold(folded, match_case=match_case) == folded


@given(TEXTS, st.integers(0, 40), st.integers(0, 40))
def test_edges_are_those_of_the_words(text: str, start: int, end: int) -> None:
    words = split_words(text)
    for tokens in (None, words):
        holds = WordEdges(text, tokens).hold(start, end)
        assert holds == (start in {a for a, _ in words} and end in {b for _, b in words})


def test_case_and_length_changing_letters() -> None:
    assert places(["straße"], "Die STRAẞE, die Straße") == ["STRAẞE", "Straße"]
    assert places(["İ"], "İ i I 🙂 İ") == ["İ", "İ"]
    assert places(["asa"], "ASA asa Asa", match_case=True) == ["asa"]


def test_a_longer_place_that_is_no_whole_word_hides_nothing() -> None:
    terms = ["heart", "heart fail"]
    assert places(terms, "heart failure") == ["heart"]
    assert places(terms, "heart failure", whole_words=False) == ["heart fail"]
    assert places(["pain", "chest pain"], "chest pain") == ["chest pain"]


def test_blanks_and_line_ends_are_alike() -> None:
    assert places(["chest   pain"], "chest\npain, chest pain") == ["chest\npain", "chest pain"]


def test_several_automata_find_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    terms = ["aspirin", "chest pain", "pain", "糖尿病"]
    text = "Aspirin for chest pain; 糖尿病"
    whole = TermMatcher(terms, whole_words=True, match_case=False).find(text)
    monkeypatch.setattr(dictionary, "_TERMS_AT_ONCE", 1)
    assert TermMatcher(terms, whole_words=True, match_case=False).find(text) == whole
    assert [text[start:end] for start, end, _ in whole] == ["Aspirin", "chest pain", "糖尿病"]


def test_words_are_the_documents_own() -> None:
    matcher = TermMatcher(["pre"], whole_words=True, match_case=False)
    assert matcher.find("pre-op") == [Match(0, 3, 0)]
    assert matcher.find("pre-op", [(0, 6)]) == []


def test_patterns_find_the_leftmost_longest() -> None:
    matcher = PatternMatcher([r"\d+ mg", r"\d+ mg/d"], whole_words=True, match_case=False)
    assert matcher.find("took 5 MG/d") == [Match(5, 11, 1)]
    free = PatternMatcher(["spir"], whole_words=False, match_case=True)
    assert free.find("aspirin SPIR") == [Match(1, 5, 0)]
    assert PatternMatcher(["spir"], whole_words=True, match_case=True).find("aspirin") == []
    assert PatternMatcher([r"\b"], whole_words=False, match_case=True).find("ab") == []


def test_a_bad_pattern_is_told_by_its_line() -> None:
    for lines, words in (
        (["a+", "(b"], "Line 2 is not a regular expression"),
        (["a*"], "line 1 matches an empty text"),
        (["a", "^"], "line 2 matches an empty text"),
    ):
        with pytest.raises(KnownError, match=words):
            PatternMatcher(lines, whole_words=True, match_case=False)


def test_a_pattern_that_runs_away_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "SECONDS_A_RECORD", 0.1)
    matcher = PatternMatcher([r"(a|aa|aaa)+(b|bb)+c"], whole_words=False, match_case=True)
    with pytest.raises(TimeoutError):
        matcher.find("a" * 60 + "b" * 60 + "d")
