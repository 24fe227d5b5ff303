"""Windows with targets, their order, and their batches."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from core.inference.decoding import tag_names
from core.inference.encoding import Encoder
from core.inference.heads import Head, HeadKind
from core.inference.model import embedded_backbone
from core.schema.documents import Document, LabelledDocument, Span
from core.text.iob import spans_to_tags
from core.text.words import document_words
from core.training.control import Control, StoppedByUserError
from core.training.dataset import IGNORED, LengthGroupedOrder, PadTogether, WindowDataset

LABELS = ("drug", "disease")
HEAD = Head(HeadKind.SOFTMAX, LABELS)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(embedded_backbone() / "tokenizer.json"))


def test_only_a_words_first_sub_token_is_taught(tokenizer: Tokenizer) -> None:
    text = "Hyperbilirubinaemia and aspirin"
    item = LabelledDocument(
        Document(1, "note", text), (Span(0, 19, "disease"), Span(24, 31, "drug"))
    )
    data = WindowDataset([item], Encoder(tokenizer, max_length=32, overlap=4), HEAD)
    row = data[0]
    taught = {
        tokenizer.id_to_token(key): tag_names(LABELS)[target]
        for key, target in zip(row["input_ids"], row["labels"], strict=True)
        if target != IGNORED
    }
    assert taught == {"hyper": "B-disease", "and": "O", "as": "B-drug"}
    assert (data.spans, data.left_out) == (2, 0)


def test_spans_that_tags_cannot_hold_are_counted(tokenizer: Tokenizer) -> None:
    item = LabelledDocument(
        Document(1, "note", "breast and ovarian cancer"),
        (
            Span(0, 25, "disease"),
            Span(11, 25, "disease"),
            Span(0, 25, "disease", pieces=((0, 6), (19, 25))),
        ),
    )
    data = WindowDataset([item], Encoder(tokenizer, max_length=32, overlap=4), HEAD)
    assert (data.spans, data.left_out) == (1, 2)


def test_each_label_is_taught_in_a_row_of_its_own(tokenizer: Tokenizer) -> None:
    item = LabelledDocument(
        Document(1, "note", "insulin overdose"), (Span(0, 7, "drug"), Span(0, 16, "disease"))
    )
    head = Head(HeadKind.MULTI_LABEL, LABELS)
    data = WindowDataset([item], Encoder(tokenizer, max_length=32, overlap=4), head)
    assert (data.spans, data.left_out) == (2, 0)
    taught = [row.tolist() for row in data[0]["labels"] if row[0] != IGNORED]
    assert taught == [[1, 1], [0, 2]]
    batch = PadTogether(0)([data[0]])
    assert batch["labels"].shape == (*batch["input_ids"].shape, 2)


@settings(max_examples=40)
@given(st.integers(0, 120), st.integers(4, 30), st.sets(st.integers(0, 119)))
def test_every_word_of_a_long_document_is_taught_once(
    tokenizer: Tokenizer, count: int, max_length: int, labelled: set[int]
) -> None:
    text = " ".join("gout" if index in labelled else "word" for index in range(count))
    spans = tuple(Span(5 * at, 5 * at + 4, "disease") for at in sorted(labelled) if at < count)
    document = Document(1, "note", text)
    encoder = Encoder(tokenizer, max_length=max_length, overlap=8)
    data = WindowDataset([LabelledDocument(document, spans)], encoder, HEAD)
    taught = [
        target for example in data.examples for target in example.targets if target != IGNORED
    ]
    tags, _ = spans_to_tags(document_words(document), spans)
    assert [tag_names(LABELS)[target] for target in taught] == tags
    assert all(any(target != IGNORED for target in example.targets) for example in data.examples)


def test_encoding_ends_when_cancelled(tokenizer: Tokenizer) -> None:
    control = Control()
    control.cancel()
    item = LabelledDocument(Document(1, "note", "word"), ())
    with pytest.raises(StoppedByUserError):
        WindowDataset(
            [item], Encoder(tokenizer, max_length=32, overlap=4), HEAD, check=control.check
        )


@given(st.lists(st.integers(1, 99), max_size=300), st.integers(1, 16), st.integers(0, 9))
def test_every_window_comes_once_an_epoch(lengths: list[int], batch_size: int, epoch: int) -> None:
    order = LengthGroupedOrder(lengths, batch_size=batch_size, seed=3)
    order.set_epoch(epoch)
    indices = list(order)
    assert sorted(indices) == list(range(len(lengths)))
    assert len(order) == len(lengths)
    if len(lengths) >= batch_size:
        assert max(lengths[index] for index in indices) in {
            lengths[index] for index in (*indices[:batch_size], *indices[-batch_size:])
        }


def test_seed_and_epoch_decide_the_order() -> None:
    def indices(seed: int, epoch: int) -> list[int]:
        order = LengthGroupedOrder(list(range(1, 200)), batch_size=8, seed=seed)
        order.set_epoch(epoch)
        return list(order)

    assert indices(1, 0) == indices(1, 0)
    assert len({tuple(indices(seed, epoch)) for seed in range(3) for epoch in range(3)}) == 9


def test_windows_of_an_update_are_alike_in_length() -> None:
    lengths = [1 + (index * 37) % 100 for index in range(1000)]
    order = list(LengthGroupedOrder(lengths, batch_size=10, seed=1))
    updates = [[lengths[i] for i in order[at : at + 10]] for at in range(0, 1000, 10)]
    padded = sum(max(update) * len(update) for update in updates)
    assert padded < 1.1 * sum(lengths)
    assert max(lengths) in updates[0]
    means = [sum(update) / 10 for update in updates[1:]]
    assert means != sorted(means, reverse=True)


def test_batches_are_hardly_longer_than_their_longest_window() -> None:
    batch = PadTogether(9)(
        [{"input_ids": [1, 2, 3], "labels": [IGNORED, 0, 1]}, {"input_ids": [4], "labels": [2]}]
    )
    assert batch["input_ids"].tolist() == [[1, 2, 3, 9], [4, 9, 9, 9]]
    assert batch["attention_mask"].tolist() == [[1] * 3 + [0], [1] + [0] * 3]
    assert batch["labels"].tolist() == [[IGNORED, 0, 1, IGNORED], [2] + [IGNORED] * 3]
    exact = PadTogether(9)([{"input_ids": [1] * 16, "labels": [0] * 16}])
    assert exact["input_ids"].shape == (1, 16)
