"""Look-up lists of codes from a table: ICD-10, a subset of SNOMED CT, a list of one's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.formats.dialect import Row, rows, sniff
from core.formats.opening import open_source
from core.formats.values import ReadOptions
from core.schema.attributes import Code, clean_value
from core.schema.errors import KnownError
from core.schema.phrases import phrase

_CODE = (
    *("code", "codes", "icd", "icd10", "icd_10", "icd10_code", "icd_code", "icd_10_code"),
    *("icd10cm", "conceptid", "concept_id", "sctid", "snomed", "snomed_code", "snomed_ct_code"),
    *("loinc_num", "cui", "schluessel", "schlüssel", "kode", "编码", "代码", "id"),
)
_TERM = (
    *("term", "display", "description", "preferred_term", "name", "title", "long_description"),
    *("long_common_name", "fsn", "label", "text", "meaning", "short_description"),
    *("bezeichnung", "titel", "libelle", "libellé", "descripcion", "descripción", "名称"),
)
_ACTIVE = ("active",)
_LONGEST_CODE = 64


@dataclass(frozen=True, slots=True)
class _Columns:
    """Indices of the columns that count; None where there is none."""

    code: int
    term: int | None
    active: int | None = None


def read_codes(path: Path, encoding: str | None = None) -> tuple[Code, ...]:
    """Read a look-up list; an entry that is there twice is taken once.

    The header's names say which column holds what. Without such names the first column is the
    code and the second the term, and there is no header. Rows that a column ``active`` says 0 of
    are passed over, as in the release files of SNOMED CT.

    Args:
        path: A table in text, parted by tabs, semicolons, commas or bars.
        encoding: What the user says it is; found out where None.

    Raises:
        KnownError: The file cannot be read, a row has no code, or it is as wide as no header; its
            words name file and line.
    """
    opened = open_source(path, ReadOptions(encoding=encoding))
    if opened.source is None:
        fault = opened.fault
        raise _at(path, fault.line if fault else 0, fault.reason if fault else "")
    text = opened.source.text
    table = [row for row in rows(text, sniff(text)) if not row.blank]
    if not table:
        raise KnownError("The file {name} is empty.", "Choose another.", name=path.name)
    width = len(table[0].fields)
    columns, data = _columns(table)
    codes: dict[Code, None] = {}
    for row in data:
        if row.error:
            raise _at(path, row.line, row.error)
        if len(row.fields) != width and (len(row.fields) < width or any(row.fields[width:])):
            reason = phrase(
                "this row has {count} fields, the first has {width}",
                count=len(row.fields),
                width=width,
            )
            raise _at(path, row.line, reason)
        if columns.active is not None and row.fields[columns.active].strip() == "0":
            continue
        codes[_entry(path, row, columns)] = None
    if not codes:
        raise KnownError(
            "The file {name} has a header but no codes.", "Choose another.", name=path.name
        )
    return tuple(codes)


def _columns(table: Sequence[Row]) -> tuple[_Columns, Sequence[Row]]:
    """Return which columns count, and the rows after the header where there is one."""
    header = table[0].fields
    code, term = _find(header, _CODE), _find(header, _TERM)
    if code is None:
        return _Columns(0, 1 if len(header) > 1 else None), table
    if term is None and len(header) > 1:
        term = next(index for index in range(len(header)) if index != code)
    return _Columns(code, term, _find(header, _ACTIVE)), table[1:]


def _find(header: Sequence[str], names: Sequence[str]) -> int | None:
    there = {
        re.sub(r"\W+", "_", name.strip().casefold()).strip("_"): index
        for index, name in reversed(list(enumerate(header)))
    }
    return next((there[name] for name in names if name in there), None)


def _entry(path: Path, row: Row, columns: _Columns) -> Code:
    code = row.fields[columns.code].strip()
    if not code:
        raise _at(path, row.line, phrase("this row has no code"))
    if len(code) > _LONGEST_CODE or '"' in code or code != clean_value(code):
        raise _at(path, row.line, phrase("what stands in the column of codes is no code"))
    term = row.fields[columns.term] if columns.term is not None else ""
    return Code(code, clean_value(term))


def _at(path: Path, line: int, reason: str) -> KnownError:
    """Return the error that names file and line."""
    if line:
        return KnownError(
            "{name}, line {line}: {reason}.",
            "Nothing was loaded. Mend the line and load the file again.",
            name=path.name,
            line=line,
            reason=reason,
        )
    return KnownError(
        "{name}: {reason}.",
        "Nothing was loaded. Choose a table with a column of codes and one of terms.",
        name=path.name,
        reason=reason,
    )
