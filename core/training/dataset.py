"""Labelled documents as windows of sub-tokens with a tag for each word, and their batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch.utils.data import Dataset

from core.inference.decoding import tag_names
from core.inference.encoding import Encoder
from core.schema.documents import LabelledDocument
from core.text.iob import spans_to_tags
from core.text.words import document_words

IGNORED = -100
"""Target of sub-tokens that are no first one of a word: the loss passes over them."""


@dataclass(frozen=True, slots=True)
class Example:
    """A window with its targets.

    Attributes:
        ids: Sub-tokens.
        targets: For each sub-token the tag of the word it begins, or ``IGNORED``.
    """

    ids: list[int]
    targets: list[int]


class WindowDataset(Dataset[dict[str, list[int]]]):
    """Windows in the form that the Trainer takes.

    Attributes:
        examples: The windows.
        spans: Gold spans that are taught.
        left_out: Gold spans that IOB2 cannot hold and that are not taught.
    """

    def __init__(
        self, documents: Sequence[LabelledDocument], encoder: Encoder, labels: Sequence[str]
    ) -> None:
        """Encode documents; words of overlaps count in the window in which they are central."""
        numbers = {tag: index for index, tag in enumerate(tag_names(labels))}
        self.examples: list[Example] = []
        self.spans = self.left_out = 0
        for item in documents:
            words = document_words(item.document)
            tags, left_out = spans_to_tags(words, item.spans)
            self.left_out += len(left_out)
            self.spans += len(item.spans) - len(left_out)
            for window in encoder.encode(item.document.text, words):
                targets = [IGNORED] * len(window.ids)
                for word, head in enumerate(window.heads, start=window.window.first):
                    if window.window.core_first <= word < window.window.core_last:
                        targets[head] = numbers[tags[word]]
                self.examples.append(Example(window.ids, targets))

    def __len__(self) -> int:
        """Return the number of windows."""
        return len(self.examples)

    def __getitem__(self, index: int) -> dict[str, list[int]]:
        """Return a window under the names that models take."""
        example = self.examples[index]
        return {"input_ids": example.ids, "labels": example.targets}


class PadToLongest:
    """Puts windows into tensors no longer than the longest of them."""

    def __init__(self, padding: int) -> None:
        """Pad with a tokenizer's padding token."""
        self._padding = padding

    def __call__(self, rows: list[dict[str, Any]]) -> dict[str, torch.Tensor]:
        """Return ids, mask and targets, each of shape (windows, longest)."""
        longest = max(len(row["input_ids"]) for row in rows)
        ids = torch.full((len(rows), longest), self._padding)
        mask = torch.zeros((len(rows), longest), dtype=torch.long)
        targets = torch.full((len(rows), longest), IGNORED)
        for index, row in enumerate(rows):
            length = len(row["input_ids"])
            ids[index, :length] = torch.tensor(row["input_ids"])
            mask[index, :length] = 1
            targets[index, :length] = torch.tensor(row["labels"])
        return {"input_ids": ids, "attention_mask": mask, "labels": targets}
