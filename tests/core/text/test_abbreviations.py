"""Abbreviations are found where a text explains them, with the stretch that explains them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.abbreviations import find_definitions, find_uses
from core.text.words import split_words


def explained(text: str) -> dict[str, str]:
    words = split_words(text)
    return {
        " ".join(item.short): text[words[item.long[0]][0] : words[item.long[1] - 1][1]]
        for item in find_definitions(text, words)
    }


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("She has chronic kidney disease (CKD) and gout.", "CKD", "chronic kidney disease"),
        ("Known CHD (coronary heart disease).", "CHD", "coronary heart disease"),
        ("Seen for ataxia-telangiectasia (A-T).", "A - T", "ataxia-telangiectasia"),
        ("The von Hippel-Lindau (VHL) gene", "VHL", "von Hippel-Lindau"),
        ("Given low molecular weight heparin [LMWH] daily", "LMWH", "low molecular weight heparin"),
        ("Atrial fibrillation (AF; since 2019)", "AF", "Atrial fibrillation"),
        ("Tuberous sclerosis 2 (TSC2)", "TSC2", "Tuberous sclerosis 2"),
        ("hypertension (HTN)", "HTN", "hypertension"),
        ("glucose-6-phosphate dehydrogenase (G6PD)", "G6PD", "glucose-6-phosphate dehydrogenase"),
    ],
)
def test_what_is_explained_is_found(text: str, short: str, long: str) -> None:
    assert explained(text) == {short: long}


@pytest.mark.parametrize(
    "text",
    [
        "Blood pressure 120/80 (left arm).",
        "Seen by Dr Green (GP).",
        "He was well (see above).",
        "A mass (3 cm) was found.",
        "Known asthma. Takes drugs (AD).",  # the letters stand beyond the end of the sentence
        "MRI (MRI)",
        "Never closed (NC",
        "(",
        "cough ( ) fever",
        "Radiotherapy (of the long kind, in May)",
    ],
)
def test_other_brackets_explain_nothing(text: str) -> None:
    assert explained(text) == {}


def test_the_first_explanation_counts() -> None:
    assert explained("Multiple sclerosis (MS) or mitral stenosis (MS)?") == {
        "MS": "Multiple sclerosis"
    }


def test_an_explanation_that_lacks_a_letters_word_is_none() -> None:
    text = "Has gestational diabetes (GDM), no: gestational diabetes mellitus (GDM) now"
    assert explained(text) == {"GDM": "gestational diabetes mellitus"}


def test_uses_are_found_word_by_word() -> None:
    text = "Ataxia-telangiectasia (A-T), asthma (AS). AS. A-T? A. AST"
    words = split_words(text)
    definitions = find_definitions(text, words)
    spelled = [text[start:end] for start, end in words]
    uses = find_uses(spelled, definitions)
    assert [(" ".join(spelled[first:last]), number) for first, last, number in uses] == [
        ("A - T", 0),
        ("AS", 1),
        ("AS", 1),
        ("A - T", 0),
    ]
    assert uses == sorted(uses)


@given(
    st.lists(
        st.sampled_from(["(", ")", "[", ";", "AB", "a", "bone", "B", "-", ".", "c", "骨", "A1"]),
        max_size=40,
    )
)
def test_long_forms_lie_in_the_text_and_begin_as_their_abbreviations_do(parts: list[str]) -> None:
    text = " ".join(parts)
    words = split_words(text)
    for item in find_definitions(text, words):
        first, last = item.long
        assert 0 <= first < last <= len(words)
        start = words[first][0]
        assert text[start].casefold() == item.short[0][0].casefold()
        assert any(
            tuple(text[a:b] for a, b in words[at : at + len(item.short)]) == item.short
            for at in (first - 1 - len(item.short), last + 1)
            if at >= 0
        )
