"""Code lists: from a file into the look-up list of an attribute, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from core.formats.code_list import read_codes
from core.schema.phrases import phrase
from core.store.changes import ChangeSet
from core.store.codes import load_codes
from core.store.project import Project

Progress = Callable[[str, int, int], None]
"""Gets the step's name, how much is done and how much there is (0: not known)."""


def load_code_list(
    *,
    project: Project,
    attribute_id: int,
    path: Path,
    progress: Progress = lambda _step, _done, _total: None,
) -> ChangeSet:
    """Give an attribute the look-up list of a file in the place of the one that it had.

    Args:
        project: The open project.
        attribute_id: A definition of the kind ``code``.
        path: A table with codes and terms.
        progress: Told how far it is; what it raises leaves the list as it was.

    Raises:
        KnownError: The file cannot be read, or the attribute takes no codes.
    """
    reading, saving = phrase("Reading"), phrase("Saving codes")
    progress(reading, 0, 0)
    codes = read_codes(path)
    return load_codes(
        project=project,
        attribute_id=attribute_id,
        codes=codes,
        source=path.name,
        progress=lambda done, total: progress(saving, done, total),
    )
