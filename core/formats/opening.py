"""A file's bytes to a ``Source``, or the reason why it cannot be one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.formats.foreign import HEAD, foreign_bytes, foreign_text, refusal
from core.formats.values import Fault, Note, ReadOptions, Source
from core.schema.phrases import phrase
from core.text.encoding import UndecodableError, decode


@dataclass(frozen=True, slots=True)
class Opened:
    """What came of opening a file.

    Attributes:
        source: The file as text; None where it cannot be read.
        fault: Why not.
        foreign: Whether the reason is that its format is one that Chartmark does not read.
        notes: What was taken for granted.
        complete: Whether the source holds the whole file.
    """

    source: Source | None = None
    fault: Fault | None = None
    foreign: bool = False
    notes: tuple[Note, ...] = ()
    complete: bool = True


def open_source(path: Path, options: ReadOptions, *, limit: int | None = None) -> Opened:
    """Read a file as text.

    Args:
        path: The file.
        options: May name the encoding.
        limit: Read no more than so many bytes, up to the last line that is whole.

    Raises:
        KnownError: The encoding that was named does not exist.
    """
    try:
        data, complete = _bytes(path, limit)
    except OSError as error:
        reason = phrase(
            "it cannot be opened ({reason})",
            reason=error.strerror or phrase("not a file that can be read"),
        )
        return Opened(fault=Fault(path.name, 0, reason))
    foreign = foreign_bytes(path, data[:HEAD])
    if foreign is not None:
        return _refused(path, foreign)
    try:
        decoded = decode(data, options.encoding, complete=complete)
    except UndecodableError as error:
        return Opened(fault=Fault(path.name, error.line, error.reason))
    foreign = foreign_text(path, decoded.text[:HEAD])
    if foreign is not None:
        return _refused(path, foreign)
    text = decoded.text
    if not complete and "\n" in text:
        text = text[: text.rindex("\n") + 1]
    meta = {"encoding": decoded.encoding, "line_ends": decoded.line_ends}
    notes: tuple[Note, ...] = ()
    if decoded.guessed:
        guess = phrase("its encoding was taken to be {encoding}", encoding=decoded.encoding)
        notes = (Note(path.name, 0, guess),)
    return Opened(Source(path, text, meta), notes=notes, complete=complete)


def _bytes(path: Path, limit: int | None) -> tuple[bytes, bool]:
    """Return a file's bytes and whether they are all.

    Raises:
        OSError: It is no regular file, or cannot be read.
    """
    if not path.is_file():
        path.stat()
        raise OSError
    if limit is None:
        return path.read_bytes(), True
    with path.open("rb") as file:
        data = file.read(limit + 1)
    return data[:limit], len(data) <= limit


def _refused(path: Path, foreign: str) -> Opened:
    return Opened(fault=Fault(path.name, 0, refusal(foreign)), foreign=True)
