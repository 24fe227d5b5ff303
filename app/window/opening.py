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

    One that the window has open already stays as it is: its own lock would let it be read only.

    Raises:
        KnownError: It cannot be opened, and no other passphrase would help.
    """
    if await _is_open(window, folder):
        return
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
    # Asked for twice in a row, it was not open yet when this began.
    if await _is_open(window, folder):
        await window.beside.run(project.close)
        return
    window.adopt_project(project)


async def open_sample(window: MainWindow, folder: Path) -> None:
    """Open the sample project, made first where it is not there yet.

    Raises:
        KnownError: It cannot be made or opened.
    """

    def make() -> None:
        if not folder.exists():
            create_sample_project(folder=folder).close()

    await window.beside.run(make)
    await open_project(window, folder, None)


async def _is_open(window: MainWindow, folder: Path) -> bool:
    """Tell whether the window shows that project, and may write in it."""
    session = window.session
    if session is None or session.read_only:
        return False
    own = session.project.folder
    return await window.beside.run(lambda: own.resolve() == folder.resolve())
