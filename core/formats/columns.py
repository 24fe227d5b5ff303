"""Which column of a table holds what, chosen by the user or known by its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.formats.values import ReadOptions
from core.schema.documents import Split
from core.schema.phrases import phrase

_TEXT = (
    *("text", "note_text", "report_text", "document_text", "clinical_text", "full_text"),
    *("note", "notes", "report", "clinical_note", "narrative", "transcription", "transcript"),
    *("body", "content", "document", "letter", "abstract", "sentence"),
    *("befundtext", "befund", "bericht", "arztbrief", "texte", "texto", "testo", "tekst"),
)
_ID = (
    *("id", "note_id", "document_id", "doc_id", "record_id", "report_id", "text_id"),
    *("row_id", "accession", "accession_number", "pmid", "filename", "file_name", "name"),
)
_PATIENT = (
    *("patient", "patient_id", "patientid", "subject_id", "subject", "mrn", "person_id"),
    *("pat_id", "patient_number", "patient_no", "medical_record_number", "patnr", "pid"),
)
_SPLIT = ("split",)
_SPLIT_NAMES = {
    "train": Split.TRAIN,
    "training": Split.TRAIN,
    "dev": Split.DEV,
    "devel": Split.DEV,
    "development": Split.DEV,
    "valid": Split.DEV,
    "validation": Split.DEV,
    "val": Split.DEV,
    "test": Split.TEST,
}
_LONGEST_NAME = 40
_MOST_NAMES = 12


class NoColumnError(ValueError):
    """A column that is needed is not there; the words tell which there are."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Indices of the columns that have a role, from 0; None where there is none."""

    text: int
    id: int | None = None
    patient: int | None = None
    split: int | None = None

    @property
    def taken(self) -> frozenset[int | None]:
        """Indices of all that have a role."""
        return frozenset((self.text, self.id, self.patient, self.split))


def text_column(header: Sequence[str], wanted: str | None = None) -> int | None:
    """Return the column that holds the text: the wanted one, else one known by its name."""
    return _find(header, (wanted,) if wanted else _TEXT)


def choose_columns(header: Sequence[str], options: ReadOptions) -> Columns:
    """Give columns their roles.

    Raises:
        NoColumnError: A column that the user names is not there, or none looks like a text.
    """
    text = text_column(header, options.text_column)
    if text is None and options.text_column is None and len(header) == 1:
        text = 0
    if text is None:
        if options.text_column:
            wanted = phrase("it has no column of that name; {columns}", columns=_there_are(header))
        else:
            wanted = phrase(
                "it has no column that is known to hold a text; {columns}",
                columns=_there_are(header),
            )
        raise NoColumnError(wanted)
    return Columns(
        text,
        id=_chosen(header, options.id_column, _ID),
        patient=_chosen(header, options.patient_column, _PATIENT),
        split=_find(header, _SPLIT),
    )


def split_named(name: str) -> Split | None:
    """Return the split that a cell names, or None."""
    return _SPLIT_NAMES.get(name.strip().lower())


def _chosen(header: Sequence[str], wanted: str | None, known: tuple[str, ...]) -> int | None:
    found = _find(header, (wanted,) if wanted else known)
    if wanted and found is None:
        raise NoColumnError(
            phrase(
                "it has no column '{column}'; {columns}", column=wanted, columns=_there_are(header)
            )
        )
    return found


def _find(header: Sequence[str], names: Sequence[str]) -> int | None:
    there = {_plain(name): index for index, name in reversed(list(enumerate(header)))}
    return next((there[plain] for name in names if (plain := _plain(name)) in there), None)


def _plain(name: str) -> str:
    return re.sub(r"\W+", "_", name.strip().lower()).strip("_")


def _there_are(header: Sequence[str]) -> str:
    """List the columns; what is too long for a name may be a record and is not quoted."""
    names = [
        f"'{name}'" if 0 < len(name) <= _LONGEST_NAME and "\n" not in name else f"number {index}"
        for index, name in enumerate(header[:_MOST_NAMES], start=1)
    ]
    if len(header) > _MOST_NAMES:
        return phrase(
            "its columns are {names} and {count} more",
            names=", ".join(names),
            count=len(header) - _MOST_NAMES,
        )
    return phrase("its columns are {names}", names=", ".join(names))
