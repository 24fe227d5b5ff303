"""Quick updates and repetitions as the worker does them; its process is tested elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import pytest

from core.operations import training
from core.operations.quick_update import begin_quick_update
from core.operations.repeating import begin_repeat
from core.operations.training import Booked
from core.schema.documents import ReviewStatus
from core.schema.errors import KnownError
from core.schema.learning import Report
from core.store import edits, runs
from core.store.project import Project
from core.training.control import Control
from core.worker.jobs import Jobs
from core.worker.messages import (
    Event,
    OpenProject,
    Train,
    TrainFinished,
    TrainNotice,
    TrainProgress,
    TrainStarted,
    decode_event,
    encode,
)
from tests.core.worker.tiny import RECIPE, make_project

SHORT = replace(RECIPE, most_updates=48)
"""Learns most of the tiny project."""


@dataclass(frozen=True)
class Updated:
    """A project with a model and a quick update of it, and what the update told."""

    jobs: Jobs
    project: Project
    first: Report
    request: Train
    events: list[Event]
    booked: Booked


def do(jobs: Jobs, project: Project, request: Train) -> tuple[list[Event], Booked]:
    """Have a job done and book what it tells."""
    events: list[Event] = []
    jobs.run(request, Control(), events.append)
    booked = Booked()
    for event in events:
        booked = training.book(project=project, event=decode_event(encode(event)))
    return events, booked


@pytest.fixture(scope="module")
def updated(tmp_path_factory: pytest.TempPathFactory, backbone: Path) -> Updated:
    """A project trained on 24 records and updated with eight more."""
    project = make_project(tmp_path_factory.mktemp("updated") / "tiny.chartmark")
    jobs = Jobs()
    jobs.run(OpenProject(folder=str(project.folder)), Control(), lambda _: None)
    new = range(1, 9)
    for key in new:
        edits.set_review(project=project, document_id=key, status=ReviewStatus.TODO)
    _, request = training.begin_retrain(project=project, recipe=SHORT, backbone=str(backbone))
    _, booked = do(jobs, project, request)
    assert booked.model is not None
    for key in new:
        edits.set_review(project=project, document_id=key, status=ReviewStatus.DONE)
    _, request = begin_quick_update(project=project)
    return Updated(jobs, project, booked.model.report, request, *do(jobs, project, request))


def test_an_update_learns_what_is_new_and_some_of_the_old(updated: Updated) -> None:
    started = next(event for event in updated.events if isinstance(event, TrainStarted))
    # Eight that are new, and sixteen of the others.
    assert (started.train_documents, started.dev_documents) == (24, 12)
    assert started.total_steps <= updated.request.recipe.most_updates


def test_an_update_begins_where_the_model_ended(updated: Updated) -> None:
    losses = [event.loss for event in updated.events if isinstance(event, TrainProgress)]
    # A head that knows nothing begins at log 5, about 1.6 nats.
    assert losses[0] < 1.0


def test_an_update_is_judged_as_any_other_training(updated: Updated) -> None:
    finished = updated.events[-1]
    assert isinstance(finished, TrainFinished)
    assert finished.current_report is not None
    assert finished.current_report.labels == updated.first.labels
    assert finished.report.micro.f1 >= updated.first.micro.f1
    assert updated.booked.promoted
    assert runs.current_model(project=updated.project) == updated.booked.model


@pytest.mark.parametrize("run_id", [1, 2])
def test_a_run_repeated_from_its_record_gives_the_same_model_to_the_bit(
    updated: Updated, run_id: int
) -> None:
    project = updated.project
    edits.set_review(project=project, document_id=20, status=ReviewStatus.TODO)
    _, request = begin_repeat(project=project, run_id=run_id)
    events, booked = do(updated.jobs, project, request)
    assert not [event for event in events if isinstance(event, TrainNotice)]
    former = next(m for m in runs.model_versions(project=project) if m.run_id == run_id)
    assert booked.model is not None
    assert booked.model.report == former.report
    weights = [
        (training.model_folder(project=project, model=model) / "model.safetensors").read_bytes()
        for model in (former, booked.model)
    ]
    assert weights[0] == weights[1]


def test_other_weights_to_begin_from_are_refused(updated: Updated) -> None:
    _, request = begin_repeat(project=updated.project, run_id=1)
    assert request.repeats is not None
    other = replace(request.repeats, weights_sha256="0" * 64)
    request = msgspec.structs.replace(request, repeats=other)
    with pytest.raises(KnownError, match="not those that the training began from"):
        do(updated.jobs, updated.project, request)
