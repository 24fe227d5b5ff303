"""A search for a recipe, from the wish to the project's new default.

Nothing here waits: the functions return what to send to the worker, and make durable what it says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from core.operations.training import require_enough_done
from core.schema.errors import KnownError
from core.schema.learning import Recipe
from core.schema.search import Pruner, SearchEnd, SearchPlan, SearchRecord
from core.search.record import FOLDER, read_record, read_records, write_record
from core.store import audit, documents, recipes
from core.store.changes import ChangeSet
from core.store.project import Project
from core.worker.messages import SearchFinished, SearchRecipe

SEARCH_JOB = -2
"""Job of a search; a training's job is its Run's key, so that no training has it."""

_CUT_SHORT = {SearchEnd.STOPPED, SearchEnd.NO_CANDIDATE}
"""Ends after which more time may still find something."""


def begin_search(
    *,
    project: Project,
    seconds: float,
    draws: int = 0,
    pruner: Pruner = Pruner.MEDIAN,
    seed: int | None = None,
    backbone: str = "",
    device: str = "auto",
    allow_network: bool = False,
) -> SearchRecipe:
    """Begin a search that is to beat the project's recipe, on its state as of now.

    Done records without a split are given one first, patients whole.

    Args:
        project: The open project.
        seconds: How long it may go on.
        draws: Most recipes to try; 0 for as many as fit.
        pruner: How trials that lag behind are given up.
        seed: Of the first training; the recipe's where None.
        backbone: Folder or hub name; empty for the embedded encoder.
        device: ``auto`` or a device's name.
        allow_network: Whether a hub name may be fetched.

    Returns:
        The request that makes the worker search.

    Raises:
        KnownError: Too few records are done.
    """
    require_enough_done(project)
    documents.assign_splits(project=project)
    where = str(Path(backbone).absolute()) if backbone and Path(backbone).is_dir() else backbone
    plan = SearchPlan(
        snapshot_event=audit.last_event(project=project),
        recipe=recipes.default_recipe(project=project, seed=seed),
        backbone=where,
        device=device,
        pruner=pruner,
    )
    number = max((record.number for record in searches(project=project)), default=0) + 1
    folder = search_folder(project=project, number=number)
    folder.mkdir(parents=True, exist_ok=True)
    write_record(folder, SearchRecord(number, plan))
    return _request(project, number, plan, seconds, draws, allow_network=allow_network)


def begin_resumed_search(
    *, project: Project, seconds: float, draws: int = 0, allow_network: bool = False
) -> SearchRecipe:
    """Go on with the last search, on the data and settings that it began with.

    Raises:
        KnownError: There is none, it has come to its end, or the default recipe is another now.
    """
    record = resumable(searches(project=project))
    if record is None:
        raise KnownError("There is no search to go on with.", "Begin a new one.")
    if _but_seed(recipes.default_recipe(project=project)) != _but_seed(record.plan.recipe):
        raise KnownError(
            "The project's recipe has changed since this search began.", "Begin a new one."
        )
    return _request(
        project, record.number, record.plan, seconds, draws, allow_network=allow_network
    )


def searches(*, project: Project) -> list[SearchRecord]:
    """Return what is kept of the project's searches, the first first."""
    return read_records(project.folder)


def resumable(records: Sequence[SearchRecord]) -> SearchRecord | None:
    """Return the last of a project's searches if it can be gone on with, else None."""
    last = records[-1] if records else None
    if last is None or (last.outcome is not None and last.outcome.end not in _CUT_SHORT):
        return None
    return last


def search_folder(*, project: Project, number: int) -> Path:
    """Return the absolute folder of a search."""
    return project.folder / FOLDER / str(number)


def book_search(*, project: Project, event: SearchFinished) -> ChangeSet | None:
    """Make a recipe that won the project's default, and note how the search ended.

    In this order: a search of which the end was not noted is gone on with, and then comes to the
    same end.

    Returns:
        What changed in the store, if anything did.
    """
    changes = None
    if event.outcome.recipe is not None:
        changes = recipes.set_recipe(
            project=project, recipe=event.outcome.recipe, source=f"search {event.number}"
        )
    folder = search_folder(project=project, number=event.number)
    record = read_record(folder)
    if record is not None:
        write_record(folder, replace(record, outcome=event.outcome))
    return changes


def _but_seed(recipe: Recipe) -> Recipe:
    return replace(recipe, seed=0)


def _request(
    project: Project,
    number: int,
    plan: SearchPlan,
    seconds: float,
    draws: int,
    *,
    allow_network: bool,
) -> SearchRecipe:
    return SearchRecipe(
        job=SEARCH_JOB,
        number=number,
        folder=str(search_folder(project=project, number=number)),
        plan=plan,
        seconds=seconds,
        draws=draws,
        allow_network=allow_network,
    )
