from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.operations import training
from core.operations.quick_update import begin_quick_update, outlook, quick_recipe
from core.operations.training import Booked
from core.schema.documents import ReviewStatus, Split
from core.schema.errors import KnownError
from core.schema.labels import Label
from core.schema.learning import ModelVersion, Recipe, Run, RunStatus
from core.store import documents, edits, labels, runs
from core.store.project import Project
from core.training.schedule import make_schedule
from core.worker.messages import Train, TrainProgress, TrainStarted
from tests.core.operations.test_training import finished
from tests.core.worker.tiny import make_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project with 32 records to train on, and ten unread ones (keys 53 to 62)."""
    with make_project(tmp_path / "tiny.chartmark") as made:
        yield made


def end(project: Project, run: Run, f1: float, current: float | None = None) -> Booked:
    """Book what a worker would say of a run, and make the model's folder."""
    begun = TrainStarted(
        run_id=run.id,
        device="CPU",
        precision="fp32",
        train_documents=32,
        dev_documents=12,
        train_spans=64,
        total_steps=20,
    )
    training.book(project=project, event=begun)
    booked = training.book(project=project, event=finished(run.id, project, f1, current))
    assert booked.model is not None
    training.model_folder(project=project, model=booked.model).mkdir(parents=True)
    return booked


def retrain(project: Project, f1: float = 0.5) -> ModelVersion:
    run, _ = training.begin_retrain(project=project, recipe=Recipe(seed=9, learning_rate=3e-4))
    model = end(project, run, f1).model
    assert model is not None
    return model


def finish(project: Project, *keys: int) -> None:
    for key in keys:
        edits.set_review(project=project, document_id=key, status=ReviewStatus.DONE)


def update(project: Project, key: int, f1: float = 0.6, current: float = 0.5) -> Booked:
    """Make a quick update after another record to train on was done or touched."""
    touch(project, key)
    run, _ = begin_quick_update(project=project)
    return end(project, run, f1, current)


def touch(project: Project, key: int) -> None:
    """Open a record again and finish it."""
    edits.set_review(project=project, document_id=key, status=ReviewStatus.TODO)
    finish(project, key)


def test_a_quick_update_continues_the_current_model_on_what_is_new(project: Project) -> None:
    model = retrain(project)
    assert outlook(project=project).new_records == 0
    touch(project, 1)
    touch(project, 5)
    assert outlook(project=project).new_records == 2
    assert outlook(project=project).worthwhile
    run, request = begin_quick_update(project=project, device="cpu")
    assert run.start_model_id == model.id
    assert isinstance(request, Train)
    folder = str(project.folder / model.folder)
    assert request.start_model == request.current_model == folder
    assert set(request.new_documents) == {1, 5}
    assert (request.device, request.resume) == ("cpu", False)
    assert request.recipe == quick_recipe(Recipe(seed=9, learning_rate=3e-4))


def test_records_done_since_get_a_split_first(project: Project) -> None:
    retrain(project)
    finish(project, *range(53, 63))
    _, request = begin_quick_update(project=project)
    splits = documents.done_splits(project=project)
    assert set(request.new_documents) == set(range(53, 63))
    assert all(splits[key] is not None for key in range(53, 63))
    assert Split.TRAIN in {splits[key] for key in range(53, 63)}


def test_an_interrupted_quick_update_goes_on_with_the_same_records(project: Project) -> None:
    retrain(project)
    touch(project, 1)
    run, request = begin_quick_update(project=project)
    training.book_exit(project=project, run_id=run.id, message="It crashed.")
    touch(project, 2)
    again, resumed = training.begin_resume(project=project, run_id=run.id)
    assert again.start_model_id == run.start_model_id
    assert (resumed.start_model, resumed.new_documents) == (
        request.start_model,
        request.new_documents,
    )


def test_the_second_update_learns_from_where_the_first_ended(project: Project) -> None:
    retrain(project)
    update(project, 1)
    touch(project, 2)
    _, request = begin_quick_update(project=project)
    assert request.new_documents == (2,)
    assert request.start_model == str(project.folder / "models" / "run-2")


def test_the_recipe_of_an_update_is_that_of_the_full_training_and_no_other(
    project: Project,
) -> None:
    retrain(project)
    for key in (1, 2, 3):
        update(project, key)
    full, *quick = runs.runs(project=project)
    assert [run.recipe for run in quick] == [quick_recipe(full.recipe)] * 3


def test_an_update_is_short_and_careful() -> None:
    recipe = quick_recipe(Recipe(learning_rate=3e-4, seed=9, max_length=128, rounds=3))
    assert recipe.rounds == 1
    assert recipe.learning_rate == pytest.approx(2e-4)
    assert (recipe.seed, recipe.max_length) == (9, 128)
    many, few = (make_schedule(recipe, [100] * windows, most_at_once=16) for windows in (2000, 60))
    assert many.epochs == 1
    assert few.epochs == 2
    assert few.total_updates <= recipe.most_updates


@pytest.mark.parametrize(
    ("seconds", "updates"),
    [(0.0, 40), (0.02, 120), (0.16, 100), (0.2, 80), (0.39, 41), (3.0, 40)],
)
def test_an_update_learns_as_much_as_half_a_minute_allows(seconds: float, updates: int) -> None:
    assert quick_recipe(Recipe(), seconds).most_updates == updates


@pytest.mark.parametrize(("beside", "updates"), [(1, 64), (2, 85)])
def test_how_fast_the_full_training_was_decides(
    project: Project, beside: int, updates: int
) -> None:
    run, _ = training.begin_retrain(project=project)
    started = TrainStarted(
        run_id=run.id,
        device="cpu",
        precision="fp32",
        train_documents=9,
        dev_documents=3,
        train_spans=20,
        total_steps=20,
        beside=beside,
    )
    training.book(project=project, event=started)
    for step, seconds in ((5, 1.5), (10, 1.0), (20, 2.5)):
        progress = TrainProgress(
            run_id=run.id,
            step=step,
            total_steps=20,
            epoch=step / 10,
            loss=0.5,
            learning_rate=1e-4,
            tokens_per_second=900.0,
            seconds=seconds,
            seconds_left=1.0,
        )
        training.book(project=project, event=progress)
    end(project, run, 0.5)
    touch(project, 1)
    _, request = begin_quick_update(project=project)
    assert request.recipe.most_updates == updates


def test_what_hinders_an_update_is_told(project: Project) -> None:
    with pytest.raises(KnownError, match="no model to update"):
        begin_quick_update(project=project)
    model = retrain(project)
    with pytest.raises(KnownError, match="done or corrected since v1"):
        begin_quick_update(project=project)
    touch(project, 1)
    shutil.rmtree(project.folder / model.folder)
    with pytest.raises(KnownError, match="v1 is gone"):
        begin_quick_update(project=project)
    (project.folder / model.folder).mkdir()
    labels.add_label(project=project, label=Label("procedure"))
    with pytest.raises(KnownError, match="labels have changed since v1"):
        begin_quick_update(project=project)
    assert len(runs.runs(project=project)) == 1
    now = outlook(project=project)
    assert not now.worthwhile
    assert now.retrain_due == ("The labels have changed since v1 was trained.",)


def test_nothing_is_due_while_there_is_no_model_and_after_a_full_training(
    project: Project,
) -> None:
    assert outlook(project=project).retrain_due == ()
    retrain(project)
    assert outlook(project=project).retrain_due == ()


def test_many_new_records_call_for_a_full_training(project: Project) -> None:
    for key in range(1, 17):
        edits.set_review(project=project, document_id=key, status=ReviewStatus.TODO)
    run, _ = training.begin_retrain(project=project)
    training.book(
        project=project,
        event=TrainStarted(
            run_id=run.id,
            device="CPU",
            precision="fp32",
            train_documents=16,
            dev_documents=12,
            train_spans=32,
            total_steps=20,
        ),
    )
    training.book(project=project, event=finished(run.id, project, 0.5, None))
    finish(project, *range(1, 8))
    assert outlook(project=project).retrain_due == ()
    finish(project, 8)
    assert outlook(project=project).retrain_due == (
        "8 records are new since the last full training, which learned from 16.",
    )


def test_several_updates_in_a_row_call_for_a_full_training(project: Project) -> None:
    retrain(project)
    for key in (1, 2):
        update(project, key)
    assert outlook(project=project).retrain_due == ()
    update(project, 3)
    assert outlook(project=project).retrain_due == (
        "3 quick updates were made since the last full training.",
    )
    retrain(project, 0.7)
    assert outlook(project=project).retrain_due == ()


def test_an_update_that_made_nothing_better_calls_for_a_full_training(project: Project) -> None:
    model = retrain(project)
    booked = update(project, 1, f1=0.4)
    assert not booked.promoted
    assert runs.current_model(project=project) == model
    assert outlook(project=project).retrain_due == (
        "The last quick update did not make the model better.",
    )
    assert runs.runs(project=project)[-1].status is RunStatus.FINISHED
