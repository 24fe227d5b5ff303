from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import psutil
import pytest

from core.operations import training
from core.operations.training import Booked
from core.schema.documents import ImportedDocument
from core.schema.learning import Recipe, Report, RunStatus, Strategy
from core.store import documents, edits, runs, scores
from core.store.project import Project
from core.worker.client import CANCEL_SECONDS
from core.worker.environment import computing_threads
from core.worker.messages import (
    AnyEvent,
    Cancel,
    Cancelled,
    CheckpointSaved,
    Evaluate,
    Evaluated,
    Evaluating,
    Failed,
    Opened,
    OpenProject,
    Pause,
    Preparing,
    Resume,
    Scored,
    ScoreDocuments,
    StopKeepBest,
    Train,
    TrainEvaluated,
    TrainFinished,
    TrainNotice,
    TrainPaused,
    TrainProgress,
    TrainStarted,
)
from core.worker.pool import WORTH_CHARACTERS
from tests.core.worker.tiny import LONG, RECIPE, Worker, make_project

pytestmark = pytest.mark.slow

unix = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no signals")


@dataclass(frozen=True)
class Trained:
    """A project with a model, the events that led to it, and what was booked of the last."""

    project: Project
    events: list[AnyEvent]
    booked: Booked


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory, worker: Worker, backbone: Path) -> Trained:
    """A project whose first model is trained, and whose unread records are scored."""
    project = make_project(tmp_path_factory.mktemp("trained") / "tiny.chartmark")
    assert worker.open(project) == Opened()
    events, booked = retrain(worker, project, backbone)
    (scoring,) = booked.requests
    for event in worker.follow(scoring):
        training.book(project=project, event=event)
    return Trained(project, events, booked)


@pytest.fixture
def opened(worker: Worker, project: Project) -> Project:
    """A fresh project that the worker has open."""
    if not worker.client.running:
        worker.start()
    assert worker.open(project) == Opened()
    return project


@pytest.fixture
def reopened(worker: Worker, trained: Trained) -> Project:
    """The trained project, open in the worker again."""
    if not worker.client.running:
        worker.start()
    assert worker.open(trained.project) == Opened()
    return trained.project


def retrain(
    worker: Worker, project: Project, backbone: Path, recipe: Recipe = RECIPE
) -> tuple[list[AnyEvent], Booked]:
    _, request = training.begin_retrain(project=project, recipe=recipe, backbone=str(backbone))
    return follow(worker, project, request)


def follow(worker: Worker, project: Project, request: Train) -> tuple[list[AnyEvent], Booked]:
    events, booked = [], Booked()
    for event in worker.follow(request):
        events.append(event)
        booked = training.book(project=project, event=event)
    return events, booked


def begin_long(worker: Worker, project: Project, backbone: Path) -> Train:
    """Begin a training that would take minutes, and wait until it goes on."""
    run, request = training.begin_retrain(project=project, recipe=LONG, backbone=str(backbone))
    worker.client.send(request)
    worker.until(TrainProgress)
    assert run.status is RunStatus.RUNNING
    return request


def without_calibration(report: Report) -> Report:
    """A training measures it otherwise than an evaluation: on the documents it was fitted on."""
    assert report.calibration is not None
    return replace(report, calibration=None)


def seconds_to_cancel(worker: Worker, job: int) -> float:
    began = time.monotonic()
    worker.client.send(Cancel(job=job))
    while not isinstance(event := worker.next(), Cancelled):
        assert not isinstance(event, Failed | TrainFinished)
    return time.monotonic() - began


def test_a_training_tells_of_itself_in_order(trained: Trained) -> None:
    events = trained.events
    kinds = [type(event) for event in events]
    assert kinds[0] is Preparing
    assert kinds.count(TrainStarted) == kinds.count(TrainFinished) == 1
    assert kinds[-1] is TrainFinished
    started = next(event for event in events if isinstance(event, TrainStarted))
    assert (started.train_documents, started.dev_documents, started.train_spans) == (32, 12, 64)
    assert started.resumed_step == 0
    assert f"{computing_threads()} threads" in started.device
    progress = [event for event in events if isinstance(event, TrainProgress)]
    assert all(one.step < other.step for one, other in pairwise(progress))
    assert all(event.tokens_per_second > 0 and event.seconds_left >= 0 for event in progress)
    assert progress[-1].loss < progress[0].loss
    first = kinds.index(TrainEvaluated)
    assert kinds.index(TrainStarted) < first < kinds.index(CheckpointSaved)
    evaluated = [event for event in events if isinstance(event, TrainEvaluated)]
    assert evaluated[0].best
    assert set(evaluated[-1].report.labels) == {"drug", "disease"}
    finished = events[-1]
    assert isinstance(finished, TrainFinished)
    best = [event for event in evaluated if event.best][-1]
    assert finished.best_step == best.step
    assert finished.current_report is None
    assert finished.report.micro.support == 24
    assert finished.report.micro.f1 > 0.8
    assert {event.job for event in events} == {1}


def test_a_training_is_booked_and_its_model_promoted(trained: Trained) -> None:
    project, booked = trained.project, trained.booked
    run = runs.runs(project=project)[0]
    assert run.status is RunStatus.FINISHED
    assert "CPU" in run.device
    assert booked.promoted
    assert booked.model is not None
    assert booked.message.startswith("v1 is now the current model (F1 ")
    folder = training.model_folder(project=project, model=booked.model)
    assert {"model.safetensors", "tokenizer.json", "chartmark.json"} <= {
        file.name for file in folder.iterdir()
    }
    kinds = {metric.kind for metric in runs.metrics(project=project, run_id=run.id)}
    assert kinds >= {"started", "progress", "evaluated", "checkpoint", "finished"}


def test_no_text_of_a_record_is_left_in_runs_models_and_logs(
    trained: Trained, worker: Worker
) -> None:
    texts = [item.text for item in documents.documents(project=trained.project)]
    written = [
        file
        for folder in ("runs", "models")
        for file in (trained.project.folder / folder).rglob("*")
        if file.is_file()
    ]
    log = worker.client._log_folder
    assert log is not None
    written += list(log.iterdir())
    assert len(written) > 5
    for file in written:
        content = file.read_bytes()
        assert not [text for text in texts if text.encode() in content], file.name


def test_the_worker_is_modest(worker: Worker, opened: Project) -> None:
    process = psutil.Process(worker.client.pid)
    if hasattr(signal, "SIGKILL"):
        assert process.nice() >= 10
    assert process.environ()["HF_HUB_OFFLINE"] == "1"


def test_unread_records_are_scored_for_every_strategy(trained: Trained) -> None:
    project = trained.project
    orders = {}
    for strategy in Strategy:
        ranked = [
            row
            for row in documents.queue(project=project, strategy=strategy)
            if row.score is not None
        ]
        scores = [row.score for row in ranked if row.score is not None]
        assert len(ranked) == 10
        assert scores == sorted(scores, reverse=True)
        orders[strategy] = [row.document_id for row in ranked]
    assert len({tuple(order) for order in orders.values()}) > 1
    assert sum(row.suggestion_count for row in documents.queue(project=project)) >= 10


def test_suggestions_that_were_rejected_do_not_come_back_from_the_same_model(
    worker: Worker, reopened: Project
) -> None:
    project = reopened
    row = next(row for row in documents.queue(project=project) if row.suggestion_count)
    offered = documents.suggestions(project=project, document_id=row.document_id)
    edits.reject_suggestions(project=project, suggestion_ids=[offered[0].id])
    if len(offered) > 1:
        edits.accept_suggestions(project=project, suggestion_ids=[offered[1].id])
    request = training.begin_scoring(project=project)
    assert request is not None
    scored = []
    for event in worker.follow(request):
        training.book(project=project, event=event)
        assert isinstance(event, Scored)
        scored += [item.document_id for item in event.documents]
        found = next((d for d in event.documents if d.document_id == row.document_id), None)
        if found is not None:
            # The model says it again; the store is what keeps it away.
            assert (offered[0].start, offered[0].end) in {(s.start, s.end) for s in found.spans}
    assert sorted(scored) == sorted(request.document_ids)
    left = documents.suggestions(project=project, document_id=row.document_id)
    assert {item.id for item in left} == {item.id for item in offered[2:]}


def test_a_model_is_evaluated_on_the_test_split(worker: Worker, reopened: Project) -> None:
    model = runs.current_model(project=reopened)
    assert model is not None
    folder = str(training.model_folder(project=reopened, model=model))
    events = worker.ask(Evaluate(job=5, model_folder=folder, split="test"))
    assert events[:-1] == [Evaluating(job=5, done=8, total=8)]
    evaluated = events[-1]
    assert isinstance(evaluated, Evaluated)
    assert evaluated.documents == 8
    assert evaluated.report.micro.support == 16
    assert evaluated.report.micro.f1 > 0.5


def test_a_worse_model_is_kept_but_not_promoted(
    worker: Worker, reopened: Project, backbone: Path
) -> None:
    before = runs.current_model(project=reopened)
    assert before is not None
    hopeless = Recipe(learning_rate=1e-9, patience=1, max_length=64, overlap=16)
    events, booked = retrain(worker, reopened, backbone, hopeless)
    finished = events[-1]
    assert isinstance(finished, TrainFinished)
    assert finished.current_report is not None
    assert finished.current_report.micro == before.report.micro
    assert finished.report.micro.f1 < before.report.micro.f1
    assert not booked.promoted
    assert not booked.requests
    assert "the current model stays" in booked.message
    assert runs.current_model(project=reopened) == before
    assert len(runs.model_versions(project=reopened)) == 2


def test_a_model_as_good_is_promoted_and_an_earlier_one_can_be_brought_back(
    worker: Worker, reopened: Project, backbone: Path
) -> None:
    before = runs.current_model(project=reopened)
    assert before is not None
    events, booked = retrain(worker, reopened, backbone)
    finished = events[-1]
    assert isinstance(finished, TrainFinished)
    assert finished.current_report is not None
    # The same data and seed give the same model.
    assert without_calibration(finished.report) == without_calibration(finished.current_report)
    assert booked.promoted
    again = training.promote(project=reopened, model_version_id=before.id)
    assert runs.current_model(project=reopened) == before
    (request,) = again.requests
    assert isinstance(request, ScoreDocuments)
    assert request.model_folder.endswith(before.folder)


def test_scores_of_a_model_that_is_no_longer_the_current_one_are_not_kept(
    worker: Worker, reopened: Project
) -> None:
    stale = Scored(job=999, documents=(), done=1, total=1)
    assert training.book(project=reopened, event=stale) == Booked()


def test_a_damaged_current_model_does_not_throw_a_training_away(
    worker: Worker, opened: Project, backbone: Path, tmp_path: Path
) -> None:
    _, request = training.begin_retrain(project=opened, recipe=RECIPE, backbone=str(backbone))
    damaged = tmp_path / "damaged"
    damaged.mkdir()
    request = Train(
        **{
            name: getattr(request, name)
            for name in Train.__struct_fields__
            if name != "current_model"
        },
        current_model=str(damaged),
    )
    events, booked = follow(worker, opened, request)
    assert booked.promoted
    notices = [event.text for event in events if isinstance(event, TrainNotice)]
    assert any("no comparison with the current model" in text for text in notices)


def test_pause_holds_and_resume_goes_on_and_stopping_keeps_the_best(
    worker: Worker, opened: Project, backbone: Path
) -> None:
    request = begin_long(worker, opened, backbone)
    worker.until(TrainEvaluated)
    worker.client.send(Pause(job=request.job))
    assert worker.until(TrainPaused).paused
    beats = len(worker.beats)
    # For three beats nothing but beats is heard.
    worker.beat(3)
    assert worker.heard.empty()
    assert all(busy for _, busy in worker.beats[beats:])
    worker.client.send(Resume(job=request.job))
    assert not worker.until(TrainPaused).paused
    worker.until(TrainProgress)
    worker.client.send(StopKeepBest(job=request.job))
    finished = worker.until(TrainFinished)
    assert finished.reason == "stopped"
    booked = training.book(project=opened, event=finished)
    assert booked.model is not None
    assert runs.runs(project=opened)[0].status is RunStatus.STOPPED


def test_a_training_is_cancelled_within_two_seconds(
    worker: Worker, opened: Project, backbone: Path
) -> None:
    request = begin_long(worker, opened, backbone)
    assert seconds_to_cancel(worker, request.job) < CANCEL_SECONDS
    booked = training.book(project=opened, event=Cancelled(job=1, run_id=request.run_id))
    assert booked.message
    assert runs.runs(project=opened)[0].status is RunStatus.CANCELLED
    assert not runs.model_versions(project=opened)


def test_scoring_is_cancelled_while_its_model_is_converted(
    worker: Worker, trained: Trained
) -> None:
    with make_project(trained.project.folder.parent / "large.chartmark") as project:
        text = "Aspirin 5 mg daily , gout well controlled . " * (WORTH_CHARACTERS // 40)
        long = ImportedDocument(key="long", name="long", text=text, source="long.txt")
        documents.add_documents(project=project, documents=[long])
        assert worker.open(project) == Opened()
        model = runs.model_versions(project=trained.project)[0]
        folder = training.model_folder(project=trained.project, model=model)
        keys = tuple(scores.unread_ids(project=project))
        worker.client.send(ScoreDocuments(job=9, model_folder=str(folder), document_ids=keys))
        assert "faster form" in worker.until(Preparing).step
        worker.beat(3)
        assert seconds_to_cancel(worker, 9) < CANCEL_SECONDS
        assert not list(folder.glob("*int8*"))


def test_a_held_training_is_cancelled_within_two_seconds(
    worker: Worker, opened: Project, backbone: Path
) -> None:
    request = begin_long(worker, opened, backbone)
    worker.client.send(Pause())
    worker.until(TrainPaused)
    assert seconds_to_cancel(worker, request.job) < CANCEL_SECONDS


def test_a_training_is_cancelled_while_it_prepares(
    worker: Worker, opened: Project, backbone: Path
) -> None:
    _, request = training.begin_retrain(project=opened, recipe=LONG, backbone=str(backbone))
    worker.client.send(request)
    worker.until(Preparing)
    assert seconds_to_cancel(worker, request.job) < CANCEL_SECONDS


def test_its_heart_beats_while_it_trains(worker: Worker, opened: Project, backbone: Path) -> None:
    request = begin_long(worker, opened, backbone)
    beats = len(worker.beats)
    worker.beat(3)
    assert all(busy for _, busy in worker.beats[beats:])
    times = [at for at, _ in worker.beats[beats:]]
    assert all(later - earlier < 3 for earlier, later in pairwise(times))
    seconds_to_cancel(worker, request.job)


@unix
def test_a_killed_training_is_resumed_from_its_last_checkpoint(
    worker: Worker, opened: Project, backbone: Path
) -> None:
    run, request = training.begin_retrain(project=opened, recipe=RECIPE, backbone=str(backbone))
    worker.client.send(request)
    while not isinstance(event := worker.next(), CheckpointSaved):
        training.book(project=opened, event=event)
    training.book(project=opened, event=event)
    os.kill(worker.client.pid, signal.SIGKILL)
    words = worker.death()
    assert words.startswith("The worker was stopped by the system")
    training.book_exit(project=opened, run_id=run.id, message=words)
    (interrupted,) = runs.runs(project=opened)
    assert (interrupted.status, interrupted.message) == (RunStatus.INTERRUPTED, words)
    worker.start()
    assert worker.open(opened) == Opened()
    _, request = training.begin_resume(project=opened, run_id=run.id)
    assert request.resume
    events, booked = follow(worker, opened, request)
    started = next(event for event in events if isinstance(event, TrainStarted))
    assert started.resumed_step >= 25
    steps = [event.step for event in events if isinstance(event, TrainProgress)]
    assert min(steps) > started.resumed_step
    assert booked.promoted
    assert runs.runs(project=opened)[0].status is RunStatus.FINISHED
    # An exit that is told of late changes nothing any more.
    training.book_exit(project=opened, run_id=run.id, message=words)
    assert runs.runs(project=opened)[0].status is RunStatus.FINISHED


def test_an_encrypted_project_is_opened_with_its_passphrase(
    worker: Worker, tmp_path: Path, backbone: Path
) -> None:
    passphrase = "correct hörse 'battery' 糖"
    with make_project(tmp_path / "secret.chartmark", passphrase=passphrase) as project:
        folder = str(project.folder)
        wrong = worker.ask(OpenProject(job=1, folder=folder, passphrase="wrong"))[-1]
        assert isinstance(wrong, Failed)
        assert wrong.known
        assert wrong.message == "The passphrase does not open this project."
        model = str(tmp_path / "none")
        refused = worker.ask(Evaluate(job=2, model_folder=model, split="test"))[-1]
        assert isinstance(refused, Failed)
        assert refused.message == "The worker has no project."
        assert worker.open(project) == Opened()
        events, booked = retrain(worker, project, backbone)
        assert booked.promoted
        assert passphrase.encode() not in repr(events).encode()
    log = worker.client._log_folder
    assert log is not None
    assert all(passphrase.encode() not in file.read_bytes() for file in log.iterdir())


def test_what_is_missing_is_told_in_plain_words(worker: Worker, opened: Project) -> None:
    (failed,) = worker.ask(Evaluate(job=3, model_folder="/nowhere", split="test"))
    assert isinstance(failed, Failed)
    assert (failed.known, failed.job) == (True, 3)
    assert "holds no model" in failed.message
    _, request = training.begin_retrain(project=opened, recipe=RECIPE, backbone="no/such/model")
    events, booked = follow(worker, opened, request)
    assert isinstance(events[-1], Failed)
    assert booked.message.startswith("There is no folder no/such/model.")
    assert runs.runs(project=opened)[0].status is RunStatus.FAILED
    empty = ScoreDocuments(job=4, model_folder="/nowhere", document_ids=())
    assert worker.ask(empty) == [Scored(job=4, documents=(), done=0, total=0)]
