from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.design.tokens import LIGHT
from app.preferences import Preferences
from app.window.banner import Banner
from app.window.find_bar import FindBar
from app.window.key_sheet import AboutSheet, KeySheet
from app.window.keymap import Keymap
from core.schema.labels import Label


def test_banner_says_and_acts(qtbot: QtBot) -> None:
    banner = Banner(LIGHT)
    qtbot.addWidget(banner)
    acted: list[int] = []
    banner.say("The disk is full.", "danger", act=lambda: acted.append(1), act_text="Mend")
    assert banner.isVisible()
    assert banner.text.accessibleName() == "The disk is full."
    QTest.mouseClick(banner.button, Qt.MouseButton.LeftButton)
    assert acted == [1]
    assert not banner.isVisible()
    banner.say("Done.", "good")
    assert not banner.button.isVisible()


def test_find_bar_steps_by_keys_and_closes(qtbot: QtBot) -> None:
    bar = FindBar(LIGHT)
    qtbot.addWidget(bar)
    asked: list[str] = []
    steps: list[int] = []
    bar.query_changed.connect(asked.append)
    bar.step_requested.connect(steps.append)
    bar.open_bar("fever")
    assert asked[-1] == "fever"
    bar.set_found(2, 5)
    assert bar.count.text() == "2 of 5"
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    QTest.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert steps == [1, -1]
    bar.set_found(0, 0)
    assert bar.count.text() == "Not in this record"
    with qtbot.waitSignal(bar.closed):
        QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert asked[-1] == ""
    assert bar.isHidden()


def test_key_sheet_shows_the_keys_in_force(qtbot: QtBot, preferences: Preferences) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    keymap = Keymap(preferences)
    keymap.give("record.flag", "Ctrl+;")
    labels = [Label("drug", hotkey="d"), Label("odd", hotkey="n"), Label("none")]
    sheet = KeySheet(labels, keymap, parent)
    words = [label.text() for label in sheet.findChildren(QLabel)]
    assert {"drug", "D", "N is with “Negated”"} <= set(words)
    assert "none" not in words
    assert "Done and next" in words
    assert "Ctrl+B  Ctrl+;" in words
    assert "Ctrl+Return  Ctrl+Enter" in words
    about = AboutSheet(parent)
    assert any("memorise" in label.text() for label in about.findChildren(QLabel))
