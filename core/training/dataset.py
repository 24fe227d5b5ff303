"""Labelled documents as windows of sub-tokens with tags for each word, their order and batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.utils.data import Dataset, Sampler

from core.inference.batching import nothing_to_check
from core.inference.encoding import Encoder
from core.inference.heads import Head
from core.schema.documents import LabelledDocument
from core.text.words import document_words
from core.training.targets import word_targets

IGNORED = -100
"""Target of sub-tokens that are no first one of a word: the loss passes over them."""

_UPDATES_IN_POOL = 128
"""Updates that are sorted by length together. With a quarter as many, one in eleven sub-tokens of
single sentences is padding instead of one in twenty-five; windows of equal length, and which update
comes when, are left to chance either way."""

_LENGTH_STEP = 2
"""Lengths of batches are multiples of this: each further shape costs memory for its kernels."""


@dataclass(frozen=True, slots=True)
class Example:
    """A window with its targets.

    Attributes:
        ids: Sub-tokens.
        targets: For each sub-token the tag of the word it begins, or ``IGNORED``; shape (length,),
            and (length, rows) where the head has several rows.
    """

    ids: list[int]
    targets: NDArray[np.int64]


class WindowDataset(Dataset[dict[str, Any]]):
    """Windows in the form that the Trainer takes.

    Attributes:
        examples: The windows.
        spans: Gold spans that are taught.
        left_out: Gold spans that the head cannot hold and that are not taught.
    """

    def __init__(
        self,
        documents: Sequence[LabelledDocument],
        encoder: Encoder,
        head: Head,
        *,
        check: Callable[[], None] = nothing_to_check,
    ) -> None:
        """Encode documents; words of overlaps count in the window in which they are central.

        Args:
            documents: With all their spans.
            encoder: Turns words into windows.
            head: Of the model.
            check: Called before each document; may raise to end the work.
        """
        self.examples: list[Example] = []
        self.spans = self.left_out = 0
        for item in documents:
            check()
            words = document_words(item.document)
            tags, left_out = word_targets(head, words, item.spans)
            if tags.shape[1] == 1:
                tags = tags[:, 0]
            self.left_out += len(left_out)
            self.spans += len(item.spans) - len(left_out)
            for window in encoder.encode(item.document.text, words):
                targets = np.full((len(window.ids), *tags.shape[1:]), IGNORED)
                for word, place in enumerate(window.heads, start=window.window.first):
                    if window.window.core_first <= word < window.window.core_last:
                        targets[place] = tags[word]
                if (targets == IGNORED).all():
                    continue  # all its words are taught in its neighbours
                self.examples.append(Example(window.ids, targets))

    @property
    def lengths(self) -> list[int]:
        """Sub-tokens of each window."""
        return [len(example.ids) for example in self.examples]

    def __len__(self) -> int:
        """Return the number of windows."""
        return len(self.examples)

    def __getitem__(self, index: int) -> dict[str, Any]:
        """Return a window under the names that models take."""
        example = self.examples[index]
        return {"input_ids": example.ids, "labels": example.targets}


class LengthGroupedOrder(Sampler[int]):
    """The order of windows in each epoch: by chance, but alike in length within an update.

    Seed and epoch alone decide it, so that a resumed training goes on in the order in which it
    would have gone on.
    """

    def __init__(
        self, lengths: Sequence[int], *, batch_size: int, seed: int, first_epoch: int = 0
    ) -> None:
        """Order windows.

        Args:
            lengths: Sub-tokens of each.
            batch_size: Windows in an update.
            seed: Of the recipe.
            first_epoch: That which is called 0 here, as other processes count it.
        """
        self._lengths = np.asarray(lengths)
        self._batch_size = batch_size
        self._seed = seed
        self._first_epoch = first_epoch
        self._epoch = 0

    def set_epoch(self, epoch: int) -> None:
        """Give the order of another epoch from the next iteration on."""
        self._epoch = epoch

    def __len__(self) -> int:
        """Return the number of windows."""
        return len(self._lengths)

    def __iter__(self) -> Iterator[int]:
        """Give the indices of all windows, each once."""
        random = np.random.default_rng([self._seed, self._first_epoch + self._epoch])
        order = random.permutation(len(self._lengths))
        pool = self._batch_size * _UPDATES_IN_POOL
        updates: list[list[int]] = []
        for begin in range(0, len(order), pool):
            drawn = order[begin : begin + pool]
            by_length = drawn[np.argsort(-self._lengths[drawn], kind="stable")].tolist()
            updates += [
                by_length[at : at + self._batch_size]
                for at in range(0, len(by_length), self._batch_size)
            ]
        # Only the very last update may be short of windows.
        short = [updates.pop()] if updates and len(updates[-1]) < self._batch_size else []
        random.shuffle(updates)
        if updates:
            # The longest go first: what does not fit in memory shows at once.
            first = max(range(len(updates)), key=lambda at: self._lengths[updates[at][0]])
            updates.insert(0, updates.pop(first))
        return iter([index for update in (*updates, *short) for index in update])


class PadTogether:
    """Puts windows into tensors hardly longer than the longest of them."""

    def __init__(self, padding: int) -> None:
        """Pad with a tokenizer's padding token."""
        self._padding = padding

    def __call__(self, rows: list[dict[str, Any]]) -> dict[str, torch.Tensor]:
        """Return ids, mask and targets, each of shape (windows, an even length).

        Targets have one more axis where the head has several rows.
        """
        longest = max(len(row["input_ids"]) for row in rows)
        length = -(-longest // _LENGTH_STEP) * _LENGTH_STEP
        ids = torch.full((len(rows), length), self._padding)
        mask = torch.zeros((len(rows), length), dtype=torch.long)
        several = np.shape(rows[0]["labels"])[1:]
        targets = torch.full((len(rows), length, *several), IGNORED)
        for index, row in enumerate(rows):
            taken = len(row["input_ids"])
            ids[index, :taken] = torch.tensor(row["input_ids"])
            mask[index, :taken] = 1
            targets[index, :taken] = torch.as_tensor(row["labels"])
        return {"input_ids": ids, "attention_mask": mask, "labels": targets}
