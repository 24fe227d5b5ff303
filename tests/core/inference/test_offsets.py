"""Offsets of labels survive words, windows and tags in any script."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from core.inference.batching import nothing_to_check
from core.inference.encoding import Encoder
from core.schema.documents import Document, LabelledDocument, Span
from core.text.words import split_words
from core.training.vocabulary import train_vocabulary
from tests.round_trip import stretches, through_windows

LABELS = ("drug", "disease")
PARTS = (
    *("患者", "服用", "aspirin", "100mg", "，", "。", "\n", " ", "㐂𠀀", "カルテ", "ｶﾙﾃ", "ผู้ป่วย"),
    *(
        "👩🏽‍⚕️",
        "🫀",
        "🇨🇭",
        "e\u0301",
        "q\u0307\u0323",
        "naïve",
        "한글",
        "عربي",
        "12.5",
        "１２",
        "\u200b",
    ),
)


@pytest.fixture(scope="module")
def own() -> Tokenizer:
    """A tokenizer built from text of all these scripts."""
    documents = [Document(number, "note", "".join(PARTS)) for number in range(5)]
    return train_vocabulary(documents, size=400, check=nothing_to_check)


@st.composite
def labelled(draw: st.DrawFn) -> LabelledDocument:
    """A text of several scripts with labels on some of its words, side by side or apart."""
    text = "".join(draw(st.lists(st.sampled_from(PARTS), max_size=40)))
    words = split_words(text)
    spans: list[Span] = []
    at = 0
    while at < len(words) and len(spans) < 12:
        first = at + draw(st.integers(0, 4))
        last = first + draw(st.integers(1, 5))
        if last > len(words):
            break
        spans.append(Span(words[first][0], words[last - 1][1], draw(st.sampled_from(LABELS))))
        at = last
    return LabelledDocument(Document(1, "note", text), tuple(spans))


@settings(max_examples=80, deadline=None)
@given(labelled(), st.integers(4, 40), st.integers(0, 12))
def test_labels_come_back_as_they_were(
    tokenizer: Tokenizer, own: Tokenizer, item: LabelledDocument, length: int, overlap: int
) -> None:
    for one in (tokenizer, own):
        encoder = Encoder(one, max_length=length, overlap=overlap)
        assert through_windows(item, encoder, LABELS) == stretches(item)


@settings(max_examples=40, deadline=None)
@given(labelled(), st.integers(4, 40))
def test_so_they_do_on_the_sources_own_words(
    own: Tokenizer, item: LabelledDocument, length: int
) -> None:
    words = split_words(item.document.text)
    joined = tuple((one[0], other[1]) for one, other in zip(words[::2], words[1::2], strict=False))
    spans = tuple(Span(start, end, "drug") for start, end in joined[::2])
    tokens = joined + words[2 * len(joined) :]
    brought = LabelledDocument(replace(item.document, tokens=tokens), spans)
    encoder = Encoder(own, max_length=length, overlap=2)
    assert through_windows(brought, encoder, LABELS) == stretches(brought)
