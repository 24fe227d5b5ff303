"""The pruned form of a model: neurons taken out, then a short training that heals what it can."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from core.inference.settings import read_settings
from core.schema.documents import LabelledDocument
from core.schema.learning import Recipe
from core.schema.phrases import phrase
from core.training.control import Control
from core.training.events import Progress, TrainingEvent
from core.training.pruning import write_pruned
from core.training.run import train as fine_tune

_RATE = 1 / 3
"""Share of the training's rate: what is left is to be healed, not learned anew."""
_PASSES = 3


def make_pruned(
    model_folder: Path,
    out: Path,
    share: float,
    recipe: Recipe,
    train: Sequence[LabelledDocument],
    dev: Sequence[LabelledDocument],
    control: Control,
    tell: Callable[[str], None],
) -> None:
    """Write the pruned form of a model; one that was made before is replaced at the very end.

    Args:
        model_folder: Of a model that Chartmark trained.
        out: The folder of the pruned model.
        share: Of the feed-forward neurons to take out.
        recipe: Of the model's training.
        train: Documents that it learned from.
        dev: Documents that decide how far it is healed.
        control: The user's wishes.
        tell: Gets each step in words.

    Raises:
        KnownError: The model cannot be pruned, or the training fails for a reason that is known.
        StoppedByUserError: The user cancelled it.
    """
    cut, run = (out.with_name(f"{out.name}.{part}") for part in ("cut", "run"))
    for folder in (cut, run):
        shutil.rmtree(folder, ignore_errors=True)
    tell(phrase("Taking out the neurons that matter least"))
    try:
        write_pruned(
            model_folder,
            cut,
            share=share,
            documents=train,
            seed=recipe.seed,
            check=control.check,
        )

        def follow(event: TrainingEvent) -> None:
            if isinstance(event, Progress):
                tell(
                    phrase(
                        "Training what is left: {step} of {total}",
                        step=event.step,
                        total=event.total_steps,
                    )
                )

        fine_tune(
            train=train,
            dev=dev,
            labels=read_settings(model_folder).labels,
            recipe=replace(
                recipe, epochs=_PASSES, rounds=1, learning_rate=recipe.learning_rate * _RATE
            ),
            start_model=cut,
            run_folder=run,
            model_folder=out,
            control=control,
            emit=follow,
        )
    finally:
        shutil.rmtree(cut, ignore_errors=True)
        shutil.rmtree(run, ignore_errors=True)
