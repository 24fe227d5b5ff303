from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.dialogs import export_model
from app.dialogs.export_model import ExportModelDialog
from app.session import Session
from core.export.points import Form, Point, PointTable, write_points
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
    assert host.panel.exported == [(tmp_path / "mine", None)]
    assert host.shown(ExportModelDialog) is None


THREE = PointTable(
    (
        Point(Form.FULL, 90_300_000, 1459.4, 0.7797),
        Point(Form.INT8, 22_800_000, 2331.9, 0.7768),
        Point(Form.STATIC_INT8, 22_800_000, 2415.0, 0.7672),
    ),
    documents=18,
)
ALL = PointTable(
    (
        *THREE.points,
        Point(Form.PRUNED, 76_200_000, 2000.0, 0.7851),
        Point(Form.PRUNED_INT8, 19_300_000, 3100.0, 0.7709),
    ),
    documents=18,
    pruned_share=0.25,
)


def cells(dialog: ExportModelDialog) -> list[list[str]]:
    table = dialog.forms.table
    return [
        [item.text() for column in range(4) if (item := table.item(row, column)) is not None]
        for row in range(table.rowCount())
    ]


@pytest.fixture
def dialog(
    host: HostWindow, session: Session, open_dialog: Open, qtbot: QtBot, tmp_path: Path
) -> ExportModelDialog:
    """The dialog with a model whose forms were never measured."""
    suggest(session.project, 1)
    (session.project.folder / "models" / "run-1").mkdir(parents=True, exist_ok=True)
    opened: ExportModelDialog = open_dialog(export_model, host, ExportModelDialog)
    opened.place.set_path(tmp_path)
    qtbot.waitUntil(opened.primary.isEnabled)
    return opened


def test_forms_are_measured_on_demand_and_one_is_picked_by_keys(
    dialog: ExportModelDialog, host: HostWindow, qtbot: QtBot
) -> None:
    forms = host.panel.forms
    assert len(cells(dialog)) == 4
    assert all(row[1:] == ["–", "–", "–"] for row in cells(dialog))
    QTest.mouseClick(dialog.forms.measure, Qt.MouseButton.LeftButton)
    assert forms.asked == [0.0]
    assert dialog.forms.measure.text() == "Stop"
    qtbot.waitUntil(lambda: not dialog.primary.isEnabled())
    forms.stepped.emit("Making the smaller forms of the model")
    assert dialog.forms.step.text() == "Making the smaller forms of the model…"
    forms.end(THREE)
    qtbot.waitUntil(dialog.primary.isEnabled)
    assert cells(dialog)[2][2:] == ["2,332", "0.7768"]
    assert not dialog.forms.step.isVisible()
    table = dialog.forms.table
    table.setFocus()
    for _ in range(3):
        QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.form is Form.STATIC_INT8
    assert "this form of the model alone" in dialog.contents.text()
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert [form for _, form in host.panel.exported] == [Form.STATIC_INT8]


def test_pruned_forms_are_asked_for_with_their_share(
    dialog: ExportModelDialog, host: HostWindow
) -> None:
    assert not dialog.forms.share.isEnabled()
    dialog.forms.prunes.click()
    dialog.forms.share.setValue(25)
    dialog.forms.measure.click()
    assert host.panel.forms.asked == [0.25]
    dialog.forms.measure.click()
    assert host.panel.forms.cancels == 1
    host.panel.forms.end(ALL)
    assert [row[0] for row in cells(dialog)][4:] == ["Pruned", "Pruned, int8"]
    assert dialog.forms.share.value() == 25


def test_what_hinders_the_measuring_is_said(dialog: ExportModelDialog, host: HostWindow) -> None:
    dialog.forms.measure.click()
    host.panel.forms.end(None, "A training is going on already.", "Wait.")
    assert dialog.error.message.text() == "A training is going on already."
    assert dialog.error.isVisible()
    dialog.forms.measure.click()
    assert not dialog.error.isVisible()


def test_a_table_is_remembered_for_the_model(
    host: HostWindow, session: Session, open_dialog: Open, qtbot: QtBot
) -> None:
    suggest(session.project, 1)
    folder = session.project.folder / "models" / "run-1"
    folder.mkdir(parents=True)
    write_points(folder, ALL)
    dialog: ExportModelDialog = open_dialog(export_model, host, ExportModelDialog)
    qtbot.waitUntil(lambda: len(cells(dialog)) == 6)
    assert cells(dialog)[1][3] == "0.7797"
    assert dialog.forms.prunes.isChecked()
    assert dialog.forms.table.form is None
    assert dialog.forms.table.accessibleName() == "Form of the model"
