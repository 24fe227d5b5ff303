"""Rounds of a training: each begins anew from the same weights, and the model is their mean.

Wortsman et al. 2022, "Model soups": trainings that begin from the same weights end in the same
basin of the loss, and the mean of their weights is better than each of them, at no cost when
records are read. What differs from round to round is the order of the windows and what is dropped.
``core.training.averaging`` keeps the mean; here the next round gets its beginning: the weights and,
from the seed and its number alone, the random numbers. So it does not matter which process trains
it, nor whether the one before it is over (``core.training.beside``).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments, set_seed

from core.training.schedule import Schedule


class Rounds(TrainerCallback):
    """Puts a model back to what it began from before each round but the first.

    Before a round and not after one, so that a checkpoint between two is the same wherever the next
    one is trained, and whoever goes on from it begins anew.
    """

    def __init__(
        self, model: torch.nn.Module, schedule: Schedule, *, seed: int, first: int = 1
    ) -> None:
        """Remember the model as it is, if it will be needed once more.

        Args:
            model: As the first round begins; weights of a checkpoint are loaded later.
            schedule: Says where rounds end.
            seed: Of the recipe.
            first: Number of the first round of this process, from 1.
        """
        self._model = model
        self._schedule = schedule
        self._seed, self._first = seed, first
        # In the machine's memory, which is larger than a GPU's.
        self._beginning = (
            {name: value.detach().to("cpu", copy=True) for name, value in model.named_parameters()}
            if schedule.rounds > 1
            else {}
        )

    def on_step_begin(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        **kwargs: Any,
    ) -> None:
        """Begin anew: weights as they were, moments of none, random numbers of the round."""
        update = state.global_step + 1
        if self._schedule.begins_anew(update):
            with torch.no_grad():
                for name, value in self._model.named_parameters():
                    value.copy_(self._beginning[name])
            kwargs["optimizer"].state.clear()
        number = self._first + self._schedule.rounds_before(update)
        # Not sooner: the Trainer's loader draws a number for each epoch.
        if number > 1 and self._schedule.in_round(update) == 1:
            set_seed(int(np.random.SeedSequence([self._seed, number]).generate_state(1)[0]))
