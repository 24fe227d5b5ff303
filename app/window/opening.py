"""How a project comes into the window: opened beside it, asked for its passphrase, adopted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.texts import shown
from core.operations.sample import create_sample_project
from core.schema.errors import KnownError
from core.store.project import Project

if TYPE_CHECKING:
    from app.window.main_window import MainWindow


async def open_project(window: MainWindow, folder: Path, passphrase: str | None) -> None:
    """Open a project and have the window adopt it; an encrypted one asks for its passphrase.

    Raises:
        KnownError: It cannot be opened, and no other passphrase would help.
    """
    encrypted = await window.beside.run(lambda: Project.is_encrypted(folder))
    if encrypted and passphrase is None:
        window.note_usable()
        window.extensions.dialogs().ask_passphrase(window, folder)
        return
    try:
        project = await window.beside.run(
            lambda: Project.open(folder=folder, passphrase=passphrase)
        )
    except KnownError as error:
        if not encrypted:
            raise
        window.extensions.dialogs().ask_passphrase(window, folder, shown(error))
        return
    window.adopt_project(project)


async def open_sample(window: MainWindow, folder: Path) -> None:
    """Open the sample project, made first where it is not there yet.

    Raises:
        KnownError: It cannot be made or opened.
    """
    if not folder.exists():
        await window.beside.run(lambda: create_sample_project(folder=folder).close())
    await open_project(window, folder, None)
