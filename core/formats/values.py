"""What reading and writing files is spoken of in: sources, faults, notes, options, outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from core.schema.documents import ImportedDocument, LabelledDocument


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that could not be read; ``reason`` never quotes a record.

    Attributes:
        file: Base name of the file.
        line: From 1; 0 where the whole file is meant.
        reason: A plain phrase.
    """

    file: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was read otherwise than written, or left out, and how often.

    Attributes:
        file: Base name of the file.
        line: Of the first such place, from 1; 0 where none can be named.
        reason: A plain phrase; the same things of one file are counted in one note.
        count: How often.
    """

    file: str
    line: int
    reason: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user says of files that do not say it themselves.

    Attributes:
        encoding: Name of the encoding; detected where None.
        text_column: CSV, TSV: name of the column that holds the text.
        id_column: CSV, TSV: name of the column that names the record.
        patient_column: CSV, TSV: name of the column that names the patient.
        word_column: CoNLL: column of the words, from 0.
        tag_column: CoNLL: column of the tags, from 0.
        group: CoNLL without document marks: sentences in a record.
    """

    encoding: str | None = None
    text_column: str | None = None
    id_column: str | None = None
    patient_column: str | None = None
    word_column: int | None = None
    tag_column: int | None = None
    group: int = 1


@dataclass(frozen=True, slots=True)
class Source:
    r"""A file whose bytes have become text.

    Attributes:
        path: Where it is; formats of several files (brat) find their companions beside it.
        text: Without byte order mark, line ends normalised to ``\n``.
        meta: How it was encoded (``encoding``, ``line_ends``), for ``Document.meta``.
    """

    path: Path
    text: str
    meta: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Base name of the file, as faults, notes and documents name it."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class FileReading:
    """What was read of one file."""

    documents: tuple[ImportedDocument, ...] = ()
    faults: tuple[Fault, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a format could not hold of one document."""

    document: str
    reason: str
    count: int


class Reader(Protocol):
    """Reads one format; a module's function ``read(source, options)``."""

    def __call__(self, source: Source, options: ReadOptions) -> FileReading:
        """Read a file; faults and notes tell what could not be taken as it is."""


class Writer(Protocol):
    """Writes one format; a module's function ``write(documents, out)``."""

    def __call__(self, documents: Sequence[LabelledDocument], out: Path) -> tuple[LeftOut, ...]:
        """Write documents to a file or folder that does not exist, and tell what was left out."""
