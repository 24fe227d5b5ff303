from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.offsets import Utf16Map

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.text(
    "a é病𠮷😀👍🏽", max_size=20
)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(TEXTS)
def test_every_position_goes_to_utf16_and_back(text: str) -> None:
    offsets = Utf16Map(text)
    for position in range(len(text) + 1):
        unit = offsets.to_utf16(position)
        assert unit == units(text[:position])
        assert offsets.to_code_point(unit) == position


@given(TEXTS)
def test_the_second_half_of_a_pair_is_its_character(text: str) -> None:
    offsets = Utf16Map(text)
    for position, char in enumerate(text):
        if ord(char) > 0xFFFF:
            assert offsets.to_code_point(units(text[:position]) + 1) == position


@pytest.mark.parametrize(
    ("text", "position", "unit"),
    [("", 0, 0), ("abc", 3, 3), ("病😀x", 1, 1), ("病😀x", 2, 3), ("😀😀", 2, 4), ("𠮷", 1, 2)],
)
def test_known_offsets(text: str, position: int, unit: int) -> None:
    assert Utf16Map(text).to_utf16(position) == unit
    assert Utf16Map(text).to_code_point(unit) == position
