from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.operations import training
from core.operations.training import LEAST_DONE, THOROUGH_ROUNDS, Booked
from core.schema.documents import PredictedSpan, ReviewStatus
from core.schema.errors import KnownError
from core.schema.learning import Recipe, Report, RunStatus, Score, ScoredDocument
from core.store import audit, documents, edits, runs
from core.store.project import Project
from core.worker.messages import (
    Cancelled,
    CheckpointSaved,
    Evaluated,
    Failed,
    Heartbeat,
    Scored,
    ScoreDocuments,
    TrainEvaluated,
    TrainFinished,
    TrainNotice,
    TrainPaused,
    TrainProgress,
    TrainStarted,
)
from tests.core.worker.tiny import make_project


def report(f1: float) -> Report:
    score = Score(f1, f1, f1, 10)
    return Report(score, score, score, {"drug": score})


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project with done records in all splits, and ten unread ones."""
    with make_project(tmp_path / "tiny.chartmark") as made:
        yield made


def finished(
    run_id: int, project: Project, f1: float, current: float | None, reason: str = "completed"
) -> TrainFinished:
    return TrainFinished(
        job=run_id,
        run_id=run_id,
        reason=reason,
        report=report(f1),
        model_folder=str(project.folder / "models" / f"run-{run_id}"),
        seconds=60.0,
        best_step=100,
        device="CPU (2 threads)",
        precision="fp32",
        current_report=None if current is None else report(current),
    )


def train(
    project: Project,
    f1: float,
    current: float | None = None,
    *,
    rounds: int = 1,
    reason: str = "completed",
) -> Booked:
    run, _ = training.begin_retrain(project=project, recipe=Recipe(rounds=rounds))
    event = finished(run.id, project, f1, current, reason)
    return training.book(project=project, event=event)


def status(project: Project) -> tuple[RunStatus, str]:
    run = runs.runs(project=project)[-1]
    return run.status, run.message


def test_a_run_begins_on_the_state_as_of_now(project: Project) -> None:
    run, request = training.begin_retrain(project=project, device="cpu")
    assert run.status is RunStatus.RUNNING
    assert run.snapshot_event == request.snapshot_event == audit.last_event(project=project)
    assert (request.job, request.run_id, request.device) == (run.id, run.id, "cpu")
    assert request.run_folder == str(project.folder / "runs" / "1")
    assert request.model_folder == str(project.folder / "models" / "run-1")
    assert (request.current_model, request.backbone) == ("", "")
    assert not request.resume
    assert not request.allow_network


def test_records_that_are_done_get_a_split_before_the_snapshot(project: Project) -> None:
    unread = documents.documents(project=project, status=ReviewStatus.TODO)
    for item in unread:
        edits.set_review(project=project, document_id=item.id, status=ReviewStatus.DONE)
    _, request = training.begin_retrain(project=project)
    done = documents.labelled_documents(project=project, as_of=request.snapshot_event)
    assert len(done) == 62
    assert all(item.document.split is not None for item in done)


def test_too_few_done_records_are_told_of(project: Project) -> None:
    for item in documents.documents(project=project, done_only=True)[LEAST_DONE - 1 :]:
        edits.set_review(project=project, document_id=item.id, status=ReviewStatus.TODO)
    with pytest.raises(KnownError, match=f"Only {LEAST_DONE - 1} records are marked done"):
        training.begin_retrain(project=project)
    assert runs.runs(project=project) == []


def test_the_folder_of_a_backbone_is_found_from_anywhere(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "encoder").mkdir()
    monkeypatch.chdir(tmp_path)
    run, request = training.begin_retrain(project=project, backbone="encoder")
    assert run.backbone == request.backbone == str(tmp_path / "encoder")
    _, request = training.begin_retrain(project=project, backbone="bert-base-cased")
    assert request.backbone == "bert-base-cased"


def test_what_a_training_tells_is_kept(project: Project) -> None:
    run, _ = training.begin_retrain(project=project)
    events = (
        TrainStarted(
            run_id=1,
            device="CPU",
            precision="fp32",
            train_documents=32,
            dev_documents=12,
            train_spans=64,
            total_steps=300,
        ),
        TrainProgress(
            run_id=1,
            step=1,
            total_steps=300,
            epoch=0.5,
            loss=1.0,
            learning_rate=3e-4,
            tokens_per_second=900.0,
            seconds_left=60.0,
        ),
        TrainEvaluated(run_id=1, step=25, epoch=1.0, report=report(0.5), best=True),
        CheckpointSaved(run_id=1, step=25),
        TrainNotice(run_id=1, text="Memory ran out."),
    )
    passed_over = (
        Heartbeat(busy=True),
        TrainPaused(run_id=1, paused=True),
        Evaluated(report=report(0.5), documents=3),
        Failed(job=9, known=True, message="Something else."),
        Cancelled(job=9),
    )
    for event in (*events, *passed_over):
        assert training.book(project=project, event=event) == Booked()
    kept = runs.metrics(project=project, run_id=run.id)
    kinds = [metric.kind for metric in kept]
    assert kinds == ["started", "progress", "evaluated", "checkpoint", "notice"]
    assert kept[2].payload["report"]["micro"]["f1"] == 0.5
    assert status(project) == (RunStatus.RUNNING, "")


def test_the_first_model_is_promoted_and_scores_what_is_unread(project: Project) -> None:
    booked = train(project, 0.4)
    assert booked.promoted
    assert booked.model is not None
    assert booked.model.current
    assert booked.model == runs.current_model(project=project)
    assert booked.message == "v1 is now the current model (F1 0.400)."
    (request,) = booked.requests
    assert isinstance(request, ScoreDocuments)
    assert request.job == booked.model.id
    assert len(request.document_ids) == 10
    assert request.model_folder == str(project.folder / "models" / "run-1")
    assert all(changes.models for changes in booked.changes)
    assert status(project) == (RunStatus.FINISHED, "completed")


def test_a_run_that_was_stopped_is_booked_as_such(project: Project) -> None:
    run, _ = training.begin_retrain(project=project)
    event = finished(run.id, project, 0.4, None, "stopped")
    assert training.book(project=project, event=event).promoted
    assert status(project) == (RunStatus.STOPPED, "stopped")


@pytest.mark.parametrize(
    ("new", "current", "promoted"), [(0.5, 0.4, True), (0.4, 0.4, True), (0.39, 0.4, False)]
)
def test_only_a_model_that_is_no_worse_is_promoted(
    project: Project, new: float, current: float, promoted: bool
) -> None:
    first = train(project, 0.4).model
    booked = train(project, new, current)
    assert booked.promoted is promoted
    assert bool(booked.requests) is promoted
    now = runs.current_model(project=project)
    assert now == (booked.model if promoted else first)
    if not promoted:
        assert booked.message == (
            "v2 is ready (F1 0.390) but the current model stays: it has 0.400 on the same records."
        )
    _, request = training.begin_retrain(project=project)
    assert now is not None
    assert request.current_model == str(project.folder / now.folder)


@pytest.mark.parametrize(
    ("reason", "first_rounds", "promoted"),
    [("completed", 1, True), ("stopped", 1, False), ("completed", THOROUGH_ROUNDS, False)],
)
def test_the_mean_of_more_rounds_is_promoted_where_dev_does_not_tell_it_apart(
    project: Project, reason: str, first_rounds: int, promoted: bool
) -> None:
    first = train(project, 0.4, rounds=first_rounds).model
    booked = train(project, 0.39, 0.4, rounds=THOROUGH_ROUNDS, reason=reason)
    assert booked.promoted is promoted
    assert runs.current_model(project=project) == (booked.model if promoted else first)
    if promoted:
        assert booked.message == (
            "v2 is now the current model (F1 0.390): too near to 0.400 to tell, and the mean of "
            "more rounds."
        )
    assert not train(project, 0.1, 0.4, rounds=THOROUGH_ROUNDS + 1).promoted


def test_failure_and_cancelling_end_the_run(project: Project) -> None:
    run, _ = training.begin_retrain(project=project)
    failed = Failed(job=run.id, known=True, message="No.", remedy="Do.", run_id=run.id)
    assert training.book(project=project, event=failed).message == "No. Do."
    assert status(project) == (RunStatus.FAILED, "No. Do.")
    run, _ = training.begin_retrain(project=project)
    training.book(project=project, event=Cancelled(job=run.id, run_id=run.id))
    assert status(project) == (RunStatus.CANCELLED, "Cancelled.")


def test_a_run_whose_worker_died_is_resumed_on_the_data_it_began_with(project: Project) -> None:
    recipe = Recipe(seed=99)
    run, request = training.begin_retrain(project=project, recipe=recipe)
    booked = training.book_exit(project=project, run_id=run.id, message="It crashed.")
    assert booked.changes[0].models
    assert status(project) == (RunStatus.INTERRUPTED, "It crashed.")
    first = documents.documents(project=project)[0]
    edits.set_review(project=project, document_id=first.id, status=ReviewStatus.TODO)
    again, resumed = training.begin_resume(project=project, run_id=run.id)
    assert again.status is RunStatus.RUNNING
    assert resumed.resume
    assert (resumed.snapshot_event, resumed.recipe) == (request.snapshot_event, recipe)


def test_an_exit_after_the_end_changes_nothing(project: Project) -> None:
    train(project, 0.4)
    booked = training.book_exit(project=project, run_id=1, message="It crashed.")
    assert booked == Booked(message="It crashed.")
    assert status(project)[0] is RunStatus.FINISHED


def test_scores_are_kept_for_the_current_model_only(project: Project) -> None:
    first, second = train(project, 0.4).model, train(project, 0.5, 0.4).model
    assert first is not None
    assert second is not None
    document = documents.documents(project=project, status=ReviewStatus.TODO)[0]
    scored = ScoredDocument(document.id, (PredictedSpan(0, 3, "drug", 0.7),), {"mnlp": 0.25})
    late = Scored(job=first.id, documents=(scored,), done=1, total=1)
    assert training.book(project=project, event=late) == Booked()
    assert documents.suggestions(project=project, document_id=document.id) == ()
    mine = Scored(job=second.id, documents=(scored,), done=1, total=1)
    (changes,) = training.book(project=project, event=mine).changes
    assert changes.documents == {document.id}
    (suggestion,) = documents.suggestions(project=project, document_id=document.id)
    assert (suggestion.score, suggestion.model_version_id) == (0.7, second.id)
    assert documents.queue(project=project)[0].document_id == document.id


def test_there_is_nothing_to_score_without_a_model_or_without_unread_records(
    project: Project,
) -> None:
    assert training.begin_scoring(project=project) is None
    booked = train(project, 0.4)
    assert booked.model is not None
    for item in documents.documents(project=project, status=ReviewStatus.TODO):
        edits.set_review(project=project, document_id=item.id, status=ReviewStatus.DONE)
    assert training.begin_scoring(project=project) is None
    assert training.promote(project=project, model_version_id=booked.model.id).requests == ()


def test_an_earlier_model_is_brought_back_by_hand(project: Project) -> None:
    first = train(project, 0.4).model
    train(project, 0.5, 0.4)
    assert first is not None
    booked = training.promote(project=project, model_version_id=first.id)
    assert runs.current_model(project=project) == first
    (request,) = booked.requests
    assert isinstance(request, ScoreDocuments)
    assert request.job == first.id
    with pytest.raises(LookupError):
        training.promote(project=project, model_version_id=99)
