"""A search in a real worker process, on a tiny backbone."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from core.operations import searching
from core.schema.learning import Recipe
from core.schema.search import SearchEnd, Trial, TrialRole, TrialStatus
from core.store import documents, recipes
from core.store.project import Project
from core.worker.client import CANCEL_SECONDS
from core.worker.messages import (
    AnyEvent,
    Cancel,
    Cancelled,
    Failed,
    Opened,
    SearchFinished,
    SearchProgress,
    SearchRecipe,
    StopKeepBest,
    TrialFinished,
)
from tests.core.worker.tiny import LONG, RECIPE, Worker

pytestmark = pytest.mark.slow


@pytest.fixture
def opened(worker: Worker, project: Project) -> Project:
    """A fresh project that the worker has open."""
    if not worker.client.running:
        worker.start()
    assert worker.open(project) == Opened()
    return project


def begin(project: Project, backbone: Path, recipe: Recipe) -> SearchRecipe:
    recipes.set_recipe(project=project, recipe=recipe)
    return searching.begin_search(
        project=project, seconds=3600, draws=1, backbone=str(backbone), device="cpu"
    )


def until_it_trains(worker: Worker, trial: int) -> None:
    while True:
        event = worker.next()
        assert not isinstance(event, Failed), event
        if isinstance(event, SearchProgress) and event.trial == trial and event.step:
            return


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no signals")
def test_a_killed_search_goes_on_from_there(
    worker: Worker, opened: Project, backbone: Path
) -> None:
    request = begin(opened, backbone, RECIPE)
    worker.client.send(request)
    until_it_trains(worker, 1)
    assert (Path(request.folder) / "trial").is_dir()
    os.kill(worker.client.pid, signal.SIGKILL)
    worker.death()
    worker.start()
    assert worker.open(opened) == Opened()
    (record,) = searching.searches(project=opened)
    assert searching.resumable([record]) == record
    (kept,) = record.trials
    assert kept.role is TrialRole.BASELINE

    events: list[AnyEvent] = []
    request = searching.begin_resumed_search(project=opened, seconds=3600, draws=1)
    for event in worker.follow(request):
        events.append(event)
        if isinstance(event, SearchProgress) and event.role is TrialRole.EXPLORE:
            worker.client.send(StopKeepBest(job=request.job))
    finished = events[-1]
    assert isinstance(finished, SearchFinished)
    trials: list[Trial] = [event.trial for event in events if isinstance(event, TrialFinished)]
    assert [(trial.number, trial.seed - RECIPE.seed) for trial in trials] == [
        (1, 1),
        (2, 2),
        (3, 3),
    ]
    assert all(trial.support == 24 for trial in trials if trial.status is TrialStatus.FINISHED)
    assert trials[-1].values != kept.values
    assert (finished.outcome.end, finished.trials) == (SearchEnd.STOPPED, 4)
    assert searching.book_search(project=opened, event=finished) is None
    (record,) = searching.searches(project=opened)
    assert (record.trials, record.outcome) == ((kept, *trials), finished.outcome)

    left = [file for file in Path(request.folder).rglob("*") if file.is_file()]
    assert {file.name for file in left} == {"study.journal", "search.json"}
    texts = [item.text for item in documents.documents(project=opened)]
    for file in left:
        assert not [text for text in texts if text in file.read_text(encoding="utf-8")]


def test_a_search_is_cancelled_within_two_seconds(
    worker: Worker, opened: Project, backbone: Path
) -> None:
    request = begin(opened, backbone, LONG)
    worker.client.send(request)
    until_it_trains(worker, 0)
    began = time.monotonic()
    worker.client.send(Cancel(job=request.job))
    while not isinstance(event := worker.next(), Cancelled):
        assert not isinstance(event, Failed | SearchFinished)
    assert time.monotonic() - began < CANCEL_SECONDS
    assert not (Path(request.folder) / "trial").exists()
    assert searching.resumable(searching.searches(project=opened)) is not None


def test_a_stop_lets_the_running_trial_come_to_its_end(
    worker: Worker, opened: Project, backbone: Path
) -> None:
    request = begin(opened, backbone, RECIPE)
    worker.client.send(request)
    until_it_trains(worker, 0)
    worker.client.send(StopKeepBest(job=request.job))
    finished = worker.until(TrialFinished)
    assert finished.trial.f1 is not None
    ended = worker.next()
    assert isinstance(ended, SearchFinished)
    assert (ended.outcome.end, ended.trials) == (SearchEnd.STOPPED, 1)
