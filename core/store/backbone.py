"""Which backbone a project's next trainings begin from."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import delete, insert, select

from core.store.models import SettingRow, table_of
from core.store.project import Project

_SETTING = table_of(SettingRow)
_KEY = "backbone"


def chosen_backbone(*, project: Project) -> str:
    """Return the backbone's absolute folder or hub name; empty where none was chosen."""
    query = select(_SETTING.c.value).where(_SETTING.c.key == _KEY)
    with project.read() as connection:
        kept = str(connection.execute(query).scalar() or "")
    within = project.folder / kept
    return str(within) if kept and within.is_dir() else kept


def choose_backbone(*, project: Project, backbone: str) -> None:
    """Keep a backbone's folder or hub name for the next trainings; empty for none.

    A folder within the project's is kept by its place there, so that it moves with the project.
    """
    kept = backbone
    if backbone and Path(backbone).is_dir():
        folder = Path(backbone).absolute()
        inside = folder.is_relative_to(project.folder)
        kept = folder.relative_to(project.folder).as_posix() if inside else str(folder)
    with project.write() as connection:
        connection.execute(delete(_SETTING).where(_SETTING.c.key == _KEY))
        if kept:
            connection.execute(insert(_SETTING), {"key": _KEY, "value": kept})
