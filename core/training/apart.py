"""Rounds that a process trains for another one, which evaluates: their mean is kept and left."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments, set_seed

from core.training.averaging import WeightAverage
from core.training.beside import Order
from core.training.building import build_trainer
from core.training.checkpoints import last_checkpoint, remove_weights, step_of
from core.training.control import Control
from core.training.dataset import LengthGroupedOrder
from core.training.events import TrainingEvent
from core.training.material import Material
from core.training.progress import Meter, Steering, check_weights
from core.training.ready_model import ready_model
from core.training.rounds import Rounds
from core.training.schedule import Schedule


class LeaveRounds(TrainerCallback):
    """Takes the mean of the weights, and writes it where a round ends and beside checkpoints."""

    def __init__(
        self,
        *,
        average: WeightAverage,
        meter: Meter,
        schedule: Schedule,
        files: Mapping[int, Path],
    ) -> None:
        """Prepare.

        Args:
            average: The mean of the model's weights; takes in every update here.
            meter: Its loss must be sound before anything is kept.
            schedule: Says after which updates there is a checkpoint, and where rounds end.
            files: Where the process that evaluates looks for what each round ended at, in order.
        """
        self._average = average
        self._meter = meter
        self._schedule = schedule
        self._files = tuple(files.values())

    def on_step_end(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        **kwargs: Any,
    ) -> None:
        """Take in the update; keep the mean where the schedule has an evaluation."""
        step, schedule = state.global_step, self._schedule
        self._average.take(step)
        if not schedule.is_evaluated(step):
            return
        self._meter.mean_loss(1)
        check_weights(kwargs["model"])
        self._meter.clear()
        if schedule.in_round(step) == schedule.updates_in_round:
            self._average.write(self._files[schedule.rounds_before(step)])
        self._average.keep(step)
        control.should_save = True

    def on_save(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        **kwargs: Any,
    ) -> None:
        """Remove what belongs to earlier checkpoints."""
        self._average.prune(state.global_step)


def train_apart(order: Order, control: Control) -> None:
    """Train the rounds of an order, and leave what they end at where it says.

    Args:
        order: What to train, on the CPU.
        control: Wishes of the process that waits for it.

    Raises:
        KnownError: The loss is no number any more, or the backbone is gone.
        StoppedByUserError: It is to end.
    """
    recipe, device = order.recipe, torch.device("cpu")
    material = Material(
        train=order.train,
        dev=order.dev,
        labels=order.labels,
        recipe=recipe,
        backbone=order.backbone,
        folder=order.own_folder,
        device=device,
        emit=_tell_nobody,
        check=control.check,
    )
    checkpoint, schedule = _checkpoint(order), order.schedule
    if checkpoint is None:
        remove_weights(order.own_folder)
    set_seed(recipe.seed)
    model = ready_model(
        order.backbone, material.head, material.sub_tokens, device=device, check=control.check
    )
    average = WeightAverage(
        model.network,
        order.own_folder,
        step_of(checkpoint) if checkpoint else 0,
        schedule=schedule,
    )
    meter = Meter()
    trainer = build_trainer(
        model,
        material,
        schedule,
        recipe=recipe,
        precision=recipe.precision,
        device=device,
        folder=order.own_folder,
        meter=meter,
        order=LengthGroupedOrder(
            material.data.lengths,
            batch_size=schedule.batch_size,
            seed=recipe.seed,
            first_epoch=order.index * schedule.total_epochs,
        ),
        callbacks=[
            Steering(control, meter, _tell_nobody),
            LeaveRounds(average=average, meter=meter, schedule=schedule, files=order.files),
            Rounds(model.network, schedule, seed=recipe.seed, first=order.numbers[0]),
        ],
    )
    trainer.train(resume_from_checkpoint=str(checkpoint) if checkpoint else None)


def _checkpoint(order: Order) -> Path | None:
    """Return the one to go on from, unless a round that was over by then has left nothing."""
    found = last_checkpoint(order.own_folder, evaluated=False) if order.resume else None
    over = step_of(found) // order.schedule.updates_in_round if found else 0
    return found if all(order.files[number].exists() for number in order.numbers[:over]) else None


def _tell_nobody(_event: TrainingEvent) -> None:
    """The process that waits tells what there is to tell."""
