"""How a table is written in text: its delimiter and quoting, found out by trying."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from core.formats.columns import text_column
from core.schema.phrases import phrase

_DELIMITERS = ("\t", ";", ",", "|")
_SAMPLE_ROWS = 200
_SAMPLE_CHARACTERS = 1 << 18
_NO_DELIMITER = "\x1f"
"""ASCII's unit separator: parts nothing, for a table of one column."""

# A record in a quoted field may be of any length; the module's own limit is 128 KiB.
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


@dataclass(frozen=True, slots=True)
class Dialect:
    """How fields are parted; without ``quoted``, quotation marks are characters as any other."""

    delimiter: str
    quoted: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes:
        line: Its first line in the file, from 1.
        fields: What its columns hold; empty where it cannot be read.
        error: Why it cannot be read, a plain phrase; else empty.
    """

    line: int
    fields: tuple[str, ...] = ()
    error: str = ""

    @property
    def blank(self) -> bool:
        """Whether it is an empty line."""
        return not self.error and not any(field.strip() for field in self.fields)


def rows(text: str, dialect: Dialect) -> Iterator[Row]:
    """Part a text into rows; quoted fields may go over lines."""
    reader = csv.reader(
        _lines(text),
        delimiter=dialect.delimiter,
        quoting=csv.QUOTE_MINIMAL if dialect.quoted else csv.QUOTE_NONE,
        strict=True,
    )
    while True:
        line = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "unexpected end" in str(error):
                yield Row(line, error=phrase("a quoted field that begins here is never closed"))
                return
            yield Row(line, error=phrase("a quotation mark stands where none can be"))
            continue
        yield Row(line, tuple(fields))


def sniff(text: str, wanted_column: str | None = None, delimiter: str | None = None) -> Dialect:
    """Find the dialect in which the first rows are most alike.

    Args:
        text: The table, header first.
        wanted_column: Name of the column that must hold the text, where the user says it.
        delimiter: What parts the fields, where the format's name says it.
    """
    choices = (delimiter,) if delimiter else _DELIMITERS
    best, best_score = Dialect(delimiter or _NO_DELIMITER), (False, 0.0, 0)
    for character in choices:
        for quoted in (True, False):
            dialect = Dialect(character, quoted)
            score = _score(text, dialect, wanted_column)
            if score > best_score:
                best, best_score = dialect, score
    return best


def _score(text: str, dialect: Dialect, wanted_column: str | None) -> tuple[bool, float, int]:
    """Return whether the header names a text, the share of rows as wide as it, and its width."""
    whole = len(text) <= _SAMPLE_CHARACTERS
    sample: list[Row] = []
    for row in rows(text[:_SAMPLE_CHARACTERS], dialect):
        if not row.blank:
            sample.append(row)
        if len(sample) > _SAMPLE_ROWS:
            break
    else:
        if not whole and len(sample) > 2:
            # The cut goes through the last row.
            sample.pop()
    if not sample or len(sample[0].fields) < 2:
        return False, 0.0, 0
    header = sample[0].fields
    if not dialect.quoted and _is_quoted(sample):
        return False, 0.0, 0
    alike = sum(1 for row in sample if len(row.fields) == len(header)) / len(sample)
    return text_column(header, wanted_column) is not None, alike, len(header)


def _is_quoted(sample: list[Row]) -> bool:
    """Tell whether quotation marks enclose fields, though one broken row may not have it so."""
    opened = [field for row in sample for field in row.fields if field.startswith('"')]
    closed = sum(1 for field in opened if len(field) > 1 and field.endswith('"'))
    return closed > 0 and 2 * closed >= len(opened)


def _lines(text: str) -> Iterator[str]:
    """Yield lines with their ends; no other character than the line feed ends one."""
    at = 0
    while at < len(text):
        end = text.find("\n", at) + 1 or len(text)
        yield text[at:end]
        at = end
