from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.record import Record
from app.session import Session
from app.settings import LEAST_SURE
from app.window.main_window import MainWindow
from core.schema.documents import PredictedSpan, ReviewStatus
from tests.app.conftest import suggest

CONTROL = Qt.KeyboardModifier.ControlModifier


def session_of(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def record_of(window: MainWindow) -> Record:
    record = window.area.record
    assert record is not None
    return record


def selected(window: MainWindow) -> int:
    """Return where the selected suggestion begins, -1 for none."""
    chosen = record_of(window).suggestion(window.area.view.selection().suggestion_id)
    return chosen.start if chosen is not None else -1


def press(window: MainWindow, keys: str) -> None:
    QTest.keyClicks(window.area.view, keys)


@pytest.fixture
def reviewing(opened: MainWindow, qtbot: QtBot) -> MainWindow:
    """A review that has begun: two suggestions in record 1, none in 2, one in 3."""
    session = session_of(opened)
    predicted = [PredictedSpan(0, 9, "drug", 0.9), PredictedSpan(21, 29, "disease", 0.6)]
    suggest(session.project, 1, *predicted)
    suggest(session.project, 3, PredictedSpan(0, 13, "disease", 0.8))
    with qtbot.waitSignal(session.queue.changed):
        session.queue.read()
    with qtbot.waitSignal(session.record_opened):
        session.open_record(1)
    opened.actions_["suggestion.review"].trigger()
    return opened


def test_one_suggestion_is_shown_large_and_all_else_stands_back(reviewing: MainWindow) -> None:
    bar = reviewing.area.review
    assert not bar.isHidden()
    assert reviewing.area.suggestions.isHidden()
    assert reviewing.area.view.scene.dimmed
    assert selected(reviewing) == 0
    assert (bar.label.text(), bar.sure.text(), bar.text.text()) == ("drug", "90 %", "“Metformin”")
    assert (
        bar.progress.text()
        == "Review: record 1 of 2  ·  2 suggestions left here  ·  a label's key corrects"
    )
    assert reviewing.actions_["suggestion.review"].isChecked()


def test_behind_the_last_one_comes_the_next_record_with_suggestions(
    reviewing: MainWindow, qtbot: QtBot
) -> None:
    press(reviewing, "a")
    qtbot.waitUntil(lambda: selected(reviewing) == 21)
    press(reviewing, "x")
    qtbot.waitUntil(lambda: record_of(reviewing).id == 3)
    assert selected(reviewing) == 0
    assert reviewing.area.review.progress.text().startswith("Review: record 2 of 2")
    press(reviewing, "1")
    qtbot.waitUntil(lambda: not reviewing.suggestion_verbs.review.active)
    assert [span.label for span in record_of(reviewing).spans] == ["drug"]
    assert "The review is over" in reviewing.banner.text.text()
    assert reviewing.area.review.isHidden()
    assert not reviewing.area.view.scene.dimmed
    progress = session_of(reviewing).queue.progress
    assert progress.get(ReviewStatus.DONE, 0) == 0


def test_skipped_ones_stay_and_are_not_met_again(reviewing: MainWindow, qtbot: QtBot) -> None:
    press(reviewing, "j")
    assert selected(reviewing) == 21
    press(reviewing, "k")
    assert selected(reviewing) == 0
    press(reviewing, "j")
    press(reviewing, "a")
    qtbot.waitUntil(lambda: record_of(reviewing).id == 3)
    press(reviewing, "j")
    qtbot.waitUntil(lambda: not reviewing.suggestion_verbs.review.active)


def test_undo_goes_back_to_the_suggestion_in_another_record_too(
    reviewing: MainWindow, qtbot: QtBot
) -> None:
    press(reviewing, "a")
    qtbot.waitUntil(lambda: selected(reviewing) == 21)
    QTest.keyClick(reviewing.area.view, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: selected(reviewing) == 0)
    assert reviewing.area.review.progress.text().count("2 suggestions left here")
    press(reviewing, "j")
    press(reviewing, "a")
    qtbot.waitUntil(lambda: record_of(reviewing).id == 3)
    QTest.keyClick(reviewing.area.view, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: record_of(reviewing).id == 1)
    assert selected(reviewing) == 21
    press(reviewing, "x")
    qtbot.waitUntil(lambda: record_of(reviewing).id == 3)


def test_escape_ends_it(reviewing: MainWindow) -> None:
    QTest.keyClick(reviewing.area.view, Qt.Key.Key_Escape)
    assert not reviewing.suggestion_verbs.review.active
    assert not reviewing.area.suggestions.isHidden()
    press(reviewing, "j")
    press(reviewing, "j")
    assert selected(reviewing) == 0


def test_records_without_a_sure_suggestion_are_passed_over(
    reviewing: MainWindow, qtbot: QtBot
) -> None:
    reviewing.preferences.set(LEAST_SURE, 85)
    assert reviewing.area.review.progress.text().count("1 suggestion left here")
    press(reviewing, "j")
    qtbot.waitUntil(lambda: not reviewing.suggestion_verbs.review.active)
    assert record_of(reviewing).id == 1


def test_closing_the_project_ends_it(reviewing: MainWindow) -> None:
    reviewing.close_project()
    assert not reviewing.suggestion_verbs.review.active
    assert not reviewing.area.view.scene.dimmed


def test_it_begins_with_the_next_record_where_the_first_has_nothing(
    reviewing: MainWindow, qtbot: QtBot
) -> None:
    QTest.keyClick(reviewing.area.view, Qt.Key.Key_Escape)
    with qtbot.waitSignal(session_of(reviewing).record_opened):
        session_of(reviewing).open_record(2)
    press(reviewing, "v")
    reviewing.actions_["suggestion.review"].trigger()
    assert reviewing.area.accept.isHidden()
    qtbot.waitUntil(lambda: selected(reviewing) == 0)
    assert record_of(reviewing).id in {1, 3}
