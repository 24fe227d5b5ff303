"""The Trainer of a training: the model, its material and its schedule put together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import torch
from torch.utils.data import Dataset, Sampler
from transformers import TrainerCallback

from core.schema.learning import Precision, Recipe
from core.training.arguments import trainer_arguments
from core.training.dataset import PadTogether
from core.training.distilling import PadTaught, TaughtTrainer
from core.training.material import Material
from core.training.progress import Meter
from core.training.ready_model import ReadyModel
from core.training.schedule import Schedule
from core.training.shares import WithBlank
from core.training.trainer import WordTrainer


def build_trainer(
    model: ReadyModel,
    material: Material,
    schedule: Schedule,
    *,
    recipe: Recipe,
    precision: Precision,
    device: torch.device,
    folder: Path,
    meter: Meter,
    order: Sampler[int],
    callbacks: Sequence[TrainerCallback],
) -> WordTrainer:
    """Return what goes through the updates.

    Args:
        model: To be trained.
        material: To learn from.
        schedule: The course of the training.
        recipe: Hyperparameters.
        precision: Arithmetic, as chosen.
        device: Of this process.
        folder: For checkpoints.
        meter: Sees each forward pass.
        order: Of the windows.
        callbacks: Called in their order.
    """
    data: Dataset[dict[str, Any]] = material.data
    if schedule.processes > 1:
        data = WithBlank(material.data)
    return (TaughtTrainer if material.taught else WordTrainer)(
        chain=model.chain,
        meter=meter,
        order=order,
        rate=partial(schedule.rate, warmup=recipe.warmup_ratio),
        model=model.network,
        args=trainer_arguments(recipe, schedule, precision, device=device, folder=folder),
        train_dataset=data,
        data_collator=(PadTaught if material.taught else PadTogether)(model.padding),
        callbacks=list(callbacks),
    )
