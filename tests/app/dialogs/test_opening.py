from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.dialogs import ask_passphrase, open_project
from app.dialogs.open_project import OpenProjectDialog
from app.dialogs.passphrase import PassphraseDialog
from tests.app.dialogs.conftest import HostWindow, Open


@pytest.fixture
def recent(bare: HostWindow, project_folder: Path, tmp_path: Path) -> HostWindow:
    gone = tmp_path / "gone.chartmark"
    gone.mkdir()
    bare.preferences.remember_project(project_folder)
    bare.preferences.remember_project(gone)
    return bare


def test_lists_what_still_is_a_project_and_opens_it(
    recent: HostWindow, open_dialog: Open, qtbot: QtBot, project_folder: Path
) -> None:
    dialog: OpenProjectDialog = open_dialog(open_project, recent, OpenProjectDialog)
    qtbot.waitUntil(lambda: dialog.recent.count() == 1)
    item = dialog.recent.visualItemRect(dialog.recent.item(0)).center()
    QTest.mouseClick(dialog.recent.viewport(), Qt.MouseButton.LeftButton, pos=item)
    assert dialog.place.path == project_folder
    QTest.keyClick(dialog.recent, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: recent.opened == [(project_folder, None)])
    assert recent.shown(OpenProjectDialog) is None


def test_a_folder_without_a_project_is_said_at_the_field(
    bare: HostWindow, open_dialog: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog: OpenProjectDialog = open_dialog(open_project, bare, OpenProjectDialog)
    assert not dialog.primary.isEnabled()
    dialog.place.edit.setText(str(tmp_path))
    QTest.keyClick(dialog.place.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.field.failed)
    assert bare.opened == []
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert bare.shown(OpenProjectDialog) is None


def test_the_passphrase_goes_to_the_window(
    bare: HostWindow, open_dialog: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog: PassphraseDialog = open_dialog(
        ask_passphrase, bare, PassphraseDialog, folder=tmp_path / "A.chartmark", reason="Wrong."
    )
    assert dialog.field.below.text() == "Wrong."
    assert not dialog.primary.isEnabled()
    edit = dialog.passphrase.edit
    QTest.keyClicks(edit, "Geheim")
    assert not dialog.field.failed
    assert edit.echoMode() is QLineEdit.EchoMode.Password
    QTest.mouseClick(dialog.passphrase.eye, Qt.MouseButton.LeftButton)
    assert edit.echoMode() is QLineEdit.EchoMode.Normal
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert bare.opened == [(tmp_path / "A.chartmark", "Geheim")]


def test_enter_on_the_eye_shows_and_does_not_open(
    bare: HostWindow, open_dialog: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog: PassphraseDialog = open_dialog(
        ask_passphrase, bare, PassphraseDialog, folder=tmp_path / "A.chartmark"
    )
    QTest.keyClicks(dialog.passphrase.edit, "x")
    dialog.passphrase.eye.setFocus()
    QTest.keyClick(dialog.passphrase.eye, Qt.Key.Key_Return)
    assert dialog.passphrase.eye.isChecked()
    assert bare.opened == []


def test_caps_lock_is_guessed(
    bare: HostWindow, open_dialog: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog: PassphraseDialog = open_dialog(
        ask_passphrase, bare, PassphraseDialog, folder=tmp_path / "A.chartmark"
    )
    edit, hint = dialog.passphrase.edit, dialog.passphrase.caps_lock
    QTest.keyClicks(edit, "A")
    assert hint.isVisible()
    QTest.keyClicks(edit, "b")
    assert not hint.isVisible()
    QTest.keyClicks(edit, "C", Qt.KeyboardModifier.ShiftModifier)
    assert not hint.isVisible()
