"""A search for a recipe in the window, with a worker that is played."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.design.theme import Theme
from app.design.tokens import DARK, HIGH_CONTRAST, LIGHT, Ground, Scheme
from app.preferences import Preferences
from app.session import Session
from app.settings import SEED
from app.training.panel import Panel
from app.training.parallel_chart import Axis, ParallelChart, axes_of
from app.training.search_page import SearchPage
from app.training.search_words import SearchWords, value_text
from app.training.state import Action, Phase, Tone
from app.training.trials_model import TrialsModel
from core.operations.searching import SEARCH_JOB
from core.schema.learning import Recipe
from core.schema.search import (
    Comparison,
    SearchEnd,
    SearchOutcome,
    SearchPlan,
    SearchRecord,
    Trial,
    TrialRole,
    TrialStatus,
)
from core.search.record import read_record, write_record
from core.search.space import SPACE, values_of
from core.store import recipes
from core.store.project import Project
from core.worker.messages import (
    Cancelled,
    ExportModel,
    Failed,
    SearchFinished,
    SearchProgress,
    SearchRecipe,
    StopKeepBest,
    Train,
    TrialFinished,
)
from tests.app.training.conftest import PlayedConnection

Settle = Callable[[], None]

BETTER = Recipe(learning_rate=1e-4, epochs=9)
COMPARED = Comparison(0.815, 0.847, 0.006, 0.0104)
WON = SearchOutcome(SearchEnd.ACCEPTED, BETTER, COMPARED)


def trial(
    number: int,
    f1: float | None,
    role: TrialRole = TrialRole.EXPLORE,
    status: TrialStatus = TrialStatus.FINISHED,
) -> Trial:
    values = values_of(Recipe()) | {"learning_rate": 1e-4 * (1 + number)}
    return Trial(number, role, status, 13 + number, values, f1, 61.0, 500)


TRIALS = (
    *(trial(number, 0.80 + number / 100, TrialRole.BASELINE) for number in range(3)),
    trial(3, 0.85),
    trial(4, 0.40, status=TrialStatus.PRUNED),
    replace(trial(5, None, status=TrialStatus.FAILED), message="There is not enough memory."),
)


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, Scheme.LIGHT)


@pytest.fixture
def panel(
    qtbot: QtBot,
    theme: Theme,
    session: Session,
    worker: PlayedConnection,
    preferences: Preferences,
    settle: Settle,
) -> Iterator[Panel]:
    made = Panel(session, theme, preferences, connection=worker)
    qtbot.addWidget(made.widget())
    made.widget().resize(1600, 500)
    made.widget().show()
    worker.get_ready()
    settle()
    made.search_recipe()
    yield made
    made.shut_down()
    theme.set_scheme(Scheme.LIGHT)


@pytest.fixture
def page(panel: Panel) -> SearchPage:
    assert panel.details is not None
    assert panel.details.search.isVisible()
    return panel.details.search


def click(button: QPushButton) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def searches(worker: PlayedConnection) -> list[SearchRecipe]:
    """The searches that the worker was asked for."""
    return [request for request in worker.requests if isinstance(request, SearchRecipe)]


def begin(page: SearchPage, worker: PlayedConnection, settle: Settle) -> SearchRecipe:
    click(page.start)
    settle()
    request = worker.requests[-1]
    assert isinstance(request, SearchRecipe)
    return request


def end(worker: PlayedConnection, outcome: SearchOutcome, settle: Settle) -> None:
    worker.say(SearchFinished(job=SEARCH_JOB, number=1, outcome=outcome, trials=6, seconds=400.0))
    settle()


def say(worker: PlayedConnection, request: SearchRecipe, ended: Trial) -> None:
    """Keep a trial in the record as the worker does, then tell of it."""
    record = read_record(Path(request.folder))
    assert record is not None
    write_record(Path(request.folder), replace(record, trials=(*record.trials, ended)))
    worker.say(TrialFinished(job=SEARCH_JOB, number=request.number, trial=ended))


def test_a_search_from_the_click_to_the_next_training(
    panel: Panel,
    page: SearchPage,
    worker: PlayedConnection,
    settle: Settle,
    project: Project,
    preferences: Preferences,
) -> None:
    preferences.set(SEED, 21)
    page.minutes.setValue(45)
    assert page.recipe.text() == "Next training: the built-in recipe"
    request = begin(page, worker, settle)
    assert (request.seconds, request.draws) == (45 * 60, 0)
    assert request.plan.recipe == Recipe(seed=21)
    assert not page.start.isVisible()
    worker.say(
        SearchProgress(
            job=SEARCH_JOB,
            number=1,
            trial=3,
            role=TrialRole.EXPLORE,
            step=40,
            total_steps=200,
            f1=0.71,
            seconds_left=600,
            device="CPU (2 threads)",
        )
    )
    for ended in TRIALS:
        say(worker, request, ended)
    settle()
    strip = panel.strip
    assert strip.headline.text() == "Searching for a recipe, trial 4…"
    assert (strip.bar.value(), strip.bar.maximum()) == (40, 200)
    assert (strip.f1.value, strip.best.value, strip.left.value) == ("0.71", "0.85", "10 min left")
    assert page.standing.text() == "6 trials so far, the best with F1 0.850."
    model = page.table.trials
    assert [model.text(row, TrialsModel.F1) for row in range(6)] == [
        "",
        "0.400",
        "0.850",
        "0.820",
        "0.810",
        "0.800",
    ]
    assert model.is_best(2)
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == "There is not enough memory."
    end(worker, WON, settle)
    assert strip.headline.text() == (
        "A better recipe is now the default: F1 0.847 on dev on average, was 0.815; chance "
        "explains 0.010 at most. Retrain to use it."
    )
    assert page.standing.property("role") == Tone.GOOD
    assert page.recipe.text() == "Next training: this project's own recipe"
    assert "Epochs: 9" in page.recipe.toolTip()
    assert recipes.own_recipe(project=project) == BETTER
    assert not page.resume.isVisible()
    panel.retrain()
    settle()
    train = worker.requests[-1]
    assert isinstance(train, Train)
    assert train.recipe == replace(BETTER, seed=21)


def test_the_built_in_recipe_comes_back(
    page: SearchPage, worker: PlayedConnection, settle: Settle, project: Project
) -> None:
    begin(page, worker, settle)
    end(worker, WON, settle)
    click(page.built_in)
    settle()
    assert recipes.own_recipe(project=project) is None
    assert not page.built_in.isVisible()
    assert page.recipe.text() == "Next training: the built-in recipe"


def test_a_search_is_stopped_and_gone_on_with(
    panel: Panel, page: SearchPage, worker: PlayedConnection, settle: Settle
) -> None:
    begun = begin(page, worker, settle)
    click(page.stop)
    assert worker.requests[-1] == StopKeepBest(job=SEARCH_JOB)
    assert panel.strip.headline.text() == "The search stops after this trial…"
    assert not page.stop.isEnabled()
    end(worker, SearchOutcome(SearchEnd.STOPPED), settle)
    assert panel.board.state.phase is Phase.IDLE
    assert page.standing.text().startswith("The search was stopped after")
    page.minutes.setValue(10)
    click(page.resume)
    settle()
    request = worker.requests[-1]
    assert isinstance(request, SearchRecipe)
    assert (request.number, request.plan, request.seconds) == (1, begun.plan, 600)


def test_a_search_is_cancelled_and_can_be_gone_on_with(
    panel: Panel, page: SearchPage, worker: PlayedConnection, settle: Settle
) -> None:
    begin(page, worker, settle)
    assert {a for a, b in panel.strip.buttons.items() if b.isVisible()} == {
        Action.STOP_SEARCH,
        Action.CANCEL,
    }
    click(page.cancel)
    assert worker.cancelled == [SEARCH_JOB]
    worker.say(Cancelled(job=SEARCH_JOB))
    settle()
    assert panel.strip.headline.text() == "The search was cancelled; it can be gone on with."
    assert page.resume.isVisible()


def test_a_search_cancelled_before_it_is_sent_is_not_sent(
    panel: Panel, page: SearchPage, worker: PlayedConnection, settle: Settle
) -> None:
    click(page.start)
    panel.conductor.cancel()
    settle()
    assert searches(worker) == []
    assert panel.board.state.phase is Phase.IDLE


def test_one_job_at_a_time(
    panel: Panel, page: SearchPage, worker: PlayedConnection, settle: Settle, tmp_path: Path
) -> None:
    begin(page, worker, settle)
    panel.retrain()
    assert "A search for a recipe is going on." in panel.strip.aside.text()
    panel.export_model(tmp_path / "out")
    settle()
    assert len(searches(worker)) == 1
    assert not any(isinstance(request, Train | ExportModel) for request in worker.requests)
    end(worker, SearchOutcome(SearchEnd.NO_CANDIDATE), settle)
    panel.retrain()
    settle()
    assert isinstance(worker.requests[-1], Train)
    assert not page.start.isEnabled()


@pytest.mark.parametrize("dies", [True, False])
def test_a_search_that_breaks_off_can_be_gone_on_with(
    panel: Panel, page: SearchPage, worker: PlayedConnection, settle: Settle, dies: bool
) -> None:
    begin(page, worker, settle)
    if dies:
        worker.die("The worker crashed.")
    else:
        worker.say(Failed(job=SEARCH_JOB, known=True, message="The worker crashed."))
    settle()
    assert panel.strip.headline.text().startswith("The worker crashed.")
    assert page.standing.text().startswith("The search was cut off after 0 trials")
    click(page.resume)
    settle()
    assert len(searches(worker)) == 2


@pytest.mark.parametrize("ground", [LIGHT, DARK], ids=["light", "dark"])
def test_the_charts_show_every_trial(qtbot: QtBot, ground: Ground) -> None:
    page = SearchPage(ground)
    qtbot.addWidget(page)
    page.resize(1600, 300)
    shown = replace(page._library, search=SearchRecord(1, SearchPlan(1, Recipe()), TRIALS, None))
    page.show()
    before = page.grab().toImage()
    page.show_library(shown)
    assert page.grab().toImage() != before
    marks = page.history.marks.data
    assert [mark["symbol"] for mark in marks] == ["s", "s", "s", "o", "o"]
    assert list(page.history.best.getData()[1])[-1] == 0.85
    # The trial that was given up stands at the foot instead of stretching the axis.
    assert page.history.marks.getData()[1][-1] > 0.7
    page.history.chart.hovered.emit(4.2)
    assert page.history.read_out.text() == "trial 4 · F1 0.850 · Finished"
    first = page.parallel.grab().toImage()
    page.table.selectRow(5)
    assert page.parallel.grab().toImage() != first
    chosen = page.parallel.grab().toImage()
    page.tint(HIGH_CONTRAST)
    assert page.parallel.grab().toImage() != chosen
    assert page.history.chart.view.backgroundBrush().color().name().upper() == HIGH_CONTRAST.canvas


def test_axes_hold_all_values_and_f1_is_spread_by_what_came_to_its_end() -> None:
    outside = replace(trial(0, 0.8), values=values_of(Recipe(learning_rate=0.01, epochs=40)))
    axes = {axis.name: axis for axis in axes_of((outside, *TRIALS))}
    assert list(axes) == [*(row.name for row in SPACE), "f1"]
    assert axes["learning_rate"].share(0.01) == 1.0
    assert axes["epochs"].high == 40
    assert (axes["f1"].low, axes["f1"].high) == (0.80, 0.85)
    assert axes["f1"].share(0.4) == 0.0


@pytest.mark.parametrize(
    ("axis", "value", "share"),
    [
        (Axis("a", 0.0, 2.0), 0.5, 0.25),
        (Axis("a", 1e-4, 1e-2, log=True), 1e-3, 0.5),
        (Axis("a", 0.0, 1.0), 7.0, 1.0),
        (Axis("a", 1.0, 1.0), 1.0, 0.5),
    ],
)
def test_where_a_value_stands(axis: Axis, value: float, share: float) -> None:
    assert axis.share(value) == pytest.approx(share)


def test_a_repaint_draws_the_lines_only_anew_when_they_changed(qtbot: QtBot) -> None:
    chart = ParallelChart(LIGHT)
    qtbot.addWidget(chart)
    chart.resize(1600, 300)
    chart.show_trials(TRIALS)
    chart.grab()
    drawn = chart._drawn.cacheKey()
    chart.choose(TRIALS[0])
    chart.grab()
    assert chart._drawn.cacheKey() == drawn
    chart.show_trials(TRIALS[:3])
    chart.grab()
    assert chart._drawn.cacheKey() != drawn


def test_a_trial_that_came_is_one_row_more(qtbot: QtBot) -> None:
    del qtbot
    model = TrialsModel(LIGHT)
    inserted: list[int] = []
    model.rowsInserted.connect(lambda _parent, first, _last: inserted.append(first))
    for count in range(1, len(TRIALS) + 1):
        model.set_trials(TRIALS[:count])
    assert inserted == [0] * len(TRIALS)
    assert [model.text(row, 0) for row in range(model.rowCount())] == list("654321")
    assert model.ink(0) == LIGHT.danger
    assert model.ink(1) == LIGHT.quiet
    model.set_trials(())
    assert model.rowCount() == 0


def test_every_hyperparameter_has_a_name_and_a_value(qtbot: QtBot) -> None:
    del qtbot
    lines = SearchWords().values(Recipe()).splitlines()
    assert len(lines) == len(SPACE)
    assert "Learning rate: 3.0e−4" in lines
    assert value_text("warmup_ratio", 0.123) == "0.12"
    assert value_text("batch_size", 16.0) == "16"


@pytest.mark.parametrize("end_", list(SearchEnd))
def test_every_end_is_put_into_words(qtbot: QtBot, end_: SearchEnd) -> None:
    del qtbot
    message = SearchWords().message(replace(WON, end=end_), 12)
    assert "{" not in message.text
    assert ("default" in message.text) is (end_ is SearchEnd.ACCEPTED)
