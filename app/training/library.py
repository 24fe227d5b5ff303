"""The runs and model versions of a project, and what can be gone on with, read in one go."""

from __future__ import annotations

from dataclasses import dataclass

from core.operations.quick_update import NOTHING_TO_UPDATE, Outlook, outlook
from core.operations.searching import searches
from core.operations.training import has_checkpoint
from core.schema.learning import ModelVersion, Recipe, Run, RunStatus
from core.schema.search import SearchRecord
from core.store import recipes, runs, scores
from core.store.project import Project


@dataclass(frozen=True, slots=True)
class Library:
    """What a project has learned so far.

    Attributes:
        models: All versions, the first first.
        runs: All runs, the first first.
        resumable: The last run, if it was interrupted or failed and left a checkpoint.
        unscored: Unread documents that the current model has not scored.
        outlook: What a quick update would do now, and why a full training is due.
        search: The last search for a recipe, None before the first.
        own_recipe: The recipe that was set for this project, None for the built-in one.
    """

    models: tuple[ModelVersion, ...] = ()
    runs: tuple[Run, ...] = ()
    resumable: Run | None = None
    unscored: int = 0
    outlook: Outlook = NOTHING_TO_UPDATE
    search: SearchRecord | None = None
    own_recipe: Recipe | None = None

    @property
    def current(self) -> ModelVersion | None:
        """The model version that suggests."""
        return next((model for model in self.models if model.current), None)


def read_library(*, project: Project) -> Library:
    """Read runs and model versions from the store."""
    models = tuple(runs.model_versions(project=project))
    trained = tuple(runs.runs(project=project))
    current = next((model for model in models if model.current), None)
    last = trained[-1] if trained else None
    broke_off = (
        last is not None
        and last.status in {RunStatus.INTERRUPTED, RunStatus.FAILED}
        and has_checkpoint(project=project, run=last)
    )
    return Library(
        models=models,
        runs=trained,
        resumable=last if broke_off else None,
        unscored=(
            scores.unscored_count(project=project, model_version_id=current.id) if current else 0
        ),
        outlook=outlook(project=project),
        search=next(reversed(searches(project=project)), None),
        own_recipe=recipes.own_recipe(project=project),
    )
