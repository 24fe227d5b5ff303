"""Labels get colours and hotkeys where they have none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.schema.documents import Span
from core.schema.labels import PALETTE, Label, LabelScheme, complete_labels


def test_what_a_label_has_is_kept() -> None:
    given_label = Label("drug", "#123456", "d", "Drugs", "Any drug.", 7)
    assert complete_labels((given_label,)) == (given_label,)


def test_free_hotkeys_are_given_in_order() -> None:
    labels = complete_labels((Label("a"), Label("b", hotkey="1"), Label("c")))
    assert [label.hotkey for label in labels] == ["2", "1", "3"]
    assert [label.colour for label in labels] == list(PALETTE[:3])


@given(st.lists(st.sampled_from(["", "1", "5", "x"]), max_size=14))
def test_no_hotkey_is_given_twice(keys: list[str]) -> None:
    labels = complete_labels(
        tuple(Label(f"label {index}", hotkey=key) for index, key in enumerate(keys))
    )
    new = [label.hotkey for label, key in zip(labels, keys, strict=True) if not key]
    filled = [key for key in new if key]
    assert len(set(filled)) == len(filled)
    assert not set(filled) & {key for key in keys if key}
    assert all(label.colour in PALETTE for label in labels)


def test_a_scheme_names_its_labels_in_order() -> None:
    assert LabelScheme((Label("b"), Label("a"))).names() == ("b", "a")


def test_a_span_has_one_stretch_unless_it_is_discontinuous() -> None:
    assert Span(2, 9, "drug").stretches() == ((2, 9),)
    assert Span(2, 9, "drug", pieces=((2, 4), (7, 9))).stretches() == ((2, 4), (7, 9))
