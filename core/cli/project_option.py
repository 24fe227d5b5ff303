"""How commands open the project they are given, passphrase included."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from core.schema.errors import KnownError
from core.store import runs
from core.store.project import Project

_Command = TypeVar("_Command", bound=Callable[..., Any])

passphrase_option = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Read the passphrase from this file's first line; else it is asked for.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")


def project_options(command: _Command) -> _Command:
    """Give a command the argument PROJECT and the options that go with it."""
    argument = click.argument("project", type=click.Path(path_type=Path))
    return argument(passphrase_option(json_option(command)))


def read_passphrase(file: Path | None, *, confirm: bool = False) -> str:
    """Read a passphrase from a file, or ask for it without showing it.

    Raises:
        KnownError: It is empty, or there is neither a file nor somebody to ask.
    """
    if file is not None:
        try:
            lines = file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise KnownError(
                "{file} cannot be read.", "Save the passphrase in it as UTF-8 text.", file=file
            ) from error
        passphrase = lines[0] if lines else ""
    elif sys.stdin.isatty():
        passphrase = click.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm)
    else:
        raise KnownError("A passphrase is needed.", "Give it by --passphrase-file.")
    if not passphrase:
        raise KnownError("The passphrase is empty.", "Choose one of at least one character.")
    return passphrase


def open_project(folder: Path, passphrase_file: Path | None, *, write: bool = True) -> Project:
    """Open a project for a command.

    Args:
        folder: The project's folder.
        passphrase_file: Where its passphrase is, if it is in a file.
        write: Whether the command changes the project.

    Raises:
        KnownError: The project cannot be opened, or another window has it and the command would
            change it.
    """
    asked = passphrase_file is not None or Project.is_encrypted(folder)
    passphrase = read_passphrase(passphrase_file) if asked else None
    project = Project.open(folder=folder, passphrase=passphrase, read_only=not write)
    if write and project.read_only:
        reason = project.read_only_reason
        project.close()
        raise KnownError(reason, "Close it there, then run this command again.")
    if write:
        runs.interrupt_stale_runs(project=project)
    return project
