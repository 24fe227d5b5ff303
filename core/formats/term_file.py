"""Terms from a file: a text with a term a line, or one column of a table."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from core.formats.dialect import Dialect, rows, sniff
from core.schema.errors import KnownError
from core.schema.term_lists import tidied_terms
from core.text.encoding import UndecodableError, decode

_TABLES = frozenset({".csv", ".tsv", ".tab"})
_ROWS_SHOWN = 5
_MOST_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class TermFile:
    """A file of terms as it was read.

    Attributes:
        name: Its base name.
        text: What it holds.
        dialect: How its fields are parted; None where each line is a term.
        header: The names of the columns, or the first row where they have none; empty for lines.
        sample: A few rows after the header.
        encoding: Python's name of its encoding.
    """

    name: str
    text: str
    dialect: Dialect | None
    header: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    encoding: str

    def terms(self, column: int = 0, *, with_header: bool = False) -> tuple[str, ...]:
        """Return the terms, tidied.

        Args:
            column: Which column of a table they are in, from 0.
            with_header: Whether a table's first row is a term as well.

        Raises:
            KnownError: There is none.
        """
        if self.dialect is None:
            found = tidied_terms(self.text.split("\n"))
        else:
            filled = (row for row in rows(self.text, self.dialect) if not row.blank)
            chosen = islice(filled, 0 if with_header else 1, None)
            found = tidied_terms(row.fields[column] for row in chosen if column < len(row.fields))
        if not found:
            raise KnownError(
                "There is no term in {name}.", "Choose another file or column.", name=self.name
            )
        return found


def read_term_file(file: Path, *, encoding: str | None = None) -> TermFile:
    """Read a file of terms.

    Args:
        file: A text, or a table if its name ends in .csv, .tsv or .tab.
        encoding: Of the file; found out where None.

    Raises:
        KnownError: It cannot be read, is no text, or is over 200 MB.
    """
    try:
        with contextlib.closing(file.open("rb")) as stream:
            data = stream.read(_MOST_BYTES + 1)
    except OSError as error:
        raise KnownError(
            "{name} cannot be read ({reason}).",
            "Choose another file.",
            name=file.name,
            reason=error.strerror or type(error).__name__,
        ) from error
    if len(data) > _MOST_BYTES:
        raise KnownError("{name} is over 200 MB.", "Choose a smaller list.", name=file.name)
    try:
        decoded = decode(data, encoding)
    except UndecodableError as error:
        raise KnownError(
            "{name} is not a text: {reason}.",
            "Save it as UTF-8 and try again.",
            name=file.name,
            reason=error.reason,
        ) from None
    if file.suffix.lower() not in _TABLES:
        return TermFile(file.name, decoded.text, None, (), (), decoded.encoding)
    tabs = "\t" if file.suffix.lower() != ".csv" else None
    dialect = sniff(decoded.text, delimiter=tabs)
    filled = (row.fields for row in rows(decoded.text, dialect) if not row.blank and not row.error)
    header, *sample = [*islice(filled, _ROWS_SHOWN + 1)] or [()]
    return TermFile(file.name, decoded.text, dialect, header, tuple(sample), decoded.encoding)
