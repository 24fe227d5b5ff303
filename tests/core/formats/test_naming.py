from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.formats.naming import file_stems, safe_names

_FORBIDDEN = re.compile(r"[^A-Za-z0-9_-]+")


@given(st.lists(st.text("aA_- é病1", max_size=5), max_size=8))
def test_every_name_has_a_form_of_its_own(names: list[str]) -> None:
    forms = safe_names(names, _FORBIDDEN, "label")
    assert list(forms) == list(dict.fromkeys(names))
    assert len(set(forms.values())) == len(forms)
    assert not any(_FORBIDDEN.search(form) or not form for form in forms.values())
    assert all(forms[name] == name for name in names if name and not _FORBIDDEN.search(name))


def test_a_name_that_needs_no_other_form_keeps_it_though_it_comes_later() -> None:
    forms = safe_names(["a b", "病", "a_b"], _FORBIDDEN, "label")
    assert forms == {"a b": "a_b-2", "病": "label", "a_b": "a_b"}


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=90), max_size=6))
def test_file_names_are_safe_and_none_twice(names: list[str]) -> None:
    stems = file_stems(names)
    assert len({stem.casefold() for stem in stems}) == len(names)
    for stem in stems:
        assert stem
        assert not stem.startswith(".")
        assert not re.search(r'[\x00-\x20/\\:*?"<>|]', stem)
        assert len(f"{stem}.txt".encode()) <= 255


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("note.txt", "note"),
        ("../../etc/passwd", "etc_passwd"),
        ("con", "_con"),
        ("NUL.x", "_NUL.x"),
        ("", "record"),
        ("...", "record"),
        ("病历 7", "病历_7"),
    ],
)
def test_file_names_stay_readable(name: str, stem: str) -> None:
    assert file_stems([name]) == [stem]
