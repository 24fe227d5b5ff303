from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.dialogs import keys
from app.dialogs.keys import KeysDialog
from app.preferences import Preferences
from app.session import Session
from app.window.commands import COMMANDS
from app.window.keymap import Keymap
from tests.app.dialogs.conftest import HostWindow, Open

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def dialog(host: HostWindow, session: Session, open_dialog: Open, qtbot: QtBot) -> KeysDialog:
    qtbot.waitUntil(lambda: bool(session.scheme.labels))
    made: KeysDialog = open_dialog(keys, host, KeysDialog)
    return made


def test_keys_are_added_dropped_and_put_back(
    dialog: KeysDialog, host: HostWindow, preferences: Preferences
) -> None:
    dialog.choose("edit.undo")
    QTest.keyClick(dialog.capture, Qt.Key.Key_F9, SHIFT)
    assert host.keymap.keys("edit.undo") == ("Ctrl+Z", "Shift+F9")
    assert set(dialog.caps.buttons) == {"Ctrl+Z", "Shift+F9"}
    QTest.keyClick(dialog.caps.buttons["Ctrl+Z"], Qt.Key.Key_Space)
    assert host.keymap.keys("edit.undo") == ("Shift+F9",)
    assert Keymap(preferences).keys("edit.undo") == ("Shift+F9",)
    dialog.reset.click()
    assert host.keymap.keys("edit.undo") == ("Ctrl+Z",)
    assert not dialog.reset.isEnabled()


def test_keys_that_press_buttons_elsewhere_are_taken_as_keys(
    dialog: KeysDialog, host: HostWindow
) -> None:
    dialog.choose("label.delete")
    QTest.keyClick(dialog.capture, Qt.Key.Key_F9, CONTROL)
    dialog.capture.setFocus()
    QTest.keyClick(dialog.capture, Qt.Key.Key_Return, CONTROL)
    assert dialog.isVisible()
    assert "Done and next" in dialog.question.words.text()
    QTest.keyClick(dialog.capture, Qt.Key.Key_Tab)
    assert host.keymap.keys("label.delete") == ("Del", "Ctrl+F9")


def test_a_commands_key_is_taken_over_only_on_request(dialog: KeysDialog, host: HostWindow) -> None:
    dialog.choose("edit.undo")
    QTest.keyClick(dialog.capture, Qt.Key.Key_L, CONTROL)
    assert "“Labels and guideline”" in dialog.question.words.text()
    assert host.keymap.holder("Ctrl+L") == "labels.edit"
    dialog.question.yes.click()
    assert host.keymap.holder("Ctrl+L") == "edit.undo"
    dialog.choose("labels.edit")
    assert dialog.question.isHidden()
    dialog.reset.click()
    assert "“Undo”" in dialog.question.words.text()
    dialog.question.yes.click()
    assert host.keymap.keys("labels.edit") == ("Ctrl+L",)


def test_a_labels_key_is_taken_over_only_on_request(
    dialog: KeysDialog, host: HostWindow, session: Session, qtbot: QtBot
) -> None:
    dialog.choose("label.delete")
    QTest.keyClick(dialog.capture, Qt.Key.Key_1)
    assert "the label drug" in dialog.question.words.text()
    assert host.keymap.may_be_label_key("1")
    dialog.question.yes.click()
    assert host.keymap.keys("label.delete") == ("Del", "1")
    qtbot.waitUntil(lambda: session.scheme.labels[0].hotkey == "")


def test_default_keys_do_not_silently_kill_a_labels_key(
    dialog: KeysDialog, host: HostWindow, session: Session, qtbot: QtBot
) -> None:
    dialog.choose("attribute.negated")
    QTest.keyClick(dialog.caps.buttons["N"], Qt.Key.Key_Space)
    with qtbot.waitSignal(session.scheme_changed):
        session.change_label(replace(session.scheme.labels[0], hotkey="n"))
    dialog.reset.click()
    assert "N is the key of the label drug" in dialog.question.words.text()
    assert host.keymap.may_be_label_key("n")
    dialog.reset_all.click()
    assert "drug" in dialog.question.words.text()
    dialog.question.yes.click()
    assert host.keymap.keys("attribute.negated") == ("N",)
    qtbot.waitUntil(lambda: session.scheme.labels[0].hotkey == "")


def test_keys_of_the_text_are_refused_with_a_reason(dialog: KeysDialog, host: HostWindow) -> None:
    dialog.choose("label.delete")
    QTest.keyClick(dialog.capture, Qt.Key.Key_Left)
    assert "belongs to the text" in dialog.question.words.text()
    assert dialog.question.yes.isHidden()
    QTest.keyClick(dialog.capture, Qt.Key.Key_Shift, SHIFT)
    assert host.keymap.keys("label.delete") == ("Del",)


def test_the_filter_finds_names_and_keys(dialog: KeysDialog) -> None:
    def listed() -> list[str]:
        found: list[str] = []
        for place in range(dialog.table.topLevelItemCount()):
            group = dialog.table.topLevelItem(place)
            assert group is not None
            for place_within in range(group.childCount()):
                row = group.child(place_within)
                assert row is not None
                if not (row.isHidden() or group.isHidden()):
                    found.append(row.text(0))
        return found

    assert len(listed()) == len(COMMANDS)
    QTest.keyClicks(dialog.filter, "undo")
    assert listed() == ["Undo"]
    assert dialog.chosen == "edit.undo"
    dialog.filter.setText("ctrl+shift+f")
    assert "Search all records" in listed()
    dialog.filter.setText("nothing of the sort")
    assert listed() == []


def test_without_a_project_keys_can_be_changed_too(bare: HostWindow, open_dialog: Open) -> None:
    dialog: KeysDialog = open_dialog(keys, bare, KeysDialog)
    dialog.choose("app.quit")
    QTest.keyClick(dialog.capture, Qt.Key.Key_9)
    assert bare.keymap.keys("app.quit") == ("Ctrl+Q", "9")
