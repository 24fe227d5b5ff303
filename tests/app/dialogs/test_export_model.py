from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.dialogs import export_model
from app.dialogs.export_model import ExportModelDialog
from app.session import Session
from tests.app.conftest import suggest
from tests.app.dialogs.conftest import HostWindow, Open


def test_without_a_model_it_says_how_to_get_one(
    host: HostWindow, open_dialog: Open, qtbot: QtBot
) -> None:
    dialog: ExportModelDialog = open_dialog(export_model, host, ExportModelDialog)
    qtbot.waitUntil(dialog.error.isVisible)
    assert "no model" in dialog.error.message.text()
    assert "Retrain" in dialog.error.remedy.text()
    assert not dialog.primary.isEnabled()


def test_the_panel_exports_the_current_model(
    host: HostWindow, session: Session, open_dialog: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    suggest(session.project, 1)
    (tmp_path / "taken").mkdir()
    dialog: ExportModelDialog = open_dialog(export_model, host, ExportModelDialog)
    qtbot.waitUntil(lambda: dialog.name.text().startswith("ward-"))
    assert dialog.warning.isVisible()
    dialog.place.set_path(tmp_path)
    dialog.name.setText("taken")
    qtbot.waitUntil(lambda: dialog.name_field.failed)
    assert not dialog.primary.isEnabled()
    dialog.name.setText("mine")
    qtbot.waitUntil(dialog.primary.isEnabled)
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    assert host.panel.exported == [tmp_path / "mine"]
    assert host.shown(ExportModelDialog) is None
