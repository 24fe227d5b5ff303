"""Which training `chartmark train` begins: full, quick, one that broke off, or one once more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

import click

from core.operations import training
from core.operations.quick_update import begin_quick_update
from core.operations.repeating import begin_repeat
from core.operations.training import THOROUGH_ROUNDS, has_checkpoint
from core.schema.errors import KnownError
from core.schema.learning import ModelVersion, Recipe, Run, RunStatus
from core.store import runs
from core.store.project import Project
from core.store.recipes import default_recipe
from core.worker.messages import Train


class Kind(StrEnum):
    """A training that is no full one."""

    QUICK = "quick"
    RESUME = "resume"


_Command = TypeVar("_Command", bound=Callable[..., Any])

device_option = click.option(
    "--device", default="auto", help="auto (the default), cpu, cuda, cuda:N, xpu or mps."
)
_OPTIONS = (
    click.option(
        "--backbone",
        default="",
        metavar="DIR",
        help="A Hugging Face encoder; else the embedded one.",
    ),
    device_option,
    click.option("--seed", type=int, help="Of every random choice."),
    click.option("--epochs", type=click.IntRange(min=1), help="Most passes over the records."),
    click.option(
        "--rounds",
        type=click.IntRange(min=1),
        help=f"Train so many times over and keep the mean: {Recipe().rounds} by default, "
        f"{THOROUGH_ROUNDS} make fewer mistakes.",
    ),
    click.option(
        "--resume", "kind", flag_value=Kind.RESUME, help="Go on with the last interrupted run."
    ),
    click.option(
        "--quick",
        "kind",
        flag_value=Kind.QUICK,
        help="Only teach the current model what is new, within seconds.",
    ),
    click.option("--repeat", type=int, metavar="RUN", help="Do a run once more from its record."),
    click.option("--allow-network", is_flag=True, help="Let a backbone be fetched by its name."),
)


def training_options(command: _Command) -> _Command:
    """Give a command the options that say which training it begins."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def begin_training(
    *,
    project: Project,
    kind: Kind | None,
    repeat: int | None,
    seed: int | None,
    epochs: int | None,
    rounds: int | None,
    backbone: str,
    device: str,
    allow_network: bool,
    teacher: str = "",
) -> tuple[Run, Train]:
    """Book a training and return it with the request that makes the worker do it.

    Args:
        project: The open project.
        kind: None for a full training, or for a repetition.
        repeat: The run to repeat, or None.
        seed: Of a full training; the usual one where None.
        epochs: Most passes of a full training; the usual ones where None.
        rounds: Times that a full training begins anew; the usual ones where None.
        backbone: Folder or hub name of a full training; empty for the embedded encoder.
        device: ``auto`` or a device's name.
        allow_network: Whether a hub name may be fetched.
        teacher: Name of the bigger model that a full training learns from too; empty for none.

    Raises:
        KnownError: It cannot be begun, or was given what only a full training takes.
    """
    if repeat is not None and kind is not None:
        raise KnownError("--repeat goes with neither --quick nor --resume.", "Give one of them.")
    continues = kind is not None or repeat is not None
    numbers = any(number is not None for number in (seed, epochs, rounds))
    if continues and (numbers or backbone or teacher):
        raise KnownError(
            "--seed, --epochs, --rounds, --backbone and --teacher are for a full training.",
            "Leave them out: what is continued or repeated has its own.",
        )
    if repeat is not None:
        return begin_repeat(
            project=project, run_id=repeat, device=device, allow_network=allow_network
        )
    match kind:
        case Kind.QUICK:
            return begin_quick_update(project=project, device=device, allow_network=allow_network)
        case Kind.RESUME:
            return training.begin_resume(
                project=project,
                run_id=_last_interrupted(project),
                device=device,
                allow_network=allow_network,
            )
        case None:
            return training.begin_retrain(
                project=project,
                recipe=_recipe(project, seed, epochs, rounds),
                backbone=backbone,
                device=device,
                allow_network=allow_network,
                teacher=_model(project, teacher) if teacher else None,
            )


def _model(project: Project, name: str) -> ModelVersion:
    for model in runs.model_versions(project=project):
        if model.name == name:
            return model
    raise KnownError(
        "There is no model {name}.", "Choose one that `chartmark runs` lists.", name=name
    )


def _recipe(project: Project, seed: int | None, epochs: int | None, rounds: int | None) -> Recipe:
    recipe = default_recipe(project=project, seed=seed)
    return replace(recipe, epochs=epochs or recipe.epochs, rounds=rounds or recipe.rounds)


def _last_interrupted(project: Project) -> int:
    broke_off = [
        run.id
        for run in runs.runs(project=project)
        if run.status is RunStatus.INTERRUPTED
        # What failed for want of room, say, goes on once there is some.
        or (run.status is RunStatus.FAILED and has_checkpoint(project=project, run=run))
    ]
    if not broke_off:
        raise KnownError("There is no interrupted run to resume.", "Train without --resume.")
    return max(broke_off)
