"""The project's own recipe: what a training takes where nothing else is chosen."""

from __future__ import annotations

from dataclasses import replace

import msgspec
from sqlalchemy import Connection, delete, insert, select

from core.schema.learning import Recipe
from core.store.chain import append
from core.store.changes import ChangeSet
from core.store.models import SettingRow, table_of
from core.store.project import Project

_SETTING = table_of(SettingRow)
_KEY = "recipe"


def own_recipe(*, project: Project) -> Recipe | None:
    """Return the recipe that was set for this project, or None."""
    with project.read() as connection:
        stored = stored_recipe(connection)
    return None if stored is None else msgspec.json.decode(stored, type=Recipe)


def default_recipe(*, project: Project, seed: int | None = None) -> Recipe:
    """Return what a training takes where nothing else is chosen: the project's, or the built-in.

    Args:
        project: The open project.
        seed: Put in the place of the recipe's, unless None.
    """
    recipe = own_recipe(project=project) or Recipe()
    return recipe if seed is None else replace(recipe, seed=seed)


def set_recipe(*, project: Project, recipe: Recipe | None, source: str = "") -> ChangeSet:
    """Give the project a recipe of its own, or with None take the built-in one again.

    Args:
        project: The open project.
        recipe: The new default.
        source: Where it comes from, for the audit: ``search 3``.
    """
    with project.write() as connection:
        before = stored_recipe(connection)
        after = None if recipe is None else msgspec.json.encode(recipe).decode()
        connection.execute(delete(_SETTING).where(_SETTING.c.key == _KEY))
        if after is not None:
            connection.execute(insert(_SETTING), {"key": _KEY, "value": after})
        event = append(
            connection,
            annotator=project.annotator,
            kind="recipe",
            payload={"before": before, "after": after, "source": source},
        )
    return ChangeSet(event_id=event, models=True)


def stored_recipe(connection: Connection) -> str | None:
    """Return the project's recipe as it is kept, as JSON, within a transaction."""
    return connection.execute(select(_SETTING.c.value).where(_SETTING.c.key == _KEY)).scalar()
