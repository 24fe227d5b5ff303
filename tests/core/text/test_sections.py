"""Headings of clinical records, and the sections between them."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.section_titles import SectionKind, kind_of
from core.text.sections import find_sections

LINES = st.sampled_from(
    (
        "Medications: metformin 500 mg",
        "PLAN",
        "History:",
        "BP: 120/80",
        "",
        "He is well and takes nothing.",
        "## Results",
        "【主诉】反复胸闷",
        "现病史：三年前",
        "1. Diagnosis",
        "2. Type 2 diabetes",
        "  ",
        "WARD ROUND NOTE",
        "\U0001f600 e\u0301: x",
        "Allergies - none",
    )
)
TEXTS = st.lists(LINES, max_size=14).map("\n".join) | st.text(
    st.sampled_from("Ab:P #*1.\n主诉：【】-=\t\u3000()"), max_size=80
)


def titles(text: str) -> list[tuple[str, SectionKind]]:
    return [(section.title, section.kind) for section in find_sections(text)]


@given(TEXTS)
def test_sections_lie_in_order_and_cover_all_from_the_first_heading(text: str) -> None:
    sections = find_sections(text)
    for one, other in itertools.pairwise(sections):
        assert one.end == other.start
    if sections:
        assert sections[-1].end == len(text)
    for section in sections:
        assert 0 <= section.start <= section.heading_start < section.heading_end <= section.end
        assert section.start == 0 or text[section.start - 1] == "\n"
        assert "\n" not in text[section.start : section.heading_end]
        assert section.title == " ".join(text[section.heading_start : section.heading_end].split())


@given(TEXTS, TEXTS)
def test_what_follows_a_heading_does_not_change_it(text: str, more: str) -> None:
    def headings(of: str) -> list[tuple[int, str, bool]]:
        return [(s.start, s.title, s.alone) for s in find_sections(of) if s.start <= len(text)]

    longer = text + "\n" + more
    assert headings(text) == [found for found in headings(longer) if found[0] <= len(text)]


@given(TEXTS)
def test_a_heading_alone_fills_its_line(text: str) -> None:
    for section in find_sections(text):
        line = text[section.start :].split("\n", 1)[0]
        around = line.replace(text[section.heading_start : section.heading_end], "", 1)
        if section.alone:
            assert not any(char.isalpha() and char not in "一二三四五" for char in around[3:])


@pytest.mark.parametrize(
    ("line", "title", "kind"),
    [
        ("Medications: metformin 500 mg", "Medications", SectionKind.MEDICATIONS),
        ("Current meds: Entresto", "Current meds", SectionKind.MEDICATIONS),
        ("TTO", "TTO", SectionKind.MEDICATIONS),
        ("PMHx: hypertension", "PMHx", SectionKind.PAST),
        ("1. Diagnosis", "Diagnosis", SectionKind.ASSESSMENT),
        ("DX 2: hypothyroidism", "DX 2", SectionKind.ASSESSMENT),
        ("A/P:", "A/P", SectionKind.ASSESSMENT),
        ("II. Findings", "Findings", SectionKind.RESULTS),
        ("## History", "History", SectionKind.PRESENT),
        ("### Ward 7, day 3", "Ward 7, day 3", SectionKind.UNKNOWN),
        ("**Plan:** home", "Plan", SectionKind.PLAN),
        ("=== RESULTS ===", "RESULTS", SectionKind.RESULTS),
        ("UPPER GI SURGERY", "UPPER GI SURGERY", SectionKind.UNKNOWN),
        ("My suggestions:", "My suggestions", SectionKind.UNKNOWN),
        ("Mgmt – glargine given 17:20", "Mgmt", SectionKind.PLAN),
        ("Drug allergies (checked): none", "Drug allergies (checked)", SectionKind.ALLERGIES),
        ("【主诉】反复胸闷", "主诉", SectionKind.COMPLAINT),
        ("现病史：患者三年前", "现病史", SectionKind.PRESENT),
        ("主  诉： 头痛", "主 诉", SectionKind.COMPLAINT),
        ("既往史 高血压十年", "既往史", SectionKind.PAST),
        ("家族史:无", "家族史", SectionKind.FAMILY),
        ("一、入院诊断", "入院诊断", SectionKind.ASSESSMENT),
        ("（二）诊疗计划", "诊疗计划", SectionKind.PLAN),
        ("出院带药：", "出院带药", SectionKind.MEDICATIONS),
        ("【其他】", "其他", SectionKind.UNKNOWN),
    ],
)
def test_headings_as_they_are_written(line: str, title: str, kind: SectionKind) -> None:
    assert titles(f"{line}\nsomething else") == [(title, kind)]
    assert titles(f"Dear Huw, he is well.\n\n{line}") == [(title, kind)]


@pytest.mark.parametrize(
    "line",
    [
        "BP: 120/80",
        "HR: 90",
        "SpO2: 97 %",
        "T：36.5℃ P：80次/分",
        "Name: Mr Thornbury",
        "Date:",
        "cc: Dr Who",
        "12:30 seen by the registrar",
        "http://example.org",
        "She has the following conditions:",
        "Obs 10:40 T 38.9, HR 124",
        "2. Type 2 diabetes",
        "• Plan: none",
        "# NOF, for theatre",
        "NKDA.",
        "METFORMIN 500MG BD",
        "PR                      6/8",
        "| RESULTS | VALUE |",
        "[x] genetics: uncle",
        "[NAME]",
        "Diagnosis codes are given below.",
        "姓名：张三",
        "心电图窦性心律",
    ],
)
def test_lines_that_are_no_headings(line: str) -> None:
    assert titles(f"Dear Huw, he is well.\n\n{line}\nmore") == []


def test_capitals_count_only_after_an_empty_line() -> None:
    assert titles("WARD ROUND NOTE\nSHE IS WELL TODAY AND\nGOES HOME TOMORROW") == [
        ("WARD ROUND NOTE", SectionKind.UNKNOWN)
    ]


def test_a_title_names_a_kind_without_its_qualifiers() -> None:
    assert kind_of("Diagnoses on discharge") is SectionKind.ASSESSMENT
    assert kind_of("Other") is kind_of("Current") is kind_of("x" * 200) is SectionKind.UNKNOWN
    assert kind_of("CC") is SectionKind.COMPLAINT
    assert kind_of("cc") is SectionKind.UNKNOWN


@pytest.mark.parametrize(
    "part",
    [
        "PLAN: rest.\n\n" + "He was seen in clinic and is quite well today, he says.\n" * 8,
        "A" * 460,
        "A: " * 153,
        "【" * 460,
        "(((" * 153,
        "主 " * 230,
        "a - " * 115,
    ],
    ids=["notes", "word", "colons", "brackets", "parentheses", "chinese", "dashes"],
)
def test_time_grows_with_length_and_not_with_its_square(part: str) -> None:
    # A colon at the very end: whoever looks for one goes all the way from wherever it begins.
    short, long = _least_seconds(part * 270 + ":"), _least_seconds(part * 2_160 + ":")
    # Eight times as long is to take eight times the time; its square would be sixty-four.
    assert long < 24 * max(short, _SOONEST)


_SOONEST = 0.0005
"""Seconds below which the clock and other programs say more than the code."""


def _least_seconds(text: str) -> float:
    spent = []
    for _ in range(3):
        began = time.perf_counter()
        find_sections(text)
        spent.append(time.perf_counter() - began)
    return min(spent)
