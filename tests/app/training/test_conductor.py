"""The conductor against a real store and a worker that the test plays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QEventLoop

from app.preferences import Preferences
from app.session import Session
from app.settings import BACKBONE, DEVICE, NETWORK, SEED, WINDOW
from app.training.board import Board
from app.training.conductor import Conductor
from app.training.state import EXPORT_JOB, Action, Phase, Tone, actions
from core.operations.training import model_folder
from core.schema.documents import PredictedSpan
from core.schema.labels import Label, LabelScheme
from core.schema.learning import Recipe, RunStatus, ScoredDocument
from core.store import documents, runs, scores
from core.store.changes import ChangeSet
from core.store.project import Project
from core.worker.messages import (
    Cancelled,
    ExportModel,
    Failed,
    ModelExported,
    Pause,
    Preparing,
    Resume,
    Scored,
    ScoreDocuments,
    StopKeepBest,
    Train,
    TrainNotice,
    TrainPaused,
)
from tests.app.training.conftest import PlayedConnection, evaluated, finished, progress, started

Settle = Callable[[], None]


def phase(board: Board) -> Phase:
    return board.state.phase


def told(board: Board) -> bool:
    return board.state.message is not None


def last_run(project: Project) -> tuple[RunStatus, str]:
    run = runs.runs(project=project)[-1]
    return run.status, run.message


def train(conductor: Conductor, worker: PlayedConnection, settle: Settle, run_id: int = 1) -> None:
    conductor.retrain()
    settle()
    worker.say(started(run_id))
    settle()


def make_model(
    conductor: Conductor,
    worker: PlayedConnection,
    settle: Settle,
    project: Project,
    f1: float = 0.8,
    current: float | None = None,
    run_id: int = 1,
) -> None:
    train(conductor, worker, settle, run_id)
    worker.say(finished(project, f1, current, run_id))
    settle()


def score_all(worker: PlayedConnection, settle: Settle, model_id: int = 1) -> None:
    answers = tuple(
        ScoredDocument(key, (PredictedSpan(0, 9, "drug", 0.9),), {"mnlp": key / 10})
        for key in (7, 8, 9)
    )
    worker.say(Scored(job=model_id, documents=answers, done=3, total=3))
    settle()


def test_the_worker_gets_folder_and_passphrase_over_its_pipe(
    conductor: Conductor, worker: PlayedConnection, project: Project
) -> None:
    assert worker.opened == (project.folder, None)
    assert conductor.board.state.devices == ("CPU (2 threads)",)
    assert phase(conductor.board) is Phase.IDLE
    assert actions(conductor.board.state) == ()


def test_a_training_from_click_to_ranked_queue(
    conductor: Conductor,
    worker: PlayedConnection,
    settle: Settle,
    project: Project,
    session: Session,
) -> None:
    board = conductor.board
    announced: list[ChangeSet] = []
    session.changed.connect(announced.append)
    conductor.retrain()
    assert phase(board) is Phase.STARTING
    settle()
    (request,) = worker.requests
    assert isinstance(request, Train)
    assert (request.run_id, request.resume, request.current_model) == (1, False, "")
    worker.say(Preparing(job=1, step="Reading the records"))
    settle()
    assert (board.state.phase, board.state.step) == (Phase.STARTING, "Reading the records")
    worker.say(started())
    worker.say(progress(10))
    worker.say(evaluated(10, 0.6))
    worker.say(progress(20))
    worker.say(evaluated(20, 0.5, best=False))
    settle()
    assert phase(board) is Phase.TRAINING
    assert (board.state.f1, board.state.best_f1) == (0.5, 0.6)
    assert [item.step for item in board.curves.progress] == [10, 20]
    kinds = [metric.kind for metric in runs.metrics(project=project, run_id=1)]
    assert kinds == ["started", "progress", "evaluated", "progress", "evaluated"]
    worker.say(Preparing(job=1, step="Comparing with the current model"))
    settle()
    assert phase(board) is Phase.COMPARING
    worker.say(finished(project, 0.8))
    settle()
    assert phase(board) is Phase.SCORING
    assert board.state.model is not None
    assert board.state.model.name == "v1"
    scoring = worker.requests[-1]
    assert isinstance(scoring, ScoreDocuments)
    assert scoring.document_ids == (7, 8, 9)
    assert (board.state.done, board.state.total) == (0, 3)
    score_all(worker, settle)
    assert phase(board) is Phase.IDLE
    assert board.state.message is not None
    assert board.state.message.tone is Tone.GOOD
    assert documents.suggestions(project=project, document_id=7)
    assert any(changes.suggestions and 7 in changes.documents for changes in announced)
    ranked = [row.document_id for row in session.queue.rows if row.document_id > 6]
    assert ranked == [9, 8, 7]
    assert board.state.unscored == 0


def test_settings_reach_the_request(
    conductor: Conductor,
    worker: PlayedConnection,
    settle: Settle,
    preferences: Preferences,
    project: Project,
) -> None:
    for setting, value in ((DEVICE, "cpu"), (SEED, 7), (NETWORK, True), (BACKBONE, " some/bert ")):
        preferences.set(setting, value)
    preferences.set(WINDOW, "256")
    conductor.retrain()
    settle()
    request = worker.requests[-1]
    assert isinstance(request, Train)
    assert (request.device, request.recipe) == ("cpu", Recipe(seed=7, max_length=256))
    assert (request.backbone, request.allow_network) == ("some/bert", True)
    worker.say(started())
    worker.say(finished(project, 0.8))
    settle()
    scoring = worker.requests[-1]
    assert isinstance(scoring, ScoreDocuments)
    assert scoring.device == "cpu"


def test_too_few_done_records_are_told_with_the_remedy(
    tmp_path: Path, worker: PlayedConnection, preferences: Preferences
) -> None:
    empty = Project.create(folder=tmp_path / "empty.chartmark", scheme=LabelScheme((Label("a"),)))
    session = Session(empty)
    conductor = Conductor(session, worker, preferences)
    try:
        conductor.retrain()
        wait_for(session, conductor.board, Phase.IDLE)
        message = conductor.board.state.message
        assert message is not None
        assert "0 records" in message.text
        assert "at least 4" in message.remedy
        assert worker.requests == []
        assert runs.runs(project=empty) == []
    finally:
        session.close()


def wait_for(session: Session, board: Board, wanted: Phase) -> None:
    loop = QEventLoop()
    session.run(lambda: None, done=lambda _: loop.quit())
    loop.exec()
    assert phase(board) is wanted


def test_retrain_while_training_changes_nothing(
    conductor: Conductor, worker: PlayedConnection, settle: Settle, project: Project
) -> None:
    conductor.retrain()
    conductor.retrain()
    settle()
    assert len(worker.requests) == len(runs.runs(project=project)) == 1
    assert told(conductor.board)
    worker.say(started())
    worker.say(progress(10))
    settle()
    assert not told(conductor.board)
    conductor.retrain()
    settle()
    assert len(worker.requests) == 1
    assert phase(conductor.board) is Phase.TRAINING


def test_pause_and_resume_wait_for_the_worker(
    conductor: Conductor, worker: PlayedConnection, settle: Settle
) -> None:
    train(conductor, worker, settle)
    board = conductor.board
    conductor.pause()
    conductor.pause()
    assert [type(request) for request in worker.requests[1:]] == [Pause]
    assert (board.state.phase, board.state.awaiting) == (Phase.TRAINING, True)
    worker.say(TrainPaused(job=1, run_id=1, paused=True))
    settle()
    assert (board.state.phase, board.state.awaiting) == (Phase.PAUSED, False)
    assert actions(board.state)[0] is Action.GO_ON
    worker.say(progress(10))
    settle()
    assert phase(board) is Phase.PAUSED
    conductor.go_on()
    assert isinstance(worker.requests[-1], Resume)
    worker.say(TrainPaused(job=1, run_id=1, paused=False))
    settle()
    assert phase(board) is Phase.TRAINING


def test_stop_and_keep_best(
    conductor: Conductor, worker: PlayedConnection, settle: Settle, project: Project
) -> None:
    train(conductor, worker, settle)
    conductor.stop_keep_best()
    assert isinstance(worker.requests[-1], StopKeepBest)
    worker.say(progress(11))
    settle()
    assert phase(conductor.board) is Phase.STOPPING
    worker.say(finished(project, 0.4))
    settle()
    assert phase(conductor.board) is Phase.SCORING


def test_cancel_books_the_run_and_keeps_the_model(
    conductor: Conductor, worker: PlayedConnection, settle: Settle, project: Project
) -> None:
    train(conductor, worker, settle)
    conductor.cancel()
    conductor.cancel()
    assert worker.cancelled == [1]
    assert conductor.board.state.cancelling
    worker.say(Cancelled(job=1, run_id=1))
    settle()
    assert phase(conductor.board) is Phase.IDLE
    assert last_run(project)[0] is RunStatus.CANCELLED
    assert conductor.board.state.resumable is None


def test_cancel_before_the_request_was_written_sends_nothing(
    conductor: Conductor, worker: PlayedConnection, settle: Settle, project: Project
) -> None:
    conductor.retrain()
    conductor.cancel()
    settle()
    assert worker.requests == []
    assert phase(conductor.board) is Phase.IDLE
    assert last_run(project)[0] is RunStatus.CANCELLED


def test_a_worker_killed_for_not_letting_go_counts_as_cancelled(
    conductor: Conductor, worker: PlayedConnection, settle: Settle, project: Project
) -> None:
    train(conductor, worker, settle)
    conductor.cancel()
    worker.die("The worker did not answer and was stopped.")
    settle()
    assert last_run(project)[0] is RunStatus.CANCELLED
    assert phase(conductor.board) is Phase.IDLE


def test_a_dead_worker_leaves_a_run_to_resume(
    conductor: Conductor, worker: PlayedConnection, settle: Settle, project: Project
) -> None:
    train(conductor, worker, settle)
    board = conductor.board
    for step in (10, 20, 30):
        worker.say(progress(step))
    (project.folder / "runs" / "1" / "checkpoint-20").mkdir(parents=True)
    worker.die("The worker crashed.")
    settle()
    assert last_run(project) == (RunStatus.INTERRUPTED, "The worker crashed.")
    assert phase(board) is Phase.IDLE
    assert board.state.message is not None
    assert (board.state.message.text, board.state.message.tone) == (
        "The worker crashed.",
        Tone.DANGER,
    )
    assert actions(board.state) == (Action.RESUME_RUN, Action.DISCARD_RUN)
    assert worker.withdrawn == [1]
    worker.get_ready()
    conductor.resume_run()
    settle()
    request = worker.requests[-1]
    assert isinstance(request, Train)
    assert (request.run_id, request.resume) == (1, True)
    assert last_run(project)[0] is RunStatus.RUNNING
    worker.say(started(resumed_step=20))
    settle()
    assert [item.step for item in board.curves.progress] == [10, 20]
    assert phase(board) is Phase.TRAINING


def test_a_run_without_checkpoint_is_not_offered(
    conductor: Conductor, worker: PlayedConnection, settle: Settle, project: Project
) -> None:
    train(conductor, worker, settle)
    worker.die()
    settle()
    assert last_run(project)[0] is RunStatus.INTERRUPTED
    assert conductor.board.state.resumable is None
    assert actions(conductor.board.state) == ()


def test_what_was_said_before_death_counts_first(
    conductor: Conductor, worker: PlayedConnection, settle: Settle, project: Project
) -> None:
    train(conductor, worker, settle)
    worker.say(finished(project, 0.8))
    worker.die()
    settle()
    assert last_run(project)[0] is RunStatus.FINISHED
    assert phase(conductor.board) is Phase.IDLE
    assert conductor.board.state.unscored == 3
    assert actions(conductor.board.state) == (Action.SCORE,)
    conductor.score()
    settle()
    assert phase(conductor.board) is Phase.SCORING


def test_discard_deletes_the_checkpoints(
    conductor: Conductor, worker: PlayedConnection, settle: Settle, project: Project
) -> None:
    train(conductor, worker, settle)
    checkpoint = project.folder / "runs" / "1" / "checkpoint-20"
    checkpoint.mkdir(parents=True)
    worker.die()
    settle()
    conductor.discard_run()
    settle()
    assert last_run(project)[0] is RunStatus.CANCELLED
    assert not checkpoint.exists()
    assert actions(conductor.board.state) == ()


def test_a_run_left_by_a_dead_window_is_offered_at_start(
    session: Session,
    worker: PlayedConnection,
    preferences: Preferences,
    settle: Settle,
    project: Project,
) -> None:
    run = runs.start_run(project=project, recipe=Recipe())
    for event, kind in ((started(), "started"), (progress(10), "progress")):
        runs.add_metric(
            project=project, run_id=run.id, kind=kind, payload=msgspec.to_builtins(event)
        )
    (project.folder / run.folder / "checkpoint-10").mkdir(parents=True)
    conductor = Conductor(session, worker, preferences)
    conductor.start()
    settle()
    assert last_run(project)[0] is RunStatus.INTERRUPTED
    assert actions(conductor.board.state) == (Action.RESUME_RUN, Action.DISCARD_RUN)
    assert conductor.board.state.message is not None
    assert [item.step for item in conductor.board.curves.progress] == [10]


def test_a_failure_is_shown_with_its_remedy(
    conductor: Conductor, worker: PlayedConnection, settle: Settle, project: Project
) -> None:
    train(conductor, worker, settle)
    worker.say(Failed(job=1, run_id=1, known=True, message="No labels.", remedy="Add one."))
    settle()
    message = conductor.board.state.message
    assert message is not None
    assert (message.text, message.remedy, message.tone) == ("No labels.", "Add one.", Tone.WARNING)
    assert last_run(project) == (RunStatus.FAILED, "No labels. Add one.")
    assert phase(conductor.board) is Phase.IDLE


def test_a_failed_run_with_a_checkpoint_is_offered_and_its_reason_outlives_the_worker(
    conductor: Conductor, worker: PlayedConnection, settle: Settle, project: Project
) -> None:
    train(conductor, worker, settle)
    (project.folder / "runs" / "1" / "checkpoint-20").mkdir(parents=True)
    worker.say(Failed(job=1, run_id=1, known=True, message="The graphics processor failed."))
    worker.die("The worker ended.")
    settle()
    message = conductor.board.state.message
    assert message is not None
    assert message.text == "The graphics processor failed."
    assert actions(conductor.board.state) == (Action.RESUME_RUN, Action.DISCARD_RUN)


def test_a_notice_stays_until_the_end(
    conductor: Conductor, worker: PlayedConnection, settle: Settle
) -> None:
    train(conductor, worker, settle)
    worker.say(TrainNotice(job=1, run_id=1, text="Memory ran out."))
    worker.say(progress(10))
    settle()
    assert conductor.board.state.message is not None
    assert conductor.board.state.message.text == "Memory ran out."


@pytest.mark.parametrize(("f1", "better"), [(0.9, True), (0.7, False)])
def test_the_new_model_is_compared(
    conductor: Conductor,
    worker: PlayedConnection,
    settle: Settle,
    project: Project,
    f1: float,
    better: bool,
) -> None:
    make_model(conductor, worker, settle, project)
    score_all(worker, settle)
    make_model(conductor, worker, settle, project, f1, current=0.8, run_id=2)
    state = conductor.board.state
    current = runs.current_model(project=project)
    assert current is not None
    assert current.name == ("v2" if better else "v1")
    assert state.phase is (Phase.SCORING if better else Phase.IDLE)
    assert state.message is not None
    assert state.message.tone is (Tone.GOOD if better else Tone.WARNING)
    assert "v1" in state.message.text
    assert "v2" in state.message.text


def test_an_earlier_model_is_brought_back_and_scores(
    conductor: Conductor, worker: PlayedConnection, settle: Settle, project: Project
) -> None:
    make_model(conductor, worker, settle, project)
    score_all(worker, settle)
    make_model(conductor, worker, settle, project, 0.9, current=0.8, run_id=2)
    conductor.promote(1)
    settle()
    current = runs.current_model(project=project)
    assert current is not None
    assert current.name == "v1"
    assert worker.cancelled == [2]
    request = worker.requests[-1]
    assert isinstance(request, ScoreDocuments)
    assert request.model_folder == str(model_folder(project=project, model=current))
    worker.say(Cancelled(job=2))
    settle()
    assert (conductor.board.state.phase, conductor.board.state.scorer) == (Phase.SCORING, 1)


def test_no_model_is_brought_back_while_one_is_trained(
    conductor: Conductor, worker: PlayedConnection, settle: Settle, project: Project
) -> None:
    make_model(conductor, worker, settle, project)
    score_all(worker, settle)
    train(conductor, worker, settle, 2)
    conductor.promote(1)
    settle()
    assert phase(conductor.board) is Phase.TRAINING
    assert isinstance(worker.requests[-1], Train)


def test_scoring_gives_way_to_a_training(
    conductor: Conductor, worker: PlayedConnection, settle: Settle, project: Project
) -> None:
    make_model(conductor, worker, settle, project)
    train(conductor, worker, settle, 2)
    assert worker.cancelled == [1]
    worker.say(Cancelled(job=1))
    settle()
    assert phase(conductor.board) is Phase.TRAINING
    conductor.cancel()
    worker.say(Cancelled(job=2, run_id=2))
    settle()
    assert actions(conductor.board.state) == (Action.SCORE,)


def test_scoring_is_cancelled_and_what_came_is_kept(
    conductor: Conductor, worker: PlayedConnection, settle: Settle, project: Project
) -> None:
    make_model(conductor, worker, settle, project)
    first = ScoredDocument(7, (PredictedSpan(0, 9, "drug", 0.9),), {"mnlp": 0.5})
    worker.say(Scored(job=1, documents=(first,), done=1, total=3))
    settle()
    assert (conductor.board.state.done, conductor.board.state.total) == (1, 3)
    conductor.cancel()
    worker.say(Cancelled(job=1))
    settle()
    assert phase(conductor.board) is Phase.IDLE
    assert documents.suggestions(project=project, document_id=7)
    assert conductor.board.state.unscored == 2


def test_an_export_tells_its_steps_and_its_figures(
    conductor: Conductor,
    worker: PlayedConnection,
    settle: Settle,
    project: Project,
    tmp_path: Path,
) -> None:
    make_model(conductor, worker, settle, project)
    score_all(worker, settle)
    conductor.export_model(tmp_path / "out")
    settle()
    request = worker.requests[-1]
    assert isinstance(request, ExportModel)
    assert request.job == EXPORT_JOB
    worker.say(Preparing(job=EXPORT_JOB, step="Writing ONNX"))
    settle()
    assert (conductor.board.state.phase, conductor.board.state.step) == (
        Phase.EXPORTING,
        "Writing ONNX",
    )
    conductor.retrain()
    settle()
    assert phase(conductor.board) is Phase.EXPORTING
    out = str(tmp_path / "out")
    worker.say(
        ModelExported(job=EXPORT_JOB, out_folder=out, documents=9, f1={"ONNX": 0.8, "int8": 0.79})
    )
    settle()
    state = conductor.board.state
    assert state.phase is Phase.IDLE
    assert state.exported is not None
    assert actions(state) == (Action.OPEN_FOLDER,)
    assert state.message is not None
    assert "int8 0.790" in state.message.text


def test_an_export_without_a_model_or_in_a_training_is_refused(
    conductor: Conductor, worker: PlayedConnection, settle: Settle, tmp_path: Path
) -> None:
    conductor.export_model(tmp_path / "out")
    settle()
    state = conductor.board.state
    assert state.phase is Phase.IDLE
    assert state.message is not None
    assert "no model" in state.message.text
    train(conductor, worker, settle)
    conductor.export_model(tmp_path / "out")
    settle()
    assert phase(conductor.board) is Phase.TRAINING
    assert len(worker.requests) == 1


def test_an_export_is_cancelled(
    conductor: Conductor,
    worker: PlayedConnection,
    settle: Settle,
    project: Project,
    tmp_path: Path,
) -> None:
    make_model(conductor, worker, settle, project)
    score_all(worker, settle)
    conductor.export_model(tmp_path / "out")
    settle()
    conductor.cancel()
    assert worker.cancelled == [EXPORT_JOB]
    worker.say(Cancelled(job=EXPORT_JOB))
    settle()
    assert phase(conductor.board) is Phase.IDLE
    assert conductor.board.state.exported is None


def test_an_idle_worker_that_dies_is_mentioned(
    conductor: Conductor, worker: PlayedConnection, settle: Settle, project: Project
) -> None:
    worker.die("The worker crashed.")
    settle()
    assert conductor.board.state.message is not None
    assert phase(conductor.board) is Phase.IDLE
    assert runs.runs(project=project) == []


def test_closing_in_a_training_leaves_it_interrupted(
    conductor: Conductor, worker: PlayedConnection, settle: Settle, project: Project
) -> None:
    train(conductor, worker, settle)
    conductor.stop()
    assert worker.stopped
    settle()
    assert last_run(project)[0] is RunStatus.INTERRUPTED


def test_an_earlier_run_is_shown_but_not_over_one_that_trains(
    conductor: Conductor, worker: PlayedConnection, settle: Settle, project: Project
) -> None:
    train(conductor, worker, settle)
    worker.say(progress(10))
    worker.say(finished(project, 0.8))
    settle()
    score_all(worker, settle)
    train(conductor, worker, settle, 2)
    conductor.board.show_run(1)
    settle()
    assert conductor.board.curves.run_id == 2
    worker.say(Cancelled(job=2, run_id=2))
    settle()
    conductor.board.show_run(1)
    settle()
    assert conductor.board.curves.run_id == 1
    assert conductor.board.curves.finished is not None


def test_a_read_only_project_is_not_trained(
    session: Session,
    worker: PlayedConnection,
    preferences: Preferences,
    settle: Settle,
    project: Project,
) -> None:
    reading = Session(Project.open(folder=project.folder, read_only=True))
    conductor = Conductor(reading, worker, preferences)
    try:
        conductor.start()
        wait_for(reading, conductor.board, Phase.IDLE)
        conductor.retrain()
        wait_for(reading, conductor.board, Phase.IDLE)
        assert conductor.board.state.message is not None
        assert "read-only" in conductor.board.state.message.text
        assert worker.requests == []
    finally:
        reading.close()
    assert runs.runs(project=project) == []
    assert scores.unread_ids(project=project) == [7, 8, 9]
    assert session.project is project
    settle()
