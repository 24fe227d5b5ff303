"""Faults, notes and losses as they are met in a file, the same reasons counted together."""

from __future__ import annotations

from collections import Counter

from core.formats.values import Fault, LeftOut, Note


class Tally:
    """What is to be told of one file that is read."""

    def __init__(self, file: str) -> None:
        """Begin for the file of this base name."""
        self._file = file
        self._faults: list[Fault] = []
        self._first: dict[str, int] = {}
        self._counts: Counter[str] = Counter()

    def fault(self, line: int, reason: str) -> None:
        """Keep a fault."""
        self._faults.append(Fault(self._file, line, reason))

    def note(self, line: int, reason: str, count: int = 1) -> None:
        """Count something; its note names the line at which this reason came first."""
        self._first.setdefault(reason, line)
        self._counts[reason] += count

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The faults in the order of their coming."""
        return tuple(self._faults)

    @property
    def notes(self) -> tuple[Note, ...]:
        """A note a reason, in the order of their lines."""
        notes = [
            Note(self._file, line, reason, self._counts[reason])
            for reason, line in self._first.items()
        ]
        return tuple(sorted(notes, key=lambda note: note.line))


class Losses:
    """What a format could not hold of the documents that are written."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, document: str, reason: str, count: int = 1) -> None:
        """Count something of the document of this name; a count of 0 is nothing."""
        if count:
            self._counts[document, reason] += count

    def told(self) -> tuple[LeftOut, ...]:
        """Return one entry a document and reason."""
        return tuple(
            LeftOut(document, reason, count) for (document, reason), count in self._counts.items()
        )
