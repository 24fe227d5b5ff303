from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget
from pytestqt.qtbot import QtBot

from app.window.main_window import MainWindow


def shown(window: MainWindow) -> dict[str, object]:
    docks = {
        dock.objectName(): (not dock.isHidden(), dock.width(), dock.height())
        for dock in window.findChildren(QDockWidget)
    }
    return docks | {
        "toolbar": not window.toolbar.isHidden(),
        "menu": not window.menuBar().isHidden(),
    }


def toggle(window: MainWindow) -> None:
    QTest.keyClick(window.area.view, Qt.Key.Key_F11)


def test_everything_goes_and_comes_back_as_it_was(opened: MainWindow, qtbot: QtBot) -> None:
    opened.docks.toggles()[1].trigger()
    before = shown(opened)
    toggle(opened)
    assert not any(
        value[0] if isinstance(value, tuple) else value for value in shown(opened).values()
    )
    assert opened.area.leave_focus.isVisible()
    assert opened.actions_["view.focus"].isChecked()
    toggle(opened)
    qtbot.waitUntil(lambda: shown(opened) == before)
    assert opened.area.leave_focus.isHidden()


def test_escape_lets_go_of_the_selection_and_then_leaves(opened: MainWindow) -> None:
    toggle(opened)
    opened.area.view.select_stretch(0, 9)
    QTest.keyClick(opened.area.view, Qt.Key.Key_Escape)
    assert opened.focus_mode.active
    QTest.keyClick(opened.area.view, Qt.Key.Key_Escape)
    assert not opened.focus_mode.active


def test_escape_in_the_find_bar_closes_only_that(opened: MainWindow) -> None:
    toggle(opened)
    opened.actions_["find.record"].trigger()
    QTest.keyClick(opened.area.find_bar.field, Qt.Key.Key_Escape)
    assert opened.area.find_bar.isHidden()
    assert opened.focus_mode.active


def test_window_that_closes_alone_begins_with_all(opened: MainWindow) -> None:
    toggle(opened)
    opened.close()
    assert not opened.focus_mode.active
    state = opened.preferences.layout("docks")
    opened.restoreState(state)
    assert not opened.toolbar.isHidden()


def test_project_that_closes_brings_the_menus_back(opened: MainWindow) -> None:
    toggle(opened)
    opened.close_project()
    assert not opened.focus_mode.active
    assert opened.menuBar().isVisible()
    assert opened.toolbar.isVisible()
