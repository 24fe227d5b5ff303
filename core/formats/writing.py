"""Writing documents to a file or folder: whole and on disk, or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.formats.registry import FORMATS, WRITABLE, Format
from core.formats.values import LeftOut
from core.schema.documents import LabelledDocument
from core.schema.errors import KnownError
from core.schema.phrases import phrase

_FOLDER_SUFFIXES = frozenset({".ann", ".txt", ".conf"})
"""What a folder may hold that is replaced: nothing but an earlier export."""


@dataclass(frozen=True, slots=True)
class WriteReport:
    """What was written.

    Attributes:
        documents: How many.
        spans: How many they have.
        left_out: What the format could not hold of them.
    """

    documents: int
    spans: int
    left_out: tuple[LeftOut, ...]


def write(
    *, documents: Sequence[LabelledDocument], format: str, out: Path, overwrite: bool = False
) -> WriteReport:
    """Write documents; until all of them are on disk, ``out`` stays as it was.

    Args:
        documents: In the order they are to have.
        format: Name of a format that can be written.
        out: File or folder, as the format has it.
        overwrite: Replace ``out`` if it is there.

    Raises:
        KnownError: The format cannot be written, ``out`` is there and must not or cannot be
            replaced, or the disk does not take it.
    """
    known = FORMATS.get(format)
    if known is None or known.write is None:
        raise KnownError(
            "This format cannot be written.", "Use {formats}.", formats=", ".join(WRITABLE)
        )
    # Counted first: once all is in its place nothing may end the work any more.
    spans = sum(len(labelled.spans) for labelled in documents)
    out = Path(os.path.abspath(out))  # noqa: PTH100  # resolve() would follow a link at ``out``
    beside = out.with_name(f".{out.name}.{secrets.token_hex(4)}.part")
    try:
        _check_place(out, known, overwrite=overwrite)
        left_out = known.write(documents, beside)
        _flush(beside)
        _put_in_place(beside, out)
        _sync(out.parent)
    except OSError as error:
        raise KnownError(
            "{out} cannot be written ({reason}).",
            "Choose another place, or make room on the disk.",
            out=out,
            reason=error.strerror or phrase("the disk refuses"),
        ) from error
    finally:
        _remove(beside)
    return WriteReport(
        documents=len(documents),
        spans=spans,
        left_out=left_out,
    )


def _check_place(out: Path, known: Format, *, overwrite: bool) -> None:
    if not out.parent.is_dir():
        raise KnownError(
            "The folder {folder} is not there.", "Choose one that is.", folder=out.parent
        )
    if not os.path.lexists(out):
        return
    if not overwrite:
        raise KnownError(
            "{out} is there already.",
            "Choose another name, or allow it to be overwritten.",
            out=out,
        )
    if known.is_folder and not out.is_dir():
        raise KnownError("{out} is there and is not a folder.", "Choose another name.", out=out)
    if not known.is_folder and out.is_dir():
        raise KnownError("{out} is there and is not a file.", "Choose another name.", out=out)
    if known.is_folder and any(
        entry.is_dir() or entry.suffix not in _FOLDER_SUFFIXES for entry in out.iterdir()
    ):
        raise KnownError(
            "{out} holds other files than an export, which would be lost.",
            "Choose another folder.",
            out=out,
        )


def _flush(path: Path) -> None:
    """Bring a file, or a folder with its files, to the disk."""
    if path.is_dir():
        for entry in path.iterdir():
            _sync(entry)
    _sync(path)


def _sync(path: Path) -> None:
    if os.name == "nt" and path.is_dir():
        # Windows has no handles of folders that could be flushed.
        return
    handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _put_in_place(beside: Path, out: Path) -> None:
    """Rename; a folder that is there cannot be renamed over, so it steps aside first."""
    if not out.is_dir():
        beside.replace(out)
        return
    aside = out.with_name(f".{out.name}.{secrets.token_hex(4)}.old")
    out.rename(aside)
    try:
        beside.rename(out)
    except OSError:
        aside.rename(out)
        raise
    _remove(aside)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
