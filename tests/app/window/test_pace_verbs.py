from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.design.tokens import LIGHT
from app.pace import Goal, Rates
from app.settings import GOAL, GOAL_DAILY, PACE
from app.window.goal_popup import GoalPopup
from app.window.main_window import MainWindow
from app.window.pace_bar import PaceBar, clock_text
from core.schema.documents import ReviewStatus
from core.store import edits
from core.store.project import Project
from core.store.workday import Work


def bar_of(window: MainWindow) -> PaceBar:
    bar = window.docks.queue.findChild(PaceBar)
    assert isinstance(bar, PaceBar)
    return bar


def finish(window: MainWindow, qtbot: QtBot) -> None:
    assert window.session is not None
    with qtbot.waitSignal(window.session.queue.progress_changed):
        window.session.finish_record()


def test_work_is_counted_and_undoing_lowers_it(opened: MainWindow, qtbot: QtBot) -> None:
    bar = bar_of(opened)
    assert opened.session is not None
    opened.session.label_stretch(stretches=[(0, 9)], label="drug")
    finish(opened, qtbot)
    qtbot.waitUntil(lambda: bar.work.text() == "1 record · 1 label")
    assert bar.time.text().endswith("on this record")
    opened.session.undo()
    qtbot.waitUntil(lambda: bar.work.text() == "0 records · 1 label")


def test_the_day_goes_on_after_a_restart(
    project_folder: Path, window: MainWindow, qtbot: QtBot
) -> None:
    with Project.open(folder=project_folder) as project:
        edits.set_review(project=project, document_id=1, status=ReviewStatus.DONE)
    window.preferences.set(GOAL, 2)
    with qtbot.waitSignal(window.panel_loaded):
        window.begin(project_folder)
    bar = bar_of(window)
    qtbot.waitUntil(lambda: bar.goal.text() == "1 of 2 today")
    assert bar.work.text() == "0 records · 0 labels"
    window.preferences.set(GOAL_DAILY, False)
    assert bar.goal.text() == "0 of 2 this session"


def test_a_reached_goal_is_told_once(opened: MainWindow, qtbot: QtBot) -> None:
    assert opened.session is not None
    opened.preferences.set(GOAL, 1)
    finish(opened, qtbot)
    qtbot.waitUntil(lambda: opened.banner.text.text() == "Your goal of 1 record is reached.")
    opened.banner.text.setText("")
    opened.session.undo()
    bar = bar_of(opened)
    qtbot.waitUntil(lambda: bar.goal.text() == "0 of 1 today")
    opened.session.redo()
    qtbot.waitUntil(lambda: bar.goal.text() == "1 of 1 today")
    assert opened.banner.text.text() == ""


def test_it_can_be_switched_off(opened: MainWindow) -> None:
    bar, action = bar_of(opened), opened.actions_["view.pace"]
    assert bar.isVisible()
    assert action.isChecked()
    action.trigger()
    assert not bar.isVisible()
    assert not action.isChecked()
    assert not opened.preferences.switch(PACE)
    opened.preferences.set(PACE, True)
    assert bar.isVisible()
    assert action.isChecked()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_goal_is_set_by_keys(opened: MainWindow, qtbot: QtBot) -> None:
    bar = bar_of(opened)
    bar.setFocus()
    QTest.keyClick(bar, Qt.Key.Key_Space)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, GoalPopup)
    QTest.keyClicks(popup.number.lineEdit(), "25")
    QTest.keyClick(popup.number.lineEdit(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bar.goal.text() == "0 of 25 today")
    assert opened.preferences.number(GOAL) == 25
    assert bar.goal.isVisible()


def test_the_lines_by_locale(qtbot: QtBot) -> None:
    bar = PaceBar(LIGHT)
    qtbot.addWidget(bar)
    bar.show_work(Work(12, 1034), Rates(6.25, 41.4))
    bar.show_goal(Goal(1500), 12)
    assert bar.work.text() == f"12 records · {bar.locale().toString(1034)} labels"
    assert bar.rate.text() == "41 an hour"
    assert bar.locale().toString(1500) in bar.goal.text()
    assert "41 an hour" in bar.accessibleName()
    bar.show_goal(Goal(), 0)
    assert bar.goal.isHidden()
    assert bar.progress.isHidden()


def test_times() -> None:
    assert [clock_text(n) for n in (0, 5.9, 200, 3800)] == ["0:00", "0:05", "3:20", "1:03:20"]
