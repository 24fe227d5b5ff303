"""CSV, TSV and their like: a row is a record, the first row names the columns."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from core.formats.columns import (
    Columns,
    NoColumnError,
    choose_columns,
    split_named,
    text_column,
)
from core.formats.dialect import Dialect, Row, rows, sniff
from core.formats.values import Fault, FileReading, Note, ReadOptions, Source
from core.schema.documents import ImportedDocument
from core.schema.phrases import phrase

_ROWS_TO_RECOGNISE = 20


def read(source: Source, options: ReadOptions) -> FileReading:
    """Read a table whatever its delimiter is."""
    return _read(source, options, sniff(source.text, options.text_column))


def read_tsv(source: Source, options: ReadOptions) -> FileReading:
    """Read a table of fields parted by tabs."""
    return _read(source, options, sniff(source.text, options.text_column, delimiter="\t"))


def recognises(source: Source) -> bool:
    """Tell whether the first rows are a table with a column that is known to hold a text."""
    dialect = sniff(source.text)
    sample = list(islice(_filled(source.text, dialect), _ROWS_TO_RECOGNISE))
    if len(sample) < 2:
        return False
    header = sample[0].fields
    alike = all(len(row.fields) == len(header) for row in sample[:-1])
    return len(header) > 1 and alike and text_column(header) is not None


def is_tab_separated(source: Source) -> bool:
    """Tell whether it is tabs that part the fields."""
    return sniff(source.text).delimiter == "\t"


def first_rows(
    source: Source, options: ReadOptions, *, delimiter: str | None, count: int
) -> list[tuple[str, ...]]:
    """Return the header and the rows after it, as many as asked for, for a preview."""
    dialect = sniff(source.text, options.text_column, delimiter)
    readable = (row.fields for row in _filled(source.text, dialect) if not row.error)
    return list(islice(readable, count + 1))


def _filled(text: str, dialect: Dialect) -> Iterator[Row]:
    return (row for row in rows(text, dialect) if not row.blank)


def _read(source: Source, options: ReadOptions, dialect: Dialect) -> FileReading:
    table = _filled(source.text, dialect)
    header = next(table, None)
    if header is None:
        return FileReading(notes=(Note(source.name, 0, phrase("it is empty and was passed over")),))
    if header.error:
        return FileReading(faults=(Fault(source.name, header.line, header.error),))
    try:
        columns = choose_columns(header.fields, options)
    except NoColumnError as error:
        return FileReading(faults=(Fault(source.name, header.line, str(error)),))
    return _Records(source, header.fields, columns).read(table)


class _Records:
    """Takes the rows of one file and tells what could not be taken."""

    def __init__(self, source: Source, header: tuple[str, ...], columns: Columns) -> None:
        self._source = source
        self._header = header
        self._columns = columns
        self._documents: list[ImportedDocument] = []
        self._faults: list[Fault] = []
        self._without_text: list[int] = []

    def read(self, table: Iterator[Row]) -> FileReading:
        """Read the rows after the header."""
        for ordinal, row in enumerate(table, start=1):
            reason = row.error or self._wrong_width(row)
            if reason:
                self._faults.append(Fault(self._source.name, row.line, reason))
            elif not row.fields[self._columns.text].strip():
                self._without_text.append(row.line)
            else:
                self._documents.append(self._document(ordinal, row))
        notes = []
        if self._without_text:
            reason = phrase("a row without a text was passed over")
            first, count = self._without_text[0], len(self._without_text)
            notes.append(Note(self._source.name, first, reason, count))
        if not self._documents and not self._faults and not notes:
            notes.append(Note(self._source.name, 0, phrase("it has a header but no rows")))
        return FileReading(tuple(self._documents), tuple(self._faults), tuple(notes))

    def _wrong_width(self, row: Row) -> str:
        """Say what is wrong with a row's width; empty fields too many are Excel's and harmless."""
        width = len(self._header)
        if len(row.fields) == width or (len(row.fields) > width and not any(row.fields[width:])):
            return ""
        return phrase(
            "this row has {fields} fields, the header has {width}",
            fields=len(row.fields),
            width=width,
        )

    def _document(self, ordinal: int, row: Row) -> ImportedDocument:
        columns = self._columns
        own_id = self._cell(row, columns.id)
        split = self._cell(row, columns.split)
        meta = {
            name.strip(): field
            for index, (name, field) in enumerate(zip(self._header, row.fields, strict=False))
            if index not in columns.taken and name.strip() and field
        }
        return ImportedDocument(
            key=own_id or f"row {ordinal}",
            name=own_id or f"{self._source.path.stem} {ordinal}",
            text=row.fields[columns.text],
            source=self._source.name,
            line=row.line,
            patient_id=self._cell(row, columns.patient),
            meta=meta | self._source.meta,
            split=split_named(split),
        )

    def _cell(self, row: Row, column: int | None) -> str:
        return "" if column is None else row.fields[column].strip()
