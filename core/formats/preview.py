"""A look into a file before it is imported, quick however big the file is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.formats.opening import open_source
from core.formats.reading import read_file
from core.formats.registry import FORMATS
from core.formats.table import first_rows
from core.formats.values import Fault, Note, ReadOptions
from core.formats.walking import walk
from core.schema.documents import ImportedDocument
from core.schema.errors import KnownError

_BEGINNING = 1 << 18
"""Bytes that are read of a file."""
_ROWS = 5


@dataclass(frozen=True, slots=True)
class Preview:
    """What the beginning of a file holds.

    Attributes:
        format: Name of its format; empty where it cannot be read (``faults`` says why).
        columns: Names of a table's columns; empty for other formats.
        rows: The first rows of a table, as wide as they are.
        documents: The first records.
        faults: What could not be read of the beginning.
        notes: What was read otherwise than written, or left out.
        complete: Whether the file ends within what was read.
    """

    format: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    documents: tuple[ImportedDocument, ...]
    faults: tuple[Fault, ...]
    notes: tuple[Note, ...]
    complete: bool


def preview(
    path: Path, format: str | None = None, options: ReadOptions | None = None, *, records: int = 5
) -> Preview:
    """Read the beginning of a file; of a folder, that of its first file.

    Args:
        path: File or folder.
        format: Name of the format; recognised where None.
        options: Columns, encoding and the like.
        records: How many documents to return at most.

    Raises:
        KnownError: The path is not there, the folder is empty, or there is no format or encoding
            of that name.
    """
    if format is not None and format not in FORMATS:
        raise KnownError(
            "There is no format of that name.", "Use {formats}.", formats=", ".join(FORMATS)
        )
    files = walk([path]).files
    if not files:
        raise KnownError(
            "The folder {folder} holds no records.", "Choose another.", folder=path.name
        )
    chosen = options or ReadOptions()
    name, reading = read_file(files[0], format, chosen, limit=_BEGINNING)
    table: list[tuple[str, ...]] = []
    opened = open_source(files[0], chosen, limit=_BEGINNING)
    if name in {"csv", "tsv"} and opened.source is not None:
        delimiter = "\t" if name == "tsv" else None
        table = first_rows(opened.source, chosen, delimiter=delimiter, count=_ROWS)
    return Preview(
        format=name,
        columns=table[0] if table else (),
        rows=tuple(table[1:]),
        documents=reading.documents[:records],
        faults=reading.faults,
        notes=reading.notes,
        complete=opened.complete,
    )
