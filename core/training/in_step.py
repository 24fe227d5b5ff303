"""Callbacks that keep the processes of one training in step."""

from __future__ import annotations

from typing import Any

import numpy as np
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments, set_seed

from core.training.group import Group
from core.training.schedule import Schedule
from core.training.shares import EvenOrder


class InStep(TrainerCallback):
    """Gives every process the order of the epoch, and each one a chance of its own.

    With the same random numbers all processes would drop the same elements. They are drawn anew
    after each checkpoint, from seed, process and update alone, so that a resumed training draws
    what it would have drawn, whoever kept the states of the generators.
    """

    def __init__(self, *, order: EvenOrder, schedule: Schedule, group: Group, seed: int) -> None:
        """Prepare for a training of this seed."""
        self._order = order
        self._schedule = schedule
        self._group = group
        self._seed = seed
        self._due = True

    def on_epoch_begin(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        **kwargs: Any,
    ) -> None:
        """Set the epoch: accelerate does not find the order in a resumed epoch of its loader."""
        self._order.set_epoch(state.global_step // self._schedule.updates_per_epoch)

    def on_step_begin(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        **kwargs: Any,
    ) -> None:
        """Draw anew at the first update and at the first one after each checkpoint."""
        if self._due:
            drawn = np.random.SeedSequence([self._seed, self._group.rank, state.global_step])
            set_seed(int(drawn.generate_state(1)[0]))
            self._due = False

    def on_save(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        **kwargs: Any,
    ) -> None:
        """Note that a training may go on from here."""
        self._due = True


class HeedVerdict(TrainerCallback):
    """Waits where the first process evaluates, and stops where that one says so."""

    def __init__(self, *, group: Group, schedule: Schedule) -> None:
        """Heed the verdict wherever the schedule has an evaluation."""
        self._group = group
        self._schedule = schedule

    def on_step_end(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        **kwargs: Any,
    ) -> None:
        """Wait for the verdict when it is time to."""
        last = control.should_training_stop
        if not last and not self._schedule.is_evaluated(state.global_step):
            return
        if self._group.decide(False):
            control.should_training_stop = True
        # Nothing is written here, but what the Trainer counts on saving it adds up over all.
        control.should_save = True
