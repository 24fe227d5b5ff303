"""What a quick update learns from: what is new, and a sample of what was learned before.

A network that goes on learning on new data alone forgets what it knew. Rolnick et al. 2019,
"Experience replay for continual learning", mix old examples in; that nearly undoes the forgetting
without the cost of all the old data, and how many of them matters little. Here it is a third as
many as new ones, so that an update lasts seconds.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from core.schema.documents import LabelledDocument

_REPLAYED = 1 / 3
"""Old documents for each new one."""
_LEAST_REPLAYED = 16
"""Old documents that go with even a single new one, so that it is not learned by heart."""


def with_replay(
    documents: Sequence[LabelledDocument], new: Collection[int], *, seed: int
) -> list[LabelledDocument]:
    """Return the new documents and a sample of the others, in their old order.

    Args:
        documents: All that there are to train on.
        new: Keys of those that are new; others than those given are passed over.
        seed: Decides the sample, for the same documents always the same one.
    """
    fresh = [item for item in documents if item.document.id in new]
    old = [item for item in documents if item.document.id not in new]
    count = min(max(round(_REPLAYED * len(fresh)), _LEAST_REPLAYED), len(old))
    drawn = np.random.default_rng(seed).permutation(len(old))[:count]
    chosen = {old[index].document.id for index in drawn}
    return [item for item in documents if item.document.id in new or item.document.id in chosen]
