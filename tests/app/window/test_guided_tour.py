from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.texts import translated
from app.window.commands import COMMANDS
from app.window.guided_tour import GuidedTour
from app.window.lessons import CONTEXT, LESSONS, Act
from app.window.main_window import MainWindow


@pytest.fixture
def tour(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> GuidedTour:
    """The tour, begun from the welcome page: the sample project is made and opened for it."""
    window.sample_folder = tmp_path / "sample.chartmark"
    window.actions_["help.tour"].trigger()
    qtbot.waitUntil(window.tour.card.isVisible, timeout=20_000)
    qtbot.waitUntil(lambda: bool(window.session and window.session.record))
    return window.tour


def go_to(tour: GuidedTour, act: Act) -> None:
    while tour.lesson is not None and tour.lesson.act is not act:
        tour.card.onward.click()


def test_lessons_speak_of_commands_that_are_there() -> None:
    assert all(not lesson.command or lesson.command in COMMANDS for lesson in LESSONS)
    assert all(("{key}" in lesson.text) == bool(lesson.command) for lesson in LESSONS)


def test_next_goes_through_all_and_ends(tour: GuidedTour) -> None:
    seen = []
    while tour.lesson is not None:
        seen.append(tour.card.title.text())
        assert "{" not in tour.card.text.text()
        tour.card.onward.click()
    assert seen == [translated(CONTEXT, lesson.title) for lesson in LESSONS]
    assert not tour.card.isVisible()
    assert not tour.ring.isVisible()


def test_act_ends_its_lesson(tour: GuidedTour, window: MainWindow, qtbot: QtBot) -> None:
    go_to(tour, Act.LABEL)
    view = window.area.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: tour.lesson is not None and tour.lesson.act is Act.ATTRIBUTE)
    QTest.keyClick(view, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: tour.lesson is not None and tour.lesson.act is Act.UNDO)
    window.actions_["edit.undo"].trigger()
    qtbot.waitUntil(lambda: tour.lesson is not None and tour.lesson.act is Act.FINISH)


def test_other_acts_do_not(tour: GuidedTour, window: MainWindow) -> None:
    go_to(tour, Act.UNDO)
    window.actions_["record.done"].trigger()
    assert tour.lesson is not None
    assert tour.lesson.act is Act.UNDO


def test_card_stays_within_the_window_and_takes_no_keys(
    tour: GuidedTour, window: MainWindow, qtbot: QtBot
) -> None:
    for width, height in ((960, 600), (1300, 800)):
        window.resize(width, height)
        qtbot.waitUntil(lambda: window.rect().contains(tour.card.geometry()))
        assert tour.card.text.height() >= tour.card.text.heightForWidth(tour.card.text.width())
    assert not tour.card.isAncestorOf(window.focusWidget())


def test_end_leaves_the_window_as_it_was(tour: GuidedTour, window: MainWindow) -> None:
    tour.card.end.click()
    assert tour.lesson is None
    assert not tour.card.isVisible()
    assert window.area.view.hasFocus()


def test_is_offered_when_the_sample_is_opened(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window.sample_folder = tmp_path / "sample.chartmark"
    window.open_sample(window.sample_folder)
    qtbot.waitUntil(window.banner.button.isVisible, timeout=20_000)
    window.banner.button.click()
    assert window.tour.lesson is LESSONS[0]


def test_it_ends_when_its_project_is_closed(tour: GuidedTour, window: MainWindow) -> None:
    tour.start()
    window.close_project()
    assert tour.lesson is None
    assert not tour.card.isVisible()
    assert window.banner.isHidden()
