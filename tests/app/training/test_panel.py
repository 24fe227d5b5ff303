"""The panel's widgets, driven as a user drives them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableWidget, QToolButton
from pytestqt.qtbot import QtBot

from app.design.theme import Theme
from app.design.tokens import Scheme
from app.preferences import Preferences
from app.session import Session
from app.training.details import Details
from app.training.panel import Panel
from app.training.report_model import ReportModel
from app.training.score_chart import MICRO, Measure
from app.training.state import Action, Phase, Tone
from core.operations.backbones import USUAL_MINUTES
from core.operations.training import LEAST_DONE
from core.schema.learning import RunStatus
from core.store import runs
from core.store.project import Project
from core.worker.messages import (
    AdaptBackbone,
    ModelExported,
    Pause,
    Preparing,
    Scored,
    Train,
    TrainNotice,
    TrainPaused,
)
from tests.app.training.conftest import PlayedConnection, evaluated, finished, progress, started

Settle = Callable[[], None]


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
    session.start()
    qtbot.addWidget(made.widget())
    made.widget().resize(1400, 500)
    made.widget().show()
    worker.get_ready()
    settle()
    yield made
    made.shut_down()
    theme.set_scheme(Scheme.LIGHT)


def press(panel: Panel, action: Action) -> None:
    button = panel.strip.buttons[action]
    assert button.isVisible()
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def shown(panel: Panel) -> set[Action]:
    return {action for action, button in panel.strip.buttons.items() if button.isVisible()}


def column(table: QTableWidget, number: int) -> list[str]:
    return [str(table.model().index(row, number).data()) for row in range(table.rowCount())]


def opened(panel: Panel) -> Details:
    panel.set_opened(True)
    assert panel.details is not None
    return panel.details


def train(panel: Panel, worker: PlayedConnection, settle: Settle) -> None:
    panel.retrain()
    settle()
    worker.say(started())
    for step in range(10, 60, 10):
        worker.say(progress(step, loss=1 / step))
        worker.say(evaluated(step, step / 100))
    settle()


def test_without_a_model_the_strip_says_what_to_do(panel: Panel) -> None:
    panel.board.set(replace(panel.board.state, records_done=LEAST_DONE - 1))
    assert "mark at least 4 records" in panel.strip.headline.text()
    panel.board.set(replace(panel.board.state, records_done=LEAST_DONE))
    assert "press Retrain" in panel.strip.headline.text()
    assert "mark" not in panel.strip.headline.text()
    assert shown(panel) == set()
    assert panel.strip.headline.accessibleName() == panel.strip.headline.text()
    panel.board.set(panel.board.state.begin(Phase.ADAPTING).end(None))
    assert "press Retrain" in panel.strip.headline.text()


def test_one_click_in_the_strip_adapts_the_backbone(
    panel: Panel, worker: PlayedConnection, settle: Settle
) -> None:
    panel.board.set(replace(panel.board.state, adaptable=True))
    assert shown(panel) == {Action.ADAPT}
    press(panel, Action.ADAPT)
    settle()
    request = worker.requests[-1]
    assert isinstance(request, AdaptBackbone)
    assert request.budget.seconds == 60 * USUAL_MINUTES
    assert shown(panel) == {Action.CANCEL}


@pytest.mark.parametrize(
    ("rounds", "beside", "resumed", "step", "now"),
    [
        (4, 1, 0, 1, "Round 1 of 4"),
        (4, 1, 0, 35, "Round 2 of 4"),
        (4, 1, 0, 99, "Round 4 of 4"),
        (4, 1, 40, None, "Round 2 of 4"),
        (4, 1, 70, 70, "Round 3 of 4"),
        (2, 2, 0, 1, "Rounds 1–2 of 4"),
        (2, 2, 0, 51, "Rounds 3–4 of 4"),
    ],
)
def test_the_strip_says_which_round_a_thorough_training_is_in(
    panel: Panel,
    worker: PlayedConnection,
    settle: Settle,
    rounds: int,
    beside: int,
    resumed: int,
    step: int | None,
    now: str,
) -> None:
    panel.retrain(thoroughly=True)
    settle()
    request = worker.requests[-1]
    assert isinstance(request, Train)
    assert request.recipe.rounds == 4
    begun = started(resumed_step=resumed)
    worker.say(msgspec.structs.replace(begun, rounds=rounds, beside=beside))
    if step is not None:
        worker.say(progress(step))
    settle()
    assert panel.strip.headline.text() == (f"{now}: learning from 42 records, checking on 9…")


@pytest.mark.parametrize(
    ("rounds", "beside", "said"),
    [
        (1, 1, "Learning from 42 records, checking on 9…"),
        (2, 1, "Putting 2 rounds together…"),
        (1, 2, "Putting 2 rounds together…"),
    ],
)
def test_the_strip_says_so_while_rounds_are_put_together(
    panel: Panel, worker: PlayedConnection, settle: Settle, rounds: int, beside: int, said: str
) -> None:
    panel.retrain(thoroughly=False)
    settle()
    worker.say(msgspec.structs.replace(started(), rounds=rounds, beside=beside))
    worker.say(progress(100))
    settle()
    assert panel.strip.headline.text() == said


def test_the_strip_shows_a_training(panel: Panel, worker: PlayedConnection, settle: Settle) -> None:
    train(panel, worker, settle)
    strip = panel.strip
    assert strip.headline.text() == "Learning from 42 records, checking on 9…"
    assert (strip.bar.value(), strip.bar.maximum()) == (50, 100)
    assert (strip.f1.value, strip.best.value, strip.loss.value) == ("0.50", "0.50", "0.020")
    assert (strip.left.value, strip.speed.value) == ("2 min left", "1,234 tokens/s")
    assert strip.device.value == "CPU (2 threads) · fp32"
    assert shown(panel) == {Action.PAUSE, Action.STOP_KEEP_BEST, Action.CANCEL}
    press(panel, Action.PAUSE)
    assert isinstance(worker.requests[-1], Pause)
    assert not strip.buttons[Action.PAUSE].isEnabled()
    worker.say(TrainPaused(job=1, run_id=1, paused=True))
    settle()
    assert strip.headline.text() == "Paused at step 50"
    assert strip.left.value == ""
    assert shown(panel) == {Action.GO_ON, Action.STOP_KEEP_BEST, Action.CANCEL}


@pytest.mark.parametrize("width", [480, 900, 1400])
def test_what_does_not_fit_is_left_out_and_buttons_never_are(
    panel: Panel, worker: PlayedConnection, settle: Settle, width: int
) -> None:
    train(panel, worker, settle)
    worker.say(TrainNotice(job=1, run_id=1, text="Memory ran out; going on with 8 at a time."))
    settle()
    panel.widget().resize(width, 60)
    QApplication.processEvents()
    assert panel.strip.width() == width
    for button in (*panel.strip.buttons.values(), panel.strip.chevron):
        if button.isVisible():
            assert button.geometry().right() < width
            assert button.width() >= button.minimumSizeHint().width()
    for reading in panel.strip.readings:
        assert not reading.isVisible() or reading.width() >= reading.sizeHint().width()
    assert panel.strip.f1.isVisible() is (width == 1400)


def test_scoring_promotion_and_export_in_words(
    panel: Panel,
    worker: PlayedConnection,
    settle: Settle,
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    train(panel, worker, settle)
    worker.say(finished(project, 0.8))
    worker.say(Scored(job=1, documents=(), done=1, total=3))
    settle()
    strip = panel.strip
    assert strip.headline.text() == "Scored 1 of 3 records"
    assert strip.aside.text() == "v1 is ready: F1 0.80 on dev."
    assert (strip.bar.value(), strip.bar.maximum()) == (1, 3)
    worker.say(Scored(job=1, documents=(), done=3, total=3))
    settle()
    assert strip.headline.text() == "v1 scored 3 unread records; the queue is ranked anew."
    panel.export_model(tmp_path / "out")
    settle()
    worker.say(Preparing(job=-1, step="Writing ONNX"))
    settle()
    assert strip.headline.text() == "Exporting: Writing ONNX…"
    out = str(tmp_path / "out")
    worker.say(ModelExported(job=-1, out_folder=out, documents=9, f1={"int8": 0.79}))
    settle()
    assert "int8 0.790" in strip.headline.text()
    urls: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: urls.append(url.toLocalFile()))
    press(panel, Action.OPEN_FOLDER)
    assert urls == [out]


def test_a_dead_worker_is_told_in_its_colour(
    panel: Panel, worker: PlayedConnection, settle: Settle, project: Project
) -> None:
    train(panel, worker, settle)
    (project.folder / "runs" / "1" / "checkpoint-50").mkdir(parents=True)
    worker.die("The worker crashed.")
    settle()
    assert panel.strip.headline.text() == "The worker crashed."
    assert panel.strip.headline.property("role") == Tone.DANGER
    press(panel, Action.RESUME_RUN)
    settle()
    assert panel.board.state.phase is Phase.STARTING
    assert panel.strip.headline.property("role") == ""


def test_the_charts_get_every_point(panel: Panel, worker: PlayedConnection, settle: Settle) -> None:
    train(panel, worker, settle)
    details = opened(panel)
    steps, losses = details.loss.raw.getData()
    assert list(steps) == [10, 20, 30, 40, 50]
    assert list(losses) == [1 / step for step in steps]
    assert set(details.scores.lines) == {MICRO, "drug", "disease"}
    worker.say(progress(60, loss=0.001))
    worker.say(evaluated(60, 0.9))
    settle()
    assert details.loss.raw.getData()[0][-1] == 60
    assert list(details.scores.lines[MICRO].getData()[1]) == [0.1, 0.2, 0.3, 0.4, 0.5, 0.9]
    assert [label.name for label in details.scores.ends.labels] == [
        "all labels",
        "drug",
        "disease",
    ]
    details.scores.set_measure(Measure.RECALL)
    assert list(details.scores.lines["drug"].getData()[1])[-1] == pytest.approx(0.45)


def test_lines_differ_by_more_than_colour(
    panel: Panel, worker: PlayedConnection, settle: Settle
) -> None:
    train(panel, worker, settle)
    lines = opened(panel).scores.lines
    pens = {name: line.opts["pen"] for name, line in lines.items()}
    patterns = [tuple(pen.dashPattern()) for pen in pens.values()]
    assert patterns[1] != patterns[2]
    assert pens[MICRO].widthF() > 1.5 * pens["drug"].widthF()


def test_the_read_out_follows_the_pointer(
    panel: Panel, worker: PlayedConnection, settle: Settle
) -> None:
    train(panel, worker, settle)
    details = opened(panel)
    details.loss.loss.hovered.emit(21.0)
    assert "step 20" in details.loss.read_out.text()
    assert "loss 0.050" in details.loss.read_out.text()
    details.scores.chart.hovered.emit(31.0)
    assert "step 30" in details.scores.read_out.text()
    assert details.scores.ends.labels[0].value == pytest.approx(0.3)
    details.scores.chart.hovered.emit(None)
    assert "best so far" in details.scores.read_out.text()


def test_the_table_shows_labels_averages_and_change(
    panel: Panel, worker: PlayedConnection, settle: Settle, project: Project
) -> None:
    train(panel, worker, settle)
    worker.say(finished(project, 0.8, current=0.7))
    settle()
    details = opened(panel)
    details.tabs.setCurrentIndex(1)
    model = details.report.model
    cells = [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
    assert cells == [
        ["drug", "0.80", "0.40", "0.80", "+0.10", "10"],
        ["disease", "1.00", "0.50", "0.70", "±0.00", "4"],
        ["All labels (micro)", "0.80", "0.40", "0.80", "+0.10", "10"],
        ["Mean of labels (macro)", "0.80", "0.40", "0.80", "+0.10", "10"],
        ["Mean by spans (weighted)", "0.80", "0.40", "0.80", "+0.10", "10"],
    ]
    alignment = model.index(0, ReportModel.F1).data(Qt.ItemDataRole.TextAlignmentRole)
    assert alignment & Qt.AlignmentFlag.AlignRight
    assert details.report.title.text() == "v1 on 9 dev records"


def test_models_are_listed_and_brought_back(
    panel: Panel, worker: PlayedConnection, settle: Settle, project: Project
) -> None:
    train(panel, worker, settle)
    worker.say(finished(project, 0.8))
    worker.say(Scored(job=1, documents=(), done=3, total=3))
    settle()
    panel.retrain()
    settle()
    details = opened(panel)
    details.tabs.setCurrentIndex(2)
    page = details.models
    assert not any(button.isEnabled() for button in page.use_buttons.values())
    worker.say(started(2))
    worker.say(finished(project, 0.6, current=0.8, run_id=2))
    settle()
    assert column(page.models, 0) == ["v2", "v1"]
    assert list(page.use_buttons) == [2]
    QTest.mouseClick(page.use_buttons[2], Qt.MouseButton.LeftButton)
    settle()
    current = runs.current_model(project=project)
    assert current is not None
    assert current.name == "v2"
    assert list(page.use_buttons) == [1]
    assert column(page.runs, 3) == ["Finished", "Finished"]
    page.runs.selectRow(1)
    settle()
    assert panel.board.curves.run_id == 1


def test_the_last_run_is_shown_again_after_a_restart(
    qtbot: QtBot,
    theme: Theme,
    session: Session,
    worker: PlayedConnection,
    preferences: Preferences,
    settle: Settle,
    project: Project,
) -> None:
    first = Panel(session, theme, preferences, connection=worker)
    qtbot.addWidget(first.widget())
    settle()
    train(first, worker, settle)
    worker.say(finished(project, 0.8))
    settle()
    first.shut_down()
    second = Panel(session, theme, preferences, connection=PlayedConnection())
    qtbot.addWidget(second.widget())
    settle()
    details = opened(second)
    assert list(details.loss.raw.getData()[0]) == [10, 20, 30, 40, 50]
    assert second.strip.headline.text() == "v1 · F1 0.80 on dev"
    second.shut_down()
    assert [run.status for run in runs.runs(project=project)] == [RunStatus.FINISHED]


def test_every_page_follows_the_theme(
    panel: Panel, worker: PlayedConnection, settle: Settle, theme: Theme
) -> None:
    train(panel, worker, settle)
    details = opened(panel)
    for scheme in (Scheme.DARK, Scheme.CONTRAST, Scheme.LIGHT):
        theme.set_scheme(scheme)
        ground = theme.ground
        background = details.loss.loss.view.backgroundBrush().color().name().upper()
        assert background == ground.canvas
        assert details.scores.lines[MICRO].opts["pen"].color().name().upper() == ground.text
        assert details.scores.ends.ground is ground


def test_the_height_of_the_charts_is_remembered(panel: Panel, preferences: Preferences) -> None:
    panel.widget().resize(1400, 900)
    details = opened(panel)
    before = details.height()
    assert panel.grip.isVisible()
    panel.grip.setFocus()
    QTest.keyClick(panel.grip, Qt.Key.Key_Up)
    assert details.height() == before + 20
    assert bytes(preferences.layout("training-height").data()) == str(before + 20).encode()
    panel.set_opened(False)
    assert not details.isVisible()
    assert not panel.grip.isVisible()


def test_all_buttons_have_names_and_are_reached_by_keyboard(panel: Panel) -> None:
    details = opened(panel)
    found = [*panel.strip.findChildren(QToolButton), *details.findChildren(QToolButton)]
    # A tab bar has two of its own, for tabs that do not fit.
    buttons = [button for button in found if not button.objectName().startswith("Scroll")]
    assert len(buttons) > len(Action)
    for button in buttons:
        assert button.accessibleName() or button.text()
        assert button.toolTip()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_the_strip_comes_without_the_charts_library() -> None:
    code = (
        "import sys, app.training.panel;"
        "print([name for name in ('numpy', 'pyqtgraph', 'torch') if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert answer.stdout.decode().strip() == "[]"
