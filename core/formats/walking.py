"""Which files are meant by the paths that a user chose."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.formats.values import Note
from core.schema.errors import KnownError
from core.schema.phrases import phrase

_PASSED_OVER = phrase(
    "files that hold no records (licences, settings and the like) were passed over"
)
_NO_RECORDS = frozenset(
    {"license", "licence", "copying", "notice", "readme", "source", "changelog", "authors"}
    | {"contributing", "citation", "manifest"}
)
"""Stems of files that tell of the others; only where they are found, not where they are chosen."""
_NO_RECORD_SUFFIXES = frozenset({".conf", ".cfg", ".ini", ".toml", ".yaml", ".yml", ".log", ".py"})
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini"})
_PROJECT_SUFFIX = ".chartmark"


@dataclass(frozen=True, slots=True)
class Walk:
    """The files found, in order, each once, and what was passed over."""

    files: tuple[Path, ...]
    notes: tuple[Note, ...]


def walk(paths: Sequence[Path]) -> Walk:
    """Find the files of paths; folders are searched with all that is in them, by name.

    Annotations of brat are left to the text beside them, which brings them along.

    Raises:
        KnownError: A path is not there, or a folder cannot be searched.
    """
    found: dict[Path, Path] = {}
    notes: list[Note] = []
    for path in paths:
        if path.is_dir():
            passed_over = 0
            for file in _in_folder(path):
                if _holds_no_records(file):
                    passed_over += 1
                else:
                    found.setdefault(file.resolve(), file)
            if passed_over:
                notes.append(Note(path.name, 0, _PASSED_OVER, passed_over))
        elif path.exists():
            found.setdefault(path.resolve(), path)
        else:
            raise KnownError(
                "{file} is not there.", "Choose a file or folder that is.", file=path.name
            )
    return Walk(
        tuple(file for file in found.values() if not _has_text_in(file, found)), tuple(notes)
    )


def _has_text_in(file: Path, found: dict[Path, Path]) -> bool:
    return file.suffix.lower() == ".ann" and file.with_suffix(".txt").resolve() in found


def _in_folder(folder: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise KnownError(
            "The folder {folder} cannot be searched ({reason}).",
            "Choose another, or change who may read it.",
            folder=Path(error.filename or folder).name,
            reason=error.strerror,
        ) from error

    for place, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not _is_no_place(name))
        yield from (Path(place, name) for name in sorted(files))


def _is_no_place(name: str) -> bool:
    return name.startswith((".", "__")) or name.lower().endswith(_PROJECT_SUFFIX)


def _holds_no_records(file: Path) -> bool:
    name = file.name.lower()
    return (
        name.startswith(".")
        or name in _SYSTEM_FILES
        or file.suffix.lower() in _NO_RECORD_SUFFIXES
        or (file.suffix.lower() in {"", ".md", ".txt", ".rst"} and file.stem.lower() in _NO_RECORDS)
    )
