"""From documents to the logits of their words by any model: encode, run in batches, stitch.

numpy and the tokenizers library suffice. Exported models carry this module, so that they go over
a document as Chartmark does, whatever computes the model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.inference.encoding import EncodedWindow, Encoder, batches_by_length
from core.schema.documents import Document
from core.text.words import document_words

Floats = NDArray[np.float64]

Forward = Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.float32]]
"""A model: ids and attention mask, both of shape (windows, length), to logits of shape
(windows, length, tags)."""

TOKENS_IN_BATCH = 1024
"""Sub-tokens that a processor computes at once: what a layer makes of them stays in its caches, and
a slow one comes to the next check in well under two seconds."""


def nothing_to_check() -> None:
    """Stand in for a check that may end the work; never does."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows that a model reads together.

    Attributes:
        indices: Which windows these are.
        ids: Their sub-tokens, the shorter ones filled up, shape (windows, length).
        mask: 1 where a sub-token is no filling, of the same shape.
    """

    indices: list[int]
    ids: NDArray[np.int64]
    mask: NDArray[np.int64]

    def at_heads(
        self, windows: Sequence[EncodedWindow], answers: NDArray[np.float32]
    ) -> Iterator[tuple[int, Floats]]:
        """Yield each window's index and its logits, shape (words, tags), from the model's answer.

        Args:
            windows: Those that the indices count.
            answers: Shape (windows, length, tags).
        """
        for row, index in enumerate(self.indices):
            yield index, answers[row, windows[index].heads].astype(np.float64)


def batches(
    windows: Sequence[EncodedWindow], *, padding: int, tokens: int = TOKENS_IN_BATCH
) -> Iterator[Batch]:
    """Part windows into batches of like length.

    Args:
        windows: What a model is to read.
        padding: The sub-token that fills shorter windows.
        tokens: Most sub-tokens in a batch, padding included; a longer window is a batch alone.
    """
    lengths = [len(window.ids) for window in windows]
    for indices in batches_by_length(lengths, tokens):
        longest = max(lengths[index] for index in indices)
        ids = np.full((len(indices), longest), padding, dtype=np.int64)
        mask = np.zeros((len(indices), longest), dtype=np.int64)
        for row, index in enumerate(indices):
            ids[row, : lengths[index]] = windows[index].ids
            mask[row, : lengths[index]] = 1
        yield Batch(indices, ids, mask)


def window_logits(
    forward: Forward,
    windows: Sequence[EncodedWindow],
    *,
    padding: int,
    check: Callable[[], None] = nothing_to_check,
) -> list[Floats]:
    """Run a model over windows in batches of like length.

    Args:
        forward: The model.
        windows: What to read.
        padding: The sub-token that fills shorter windows.
        check: Called before each batch; may raise to end the work.

    Returns:
        For each window the logits at its words' first sub-tokens, shape (words, tags).
    """
    logits: list[Floats] = [np.zeros((0, 0))] * len(windows)
    for batch in batches(windows, padding=padding):
        check()
        for index, rows in batch.at_heads(windows, forward(batch.ids, batch.mask)):
            logits[index] = rows
    return logits


def stitch(
    windows: Sequence[EncodedWindow], logits: Sequence[Floats], documents: int, tags: int
) -> list[Floats]:
    """Put windows' answers together: for each document the logits of its words, (words, tags)."""
    parts: list[list[Floats]] = [[] for _ in range(documents)]
    for item, answers in zip(windows, logits, strict=True):
        window = item.window
        core = slice(window.core_first - window.first, window.core_last - window.first)
        parts[item.document].append(answers[core])
    return [np.concatenate(part) if part else np.zeros((0, tags)) for part in parts]


def encode_documents(
    encoder: Encoder, documents: Sequence[Document], *, check: Callable[[], None] = nothing_to_check
) -> list[EncodedWindow]:
    """Return the windows of documents, each with the index of its document.

    Args:
        encoder: Turns words into windows.
        documents: What is to be read.
        check: Called before each document; may raise to end the work.
    """
    windows: list[EncodedWindow] = []
    for index, document in enumerate(documents):
        check()
        windows += encoder.encode(document.text, document_words(document), index)
    return windows


def document_logits(
    forward: Forward,
    encoder: Encoder,
    documents: Sequence[Document],
    *,
    tags: int,
    padding: int,
    check: Callable[[], None] = nothing_to_check,
) -> list[Floats]:
    """Return for each document the logits of its words, shape (words, tags).

    Args:
        forward: The model.
        encoder: Turns words into the model's windows.
        documents: What to read.
        tags: Outputs of the model.
        padding: The sub-token that fills shorter windows.
        check: Called before each document and each batch; may raise to end the work.
    """
    windows = encode_documents(encoder, documents, check=check)
    logits = window_logits(forward, windows, padding=padding, check=check)
    return stitch(windows, logits, len(documents), tags)
