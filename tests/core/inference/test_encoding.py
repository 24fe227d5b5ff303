"""Words become windows of sub-tokens, and windows' answers become words' answers again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, pre_tokenizers, trainers

from core.inference import encoding
from core.inference.batching import document_logits, window_logits
from core.inference.encoding import Encoder, batches_by_length
from core.schema.documents import Document
from core.text.words import document_words, split_words
from core.training.control import Control, StoppedByUserError

words_of_text = st.lists(
    st.sampled_from(
        [
            "He",
            "hyperbilirubinaemia",
            ".",
            "\n",
            "12.5",
            "é",
            "高",
            "🫀",
            "\u200b",
            "electrocardiography",
        ]
    ),
    max_size=60,
)


def test_each_head_is_its_words_first_sub_token(tokenizer: Tokenizer) -> None:
    text = "Hyperbilirubinaemia improved."
    words = split_words(text)
    (window,) = Encoder(tokenizer, max_length=32, overlap=4).encode(text, words)
    tokens = [tokenizer.id_to_token(key) for key in window.ids]
    assert (tokens[0], tokens[-1]) == ("[CLS]", "[SEP]")
    assert [tokens[head] for head in window.heads] == ["hyper", "improved", "."]


def test_a_word_that_normalisation_swallows_is_unknown(tokenizer: Tokenizer) -> None:
    text = "a \u00ad b"
    words = ((0, 1), (2, 3), (4, 5))
    (window,) = Encoder(tokenizer, max_length=32, overlap=4).encode(text, words)
    assert [tokenizer.id_to_token(window.ids[head]) for head in window.heads] == ["a", "[UNK]", "b"]


def test_a_document_without_words_has_no_window(tokenizer: Tokenizer) -> None:
    assert Encoder(tokenizer, max_length=32, overlap=4).encode(" \n", ()) == []


def trained(pre_tokenizer: pre_tokenizers.PreTokenizer) -> Tokenizer:
    """Return a tokenizer of pieces that a few words taught it."""
    made = Tokenizer(models.BPE(unk_token="[UNK]"))
    made.pre_tokenizer = pre_tokenizer
    taught = ["He had hyperbilirubinaemia", "electrocardiography of 12.5", "hyper cardio"]
    made.train_from_iterator(taught, trainers.BpeTrainer(vocab_size=90, special_tokens=["[UNK]"]))
    return made


@pytest.mark.parametrize(
    "pre_tokenizer",
    [
        pre_tokenizers.ByteLevel(add_prefix_space=True),
        pre_tokenizers.Metaspace(prepend_scheme="first"),
        pre_tokenizers.Whitespace(),
        None,
    ],
    ids=["byte-level", "metaspace", "whitespace", "embedded"],
)
@pytest.mark.parametrize("most", [3, 50_000])
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(words_of_text, min_size=1, max_size=4))
def test_words_that_are_remembered_are_what_the_tokenizer_says(
    tokenizer: Tokenizer,
    monkeypatch: pytest.MonkeyPatch,
    pre_tokenizer: pre_tokenizers.PreTokenizer | None,
    most: int,
    texts: list[list[str]],
) -> None:
    monkeypatch.setattr(encoding, "_MOST_KNOWN", most)
    used = tokenizer if pre_tokenizer is None else trained(pre_tokenizer)
    encoder = Encoder(used, max_length=4096, overlap=8)
    for parts in texts:
        text = " ".join(parts)
        spelled = [text[start:end] for start, end in split_words(text)]
        whole = used.encode(spelled, is_pretokenized=True, add_special_tokens=False)
        for window in encoder.encode(text, split_words(text)):
            first = 1 if pre_tokenizer is None else 0
            found = window.ids[first : len(window.ids) - first]
            places = [at for at, word in enumerate(whole.word_ids) if word is not None]
            assert [key for key in found if key != encoder._unknown] == [
                whole.ids[at] for at in places if whole.ids[at] != encoder._unknown
            ]
            assert len(window.heads) == len(spelled)


@settings(max_examples=60)
@given(words_of_text, st.integers(4, 24))
def test_no_window_is_longer_than_the_model_reads(
    tokenizer: Tokenizer, parts: list[str], max_length: int
) -> None:
    text = " ".join(parts)
    encoder = Encoder(tokenizer, max_length=max_length, overlap=8)
    for window in encoder.encode(text, split_words(text)):
        assert len(window.ids) <= max_length
        assert len(window.heads) == window.window.last - window.window.first


@settings(max_examples=60)
@given(st.lists(words_of_text, min_size=1, max_size=4), st.integers(4, 24))
def test_every_word_gets_the_answer_at_its_own_first_sub_token(
    tokenizer: Tokenizer, texts: list[list[str]], max_length: int
) -> None:
    documents = [
        Document(number, "note", " ".join(parts)) for number, parts in enumerate(texts, start=1)
    ]
    encoder = Encoder(tokenizer, max_length=max_length, overlap=6)

    def echo(ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        assert (ids[mask == 0] == 7).all()
        return np.stack([ids, ids + 0.5], axis=-1).astype(np.float32)

    answers = document_logits(echo, encoder, documents, tags=2, padding=7)
    wide = Encoder(tokenizer, max_length=100_000, overlap=0)
    for document, rows in zip(documents, answers, strict=True):
        words = document_words(document)
        assert rows.shape == (len(words), 2)
        whole = wide.encode(document.text, words)
        expected = [whole[0].ids[head] for head in whole[0].heads] if whole else []
        assert rows[:, 0].tolist() == expected


@given(st.lists(st.integers(1, 50), max_size=30), st.integers(1, 200))
def test_batches_hold_each_window_once_within_the_budget(lengths: list[int], budget: int) -> None:
    batches = batches_by_length(lengths, budget)
    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))
    for batch in batches:
        longest = max(lengths[index] for index in batch)
        assert len(batch) == 1 or longest * len(batch) <= budget


def test_work_ends_between_batches_when_cancelled(tokenizer: Tokenizer) -> None:
    text = "word " * 3000
    windows = Encoder(tokenizer, max_length=64, overlap=8).encode(text, split_words(text))
    control = Control()
    calls = 0

    def forward(ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        nonlocal calls
        calls += 1
        control.cancel()
        return np.zeros((*mask.shape, 3), dtype=np.float32)

    with pytest.raises(StoppedByUserError):
        window_logits(forward, windows, padding=0, check=control.check)
    assert calls == 1
