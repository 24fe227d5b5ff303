"""Commands about data: new, sample, import, export, verify, backup."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Literal, cast

import click

from core.cli.output import Output
from core.cli.project_option import (
    json_option,
    open_project,
    passphrase_option,
    project_options,
    read_passphrase,
)
from core.formats.registry import FORMATS, WRITABLE
from core.formats.values import ReadOptions
from core.operations.exporting import export_documents
from core.operations.importing import ImportReport, import_files
from core.operations.sample import create_sample_project
from core.schema.documents import Split
from core.schema.errors import KnownError
from core.schema.labels import Label, LabelScheme
from core.store.backup import backup as back_up
from core.store.project import Project
from core.store.verification import verify as verify_project

_SHOWN_FAULTS = 20


@click.command()
@click.argument("project", type=click.Path(path_type=Path))
@click.option("--labels", required=True, help="Names of the labels, parted by commas.")
@click.option("--encrypt", is_flag=True, help="Protect the store with a passphrase.")
@passphrase_option
@json_option
def new(
    *, project: Path, labels: str, encrypt: bool, passphrase_file: Path | None, as_json: bool
) -> None:
    """Make PROJECT, a folder whose name should end in .chartmark."""
    names = [name.strip() for name in labels.split(",") if name.strip()]
    if not names:
        raise click.BadParameter("name at least one, as --labels a,b,c", param_hint="--labels")
    passphrase = (
        read_passphrase(passphrase_file, confirm=True) if encrypt or passphrase_file else None
    )
    scheme = LabelScheme(tuple(Label(name) for name in names))
    with Project.create(folder=project, scheme=scheme, passphrase=passphrase) as made:
        Output(json=as_json).result(
            {"project": str(made.folder), "labels": names, "encrypted": passphrase is not None},
            f"Made {made.folder} with {len(names)} labels.",
        )


@click.command(short_help="Make PROJECT from the sample records.")
@click.argument("project", type=click.Path(path_type=Path))
@json_option
def sample(*, project: Path, as_json: bool) -> None:
    """Make PROJECT from the sample records that come with Chartmark."""
    with create_sample_project(folder=project) as made:
        Output(json=as_json).result(
            {"project": str(made.folder)}, f"Made the sample project in {made.folder}."
        )


@click.command("import")
@project_options
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--format", "format_", type=click.Choice(sorted(FORMATS)), help="Else recognised.")
@click.option(
    "--split",
    type=click.Choice(["train", "dev", "test", "auto"]),
    help="Part of the data for the new records; auto: by patient.",
)
@click.option(
    "--on-fault",
    type=click.Choice(["skip", "rollback"]),
    default="skip",
    show_default=True,
    help="What a fault leaves out: what it concerns, or everything.",
)
@click.option(
    "--group",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help="CoNLL without document marks: sentences a record.",
)
@click.option("--encoding", help="Of the files; else detected.")
@click.option("--text-column", help="CSV, TSV: column that holds the text.")
@click.option("--id-column", help="CSV, TSV: column that names the record.")
@click.option("--patient-column", help="CSV, TSV: column that names the patient.")
@click.option("--word-column", type=int, help="CoNLL: column of the words, counted from 0.")
@click.option("--tag-column", type=int, help="CoNLL: column of the tags, counted from 0.")
def import_(
    *,
    project: Path,
    paths: tuple[Path, ...],
    format_: str | None,
    split: str | None,
    on_fault: str,
    passphrase_file: Path | None,
    as_json: bool,
    **columns: str | int | None,
) -> None:
    """Add the records of files and folders (PATHS) to PROJECT."""
    output = Output(json=as_json)
    given = {name: value for name, value in columns.items() if value is not None}
    with open_project(project, passphrase_file) as opened, output.progress() as tell:
        report, _ = import_files(
            project=opened,
            paths=paths,
            format=format_,
            options=ReadOptions(**given),  # type: ignore[arg-type]  # click has checked the types
            split=cast("Literal['auto']", split) if split == "auto" else _split(split),
            on_fault=cast("Literal['skip', 'rollback']", on_fault),
            progress=tell,
        )
    output.result(asdict(report), _describe(report))
    if report.rolled_back:
        raise KnownError(
            "Nothing was imported because some of it could not be read.",
            "Mend the places named above, or import with --on-fault skip.",
        )


@click.command()
@project_options
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--format", "format_", required=True, type=click.Choice(sorted(WRITABLE)))
@click.option("--split", type=click.Choice(["train", "dev", "test"]), help="Only this part.")
@click.option("--all", "all_", is_flag=True, help="Records that are not done as well.")
@click.option("--overwrite", is_flag=True, help="Replace OUT if it is there.")
def export(
    *,
    project: Path,
    out: Path,
    format_: str,
    split: str | None,
    all_: bool,
    overwrite: bool,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Write PROJECT's labelled records to OUT."""
    with open_project(project, passphrase_file, write=False) as opened:
        report = export_documents(
            project=opened,
            out=out,
            format=format_,
            split=_split(split),
            done_only=not all_,
            overwrite=overwrite,
        )
    left_out = "".join(
        f"\nLeft out of {item.document}: {item.count} × {item.reason}" for item in report.left_out
    )
    Output(json=as_json).result(
        asdict(report), f"Wrote {report.documents} records with {report.spans} spans.{left_out}"
    )


@click.command()
@project_options
def verify(project: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """Check PROJECT's offsets, constraints and audit chain."""
    with open_project(project, passphrase_file, write=False) as opened:
        findings = verify_project(project=opened)
    text = "\n".join(f"{finding.kind}: {finding.detail}" for finding in findings)
    Output(json=as_json).result(
        {"ok": not findings, "findings": [asdict(finding) for finding in findings]},
        text or "Everything is in order.",
    )
    if findings:
        raise KnownError(
            "Not in order: {count}.", "Restore the latest good backup.", count=len(findings)
        )


@click.command()
@project_options
@click.argument("out", type=click.Path(path_type=Path))
def backup(project: Path, out: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """Copy PROJECT, models included, to OUT."""
    with open_project(project, passphrase_file, write=False) as opened:
        made = back_up(project=opened, out=out)
    Output(json=as_json).result({"backup": str(made)}, f"Backed up to {made}.")


def _split(name: str | None) -> Split | None:
    return Split(name) if name and name != "auto" else None


def _describe(report: ImportReport) -> str:
    lines = [f"Imported {report.added} records with {report.spans} spans."]
    if report.duplicates:
        lines.append(f"{len(report.duplicates)} were in the project already.")
    if report.labels_added:
        lines.append(f"New labels: {', '.join(report.labels_added)}.")
    lines += [
        f"{note.file}{f':{note.line}' if note.line else ''}: {note.reason} ({note.count})"
        for note in report.notes[:_SHOWN_FAULTS]
    ]
    lines += [
        f"Fault: {fault.file}:{fault.line}: {fault.reason}"
        for fault in report.faults[:_SHOWN_FAULTS]
    ]
    more = len(report.faults) - _SHOWN_FAULTS
    if more > 0:
        lines.append(f"... and {more} more faults; the report in the project has them all.")
    return "\n".join(lines)


COMMANDS: tuple[click.Command, ...] = (new, sample, import_, export, verify, backup)
