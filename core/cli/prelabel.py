"""The command that suggests labels from a file of terms: prelabel."""

from __future__ import annotations

from pathlib import Path

import click

from core.cli.output import Output
from core.cli.project_option import open_project, project_options
from core.formats.term_file import TermFile, read_term_file
from core.operations.prelabelling import prelabel as prelabel_records
from core.operations.prelabelling import save_list
from core.schema.errors import KnownError
from core.schema.term_lists import ListKind, TermList


@click.command(short_help="Suggest a label for a file's terms.")
@project_options
@click.option(
    "--terms",
    "file",
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A text with a term a line, or a table (.csv, .tsv).",
)
@click.option("--label", required=True, help="Name of the label to suggest.")
@click.option("--name", help="Of the list in the project; else the file's name.")
@click.option("--column", help="Tables: name of the column with the terms; else the first.")
@click.option("--encoding", help="Of the file; else detected.")
@click.option("--patterns", is_flag=True, help="The lines are regular expressions.")
@click.option(
    "--whole-words/--no-whole-words",
    default=True,
    show_default=True,
    help="Only what begins and ends where words do.",
)
@click.option("--match-case", is_flag=True, help="Capital letters count.")
@click.option("--later/--no-later", default=True, help="Also for records imported later.")
def prelabel(
    *,
    project: Path,
    file: Path,
    label: str,
    name: str | None,
    column: str | None,
    encoding: str | None,
    patterns: bool,
    whole_words: bool,
    match_case: bool,
    later: bool,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Suggest a label wherever a term stands in the unread records of PROJECT.

    The terms are kept in the project as a list; a list of the same name is replaced.
    """
    output = Output(json=as_json)
    read = read_term_file(file, encoding=encoding)
    wanted = TermList(
        name=name or file.stem,
        label=label,
        terms=read.terms(_column(read, column)),
        kind=ListKind.PATTERNS if patterns else ListKind.TERMS,
        whole_words=whole_words,
        match_case=match_case,
        later=later,
    )
    with open_project(project, passphrase_file) as opened, output.progress() as tell:
        key = save_list(project=opened, term_list=wanted)
        tally = prelabel_records(project=opened, list_ids=[key], progress=tell)
    text = f"{tally.suggestions:,} suggestions in {tally.records:,} of {tally.looked:,} records."
    if tally.too_slow:
        text += f"\nPassed over because a pattern took too long: {tally.too_slow:,} records."
    output.result(
        {
            "list": wanted.name,
            "terms": len(wanted.terms),
            "suggestions": tally.suggestions,
            "records": tally.records,
            "looked": tally.looked,
            "too_slow": tally.too_slow,
        },
        text,
    )


def _column(read: TermFile, name: str | None) -> int:
    if name is None:
        return 0
    header = [field.strip() for field in read.header]
    if name not in header:
        raise KnownError(
            "{file} has no column {name}.",
            "Its columns are: {columns}.",
            file=read.name,
            name=name,
            columns=", ".join(header) or "none",
        )
    return header.index(name)


COMMANDS: tuple[click.Command, ...] = (prelabel,)
