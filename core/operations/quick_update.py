"""Quick update: the current model learns what is new within seconds; says when that is not enough.

A quick update continues the current model's weights on the records done or corrected since its
training and on a sample of the older ones (see ``core.training.replay``). It is judged as any
other training is. What it cannot do is learn a label that its model has no output for, and many
of them in a row drift: then a full training, from the backbone and on everything, is due.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.operations.training import model_folder, train_request
from core.schema.documents import Split
from core.schema.errors import KnownError
from core.schema.learning import ModelVersion, Recipe, Run, RunStatus
from core.schema.phrases import phrase
from core.store import documents, runs
from core.store.project import Project
from core.store.since import changes_between
from core.worker.messages import Train

_RATE = 2 / 3
"""Share of the full training's learning rate: what is known is to be refined, not relearned."""
_PASSES = 3
"""Most passes over what is new; few records get all of them."""
_SECONDS = 16.0
"""Of learning, for as many updates as that; loading and evaluating come to it, and it should all be
over within half a minute."""
_FEWEST_UPDATES, _MOST_UPDATES = 40, 120
"""Updates beyond which no further pass is begun: on the slowest of machines, and on the fastest."""
_ALONE = 0.75
"""Of the time that an update takes beside another training, with its share of the threads, what it
takes alone with all of them: two thirds on two cores, and a little to be on the safe side."""
_MOST_NEW = 0.5
"""New records, as a share of what the last full training learned from, that call for another."""
_MOST_IN_ROW = 3
"""Quick updates after which the next training should be a full one."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a quick update would do now.

    Attributes:
        new_records: Done or corrected since the current model was trained, of those to train on.
        possible: Whether there is a model to continue, with the labels of today.
        retrain_due: Why a full training is due, a sentence each; empty where it is not.
    """

    new_records: int = 0
    possible: bool = False
    retrain_due: tuple[str, ...] = ()

    @property
    def worthwhile(self) -> bool:
        """Whether there is something to learn, and a model that can."""
        return self.possible and self.new_records > 0


NOTHING_TO_UPDATE = Outlook()
"""The outlook while there is no model."""


def quick_recipe(recipe: Recipe, seconds: float = 0.0) -> Recipe:
    """Return the recipe of a quick update to a model, given that of its full training.

    Windows and seed stay; the rate is two thirds, and passes and updates are few.

    Args:
        recipe: Of the full training.
        seconds: That an update of its weights took there; 0 where that is not known.
    """
    affordable = round(_SECONDS / seconds) if seconds > 0 else 0
    return replace(
        recipe,
        epochs=_PASSES,
        rounds=1,
        most_updates=min(max(affordable, _FEWEST_UPDATES), _MOST_UPDATES),
        learning_rate=recipe.learning_rate * _RATE,
    )


def outlook(*, project: Project) -> Outlook:
    """Return what a quick update would do now, and whether a full training is due."""
    model = runs.current_model(project=project)
    if model is None:
        return NOTHING_TO_UPDATE
    learned = runs.run(project=project, run_id=model.run_id)
    since = changes_between(project=project, after=learned.snapshot_event)
    splits = documents.done_splits(project=project)
    # Those without a split yet are given one when the training begins; most become train.
    new = sum(1 for key in since.documents if key in splits and splits[key] in {None, Split.TRAIN})
    return Outlook(
        new_records=new,
        possible=not since.labels,
        retrain_due=_reasons(project, model, since_labels=since.labels, splits=splits),
    )


def begin_quick_update(
    *, project: Project, device: str = "auto", allow_network: bool = False
) -> tuple[Run, Train]:
    """Start a Run that continues the current model on what is new as of now.

    Done records without a split are given one first, patients whole.

    Returns:
        The Run and the request that makes the worker train it.

    Raises:
        KnownError: There is no model to continue, its labels are others, or nothing is new.
    """
    model = runs.current_model(project=project)
    if model is None:
        raise KnownError("There is no model to update yet.", "Retrain first.")
    if not model_folder(project=project, model=model).is_dir():
        raise KnownError(
            "The folder of the model {model} is gone.",
            "Retrain, or choose another version.",
            model=model.name,
        )
    documents.assign_splits(project=project)
    now = outlook(project=project)
    if not now.possible:
        raise KnownError(
            "The labels have changed since {model} was trained.",
            "Retrain in full: a quick update cannot learn other labels.",
            model=model.name,
        )
    if not now.new_records:
        raise KnownError(
            "No record to train on was done or corrected since {model} was trained.",
            "Label more records and mark them as done, or retrain in full.",
            model=model.name,
        )
    base, _ = _last_full_training(project, model)
    run = runs.start_run(
        project=project,
        recipe=quick_recipe(base.recipe, _seconds_for_an_update(project, base)),
        backbone=base.backbone,
        start_model_id=model.id,
    )
    return run, train_request(
        project, run, device=device, allow_network=allow_network, resume=False
    )


def _last_full_training(project: Project, model: ModelVersion) -> tuple[Run, int]:
    """Return the Run from the backbone that a model goes back to, and the quick updates since."""
    run, updates = runs.run(project=project, run_id=model.run_id), 0
    while (before := runs.model_version(project=project, key=run.start_model_id)) is not None:
        run, updates = runs.run(project=project, run_id=before.run_id), updates + 1
    return run, updates


def _seconds_for_an_update(project: Project, run: Run) -> float:
    """Return what an update takes with all threads, by what a Run told; 0 if it told nothing."""
    metrics = runs.metrics(project=project, run_id=run.id)
    told = [metric.payload for metric in metrics if metric.kind == "progress"]
    beside = any(metric.payload.get("beside", 1) > 1 for metric in metrics)
    share = _ALONE if beside else 1.0
    updates = told[-1]["step"] if told else 0
    # Versions of Chartmark that did not tell the seconds have none.
    spent = sum(float(payload.get("seconds", 0.0)) for payload in told)
    return share * spent / updates if updates else 0.0


def _reasons(
    project: Project,
    model: ModelVersion,
    *,
    since_labels: bool,
    splits: dict[int, Split | None],
) -> tuple[str, ...]:
    base, updates = _last_full_training(project, model)
    learned_from = _train_documents(project, base)
    new = sum(1 for split in splits.values() if split in {None, Split.TRAIN}) - learned_from
    reasons = []
    if since_labels:
        reasons.append(
            phrase("The labels have changed since {model} was trained.", model=model.name)
        )
    if learned_from and new >= _MOST_NEW * learned_from:
        reasons.append(
            phrase(
                "{count} records are new since the last full training, which learned from {base}.",
                count=new,
                base=learned_from,
            )
        )
    if updates >= _MOST_IN_ROW:
        reasons.append(
            phrase("{count} quick updates were made since the last full training.", count=updates)
        )
    if _last_update_failed(project, model):
        reasons.append(phrase("The last quick update did not make the model better."))
    return tuple(reasons)


def _train_documents(project: Project, run: Run) -> int:
    """Return how many records a Run learned from; 0 where it did not get so far."""
    started = runs.last_metric(project=project, run_id=run.id, kind="started")
    return int(started.payload["train_documents"]) if started else 0


def _last_update_failed(project: Project, model: ModelVersion) -> bool:
    """Tell whether the last training was a quick update of this model that was not promoted."""
    last = runs.runs(project=project)[-1]
    return last.start_model_id == model.id and last.status in {
        RunStatus.FINISHED,
        RunStatus.STOPPED,
    }
