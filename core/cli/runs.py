"""The command that lists a project's trainings, or shows the record of one: runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import msgspec

from core.cli.output import Output
from core.cli.project_option import open_project, project_options
from core.operations.repeating import run_record
from core.schema.errors import KnownError
from core.schema.learning import ModelVersion, Run
from core.store import runs as store
from core.store.project import Project


@click.command(short_help="List PROJECT's trainings, or show one.")
@project_options
@click.option("--show", type=int, metavar="RUN", help="Show all that is recorded of this run.")
def runs(*, project: Path, show: int | None, passphrase_file: Path | None, as_json: bool) -> None:
    """List PROJECT's trainings, or show the record that one can be repeated from."""
    output = Output(json=as_json)
    with open_project(project, passphrase_file, write=False) as opened:
        trained = store.runs(project=opened)
        models = {model.run_id: model for model in store.model_versions(project=opened)}
        if show is None:
            output.table(
                ("run", "status", "continues", "model", "dev F1", "began"),
                [_row(run, models) for run in trained],
            )
            output.result([_told(opened, run, models) for run in trained], "")
            return
        chosen = next((run for run in trained if run.id == show), None)
        if chosen is None:
            raise KnownError("There is no training {run}.", "Leave --show out.", run=show)
        told = _told(opened, chosen, models)
        output.table(("", ""), [(name, _shown(value)) for name, value in _flat(told)])
        output.result(told, "")


def _row(run: Run, models: dict[int, ModelVersion]) -> tuple[str, ...]:
    made = models.get(run.id)
    return (
        str(run.id),
        run.status.value,
        _name_of(run.start_model_id, models),
        made.name if made else "",
        f"{made.report.micro.f1:.4f}" if made else "",
        f"{run.started:%Y-%m-%d %H:%M}",
    )


def _name_of(key: int, models: dict[int, ModelVersion]) -> str:
    return next((model.name for model in models.values() if model.id == key), "")


def _told(project: Project, run: Run, models: dict[int, ModelVersion]) -> dict[str, Any]:
    """Return what is known of a run, as JSON has it."""
    made = models.get(run.id)
    record = run_record(project=project, run_id=run.id)
    finished = store.last_metric(project=project, run_id=run.id, kind="finished")
    return {
        **msgspec.to_builtins(run),
        "continues": _name_of(run.start_model_id, models),
        "learned_from": _name_of(run.teacher_model_id, models),
        "model": made.name if made else "",
        "dev_f1": made.report.micro.f1 if made else None,
        "seconds": finished.payload["seconds"] if finished else None,
        "energy": finished.payload.get("energy") if finished else None,
        "record": msgspec.to_builtins(record),
    }


def _flat(told: dict[str, Any], above: str = "") -> list[tuple[str, object]]:
    lines: list[tuple[str, object]] = []
    for name, value in told.items():
        if isinstance(value, dict):
            lines += _flat(value, f"{above}{name}.")
        else:
            lines.append((f"{above}{name}", value))
    return lines


def _shown(value: object) -> str:
    if value is None or value == "":
        return "–"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


COMMANDS: tuple[click.Command, ...] = (runs,)
