from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.schema.attributes import (
    AttributeDefinition,
    AttributeKind,
    check_definitions,
    clean_value,
    decoded,
    encoded,
    offered,
    value_of,
    with_value,
    without,
)
from core.schema.errors import KnownError

NAMES = st.text(st.characters(categories=("L", "N"), include_characters="_-"), min_size=1)
VALUES = st.text(max_size=30)
ATTRIBUTES = st.lists(st.builds(encoded, NAMES, VALUES.map(clean_value)), max_size=5)


@given(name=NAMES, value=VALUES)
def test_name_and_value_come_back(name: str, value: str) -> None:
    assert decoded(encoded(name, value)) == (name, value)


@given(held=ATTRIBUTES, name=NAMES, value=VALUES)
def test_what_is_set_is_there_and_the_rest_stays(held: list[str], name: str, value: str) -> None:
    after = with_value(held, name, value)
    assert value_of(after, name) == clean_value(value)
    assert without(after, name) == without(held, name)
    assert list(after) == sorted(set(after))
    assert with_value(after, name, value) == after


@given(held=ATTRIBUTES, name=NAMES)
def test_what_is_cleared_is_gone(held: list[str], name: str) -> None:
    assert value_of(without(held, name), name) is None
    other = name + "x"
    assert value_of(without(held, name), other) == value_of(held, other)


def test_name_that_begins_like_another_is_another() -> None:
    held = with_value(("severity=mild",), "sever", "yes")
    assert held == ("sever=yes", "severity=mild")
    assert without(held, "sever") == ("severity=mild",)


def test_offered_is_what_is_defined_for_the_label_and_what_the_span_has() -> None:
    stage = AttributeDefinition("stage", AttributeKind.CHOICE, ("I", "II"), ("cancer",), id=1)
    side = AttributeDefinition("side", AttributeKind.TEXT, id=2)
    assert offered((stage, side), "cancer") == (stage, side)
    assert offered((stage, side), "drug") == (side,)
    held = ("dose=5 mg", "negated", "seen", "stage=I")
    assert offered((stage, side), "drug", held) == (
        stage,
        side,
        AttributeDefinition("dose", AttributeKind.TEXT),
        AttributeDefinition("seen", AttributeKind.FLAG),
    )


@pytest.mark.parametrize("name", ["", "two words", "a=b", "negated", "Family", "Side"])
def test_name_that_cannot_be_is_refused(name: str) -> None:
    with pytest.raises(KnownError):
        check_definitions([AttributeDefinition("side"), AttributeDefinition(name)])


@pytest.mark.parametrize("choices", [("a", ""), ("a", "a "), (" ",)])
def test_choices_that_cannot_be_are_refused(choices: tuple[str, ...]) -> None:
    with pytest.raises(KnownError, match="choice"):
        check_definitions([AttributeDefinition("side", AttributeKind.CHOICE, choices)])


def test_names_in_any_script_are_taken() -> None:
    check_definitions([AttributeDefinition("严重程度"), AttributeDefinition("icd-10_gm")])
