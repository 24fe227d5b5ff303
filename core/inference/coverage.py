"""How much of records' words a backbone's vocabulary knows; the tokenizers library suffices."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tokenizers import Tokenizer

from core.inference.batching import nothing_to_check
from core.schema.documents import Document
from core.schema.pretraining import Coverage
from core.text.words import document_words

_CRUMBS = 4
"""Pieces of a word from which on it may count as spelled out letter by letter."""
_CHARACTERS_OF_A_CRUMB = 2
"""Characters a piece has on average, at most, in a word that is spelled out."""
_UNKNOWN = ("[UNK]", "<unk>")


def measure_coverage(
    tokenizer: Tokenizer,
    documents: Iterable[Document],
    *,
    check: Callable[[], None] = nothing_to_check,
) -> Coverage:
    """Count the words that a vocabulary does not know, or knows only as single letters.

    Args:
        tokenizer: The backbone's own.
        documents: Records to look at.
        check: Called before each record; may raise to end the work.
    """
    tokenizer.no_padding()
    tokenizer.no_truncation()
    keys = (tokenizer.token_to_id(token) for token in _UNKNOWN)
    unknown_keys = {key for key in keys if key is not None}
    looked = words = unknown = crumbled = 0
    for document in documents:
        check()
        text = document.text
        pieces = document_words(document)
        encoding = tokenizer.encode(
            [text[start:end] for start, end in pieces],
            is_pretokenized=True,
            add_special_tokens=False,
        )
        sizes = [0] * len(pieces)
        strange = [False] * len(pieces)
        for key, word in zip(encoding.ids, encoding.word_ids, strict=True):
            if word is not None:
                sizes[word] += 1
                strange[word] |= key in unknown_keys
        looked += 1
        words += len(pieces)
        unknown += sum(strange)
        crumbled += sum(
            not odd and _is_crumbled(text[start:end], size)
            for (start, end), size, odd in zip(pieces, sizes, strange, strict=True)
        )
    return Coverage(documents=looked, words=words, unknown=unknown, crumbled=crumbled)


def _is_crumbled(word: str, pieces: int) -> bool:
    """Tell whether a word is known only letter by letter, or byte by byte."""
    if any(character.isdigit() for character in word):
        return False  # a number or a code: no vocabulary has it whole
    spelled = pieces >= _CRUMBS and len(word) <= _CHARACTERS_OF_A_CRUMB * pieces
    return spelled or pieces > max(len(word), 1)
