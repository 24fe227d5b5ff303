"""A recipe and its schedule as the arguments that Hugging Face's Trainer takes."""

from __future__ import annotations

from pathlib import Path

import torch
from transformers import TrainingArguments

from core.schema.learning import Precision, Recipe
from core.training.clipping import LARGEST_NORM
from core.training.schedule import Schedule


def trainer_arguments(
    recipe: Recipe, schedule: Schedule, precision: Precision, *, device: torch.device, folder: Path
) -> TrainingArguments:
    """Return the arguments of a training.

    The Trainer neither evaluates nor saves nor logs by itself: callbacks do, see
    ``core.training.progress``; the course of the rate is the schedule's.

    Args:
        recipe: Hyperparameters.
        schedule: The course of the training.
        precision: Its arithmetic.
        device: Of this process.
        folder: For checkpoints.
    """
    on_cpu = device.type == "cpu"
    arguments = TrainingArguments(
        output_dir=str(folder),
        per_device_train_batch_size=schedule.micro_batch_size,
        gradient_accumulation_steps=schedule.accumulation,
        num_train_epochs=schedule.total_epochs,
        learning_rate=recipe.learning_rate,
        weight_decay=recipe.weight_decay,
        max_grad_norm=LARGEST_NORM,
        optim="adamw_torch_fused",
        bf16=precision is Precision.BF16,
        fp16=precision is Precision.FP16,
        use_cpu=on_cpu,
        remove_unused_columns=False,
        save_strategy="no",
        save_total_limit=1,
        eval_strategy="no",
        logging_strategy="no",
        # The meter looks at the loss itself; to filter it here would hide what it looks for.
        logging_nan_inf_filter=False,
        report_to="none",
        disable_tqdm=True,
        seed=recipe.seed,
        data_seed=recipe.seed,
        dataloader_pin_memory=device.type == "cuda",
    )
    if arguments.n_gpu > 1:
        # Several devices are for ``torchrun``; the Trainer would part each batch among them.
        arguments._n_gpu = 1
    return arguments
