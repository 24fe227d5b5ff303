"""The command that tells what a training would take of memory."""

from __future__ import annotations

from pathlib import Path

import click

from core.cli.output import Output
from core.cli.project_option import json_option
from core.learning.encoder_shape import EncoderShape, read_shape
from core.learning.free_memory import free_memory
from core.learning.memory_table import KNOWN, MemoryRow, memory_table
from core.learning.training_memory import PROCESS_BYTES
from core.schema.learning import Recipe
from core.worker.environment import computing_threads


@click.command(short_help="Tell what a training takes of memory.")
@click.option(
    "--backbone",
    metavar="DIR",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A Hugging Face encoder; else sizes that are common.",
)
@json_option
def memory(*, backbone: Path | None, as_json: bool) -> None:
    """Tell what a training takes of memory, by encoder and length of the windows.

    It is computed from the encoder's size; nothing is loaded. On a CPU it is that of all processes
    that train rounds at the same time. `At once` is how many windows of an update would go through
    the model together on this machine's CPU.
    """
    output = Output(json=as_json)
    shapes = KNOWN if backbone is None else (read_shape(backbone.absolute()),)
    recipe, free = Recipe(), free_memory()
    # The worker that would train has yet to load its libraries.
    tables = [
        (
            shape,
            memory_table(
                shape,
                recipe=recipe,
                free=max(free - PROCESS_BYTES, 0),
                threads=computing_threads(),
            ),
        )
        for shape in shapes
    ]
    output.table(
        ("encoder", "parameters", "window", "on a CPU", "on a GPU", "at once", "taken so"),
        [
            (
                shape.name,
                f"{shape.weights / 1e6:,.0f} M",
                str(row.length),
                gigabytes(row.process),
                gigabytes(row.device),
                str(row.windows) if row.windows else "none fits",
                gigabytes(row.taken),
            )
            for shape, rows in tables
            for row in rows
        ],
    )
    output.result(
        {
            "free_bytes": free,
            "batch_size": recipe.batch_size,
            "encoders": [_plain(shape, rows) for shape, rows in tables],
        },
        f"{gigabytes(free)} are free here; an update has {recipe.batch_size} windows.",
    )


def gigabytes(number: int) -> str:
    """Return a number of bytes for people."""
    return f"{number / 2**30:.1f} GiB"


def _plain(shape: EncoderShape, rows: tuple[MemoryRow, ...]) -> dict[str, object]:
    windows = [
        {
            "length": row.length,
            "cpu_bytes": row.process,
            "gpu_bytes": row.device,
            "windows_at_once": row.windows,
            "taken_bytes": row.taken,
        }
        for row in rows
    ]
    return {"name": shape.name, "parameters": shape.weights, "windows": windows}


COMMANDS: tuple[click.Command, ...] = (memory,)
