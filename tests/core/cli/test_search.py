from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest

from core.cli import search
from core.operations import searching
from core.schema.learning import Recipe
from core.schema.search import (
    Comparison,
    SearchEnd,
    SearchOutcome,
    Trial,
    TrialRole,
    TrialStatus,
)
from core.search.record import read_record, write_record
from core.search.space import values_of
from core.store import recipes
from core.store.project import Project
from core.worker.messages import (
    AnyEvent,
    Cancelled,
    Request,
    SearchFinished,
    SearchProgress,
    SearchRecipe,
    TrialFinished,
)
from tests.core.cli.conftest import Chartmark
from tests.core.worker.tiny import make_project

BETTER = Recipe(learning_rate=1e-4)
COMPARED = Comparison(0.80, 0.85, 0.01, 0.02)
TRIAL = Trial(
    number=0,
    role=TrialRole.BASELINE,
    status=TrialStatus.FINISHED,
    seed=13,
    values=values_of(Recipe()),
    f1=0.8,
    seconds=2.0,
    support=24,
)


class PlayedConversation:
    """Answers a search as a worker would, with an outcome that the test chooses."""

    outcome: SearchOutcome | None = SearchOutcome(SearchEnd.ACCEPTED, BETTER, COMPARED)
    asked: list[SearchRecipe]

    def __init__(self, project: Project) -> None:
        del project

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_ended: object) -> None:
        pass

    def ask(self, request: Request) -> Iterator[AnyEvent]:
        assert isinstance(request, SearchRecipe)
        self.asked.append(request)
        yield SearchProgress(job=-2, number=1, trial=0, role=TrialRole.BASELINE)
        folder = Path(request.folder)
        record = read_record(folder)
        assert record is not None
        write_record(folder, type(record)(record.number, record.plan, (TRIAL,)))
        yield TrialFinished(job=-2, number=1, trial=TRIAL)
        if self.outcome is None:
            yield Cancelled(job=-2)
        else:
            yield SearchFinished(
                job=-2, number=request.number, outcome=self.outcome, trials=1, seconds=3.0
            )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Folder of a project with done records."""
    folder = tmp_path / "tiny.chartmark"
    make_project(folder).close()
    return folder


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> type[PlayedConversation]:
    """A conversation without a worker."""
    kind = type("Playing", (PlayedConversation,), {"asked": []})
    monkeypatch.setattr(search, "Conversation", kind)
    return kind


def test_a_better_recipe_is_told_and_kept(
    chartmark: Chartmark, project: Path, played: type[PlayedConversation]
) -> None:
    answer = chartmark("search", project, "--minutes", "2.5", "--trials", 4, "--pruner", "halving")
    assert answer.code == 0, answer.err
    (request,) = played.asked
    assert (request.seconds, request.draws, request.plan.pruner) == (150, 4, "halving")
    assert "trial   1  F1 0.8000" in answer.out
    assert "now the project's default: F1 0.8500, was 0.8000" in answer.out
    with Project.open(folder=project, read_only=True) as opened:
        assert recipes.default_recipe(project=opened) == BETTER
    assert chartmark("search", project, "--reset").out == (
        "The built-in recipe is the default again.\n"
    )
    with Project.open(folder=project, read_only=True) as opened:
        assert recipes.own_recipe(project=opened) is None


def test_scripts_get_an_event_a_line_and_then_the_result(
    chartmark: Chartmark, project: Path, played: type[PlayedConversation]
) -> None:
    played.outcome = SearchOutcome(SearchEnd.NOT_BETTER, comparison=COMPARED)
    *events, last = chartmark("search", project, "--json").out.splitlines()
    assert [json.loads(line)["type"] for line in events] == [
        "search_progress",
        "trial_finished",
        "search_finished",
    ]
    told = json.loads(last)
    assert (told["search"], told["trials"]) == (1, 1)
    assert told["outcome"]["end"] == "not_better"
    assert told["outcome"]["comparison"]["margin"] == 0.02


def test_the_last_search_is_gone_on_with(
    chartmark: Chartmark, project: Path, played: type[PlayedConversation]
) -> None:
    none = chartmark("search", project, "--resume")
    assert (none.code, none.err) == (1, "There is no search to go on with. Begin a new one.\n")
    played.outcome = None
    cancelled = chartmark("search", project)
    assert (cancelled.code, cancelled.err) == (
        1,
        "The search was cancelled. Go on with it by --resume.\n",
    )
    played.outcome = SearchOutcome(SearchEnd.STOPPED)
    resumed = chartmark("search", project, "--resume", "--minutes", 1)
    assert resumed.code == 0
    assert [request.number for request in played.asked] == [1, 1]
    with Project.open(folder=project, read_only=True) as opened:
        assert searching.resumable(searching.searches(project=opened)) is not None


def test_the_time_must_be_some(chartmark: Chartmark, project: Path) -> None:
    assert chartmark("search", project, "--minutes", 0).code == 2
