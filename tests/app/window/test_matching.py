from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.window.matching import score


def best(query: str, *names: str) -> str:
    """Return the name that a query means first."""
    return max(names, key=lambda name: score(query, [(name, 1.0)]))


def test_beginnings_come_before_words_before_initials_before_insides() -> None:
    names = ["Label as drug", "Change label", "Look at by ear", "A slab elsewhere", "Last bell"]
    ranked = sorted(names, key=lambda name: -score("lab", [(name, 1.0)]))
    assert ranked[:2] == ["Label as drug", "Change label"]
    assert ranked[2] == "Look at by ear"
    assert ranked[3] == "A slab elsewhere"


def test_letters_in_order_are_found_and_others_not() -> None:
    assert score("dlte", [("Delete label", 1.0)]) > 0
    assert score("dltx", [("Delete label", 1.0)]) == 0
    assert score("elte", [("Delete label", 1.0)]) == 0


def test_words_in_any_order_in_any_name() -> None:
    names = [("撤销", 1.0), ("Undo", 0.95), ("Edit", 0.5)]
    assert score("edit und", names) > 0
    assert score("撤", names) > 0
    assert score("edit nothing", names) == 0


def test_the_shorter_of_two_equals_comes_first() -> None:
    assert best("label", "Label as the history of a family", "Label as drug") == "Label as drug"


@given(st.text(), st.text())
def test_scores_are_bounded_and_no_letter_more_finds_more(query: str, name: str) -> None:
    value = score(query, [(name, 1.0)])
    assert 0 <= value <= 1.05
    longer = query + "a"
    if query.split() and not query[-1].isspace() and len(longer.split()) == len(query.split()):
        assert not score(longer, [(name, 1.0)]) or value


@given(st.from_regex(r"[a-zA-Z一-龥]+( [a-zA-Z一-龥]+)*", fullmatch=True))
def test_a_name_finds_itself(name: str) -> None:
    assert score(name, [(name, 1.0)]) >= 0.9
