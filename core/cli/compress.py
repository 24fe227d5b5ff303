"""The command that measures smaller and faster forms of a model: compress."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from core.cli.conversation import Conversation
from core.cli.output import Output
from core.cli.project_option import open_project, project_options
from core.export.points import PointTable
from core.operations.exporting import begin_measuring, current_model, measured_points
from core.schema.errors import KnownError
from core.store.project import Project
from core.worker.messages import Cancelled, PointsMeasured, Preparing


@click.command(short_help="Measure smaller, faster forms of PROJECT's current model.")
@project_options
@click.option(
    "--prune",
    type=click.FloatRange(min=0, max=1, min_open=True, max_open=True),
    metavar="SHARE",
    help="Make pruned forms too, without this share of the feed-forward neurons (0.5, say).",
)
@click.option("--show", is_flag=True, help="Measure nothing; print what was measured before.")
def compress(
    *,
    project: Path,
    prune: float | None,
    show: bool,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Measure size, speed and F1 of the forms that PROJECT's current model can be exported in.

    Speed is of records read one by one on this machine's CPU, F1 of the dev records. Then
    `chartmark export-model PROJECT OUT --form FORM` writes the form of your choice.
    """
    output = Output(json=as_json)
    with open_project(project, passphrase_file, write=not show) as opened:
        table = _before(opened) if show else _measure(opened, output, prune or 0.0)
    output.table(
        ("form", "name", "size", "words/s", "F1"),
        [
            (
                point.form.shown,
                point.form.value,
                f"{point.size / 1e6:.1f} MB",
                f"{point.words_per_second:,.0f}",
                f"{point.f1:.4f}",
            )
            for point in table.points
        ],
    )
    output.result(msgspec.to_builtins(table), f"Measured on {table.documents} dev records.")


def _before(project: Project) -> PointTable:
    table = measured_points(project=project, model=current_model(project=project))
    if table is None:
        raise KnownError(
            "The forms of the current model were not measured yet.", "Leave out --show."
        )
    return table


def _measure(project: Project, output: Output, share: float) -> PointTable:
    request = begin_measuring(project=project, pruned_share=share)
    with Conversation(project) as worker, output.progress() as tell:
        for event in worker.ask(request):
            if isinstance(event, Preparing):
                tell(event.step, 0, 0)
            if isinstance(event, PointsMeasured):
                return event.table
            if isinstance(event, Cancelled):
                break
    raise KnownError("The measuring was cancelled.")


COMMANDS: tuple[click.Command, ...] = (compress,)
