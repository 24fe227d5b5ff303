from __future__ import annotations

import json

from sqlalchemy import text

from core.schema.learning import Precision, Recipe
from core.store import audit, recipes
from core.store.project import Project
from core.store.verification import verify

OWN = Recipe(learning_rate=1e-4, epochs=9, precision=Precision.FP32, seed=21)


def test_a_project_has_the_built_in_recipe_until_it_has_its_own(project: Project) -> None:
    assert recipes.own_recipe(project=project) is None
    assert recipes.default_recipe(project=project) == Recipe()
    assert recipes.set_recipe(project=project, recipe=OWN, source="search 1").models
    assert recipes.own_recipe(project=project) == OWN
    assert recipes.default_recipe(project=project) == OWN
    assert recipes.default_recipe(project=project, seed=3).seed == 3
    recipes.set_recipe(project=project, recipe=None)
    assert recipes.default_recipe(project=project) == Recipe()


def test_a_recipe_is_audited_and_verified(project: Project) -> None:
    recipes.set_recipe(project=project, recipe=Recipe())
    recipes.set_recipe(project=project, recipe=OWN, source="search 2")
    event = audit.events(project=project)[-1]
    assert event.kind == "recipe"
    assert json.loads(event.payload["before"])["learning_rate"] == Recipe().learning_rate
    assert json.loads(event.payload["after"])["epochs"] == 9
    assert event.payload["source"] == "search 2"
    assert verify(project=project) == []
    with project.write() as connection:
        connection.execute(text("UPDATE setting SET value = '{}' WHERE key = 'recipe'"))
    (finding,) = verify(project=project)
    assert finding.kind == "audit"
    assert "recipe" in finding.detail


def test_a_recipe_of_an_older_chartmark_gets_what_it_lacks(project: Project) -> None:
    with project.write() as connection:
        connection.execute(
            text("INSERT INTO setting VALUES ('recipe', '{\"epochs\": 4, \"gone\": 1}')")
        )
    assert recipes.own_recipe(project=project) == Recipe(epochs=4)
