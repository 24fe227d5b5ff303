from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.dialogs import new_project
from app.dialogs.label_fields import ColourPicker
from app.dialogs.new_project import NewProjectDialog
from app.dialogs.passphrase import Strength, strength
from core.store import labels
from core.store.project import Project
from tests.app.dialogs.conftest import HostWindow, Open


@pytest.fixture
def dialog(bare: HostWindow, open_dialog: Open, tmp_path: Path) -> NewProjectDialog:
    made: NewProjectDialog = open_dialog(new_project, bare, NewProjectDialog)
    made.place.set_path(tmp_path)
    return made


def test_makes_a_project_with_the_typed_labels(
    dialog: NewProjectDialog, bare: HostWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    QTest.keyClicks(dialog.name, "Oncology")
    QTest.keyClicks(dialog.rows.names, "drug, disease,")
    QTest.keyClicks(dialog.rows.names, "history")
    QTest.keyClick(dialog.rows.names, Qt.Key.Key_Return)
    assert [row.label().hotkey for row in dialog.rows.rows] == ["1", "2", "3"]
    dialog.rows.rows[1].key.setFocus()
    QTest.keyClick(dialog.rows.rows[1].key, Qt.Key.Key_D)
    QTest.mouseClick(dialog.rows.rows[2].remove, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: str(tmp_path / "Oncology.chartmark") in dialog.place_field.below.text())
    QTest.keyClick(dialog.rows.names, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(bare.adopted), timeout=10_000)
    with bare.adopted[0] as project:
        assert project.folder == tmp_path / "Oncology.chartmark"
        found = labels.scheme(project=project).labels
        assert [(label.name, label.hotkey) for label in found] == [("drug", "1"), ("disease", "d")]
    assert not Project.is_encrypted(tmp_path / "Oncology.chartmark")
    assert bare.shown(NewProjectDialog) is None


def test_encrypts_with_a_passphrase_typed_twice(
    dialog: NewProjectDialog, bare: HostWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    QTest.keyClicks(dialog.name, "Secret")
    dialog.rows.add("drug")
    dialog.encrypt.click()
    assert dialog.warning.isVisible()
    QTest.keyClicks(dialog.passphrase.edit, "correct horse")
    QTest.keyClicks(dialog.repeat.edit, "correct hors")
    dialog.primary.click()
    assert "not the same" in dialog.repeat_field.below.text()
    assert dialog.focusWidget() is dialog.repeat.edit
    QTest.keyClicks(dialog.repeat.edit, "e")
    dialog.primary.click()
    qtbot.waitUntil(lambda: bool(bare.adopted), timeout=10_000)
    bare.adopted[0].close()
    assert Project.is_encrypted(tmp_path / "Secret.chartmark")


def test_says_while_typing_that_a_project_is_there(
    dialog: NewProjectDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "Ward.chartmark").mkdir()
    QTest.keyClicks(dialog.name, "Ward")
    qtbot.waitUntil(lambda: dialog.name_field.failed)
    assert "already" in dialog.name_field.below.text()
    QTest.keyClicks(dialog.name, "2")
    qtbot.waitUntil(lambda: not dialog.name_field.failed)


@pytest.mark.parametrize("name", ["a/b", "a:b", ".hidden", "end."])
def test_refuses_names_that_no_folder_can_have(dialog: NewProjectDialog, name: str) -> None:
    dialog.name.setText(name)
    assert dialog.name_field.failed


def test_what_is_missing_is_said_at_its_field(dialog: NewProjectDialog) -> None:
    dialog.primary.click()
    assert dialog.name_field.failed
    assert dialog.rows_field.failed
    assert dialog.focusWidget() is dialog.name
    assert dialog.name.accessibleDescription()


def test_a_reserved_key_is_refused_by_its_verb(dialog: NewProjectDialog, qtbot: QtBot) -> None:
    dialog.rows.add("drug, disease")
    key = dialog.rows.rows[0].key
    QTest.keyClick(key, Qt.Key.Key_N)
    assert "Negated" in dialog.rows_field.below.text()
    QTest.keyClick(key, Qt.Key.Key_2)
    assert "disease" in dialog.rows_field.below.text()
    assert key.text() == "1"
    QTest.keyClick(key, Qt.Key.Key_Backspace)
    assert dialog.rows.labels()[0].hotkey == ""


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_swatch_opens_the_palette(dialog: NewProjectDialog, qtbot: QtBot) -> None:
    dialog.rows.add("drug")
    button = dialog.rows.rows[0].colour
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    [picker] = popup.findChildren(ColourPicker)
    QTest.mouseClick(picker.swatches["#CC79A7"], Qt.MouseButton.LeftButton)
    assert dialog.rows.labels()[0].colour == "#CC79A7"


@pytest.mark.parametrize(
    ("passphrase", "expected"),
    [
        ("secret", Strength.WEAK),
        ("aaaaaaaaaaaaa", Strength.WEAK),
        ("correct horse", Strength.FAIR),
        ("correct horse battery staple", Strength.STRONG),
    ],
)
def test_strength_grows_with_length_and_variety(passphrase: str, expected: Strength) -> None:
    assert strength(passphrase) is expected
