"""What an export will look like, written to memory: no record's text touches the disk for it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from core.formats.values import Writer
from core.schema.documents import LabelledDocument

_LONGEST_LINE = 4000
_CONFIGURATION = ".conf"
"""Files of this suffix say nothing of a record."""


@dataclass(frozen=True, slots=True)
class ExportSketch:
    """What is to be exported, and the beginning of how its first record is written.

    Attributes:
        documents: Records that are chosen.
        spans: Labels in them.
        lines: The first lines of the first record with a label; empty where there is no record.
    """

    documents: int
    spans: int
    lines: tuple[str, ...]


def sketch_export(
    documents: Sequence[LabelledDocument], write: Writer, *, most_lines: int
) -> ExportSketch:
    """Write one record to memory, the first that has a label if there is one."""
    spans = sum(len(item.spans) for item in documents)
    if not documents:
        return ExportSketch(0, 0, ())
    first = next((item for item in documents if item.spans), documents[0])
    disk = _MemoryPath("", {})
    # Writers ask of their path only what _MemoryPath answers.
    write([first], cast("Path", disk))
    lines: list[str] = []
    for name, text in disk.files.items():
        if name.endswith(_CONFIGURATION):
            continue
        if name:
            lines.append(f"── {name}")
        lines += text.splitlines()
    return ExportSketch(len(documents), spans, tuple(_cut(line) for line in lines[:most_lines]))


class _MemoryPath:
    """A file or folder of a disk that is a dictionary of texts by name."""

    def __init__(self, name: str, files: dict[str, str]) -> None:
        self.name = name
        self.files = files

    def __truediv__(self, name: str) -> _MemoryPath:
        return _MemoryPath(name, self.files)

    def mkdir(self, **_: object) -> None:
        """Do nothing: a dictionary needs no folders."""

    def write_text(self, text: str, **_: object) -> int:
        self.files[self.name] = text
        return len(text)

    def open(self, *_: object, **__: object) -> _MemoryFile:
        return _MemoryFile(self)


class _MemoryFile(io.StringIO):
    """Puts its text into its path's disk when closed."""

    def __init__(self, path: _MemoryPath) -> None:
        super().__init__(newline="")
        self._path = path

    def close(self) -> None:
        if not self.closed:
            self._path.files[self._path.name] = self.getvalue()
        super().close()


def _cut(line: str) -> str:
    return line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]}…"
