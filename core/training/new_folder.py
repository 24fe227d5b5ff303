"""A folder that is there only once it is whole: made beside its place, then named."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.schema.errors import KnownError

_PLACE_IS_AT_FAULT = (
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EFBIG,
    errno.EACCES,
    errno.EPERM,
    errno.EROFS,
)
"""What says that a place cannot be written; any other such error is a bug."""


@contextmanager
def new_folder(out: Path, *, mark: str) -> Iterator[Path]:
    """Give a folder to be filled, which gets its name when it is left without an error.

    Whatever ends the work before leaves nothing behind.

    Args:
        out: The folder to make.
        mark: Name of a file that tells an unfinished folder of this kind, left by a process that
            died, from anything else of that name.

    Raises:
        KnownError: ``out`` is there already or cannot be written.
    """
    part = _make(out, mark)
    try:
        yield part
        part.rename(out)
    except OSError as error:
        if error.errno not in _PLACE_IS_AT_FAULT:
            raise
        raise _cannot_write(out, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _make(out: Path, mark: str) -> Path:
    if out.exists():
        raise KnownError(
            "{out} is there already.", "Choose a folder that does not exist yet.", out=out
        )
    if not out.parent.is_dir():
        raise KnownError("There is no folder {folder}.", "Make it first.", folder=out.parent)
    part = out.with_name(f"{out.name}.part")
    if part.exists():
        if not (part / mark).is_file():
            raise KnownError("{file} is in the way.", "Move it, or choose another name.", file=part)
        shutil.rmtree(part)
    try:
        part.mkdir()
        (part / mark).touch()
    except OSError as error:
        # Without its mark it would be in the way of the next attempt.
        shutil.rmtree(part, ignore_errors=True)
        raise _cannot_write(out, error) from error
    return part


def _cannot_write(out: Path, error: OSError) -> KnownError:
    return KnownError(
        "{out} cannot be written ({reason}).",
        "Choose another place.",
        out=out,
        reason=error.strerror,
    )
