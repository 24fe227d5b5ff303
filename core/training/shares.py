"""How the windows of each update are parted among processes that train together.

accelerate's ``BatchSamplerShard`` deals micro-batches out in turn. Where they do not come out even
it takes windows twice, which would change the updates; so updates are filled up with blank windows,
which teach nothing, and dealing always comes out even.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from torch.utils.data import Dataset, Sampler

from core.inference.heads import Head
from core.training.dataset import IGNORED, LengthGroupedOrder, WindowDataset
from core.training.schedule import Schedule

BLANK = -1
"""Index of a window that teaches nothing."""


class EvenOrder(Sampler[int]):
    """An order of windows in which every update has as many, blank ones filling up short ones.

    Micro-batches that are computed at the same time get windows alike in length: no process has
    to wait for another, and what one of them sees of the loss goes for all.
    """

    def __init__(self, order: LengthGroupedOrder, schedule: Schedule) -> None:
        """Fill up the updates of an order for all processes of a schedule."""
        self._order = order
        self._windows = schedule.batch_size
        self._places = schedule.batch_size + schedule.blank
        self._processes = schedule.processes
        self._at_once = schedule.micro_batch_size * schedule.processes

    def set_epoch(self, epoch: int) -> None:
        """Give the order of another epoch from the next iteration on."""
        self._order.set_epoch(epoch)

    def __len__(self) -> int:
        """Return the number of windows, blank ones included."""
        return -(-len(self._order) // self._windows) * self._places

    def __iter__(self) -> Iterator[int]:
        """Give the indices of all windows, each once, with ``BLANK`` between."""
        indices = list(self._order)
        for begin in range(0, len(indices), self._windows):
            update = indices[begin : begin + self._windows]
            update += [BLANK] * (self._places - len(update))
            for at in range(0, self._places, self._at_once):
                together = update[at : at + self._at_once]
                for process in range(self._processes):
                    yield from together[process :: self._processes]


class WithBlank(Dataset[dict[str, Any]]):
    """Windows, and one that teaches nothing at the index ``BLANK``."""

    def __init__(self, data: WindowDataset) -> None:
        """Add a blank window to these."""
        self._data = data
        first = data.examples[0]
        self._blank = {
            "input_ids": first.ids[:1],
            "labels": np.full_like(first.targets[:1], IGNORED),
        }

    def __len__(self) -> int:
        """Return the number of windows, the blank one apart."""
        return len(self._data)

    def __getitem__(self, index: int) -> dict[str, Any]:
        """Return a window under the names that models take."""
        return self._blank if index == BLANK else self._data[index]


def fingerprint(data: WindowDataset, dev: Iterable[Sequence[int]], head: Head) -> int:
    """Return a number, below 2**56, by which processes see that they have the same data.

    Args:
        data: The windows that are learned from.
        dev: The sub-tokens of those that are held back.
        head: Of the model.
    """
    seen = hashlib.sha256(repr((head.kind.value, head.labels)).encode())
    for example in data.examples:
        seen.update(np.asarray(example.ids, dtype=np.int64).tobytes())
        seen.update(example.targets.astype(np.int64).tobytes())
    for ids in dev:
        seen.update(np.asarray(ids, dtype=np.int64).tobytes())
    return int.from_bytes(seen.digest()[:7], "big")
