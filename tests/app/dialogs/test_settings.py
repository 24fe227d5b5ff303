from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QSpinBox
from pytestqt.qtbot import QtBot

from app.dialogs import settings
from app.dialogs.fields import PathField
from app.dialogs.settings import SettingsDialog
from app.settings import BACKBONE, OFFERED, REOPEN, SCHEME, TEXT_SIZE
from tests.app.dialogs.conftest import HostWindow, Open


def test_every_setting_has_a_named_control(bare: HostWindow, open_dialog: Open) -> None:
    dialog: SettingsDialog = open_dialog(settings, bare, SettingsDialog)
    assert list(dialog.controls) == [setting.key for setting in OFFERED]
    for control in dialog.controls.values():
        takes_keys = control.edit if isinstance(control, PathField) else control
        assert takes_keys.accessibleName()


def test_a_change_holds_at_once(bare: HostWindow, open_dialog: Open, qtbot: QtBot) -> None:
    dialog: SettingsDialog = open_dialog(settings, bare, SettingsDialog)
    scheme = dialog.controls[SCHEME.key]
    assert isinstance(scheme, QComboBox)
    with qtbot.waitSignal(bare.preferences.changed):
        scheme.setFocus()
        QTest.keyClick(scheme, Qt.Key.Key_Down)
    assert bare.preferences.choice(SCHEME) == "light"
    size = dialog.controls[TEXT_SIZE.key]
    assert isinstance(size, QSpinBox)
    QTest.keyClick(size, Qt.Key.Key_Up)
    assert bare.preferences.number(TEXT_SIZE) == TEXT_SIZE.default + 1
    reopen = dialog.controls[REOPEN.key]
    assert isinstance(reopen, QCheckBox)
    QTest.keyClick(reopen, Qt.Key.Key_Space)
    assert not bare.preferences.switch(REOPEN)
    backbone = dialog.controls[BACKBONE.key]
    assert isinstance(backbone, PathField)
    QTest.keyClicks(backbone.edit, "dmis-lab/biobert-v1.1")
    assert bare.preferences.folder(BACKBONE) == "dmis-lab/biobert-v1.1"


def test_enter_in_a_field_does_not_close(bare: HostWindow, open_dialog: Open, qtbot: QtBot) -> None:
    dialog: SettingsDialog = open_dialog(settings, bare, SettingsDialog)
    QTest.keyClick(dialog.controls[TEXT_SIZE.key], Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.primary.setFocus()
    QTest.keyClick(dialog.primary, Qt.Key.Key_Return)
    assert bare.shown(SettingsDialog) is None
    assert not bare.preferences.layout("dialog/settings").isEmpty()
