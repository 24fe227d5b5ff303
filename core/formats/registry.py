"""The formats that Chartmark reads and writes, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from core.formats import brat, conll, jsonl, plain, pubtator, table
from core.formats.values import Reader, Writer


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes:
        name: What commands call it.
        title: What the window calls it.
        read: Reads a file of it.
        write: Writes it; None where it is only read.
        suffix: Of a file that is written; empty where it is a folder.
    """

    name: str
    title: str
    read: Reader
    write: Writer | None = None
    suffix: str = ""

    @property
    def is_folder(self) -> bool:
        """Whether what is written is a folder."""
        return self.write is not None and not self.suffix


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        known.name: known
        for known in (
            Format("text", "Plain text", plain.read),
            Format("csv", "CSV table", table.read),
            Format("tsv", "TSV table", table.read_tsv),
            Format("jsonl", "JSON Lines", jsonl.read, jsonl.write, ".jsonl"),
            Format("conll", "CoNLL", conll.read, conll.write, ".conll"),
            Format("brat", "brat standoff", brat.read, brat.write),
            Format("pubtator", "PubTator", pubtator.read, pubtator.write, ".pubtator"),
        )
    }
)
"""All formats; each can be read."""

WRITABLE: tuple[str, ...] = tuple(name for name, known in FORMATS.items() if known.write)
"""Names of those that can be written."""
