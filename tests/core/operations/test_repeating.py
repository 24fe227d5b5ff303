from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.operations import training
from core.operations.quick_update import begin_quick_update
from core.operations.repeating import begin_repeat, run_record
from core.schema.documents import ReviewStatus
from core.schema.errors import KnownError
from core.schema.learning import Precision, Recipe, Run
from core.schema.run_record import RunRecord
from core.store import edits, runs
from core.store.project import Project
from core.worker.messages import TrainRecorded
from tests.core.operations.test_training import finished
from tests.core.worker.tiny import make_project

RECORD = RunRecord(
    device="cpu",
    processor="A processor",
    precision=Precision.BF16,
    threads=2,
    began_from="model",
    weights_sha256="ab" * 32,
    schedule={"micro_batch_size": 4, "accumulation": 2},
    versions={"torch": "2.0"},
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project that was trained once, with a record of it."""
    with make_project(tmp_path / "tiny.chartmark") as made:
        run, _ = training.begin_retrain(project=made, recipe=Recipe(seed=9), backbone="bert")
        end(made, run)
        yield made


def end(project: Project, run: Run) -> None:
    training.book(project=project, event=TrainRecorded(run_id=run.id, record=RECORD))
    booked = training.book(project=project, event=finished(run.id, project, 0.5, None))
    assert booked.model is not None
    training.model_folder(project=project, model=booked.model).mkdir(parents=True)


def touch(project: Project, key: int) -> None:
    for status in (ReviewStatus.TODO, ReviewStatus.DONE):
        edits.set_review(project=project, document_id=key, status=status)


def test_a_run_is_repeated_as_it_was(project: Project) -> None:
    assert run_record(project=project, run_id=1) == RECORD
    touch(project, 1)
    run, request = begin_repeat(project=project, run_id=1)
    first = runs.run(project=project, run_id=1)
    assert run.id == 2
    assert run.snapshot_event == request.snapshot_event == first.snapshot_event
    assert run.recipe == replace(Recipe(seed=9), precision=Precision.BF16, micro_batch_size=4)
    assert (request.backbone, request.device, request.repeats) == ("bert", "cpu", RECORD)
    assert request.start_model == ""


def test_a_quick_update_is_repeated_from_the_model_that_it_continued(project: Project) -> None:
    touch(project, 1)
    touch(project, 2)
    update, request = begin_quick_update(project=project)
    end(project, update)
    touch(project, 3)
    run, again = begin_repeat(project=project, run_id=update.id, device="cuda")
    assert run.start_model_id == update.start_model_id == 1
    assert (again.start_model, again.new_documents) == (
        request.start_model,
        request.new_documents,
    )
    assert again.device == "cuda"


def test_what_cannot_be_repeated_is_told(project: Project) -> None:
    with pytest.raises(KnownError, match="no training 7"):
        begin_repeat(project=project, run_id=7)
    touch(project, 1)
    update, _ = begin_quick_update(project=project)
    with pytest.raises(KnownError, match=f"Training {update.id} kept no record"):
        begin_repeat(project=project, run_id=update.id)
    end(project, update)
    (project.folder / "models" / "run-1").rmdir()
    with pytest.raises(KnownError, match=f"v1, which training {update.id} continued, is gone"):
        begin_repeat(project=project, run_id=update.id)
    assert len(runs.runs(project=project)) == 2
