from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.operations import searching, training
from core.schema.errors import KnownError
from core.schema.labels import Label, LabelScheme
from core.schema.learning import Recipe
from core.schema.search import (
    Comparison,
    Pruner,
    SearchEnd,
    SearchOutcome,
    SearchPlan,
    SearchRecord,
    Trial,
    TrialRole,
    TrialStatus,
)
from core.search.record import read_record, write_record
from core.search.space import values_of
from core.store import audit, recipes
from core.store.project import Project
from core.worker.messages import SearchFinished
from tests.core.worker.tiny import make_project

BETTER = Recipe(learning_rate=1e-4, epochs=9)
WON = SearchOutcome(SearchEnd.ACCEPTED, BETTER, Comparison(0.8, 0.85, 0.01, 0.02))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project with done records in all splits."""
    with make_project(tmp_path / "tiny.chartmark") as made:
        yield made


def finished(number: int, outcome: SearchOutcome) -> SearchFinished:
    return SearchFinished(
        job=searching.SEARCH_JOB, number=number, outcome=outcome, trials=9, seconds=60.0
    )


def test_a_search_begins_on_what_is_labelled_now(project: Project) -> None:
    recipes.set_recipe(project=project, recipe=BETTER)
    request = searching.begin_search(
        project=project, seconds=60, draws=3, pruner=Pruner.HALVING, seed=4, device="cpu"
    )
    assert (request.job, request.number, request.seconds, request.draws) == (-2, 1, 60, 3)
    assert Path(request.folder) == project.folder / "searches" / "1"
    assert request.plan == SearchPlan(
        snapshot_event=audit.last_event(project=project),
        recipe=replace(BETTER, seed=4),
        device="cpu",
        pruner=Pruner.HALVING,
    )
    assert searching.searches(project=project) == [SearchRecord(1, request.plan)]
    assert searching.begin_search(project=project, seconds=60).number == 2


def test_too_few_records_are_told_before_anything_is_made(tmp_path: Path) -> None:
    scheme = LabelScheme((Label("drug"),))
    with (
        Project.create(folder=tmp_path / "empty.chartmark", scheme=scheme) as project,
        pytest.raises(KnownError, match="Only 0 records"),
    ):
        searching.begin_search(project=project, seconds=60)
    assert not (tmp_path / "empty.chartmark" / "searches").exists()


def test_a_recipe_that_won_is_what_the_next_training_takes(project: Project) -> None:
    searching.begin_search(project=project, seconds=60)
    changes = searching.book_search(project=project, event=finished(1, WON))
    assert changes is not None
    assert changes.models
    assert recipes.default_recipe(project=project) == BETTER
    assert audit.events(project=project)[-1].payload["source"] == "search 1"
    (record,) = searching.searches(project=project)
    assert record.outcome == WON
    run, request = training.begin_retrain(project=project)
    assert run.recipe == request.recipe == BETTER
    chosen = Recipe(epochs=2)
    assert training.begin_retrain(project=project, recipe=chosen)[0].recipe == chosen


@pytest.mark.parametrize("end", [SearchEnd.NOT_BETTER, SearchEnd.NO_CANDIDATE, SearchEnd.STOPPED])
def test_any_other_end_leaves_the_recipe_as_it_is(project: Project, end: SearchEnd) -> None:
    searching.begin_search(project=project, seconds=60)
    before = audit.last_event(project=project)
    assert searching.book_search(project=project, event=finished(1, SearchOutcome(end))) is None
    assert audit.last_event(project=project) == before
    records = searching.searches(project=project)
    assert (searching.resumable(records) is None) is (end is SearchEnd.NOT_BETTER)


def test_a_search_that_was_cut_off_goes_on_with_its_own_plan(project: Project) -> None:
    with pytest.raises(KnownError, match="no search"):
        searching.begin_resumed_search(project=project, seconds=60)
    begun = searching.begin_search(project=project, seconds=60, seed=4)
    resumed = searching.begin_resumed_search(project=project, seconds=90, draws=5)
    assert (resumed.number, resumed.plan, resumed.folder) == (1, begun.plan, begun.folder)
    assert (resumed.seconds, resumed.draws) == (90, 5)
    recipes.set_recipe(project=project, recipe=BETTER)
    with pytest.raises(KnownError, match="recipe has changed"):
        searching.begin_resumed_search(project=project, seconds=60)


def test_a_record_comes_back_as_it_was_written(tmp_path: Path) -> None:
    trial = Trial(
        number=3,
        role=TrialRole.CONFIRM,
        status=TrialStatus.FINISHED,
        seed=13,
        values=values_of(BETTER),
        f1=0.8,
        seconds=2.5,
        support=40,
        scores={5: 0.4, 10: 0.8},
    )
    record = SearchRecord(2, SearchPlan(7, BETTER), (trial,), WON)
    write_record(tmp_path, record)
    assert read_record(tmp_path) == record
    (tmp_path / "search.json").write_text("{", encoding="utf-8")
    assert read_record(tmp_path) is None
