"""From documents to the logits of their words by any model: encode, run in batches, stitch.

numpy and the tokenizers library suffice. Exported models carry this module, so that they go over
a document as Chartmark does, whatever computes the model.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from core.inference.encoding import EncodedWindow, Encoder, batches_by_length
from core.schema.documents import Document
from core.text.words import document_words

Floats = NDArray[np.float64]

Forward = Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.float32]]
"""A model: ids and attention mask, both of shape (windows, length), to logits of shape
(windows, length, tags)."""

_TOKENS_IN_BATCH = 2048
"""Few enough that a slow CPU comes to the next check in well under two seconds."""


def nothing_to_check() -> None:
    """Stand in for a check that may end the work; never does."""


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
    lengths = [len(window.ids) for window in windows]
    for batch in batches_by_length(lengths, _TOKENS_IN_BATCH):
        check()
        longest = max(lengths[index] for index in batch)
        ids = np.full((len(batch), longest), padding, dtype=np.int64)
        mask = np.zeros((len(batch), longest), dtype=np.int64)
        for row, index in enumerate(batch):
            ids[row, : lengths[index]] = windows[index].ids
            mask[row, : lengths[index]] = 1
        answers = forward(ids, mask)
        for row, index in enumerate(batch):
            logits[index] = answers[row, windows[index].heads].astype(np.float64)
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
    windows: list[EncodedWindow] = []
    for index, document in enumerate(documents):
        check()
        windows += encoder.encode(document.text, document_words(document), index)
    logits = window_logits(forward, windows, padding=padding, check=check)
    return stitch(windows, logits, len(documents), tags)
