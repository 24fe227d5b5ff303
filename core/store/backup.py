"""Backup: a whole copy of a project, good to open, made while it is in use."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from sqlalchemy import text

from core.schema.errors import KnownError
from core.store.project import SUFFIX, Project


def backup(*, project: Project, out: Path) -> Path:
    """Copy a project's store, encrypted as it is, and its models, and see that the copy opens.

    Args:
        project: The open project; others may go on reading and writing.
        out: The copy's folder, which must not exist; ``.chartmark`` is added where missing.

    Returns:
        The copy's folder.

    Raises:
        KnownError: It exists already or cannot be written.
    """
    target = out if out.suffix == SUFFIX else out.with_name(out.name + SUFFIX)
    if target.exists():
        raise KnownError("{out} is there already.", "Choose another name.", out=target)
    part = target.with_name(f"{target.name}.part")
    try:
        _write(project, part)
        part.rename(target)
    except OSError as error:
        raise KnownError(
            "{out} cannot be written ({reason}).",
            "Choose another place.",
            out=target,
            reason=error.strerror,
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return target


def _write(project: Project, folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    store = folder / "store.db"
    project.copy_store(store)
    with store.open("rb+") as written:
        os.fsync(written.fileno())
    for name in ("models", "backbones"):
        if (project.folder / name).is_dir():
            shutil.copytree(project.folder / name, folder / name)
    with (
        Project.open(folder=folder, passphrase=project.passphrase, read_only=True) as copy,
        copy.read() as connection,
    ):
        good = connection.execute(text("PRAGMA quick_check")).scalar()
    if good != "ok":
        raise KnownError("The copy is not whole.", "Check the disk, then try again.")
