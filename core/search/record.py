"""The record of a search: a file beside its study that window and command line read."""

from __future__ import annotations

from pathlib import Path

import msgspec

from core.schema.search import SearchRecord

FOLDER = "searches"
"""Folder of all searches within a project's folder."""
_FILE = "search.json"


def write_record(folder: Path, record: SearchRecord) -> None:
    """Write the record in one go; it holds figures and settings, never record text."""
    part = folder / f"{_FILE}.part"
    part.write_bytes(msgspec.json.encode(record))
    part.replace(folder / _FILE)


def read_record(folder: Path) -> SearchRecord | None:
    """Return a search's record, or None where there is none that can be read."""
    try:
        return msgspec.json.decode((folder / _FILE).read_bytes(), type=SearchRecord)
    except (OSError, msgspec.MsgspecError):
        return None


def read_records(project_folder: Path) -> list[SearchRecord]:
    """Return the records of all searches of a project, the first first."""
    folders = (project_folder / FOLDER).glob("*/")
    found = (read_record(folder) for folder in folders if folder.name.isdecimal())
    return sorted((record for record in found if record), key=lambda record: record.number)
