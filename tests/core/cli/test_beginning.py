"""Which training a command begins; none of them is run here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.cli.beginning import Kind, begin_training
from core.cli.course import Course
from core.cli.output import Output
from core.operations import training
from core.schema.documents import ReviewStatus
from core.schema.errors import KnownError
from core.schema.learning import Run
from core.store import edits, runs
from core.store.project import Project
from core.worker.messages import Failed, Train, TrainRecorded, TrainStarted
from tests.core.cli.conftest import Chartmark
from tests.core.operations.test_repeating import RECORD
from tests.core.operations.test_training import finished
from tests.core.worker.tiny import make_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project that was trained once, in which record 1 was touched since."""
    with make_project(tmp_path / "tiny.chartmark") as made:
        run, _ = begin(made, seed=9, epochs=3)
        booked = training.book(project=made, event=finished(run.id, made, 0.5, None))
        assert booked.model is not None
        training.model_folder(project=made, model=booked.model).mkdir(parents=True)
        for status in (ReviewStatus.TODO, ReviewStatus.DONE):
            edits.set_review(project=made, document_id=1, status=status)
        yield made


def begin(
    project: Project,
    kind: Kind | None = None,
    *,
    repeat: int | None = None,
    seed: int | None = None,
    epochs: int | None = None,
    rounds: int | None = None,
    backbone: str = "",
    teacher: str = "",
) -> tuple[Run, Train]:
    return begin_training(
        project=project,
        kind=kind,
        repeat=repeat,
        seed=seed,
        epochs=epochs,
        rounds=rounds,
        backbone=backbone,
        device="cpu",
        allow_network=False,
        teacher=teacher,
    )


def test_a_full_training_takes_seed_and_passes(project: Project) -> None:
    run, request = begin(project, seed=7)
    assert (run.recipe.seed, run.start_model_id, request.start_model) == (7, 0, "")
    assert runs.runs(project=project)[0].recipe.epochs == 3
    assert run.recipe.rounds == 2
    thorough, request = begin(project, rounds=3)
    assert thorough.recipe.rounds == request.recipe.rounds == 3


def test_a_quick_update_continues_the_model(project: Project) -> None:
    run, request = begin(project, Kind.QUICK)
    assert (run.start_model_id, request.new_documents) == (1, (1,))
    assert (run.recipe.seed, request.device) == (9, "cpu")


def test_the_last_run_that_broke_off_is_resumed(project: Project) -> None:
    with pytest.raises(KnownError, match="no interrupted run"):
        begin(project, Kind.RESUME)
    run, _ = begin(project, Kind.QUICK)
    training.book_exit(project=project, run_id=run.id, message="It crashed.")
    again, request = begin(project, Kind.RESUME)
    assert again.id == run.id
    assert request.resume


def test_a_failed_run_is_resumed_where_it_left_a_checkpoint(project: Project) -> None:
    run, _ = begin(project, seed=7)
    failed = Failed(known=True, message="The disk is full.", run_id=run.id)
    training.book(project=project, event=failed)
    with pytest.raises(KnownError, match="no interrupted run"):
        begin(project, Kind.RESUME)
    (project.folder / run.folder / "checkpoint-25").mkdir(parents=True)
    again, request = begin(project, Kind.RESUME)
    assert again.id == run.id
    assert request.resume


def test_a_run_is_repeated_on_its_own(project: Project) -> None:
    training.book(project=project, event=TrainRecorded(run_id=1, record=RECORD))
    run, request = begin(project, repeat=1)
    assert run.snapshot_event == runs.runs(project=project)[0].snapshot_event
    assert request.repeats == RECORD
    with pytest.raises(KnownError, match="goes with neither"):
        begin(project, Kind.QUICK, repeat=1)
    with pytest.raises(KnownError, match="for a full training"):
        begin(project, repeat=1, epochs=2)
    with pytest.raises(KnownError, match="for a full training"):
        begin(project, Kind.QUICK, rounds=2)


def test_a_full_training_learns_from_a_bigger_model(project: Project) -> None:
    run, request = begin(project, teacher="v1")
    assert (run.teacher_model_id, run.start_model_id) == (1, 0)
    assert request.teacher_model == str(project.folder / "models" / "run-1")
    training.book_exit(project=project, run_id=run.id, message="It crashed.")
    _, resumed = begin(project, Kind.RESUME)
    assert resumed.teacher_model == request.teacher_model
    training.book(project=project, event=TrainRecorded(run_id=run.id, record=RECORD))
    again, repeated = begin(project, repeat=run.id)
    assert again.teacher_model_id == 1
    assert repeated.teacher_model == request.teacher_model
    with pytest.raises(KnownError, match="no model v9"):
        begin(project, teacher="v9")
    with pytest.raises(KnownError, match="for a full training"):
        begin(project, Kind.QUICK, teacher="v1")


def test_a_teacher_that_is_gone_is_told(project: Project) -> None:
    (project.folder / "models" / "run-1").rmdir()
    with pytest.raises(KnownError, match="v1 is gone"):
        begin(project, teacher="v1")


@pytest.mark.parametrize("kind", list(Kind))
def test_what_is_continued_has_its_own_settings(project: Project, kind: Kind) -> None:
    with pytest.raises(KnownError, match="for a full training"):
        begin(project, kind, seed=7)
    with pytest.raises(KnownError, match="for a full training"):
        begin(project, kind, backbone="bert")


def test_a_command_without_a_model_says_what_to_do(chartmark: Chartmark, folder: Path) -> None:
    make_project(folder).close()
    answer = chartmark("train", folder, "--quick", "--json")
    assert answer.code == 1
    assert answer.json == {"error": "There is no model to update yet.", "remedy": "Retrain first."}


@pytest.mark.parametrize(
    ("rounds", "beside", "told"),
    [(1, 1, "dev."), (3, 1, "dev. Rounds: 3."), (1, 2, "dev. Rounds: 2, 2 at a time.")],
)
def test_the_rounds_of_a_training_are_told(
    project: Project, capsys: pytest.CaptureFixture[str], rounds: int, beside: int, told: str
) -> None:
    run, _ = begin(project, rounds=rounds)
    course = Course(project, run, Output(json=False), lambda *_: None)
    course.take(
        TrainStarted(
            run_id=run.id,
            device="CPU",
            precision="fp32",
            train_documents=40,
            dev_documents=9,
            train_spans=120,
            total_steps=300,
            rounds=rounds,
            beside=beside,
        )
    )
    printed = capsys.readouterr()
    assert (printed.out + printed.err).splitlines() == [
        f"Training on CPU (fp32): 40 records with 120 spans, 9 held back for {told}"
    ]
