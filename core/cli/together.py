"""The command of a training by one or several processes: ``python -m core.training PROJECT``.

Started by ``torchrun`` or ``accelerate launch``, it runs in each of the processes. The first opens
the project for writing and does what ``chartmark train`` does, but in its own process; the others
read the same records and help.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import click
import msgspec

from core.cli.beginning import Kind, begin_training, training_options
from core.cli.course import following
from core.cli.output import Output
from core.cli.project_option import json_option, open_project
from core.schema.errors import KnownError
from core.store.project import Project
from core.worker.messages import Event, Train

NAME = "python -m core.training"


class Member(Protocol):
    """This process among those that train."""

    @property
    def leads(self) -> bool:
        """Whether it writes, evaluates and speaks for all."""

    def lead(self, request: Train, *, project: Project, send: Callable[[Event], None]) -> None:
        """Train, as the first process."""

    def follow(self, folder: Path, open_project: Callable[[], Project]) -> None:
        """Help the first process."""

    def __enter__(self) -> Self:
        """Return itself."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the others."""


def speaks(arguments: list[str]) -> list[str]:
    """Return the arguments of this process: of several only the first one prints JSON."""
    if os.environ.get("RANK", "0") == "0":
        return arguments
    return [given for given in arguments if given != "--json"]


def make_command(join: Callable[[str], Member]) -> click.Command:
    """Return the command.

    Args:
        join: Joins the other processes, on a device of this name. The learning engine stands behind
            it, which does not load in the command line.
    """

    @click.command()
    @click.argument("project", type=click.Path(path_type=Path))
    @click.option(
        "--passphrase-file",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Read the passphrase from this file's first line; several processes need it.",
    )
    @json_option
    @training_options
    @click.option(
        "--micro-batch",
        type=click.IntRange(min=1),
        help="Most windows at a time in each process; else by the memory there is.",
    )
    def train(
        *,
        project: Path,
        backbone: str,
        device: str,
        seed: int | None,
        epochs: int | None,
        rounds: int | None,
        kind: Kind | None,
        repeat: int | None,
        allow_network: bool,
        micro_batch: int | None,
        passphrase_file: Path | None,
        as_json: bool,
    ) -> None:
        """Train a model on PROJECT's done records, by as many processes as were started.

        Start them by torchrun or accelerate launch; docs/learning.md says how. An update takes the
        same records however many there are.
        """

        def opened(*, write: bool) -> Project:
            _check_passphrase(project, passphrase_file)
            return open_project(project, passphrase_file, write=write)

        with join(device) as member:
            if not member.leads:
                member.follow(project, lambda: opened(write=False))
                return
            output = Output(json=as_json)
            with opened(write=True) as own:
                run, request = begin_training(
                    project=own,
                    kind=kind,
                    repeat=repeat,
                    seed=seed,
                    epochs=epochs,
                    rounds=rounds,
                    backbone=backbone,
                    device=device,
                    allow_network=allow_network,
                )
                if micro_batch is not None:
                    recipe = replace(request.recipe, micro_batch_size=micro_batch)
                    request = msgspec.structs.replace(request, recipe=recipe)
                with following(own, run, output) as course:
                    member.lead(request, project=own, send=course.take)
                course.end()

    return train


def _check_passphrase(project: Path, file: Path | None) -> None:
    """Refuse to ask for a passphrase on a terminal that several processes share.

    Raises:
        KnownError: It would have to be asked for.
    """
    if file is None and "RANK" in os.environ and Project.is_encrypted(project):
        raise KnownError(
            "A passphrase is needed, and several processes cannot ask for it.",
            "Give it by --passphrase-file, on each machine.",
        )
