"""Words and characters found piece by piece agree with those of the whole text."""

from __future__ import annotations

import bisect
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.editor import word_steps
from app.editor.blocks import Block, Kind
from app.editor.laid_block import LaidBlock
from app.editor.metrics import Typography, metrics_for
from app.editor.word_steps import WordSteps
from core.schema.documents import Document
from core.text.offsets import Utf16Map
from core.text.words import snap_to_words, split_words, word_at

TEXTS = st.text(
    st.sampled_from("ab1.,;-– \n\t糖尿é\u0301\u200d\U0001f469\U0001f3fd\u2695\ufe0fשם\U00020bb7"),
    max_size=120,
)


@pytest.fixture(autouse=True, scope="module")
def small_parts() -> Iterator[None]:
    """Let texts be cut into very small parts, so that short ones have many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_steps, "_PART", 7)
        yield


def steps_of(text: str) -> WordSteps:
    return WordSteps(Document(1, "note", text))


@given(text=TEXTS, data=st.data())
def test_words_agree_with_the_whole_text(text: str, data: st.DataObject) -> None:
    words = split_words(text)
    steps = steps_of(text)
    at = data.draw(st.integers(0, len(text)))
    index = word_at(words, at)
    assert steps.at(at) == (words[index] if index >= 0 else None)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert steps.snap(start, end) == snap_to_words(words, start, end)


@given(text=TEXTS)
def test_steps_reach_every_word_but_punctuation(text: str) -> None:
    steps = steps_of(text)
    forwards, at = [], 0
    while (word := steps.after(at)) is not None:
        forwards.append(word)
        at = word[1]
    backwards, at = [], len(text)
    while (word := steps.before(at)) is not None:
        backwards.append(word)
        at = word[0]
    assert forwards == backwards[::-1]
    alnum = [(a, b) for a, b in split_words(text) if any(char.isalnum() for char in text[a:b])]
    assert set(alnum) <= set(forwards)


@given(text=TEXTS)
def test_characters_are_whole_and_both_ways_the_same(text: str) -> None:
    steps = steps_of(text)
    stops, at = [0], 0
    while at < len(text):
        at = steps.character_after(at)
        assert at > stops[-1]
        stops.append(at)
    back, at = [len(text)], len(text)
    while at:
        at = steps.character_before(at)
        back.append(at)
    assert back[::-1] == stops
    assert [steps.between_characters(p) for p in range(len(text) + 1)] == [
        stops[bisect.bisect_right(stops, p) - 1] for p in range(len(text) + 1)
    ]
    assert not any(text[p : p + 1] == "\u0301" and text[p - 1].isalpha() for p in stops[1:])


def test_a_documents_own_tokens_are_its_words() -> None:
    document = Document(1, "note", "HbA1c-test done", tokens=((0, 10), (11, 15)))
    steps = WordSteps(document)
    assert steps.snap(3, 4) == (0, 10)
    assert steps.after(1) == (11, 15)


@settings(max_examples=60)
@given(text=TEXTS.map(lambda text: text.replace("\n", " ")))
def test_layout_offsets_are_qts(qapp: object, text: str) -> None:
    del qapp
    before = 3
    block, metrics = Block(before, before + len(text), Kind.TEXT), metrics_for(Typography(17))
    laid = LaidBlock(block, text, metrics, 220.0)
    units = Utf16Map(text)
    for position in range(before, before + len(text) + 1):
        unit = laid.unit(position)
        assert unit == units.to_utf16(position - before)
        assert laid.position(unit) == position
    assert laid.lines[0].start == before
    assert laid.lines[-1].end == before + len(text)
    for one, other in zip(laid.lines, laid.lines[1:], strict=False):
        assert one.end == other.start
