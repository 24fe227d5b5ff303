"""How a training is cut into updates, epochs and evaluations, by the amount of data there is.

Mosbach et al. 2021, "On the stability of fine-tuning BERT": on few data it is the number of
updates that counts, not that of epochs. So small projects get smaller batches and more passes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.schema.learning import Recipe

_UPDATES_IN_EPOCH = 12
"""Where a pass has fewer updates, batches are made smaller."""
_LEAST_BATCH = 4
"""Windows below which an update is too much a matter of chance."""
_LEAST_UPDATES = 200
"""Updates below which a model has hardly moved: it gets more passes instead."""
_UPDATES_BETWEEN = 25
"""Fewest updates between two evaluations, so that small projects do not evaluate all the time."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """The course of a training.

    Attributes:
        micro_batch_size: Windows in a forward pass.
        accumulation: Forward passes in an update.
        updates_per_epoch: The last one of an epoch may have fewer windows.
        epochs: Most passes over the windows.
        evaluate_every: Updates between two evaluations.
    """

    micro_batch_size: int
    accumulation: int
    updates_per_epoch: int
    epochs: int
    evaluate_every: int

    @property
    def batch_size(self) -> int:
        """Windows in an update."""
        return self.micro_batch_size * self.accumulation

    @property
    def total_updates(self) -> int:
        """Updates in all epochs."""
        return self.updates_per_epoch * self.epochs


def make_schedule(recipe: Recipe, windows: int, *, most_at_once: int) -> Schedule:
    """Return the course of a training.

    Args:
        recipe: Its hyperparameters.
        windows: In the training documents, at least one.
        most_at_once: Windows that fit in memory together, at least one. It changes how an update
            is computed, never which windows it takes.
    """
    batch = recipe.batch_size
    while batch >= 2 * _LEAST_BATCH and math.ceil(windows / batch) < _UPDATES_IN_EPOCH:
        batch //= 2
    micro = next(size for size in range(min(batch, most_at_once), 0, -1) if batch % size == 0)
    updates = math.ceil(windows / batch)
    return Schedule(
        micro_batch_size=micro,
        accumulation=batch // micro,
        updates_per_epoch=updates,
        epochs=max(recipe.epochs, math.ceil(_LEAST_UPDATES / updates)),
        evaluate_every=max(updates, _UPDATES_BETWEEN),
    )
