"""How a training is cut into updates, epochs and evaluations, by the amount of data there is.

Mosbach et al. 2021, "On the stability of fine-tuning BERT": on few data it is the number of
updates that counts, not that of epochs. So small projects get smaller batches and more passes.

The learning rate is chosen for updates of a certain size, and sub-tokens are what an update is
made of: sixteen windows of a whole page would be many times the update of sixteen sentences. So an
update takes as many windows as hold the sub-tokens of ``Recipe.batch_size`` sentences.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from core.schema.learning import Recipe

_UPDATES_IN_EPOCH = 12
"""Where a pass has fewer updates, batches are made smaller."""
_LEAST_TOKENS = 144
"""Sub-tokens below which an update is too much a matter of chance."""
_SENTENCE = 36
"""Sub-tokens of a sentence as medical abstracts have them, special ones included."""
_LEAST_UPDATES = 200
"""Updates below which a model has hardly moved: it gets more passes instead."""
_UPDATES_BETWEEN = 25
"""Fewest updates between two evaluations, so that small projects do not evaluate all the time."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """The course of a training.

    Attributes:
        micro_batch_size: Windows in a forward pass.
        accumulation: Forward passes in an update, of each process.
        updates_per_epoch: The last one of an epoch may have fewer windows.
        epochs: Most passes over the windows, in each round.
        evaluate_every: Updates between two evaluations.
        processes: That part an update among them.
        blank: Windows without content that fill up an update which cannot be parted evenly.
        rounds: Times that a process begins anew from the same weights.
        beside: Processes that train as many rounds each at the same time, this one among them.
    """

    micro_batch_size: int
    accumulation: int
    updates_per_epoch: int
    epochs: int
    evaluate_every: int
    processes: int = 1
    blank: int = 0
    rounds: int = 1
    beside: int = 1

    @property
    def batch_size(self) -> int:
        """Windows in an update."""
        return self.micro_batch_size * self.accumulation * self.processes - self.blank

    @property
    def total_epochs(self) -> int:
        """Passes in all rounds of a process."""
        return self.epochs * self.rounds

    @property
    def updates_in_round(self) -> int:
        """Updates in a round."""
        return self.updates_per_epoch * self.epochs

    @property
    def total_updates(self) -> int:
        """Updates in all rounds of a process."""
        return self.updates_in_round * self.rounds

    def step_of_join(self, number: int) -> int:
        """Return the step at which a round of another process is taken in, after all updates.

        Args:
            number: Of the round, from 1; greater than ``rounds``.
        """
        return self.total_updates + number - self.rounds

    def in_round(self, update: int) -> int:
        """Return which one of its round an update is; both count from 1."""
        return (update - 1) % self.updates_in_round + 1

    def rounds_before(self, update: int) -> int:
        """Return how many rounds come before the one of an update, from 1; none before 0."""
        return max(0, update - 1) // self.updates_in_round

    def begins_anew(self, update: int) -> bool:
        """Tell whether an update is the first one of a round that follows another."""
        return update > 1 and self.in_round(update) == 1

    def is_evaluated(self, update: int) -> bool:
        """Tell whether the model is evaluated after an update: at the end of a round always."""
        at = self.in_round(update)
        return at % self.evaluate_every == 0 or at == self.updates_in_round

    def rounds_meant(self, update: int) -> int:
        """Return of how many rounds the model after an update is the mean, as one to be kept.

        Throughout the first round that is 1. Later on it is 0, for not to be kept, but where a
        round ends: dev is small, and a mean with half a round in it would now and then be taken
        for the best by chance alone.
        """
        if update <= self.updates_in_round:
            return 1
        return 0 if update % self.updates_in_round else update // self.updates_in_round

    def rate(self, done: int, warmup: float) -> float:
        """Return the rate after ``done`` updates as a share of its peak, 0 to 1.

        In each round it rises from nothing and falls to nothing, both in a line.

        Args:
            done: Updates so far.
            warmup: Share of a round in which it rises.
        """
        whole = self.updates_in_round
        rising = round(warmup * whole)
        # After the last update of all the rate has fallen, whoever trained the rounds.
        at = done - min(done // whole, self.rounds * self.beside - 1) * whole
        if at < rising:
            return at / rising
        return max(0.0, (whole - at) / max(1, whole - rising))


def make_schedule(
    recipe: Recipe,
    lengths: Sequence[int],
    *,
    most_at_once: int,
    processes: int = 1,
    beside: int = 1,
) -> Schedule:
    """Return the course of a training.

    Args:
        recipe: Its hyperparameters.
        lengths: Sub-tokens of each window of the training documents; at least one.
        most_at_once: Windows that fit in memory together, at least one.
        processes: That part an update among them. Like memory, their number changes how an update
            is computed, never which windows it takes.
        beside: Processes that part the rounds among them; the rounds are a multiple of it.
    """
    mean = sum(lengths) / len(lengths)
    batch = min(recipe.batch_size, max(1, round(recipe.batch_size * _SENTENCE / mean)))
    while (
        batch >= 2
        and batch * mean >= 2 * _LEAST_TOKENS
        and math.ceil(len(lengths) / batch) < _UPDATES_IN_EPOCH
    ):
        batch //= 2
    share = math.ceil(batch / processes)
    micro = next(size for size in range(min(share, most_at_once), 0, -1) if share % size == 0)
    updates = math.ceil(len(lengths) / batch)
    epochs = max(recipe.epochs, math.ceil(_LEAST_UPDATES / updates))
    if recipe.most_updates:
        epochs = max(1, min(recipe.epochs, recipe.most_updates // updates))
    return Schedule(
        micro_batch_size=micro,
        accumulation=share // micro,
        updates_per_epoch=updates,
        epochs=epochs,
        evaluate_every=max(updates, _UPDATES_BETWEEN),
        processes=processes,
        blank=share * processes - batch,
        rounds=recipe.rounds // beside,
        beside=beside,
    )
