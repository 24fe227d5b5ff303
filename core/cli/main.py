"""Entry of the command line: options that all commands share, and exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click
import msgspec

from core.cli import backbone, compress, data, learning, memory, prelabel, runs, search
from core.schema.errors import KnownError, describe_bug

EXIT_KNOWN_ERROR = 1
"""Exit code for what the user can mend; click itself ends with 2 on wrong usage."""
EXIT_BUG = 70
"""Exit code for what should not happen, as sysexits.h has it."""
EXIT_STOPPED = 130
"""Exit code after Ctrl+C, as shells have it."""


@click.group(
    help="Label entities in clinical records while a model learns beside you.\n\n"
    "Without a command, or with `open PROJECT`, the window opens.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="chartmark")
def cli() -> None:
    """Group all commands."""


@cli.command("open")
@click.argument("project", required=False, type=click.Path(path_type=Path))
def open_window(project: Path | None) -> None:
    """Open the window, on PROJECT if it is given."""
    raise click.UsageError("the window is opened by the `chartmark` program itself")


for command in (
    *data.COMMANDS,
    *learning.COMMANDS,
    *memory.COMMANDS,
    *prelabel.COMMANDS,
    *runs.COMMANDS,
    *backbone.COMMANDS,
    *compress.COMMANDS,
    *search.COMMANDS,
    *runs.COMMANDS,
):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        arguments: Without the program's name; those of the process by default.

    Returns:
        The exit code, see ``run_command``.
    """
    return run_command(cli, sys.argv[1:] if arguments is None else arguments, name="chartmark")


def run_command(command: click.Command, arguments: Sequence[str], *, name: str) -> int:
    """Run a command and tell how it ended.

    Args:
        command: One, or a group of them.
        arguments: Without the program's name.
        name: The program's.

    Returns:
        The exit code: 0, 1 for a KnownError, 2 for wrong usage, 130 after Ctrl+C, 70 for a bug.
    """
    given = list(arguments)
    try:
        command.main(given, prog_name=name, standalone_mode=False)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return EXIT_STOPPED
    except KnownError as error:
        if "--json" in given:
            words = {"error": error.message, "remedy": error.remedy}
            click.echo(msgspec.json.encode(words).decode())
        click.echo(f"{error.message} {error.remedy}".strip(), err=True)
        return EXIT_KNOWN_ERROR
    except BrokenPipeError:
        # Whoever read the output (head, say) has seen enough; nothing more can be written to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_KNOWN_ERROR
    except Exception as error:
        # Its words may quote a record, so only its kind and place are told.
        click.echo(f"Something unexpected went wrong: {describe_bug(error)}.", err=True)
        return EXIT_BUG
    return 0
