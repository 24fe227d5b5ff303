"""Windows of unlabelled records with whole words hidden, for masked language modelling."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from core.inference.encoding import Encoder, batches_by_length
from core.schema.documents import Document
from core.text.words import document_words

_SHOWN_AS_IS, _SHOWN_AS_ANOTHER = 0.1, 0.1
"""Share of the hidden sub-tokens that are left as they are, and that become any other one."""
_BATCHES_IN_POOL = 32
"""Batches whose windows are sorted by length together: little padding, and much left to chance."""


@dataclass(frozen=True, slots=True)
class TextWindow:
    """A stretch of a record as a model reads it.

    Attributes:
        ids: Sub-tokens, special ones at both ends.
        heads: Where in ``ids`` each word begins, and behind the last one where that ends.
    """

    ids: NDArray[np.int32]
    heads: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Guess:
    """A batch of windows with hidden words.

    Attributes:
        ids: Shape (windows, length), words hidden.
        mask: Shape (windows, length), 1 where a window has a sub-token.
        hidden: Shape (windows, length), true where one is to be guessed.
        targets: What is hidden, in the order of ``hidden``.
    """

    ids: torch.Tensor
    mask: torch.Tensor
    hidden: torch.Tensor
    targets: torch.Tensor

    @property
    def tokens(self) -> int:
        """Real (non-padding) sub-tokens."""
        return int(self.mask.sum())


def cut_text(
    documents: Iterable[Document],
    encoder: Encoder,
    *,
    most_tokens: int,
    check: Callable[[], None],
) -> list[TextWindow]:
    """Return windows of records, without labels, up to so many sub-tokens.

    Args:
        documents: The first of them are taken if there are too many.
        encoder: Turns words into windows; an overlap would have some words guessed twice.
        most_tokens: Bounds memory, at about 6 bytes each.
        check: Called before each document; may raise to end the work.
    """
    windows: list[TextWindow] = []
    taken = 0
    for document in documents:
        check()
        if taken >= most_tokens:
            break
        for window in encoder.encode(document.text, document_words(document)):
            last = len(window.ids) - encoder.special_behind
            windows.append(
                TextWindow(
                    np.asarray(window.ids, dtype=np.int32),
                    np.asarray([*window.heads, last], dtype=np.int32),
                )
            )
            taken += len(window.ids)
    return windows


def count_sub_tokens(windows: Sequence[TextWindow]) -> dict[int, int]:
    """Return how often each sub-token occurs in some windows, of which there is at least one."""
    counts = np.zeros(1 + max(int(window.ids.max()) for window in windows), dtype=np.int64)
    for window in windows:
        np.add.at(counts, window.ids, 1)
    return {int(number): int(counts[number]) for number in np.flatnonzero(counts)}


class Masker:
    """Hides whole words in batches of windows (Devlin et al. 2019; Cui et al. 2021).

    Seed, epoch and place in it decide what is hidden, and nothing else does.
    """

    def __init__(
        self,
        *,
        mask: int,
        padding: int,
        ordinary: Sequence[int],
        hidden: float,
        tokens: int,
        seed: int,
    ) -> None:
        """Prepare.

        Args:
            mask: The sub-token that stands for a hidden one.
            padding: The sub-token that fills shorter windows.
            ordinary: Sub-tokens that may stand in the place of hidden ones; no special ones.
            hidden: Share of the sub-tokens that is to be guessed, above 0; at least one word of
                each window is.
            tokens: Sub-tokens in a batch, padding included.
            seed: Of order and hiding.
        """
        self._mask, self._padding = mask, padding
        self._ordinary = np.asarray(ordinary, dtype=np.int64)
        self._hidden = hidden
        self._tokens = tokens
        self._seed = seed

    def batches(self, windows: Sequence[TextWindow], epoch: int) -> Iterator[Guess]:
        """Give all windows once, in the order and with the hidden words of an epoch."""
        random = np.random.default_rng([self._seed, epoch])
        order = random.permutation(len(windows))
        longest = max(len(window.ids) for window in windows)
        pool = max(self._tokens // longest, 1) * _BATCHES_IN_POOL
        for begin in range(0, len(order), pool):
            drawn = order[begin : begin + pool]
            batches = batches_by_length([len(windows[at].ids) for at in drawn], self._tokens)
            random.shuffle(batches)
            for batch in batches:
                yield self._hide([windows[drawn[at]] for at in batch], random)

    def _hide(self, windows: Sequence[TextWindow], random: np.random.Generator) -> Guess:
        longest = max(len(window.ids) for window in windows)
        ids = np.full((len(windows), longest), self._padding, dtype=np.int64)
        mask = np.zeros_like(ids)
        hidden = np.zeros(ids.shape, dtype=bool)
        for row, window in enumerate(windows):
            ids[row, : len(window.ids)] = window.ids
            mask[row, : len(window.ids)] = 1
            hidden[row, _hidden_places(window, self._hidden, random)] = True
        targets = ids[hidden]
        fate = random.random(len(targets))
        shown = np.where(fate < _SHOWN_AS_IS, targets, self._mask)
        other = (fate >= _SHOWN_AS_IS) & (fate < _SHOWN_AS_IS + _SHOWN_AS_ANOTHER)
        shown[other] = random.choice(self._ordinary, int(other.sum()))
        ids[hidden] = shown
        return Guess(*(torch.from_numpy(array) for array in (ids, mask, hidden, targets)))


def _hidden_places(
    window: TextWindow, share: float, random: np.random.Generator
) -> NDArray[np.int64]:
    """Draw words until their sub-tokens are enough; returns where those stand."""
    first, last = window.heads[:-1], window.heads[1:]
    wanted = share * (window.heads[-1] - window.heads[0])
    order = random.permutation(len(first))
    sizes = np.cumsum((last - first)[order])
    drawn = order[: int(np.searchsorted(sizes, wanted)) + 1]
    return np.concatenate([np.arange(first[word], last[word]) for word in drawn])
