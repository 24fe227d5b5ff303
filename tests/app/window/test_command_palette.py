from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.preferences import Preferences
from app.settings import SCHEME
from app.window.command_palette import CommandPalette
from app.window.commands import COMMANDS
from app.window.findable import Findable, Found
from app.window.found_delegate import FOUND_ROLE
from app.window.main_window import MainWindow
from tests.app.window.conftest import TestExtensions


def shown(palette: CommandPalette) -> list[Found]:
    return [palette.rows.index(row).data(FOUND_ROLE) for row in range(palette.rows.rowCount())]


def chosen(palette: CommandPalette) -> Found:
    found = palette.list.currentIndex().data(FOUND_ROLE)
    assert isinstance(found, Found)
    return found


@pytest.fixture
def palette(opened: MainWindow) -> CommandPalette:
    """The palette, opened by its key from the record."""
    view = opened.area.view
    opened.activateWindow()
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    made = opened.findChild(CommandPalette)
    assert made is not None
    assert made.isVisible()
    return made


def test_it_lists_every_command_and_every_label_with_its_key(
    opened: MainWindow, palette: CommandPalette
) -> None:
    found = shown(palette)
    assert {row.id for row in found} >= set(COMMANDS) - {"help.commands"}
    drug = next(row for row in found if row.text == "Label as drug")
    assert (drug.key, drug.group, drug.why_not) == ("1", "Label", "")
    undo = next(row for row in found if row.id == "edit.undo")
    assert (undo.key, undo.group) == ("Ctrl+Z", "Edit")
    assert undo.why_not
    opened.keymap.give("edit.undo", "Ctrl+;")
    opened.keymap.take("edit.undo", "Ctrl+Z")
    assert next(row for row in Findable(opened).find("undo") if row.id == "edit.undo").key == (
        "Ctrl+;"
    )


def test_a_few_letters_and_enter_run_a_command(
    opened: MainWindow, palette: CommandPalette, extensions: TestExtensions
) -> None:
    QTest.keyClicks(palette.field, "imp rec")
    assert chosen(palette).id == "data.import"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isHidden()
    assert [name for name, _ in extensions.asked_dialogs.asked] == ["import_files"]
    assert QApplication.focusWidget() is opened.area.view


def test_labels_are_given_from_it(
    opened: MainWindow, palette: CommandPalette, qtbot: QtBot
) -> None:
    QTest.keyClicks(palette.field, "disease")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)

    def labels() -> list[str]:
        assert opened.session is not None
        assert opened.session.record is not None
        return [span.label for span in opened.session.record.spans]

    qtbot.waitUntil(lambda: labels() == ["disease"])


def test_keys_move_and_close(opened: MainWindow, palette: CommandPalette) -> None:
    field, count = palette.field, palette.rows.rowCount()

    def row_after(key: Qt.Key) -> int:
        QTest.keyClick(field, key)
        return palette.list.currentIndex().row()

    assert row_after(Qt.Key.Key_Down) == 1
    assert row_after(Qt.Key.Key_PageDown) == 12
    assert row_after(Qt.Key.Key_PageUp) == 1
    assert row_after(Qt.Key.Key_Up) == 0
    assert row_after(Qt.Key.Key_Up) == count - 1
    assert row_after(Qt.Key.Key_PageDown) == count - 1
    assert row_after(Qt.Key.Key_Tab) == 0
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert palette.isHidden()
    assert QApplication.focusWidget() is opened.area.view
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(opened.area.view, Qt.Key.Key_K, control)
    assert palette.isVisible()
    QTest.keyClick(field, Qt.Key.Key_K, control)
    assert palette.isHidden()
    QTest.keyClick(opened.area.view, Qt.Key.Key_K, control)
    QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert palette.isHidden()


def test_what_cannot_be_run_says_why_and_is_not_run(palette: CommandPalette) -> None:
    QTest.keyClicks(palette.field, "redo")
    assert chosen(palette).id == "edit.redo"
    assert chosen(palette).why_not in palette.note.text()
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    palette.field.setText("no such thing at all")
    assert palette.rows.rowCount() == 0
    assert palette.note.text() == "Nothing is called that."
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_without_a_project_most_is_greyed(window: MainWindow) -> None:
    found = {row.id: row.why_not for row in Findable(window).find("")}
    assert found["edit.undo"] == "no project is open"
    assert found["suggestion.accept"] == "no project is open"
    assert found["project.open"] == ""


def test_recent_commands_come_first(opened: MainWindow, preferences: Preferences) -> None:
    preferences.remember_command("view.dark")
    preferences.remember_command("help.about")
    preferences.remember_command("gone")
    assert [row.id for row in Findable(opened).find("")[:2]] == ["help.about", "view.dark"]


def test_records_and_recent_projects_are_found_by_name(
    opened: MainWindow, preferences: Preferences, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "cardiology.chartmark").mkdir()
    preferences.remember_project(tmp_path / "cardiology.chartmark")
    assert Findable(opened).find("cardio")[0].text == "Open project cardiology"
    records = [row for row in Findable(opened).find("note-2") if row.group == "Record"]
    assert [row.text for row in records] == ["note-2"]
    records[0].run()
    qtbot.waitUntil(lambda: opened.area.name.text() == "note-2")


def test_running_by_mouse_is_remembered(
    opened: MainWindow, palette: CommandPalette, preferences: Preferences
) -> None:
    palette.field.setText("dark colours")
    rectangle = palette.list.visualRect(palette.rows.index(0))
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=rectangle.center())
    assert preferences.choice(SCHEME) == "dark"
    assert preferences.recent_commands() == ["view.dark"]


def test_it_stands_within_the_window_and_reads_its_rows(
    opened: MainWindow, palette: CommandPalette
) -> None:
    opened.resize(opened.minimumSize())
    assert opened.rect().contains(palette.frame.geometry())
    text = palette.rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert text == "Label as drug, 1, Label"
    assert palette.field.accessibleName()
    assert palette.list.accessibleName()
