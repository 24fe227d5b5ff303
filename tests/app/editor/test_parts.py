"""Blocks, heights, marks and names, each without a window."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.confidence import percent
from app.design.tokens import DARK, HIGH_CONTRAST, LIGHT, Ground, contrast, mix
from app.editor.blocks import LONGEST, Blocks, Kind
from app.editor.finding import Hits
from app.editor.heights import Heights
from app.editor.ink import Inks
from app.editor.marks import MOST_LEVELS, Mark, Marks, Segment, mark_of, stack_levels
from app.editor.names import GAP, fit_names
from core.schema.documents import Span, Suggestion
from core.schema.labels import PALETTE, Label, LabelScheme, complete_labels
from tests.app.editor.conftest import SCHEME, record


@given(st.text(st.sampled_from("ab .\n\t|"), max_size=300))
def test_blocks_cover_the_text_but_its_line_ends(text: str) -> None:
    blocks = Blocks(text)
    assert "\n".join(blocks.string(index) for index in range(len(blocks))) == text
    for position in range(len(text) + 1):
        block = blocks[blocks.at(position)]
        assert block.start <= position <= block.end


def test_a_very_long_line_is_cut_after_sentences_or_blanks() -> None:
    for text in ("One sentence here. " * 800, "word " * 3000, "x" * 9000):
        blocks = Blocks(text)
        parts = [blocks.string(index) for index in range(len(blocks))]
        assert "".join(parts) == text
        assert max(map(len, parts)) <= LONGEST
    assert all(part.endswith(". ") for part in map(Blocks("Ab cd. " * 900).string, range(2)))


def test_tables_and_headings_are_recognised() -> None:
    text = (
        "DISCHARGE SUMMARY\n\nHistory:\nHe was well.  Then he was not.\n"
        "Drug       Dose\nMetformin  500 mg\nInsulin    12\n| a | b |\n|---|---|\n| 1 | 2 |\n"
        "On examination: chest clear, abdomen soft and not tender at all on the right side."
    )
    kinds = [block.kind for block in map(Blocks(text).__getitem__, range(len(Blocks(text))))]
    table, words = Kind.TABLE, Kind.TEXT
    expected = [Kind.HEADING, Kind.BLANK, Kind.HEADING, words, *[table] * 6, words]
    assert kinds == expected


def test_blocks_of_a_million_characters_take_no_time() -> None:
    text = "A line of some sixty characters of quite ordinary clinical text.\n" * 15_000
    began = time.perf_counter()
    assert len(Blocks(text)) == 15_001
    assert time.perf_counter() - began < 1.0


@given(st.lists(st.integers(0, 50), min_size=1, max_size=60), st.data())
def test_heights_sum_and_find(values: list[int], data: st.DataObject) -> None:
    heights = Heights(map(float, values))
    for _ in range(5):
        index = data.draw(st.integers(0, len(values) - 1))
        height = data.draw(st.integers(0, 50))
        assert heights.set(index, height) == height - values[index]
        values[index] = height
    tops = [0, *itertools.accumulate(values)]
    assert [heights.top(index) for index in range(len(tops))] == tops
    assert heights.total == tops[-1]
    y = data.draw(st.integers(-5, tops[-1] + 5))
    at = heights.at(y)
    if 0 <= y < tops[-1]:
        assert tops[at] <= y < tops[at + 1]
    else:
        assert at in (0, len(values) - 1) or values[at] == 0


MARKS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 25), st.booleans()), min_size=1, max_size=14
).map(
    lambda drawn: [
        mark_of(Suggestion(a, a + n, "drug", 0.5, id=i))
        if suggested
        else mark_of(Span(a, a + n, "drug", id=i))
        for i, (a, n, suggested) in enumerate(drawn, 1)
    ]
)


@given(MARKS)
def test_marks_that_overlap_lie_on_different_levels(marks: list[Mark]) -> None:
    levels = stack_levels(marks, 0, 100)
    for one, other in itertools.combinations(marks, 2):
        if one.start < other.end and other.start < one.end:
            assert levels[one] != levels[other] or levels[one] == MOST_LEVELS - 1


def test_the_innermost_lies_nearest_to_the_text() -> None:
    outer, middle, inner = (mark_of(Span(0, end, "drug", id=end)) for end in (30, 20, 10))
    assert stack_levels([outer, middle, inner], 0, 40) == {inner: 0, middle: 1, outer: 2}


def test_an_update_tells_which_blocks_changed() -> None:
    before = record("[drug:a]\n[drug:b]\n[?drug:c]\n[drug:d]")
    blocks = Blocks(before.document.text)
    marks = Marks(blocks, before)
    after = record("[drug:a]\nb\n[?drug:c]\n[drug:d]")
    assert marks.update(before) == set()
    changed = marks.update(after)
    assert changed == {1, 3}
    fresh = Marks(blocks, after)
    assert marks.ordered == fresh.ordered
    assert [marks.within(index) for index in range(4)] == [
        fresh.within(index) for index in range(4)
    ]


SPANS = st.dictionaries(
    st.integers(1, 12), st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=10
)


@given(SPANS, SPANS, st.data())
def test_an_update_leaves_what_a_new_index_would_hold(
    before: dict[int, tuple[int, int]], after: dict[int, tuple[int, int]], data: st.DataObject
) -> None:
    text = "some words\n" * 9

    def spans(drawn: dict[int, tuple[int, int]]) -> list[Span]:
        made = [Span(at, at + n, "drug", id=key) for key, (at, n) in drawn.items()]
        return sorted(made, key=lambda span: (span.start, -span.end, span.id))

    old = spans(before)
    # Some are the very same values, some equal ones, as after an edit or after reading anew.
    kept = {span.id: span for span in old if data.draw(st.booleans())}
    new = [kept[s.id] if kept.get(s.id) == s else s for s in spans({**before, **after})]
    blocks = Blocks(text)
    marks = Marks(blocks, record(text, *old))
    changed = marks.update(record(text, *new))
    fresh = Marks(blocks, record(text, *new))
    assert marks.ordered == fresh.ordered
    for index in range(len(blocks)):
        assert marks.within(index) == fresh.within(index)
        was = Marks(blocks, record(text, *old)).within(index)
        assert index in changed or was == fresh.within(index)


def test_a_mark_over_the_whole_record_is_found_everywhere() -> None:
    text = "line\n" * 500
    marks = Marks(Blocks(text), record(text, Span(0, 2400, "drug", id=1)))
    assert [mark.id for mark in marks.at(2000)] == [1]
    assert marks.update(record(text)) >= set(range(480))
    assert marks.at(2000) == []


@given(
    st.lists(
        st.tuples(st.integers(0, 500), st.integers(4, 120), st.sampled_from(SCHEME.names())),
        min_size=1,
        max_size=25,
    )
)
def test_names_never_cover_one_another(drawn: list[tuple[int, int, str]]) -> None:
    segments = [
        Segment(mark_of(Span(x, x + w, label, id=i)), 0, float(x), float(x + w), 0, True, True)
        for i, (x, w, label) in enumerate(drawn)
    ]
    fitted = fit_names(
        segments,
        inks=Inks(SCHEME, LIGHT),
        right_edge=620.0,
        measure=lambda text, ghost: 6.0 * len(text) + ghost,
    )
    names = sorted(fitted.names, key=lambda name: name.left)
    for one, other in itertools.pairwise(names):
        assert one.left + one.width + GAP <= other.left + 1e-6
    assert len(names) + len(fitted.nameless) == len(segments)


def test_a_name_is_shortened_but_its_attributes_stay() -> None:
    def named(width: float) -> str:
        mark = mark_of(Span(0, 5, "body_site", ("negated",), id=1))
        segment = Segment(mark, 0, 0.0, 10.0, 0, True, True)
        fitted = fit_names(
            [segment],
            inks=Inks(SCHEME, LIGHT),
            right_edge=width,
            measure=lambda text, _: 6.0 * len(text),
        )
        return fitted.names[0].text if fitted.names else ""

    assert named(200) == "¬ body_site"
    assert named(40) == "¬ bod…"
    assert named(24) == "¬ bs"
    assert named(18) == "¬ 3"
    assert named(6) == "¬"
    assert named(3) == ""


def test_values_stand_before_a_name_and_go_before_a_negation_does() -> None:
    def named(width: float) -> str:
        attributes = ("icd10=J44.1", "negated", "note=" + "x" * 20)
        mark = mark_of(Span(0, 5, "body_site", attributes, id=1))
        fitted = fit_names(
            [Segment(mark, 0, 0.0, 10.0, 0, True, True)],
            inks=Inks(SCHEME, LIGHT),
            right_edge=width,
            measure=lambda text, _: 6.0 * len(text),
        )
        return fitted.names[0].text if fitted.names else ""

    assert named(300) == f"J44.1 ¬ {'x' * 11}… body_site"
    assert named(70) == "¬ body_site"
    assert named(18) == "¬ 3"


def test_names_and_underlines_can_be_read_on_every_ground() -> None:
    labels = complete_labels(tuple(Label(f"label {i}", colour) for i, colour in enumerate(PALETTE)))
    for ground, least in ((LIGHT, 4.5), (HIGH_CONTRAST, 7.0)):
        inks = Inks(LabelScheme(labels), ground)
        for label in labels:
            ink = inks.of(label.name)
            assert contrast(ink.name.name().upper(), ground.canvas) >= least
            assert contrast(ink.line.name().upper(), ground.canvas) >= 3.0


@pytest.mark.parametrize("ground", [LIGHT, DARK, HIGH_CONTRAST])
def test_text_can_be_read_on_labels_nested_three_deep(ground: Ground) -> None:
    labels = complete_labels(tuple(Label(f"label {i}", colour) for i, colour in enumerate(PALETTE)))
    inks = Inks(LabelScheme(labels), ground)
    for label in labels:
        ink, under = inks.of(label.name), ground.canvas
        for fill in (ink.fill, ink.fill, ink.strong):
            under = mix(under, fill.name().upper(), fill.alphaF())
        assert contrast(ground.text, under) >= 4.5


def test_hits_within_a_stretch() -> None:
    hits = Hits("aXbxcx", "x")
    hits.stand_at(2)
    assert hits.within(0, 4) == [((1, 2), False), ((3, 4), True)]
    assert hits.step(1) == (5, 6)
    assert hits.step(1) == (1, 2)


def test_only_certainty_is_a_hundred_per_cent() -> None:
    assert [percent(score) for score in (0.87, 0.9999, 1.0)] == [87, 99, 100]
