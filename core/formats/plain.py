"""Plain text: a file is a record."""

from __future__ import annotations

from core.formats.values import FileReading, Note, ReadOptions, Source
from core.schema.documents import ImportedDocument
from core.schema.phrases import phrase

SUFFIXES = frozenset({"", ".txt", ".text", ".asc", ".md", ".note", ".rpt"})
"""Suffixes that plain text goes by; a file of another one is not taken for it unasked."""


def read(source: Source, options: ReadOptions) -> FileReading:
    """Read a file as one record; one of blanks alone is noted and passed over."""
    if not source.text.strip():
        return FileReading(notes=(Note(source.name, 0, phrase("it is empty and was passed over")),))
    document = ImportedDocument(
        key="1",
        name=source.path.stem or source.name,
        text=source.text,
        source=source.name,
        meta=dict(source.meta),
    )
    return FileReading((document,))


def recognises(source: Source) -> bool:
    """Tell whether the file's name is one that plain text goes by."""
    return source.path.suffix.lower() in SUFFIXES
