"""Backup: a whole copy of a project, good to open, made while it is in use."""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy import text

from core.schema.errors import KnownError
from core.store.project import SUFFIX, Project

_COPIED = ("models", "runs")


def backup(*, project: Project, out: Path) -> Path:
    """Copy a project, encrypted as it is, and open the copy to see that it is good.

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
        raise KnownError(f"{target} is there already.", "Choose another name.")
    part = target.with_name(target.name + ".part")
    try:
        if part.exists():
            shutil.rmtree(part)
        part.mkdir(parents=True)
        project.copy_store(part / "store.db")
        for name in _COPIED:
            if (project.folder / name).is_dir():
                shutil.copytree(project.folder / name, part / name)
        with (
            Project.open(folder=part, passphrase=project.passphrase, read_only=True) as copy,
            copy.read() as connection,
        ):
            good = connection.execute(text("PRAGMA quick_check")).scalar()
        if good != "ok":
            raise KnownError("The copy is not whole.", "Check the disk, then try again.")
        part.rename(target)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise KnownError(
            f"{target} cannot be written ({error.strerror}).", "Choose another place."
        ) from error
    return target
