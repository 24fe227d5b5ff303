from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.design.tokens import LIGHT
from app.preferences import Preferences
from app.queue_feed import QueueQuery
from app.window.keymap import Keymap
from app.window.main_window import MainWindow
from app.window.palette_dock import PaletteDock
from app.window.queue_dock import QueueDock
from core.operations.importing import import_files
from core.schema.labels import Label, LabelScheme
from core.store.changes import ChangeSet
from core.store.project import Project


def test_queue_without_records_offers_to_import(qtbot: QtBot) -> None:
    dock = QueueDock(LIGHT)
    qtbot.addWidget(dock)
    dock.set_rows([])
    assert dock.empty.button.text() == "Import records…"
    with qtbot.waitSignal(dock.import_requested):
        dock.empty.button.click()


def test_queue_that_is_filtered_to_nothing_offers_all_records(qtbot: QtBot) -> None:
    dock = QueueDock(LIGHT)
    qtbot.addWidget(dock)
    dock.set_query(QueueQuery(search="nothing"))
    dock.set_rows([])
    assert dock.empty.button.text() == "Show all records"
    with qtbot.waitSignal(dock.query_changed) as asked:
        dock.empty.button.click()
    assert asked.args is not None
    assert not asked.args[0].filtered


def test_palette_without_labels_offers_to_add_one(qtbot: QtBot, preferences: Preferences) -> None:
    palette = PaletteDock(LIGHT, Keymap(preferences))
    qtbot.addWidget(palette)
    palette.show()
    palette.set_scheme(LabelScheme(()))
    button = next(
        child for child in palette.findChildren(QPushButton) if child.text().startswith("Add the")
    )
    with qtbot.waitSignal(palette.edit_requested):
        button.click()
    with qtbot.waitSignal(button.destroyed):
        palette.set_scheme(LabelScheme((Label("drug"),)))


def test_record_without_suggestions_says_where_they_come_from(opened: MainWindow) -> None:
    opened.actions_["suggestion.next"].trigger()
    assert "press Retrain" in opened.banner.text.text()


def test_project_without_records_says_how_to_import(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "empty.chartmark"
    project = Project.create(folder=folder, scheme=LabelScheme((Label("drug"),)), annotator="Ada")
    window.adopt_project(project)
    qtbot.waitUntil(lambda: "Import some" in window.area.view._empty_text)


def test_first_records_that_come_in_are_shown_at_once(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "empty.chartmark"
    project = Project.create(folder=folder, scheme=LabelScheme(()), annotator="Ada")
    window.adopt_project(project)
    qtbot.waitUntil(lambda: "Import some" in window.area.view._empty_text)
    note = tmp_path / "note.txt"
    note.write_text("?")
    session = window.session
    assert session is not None
    with qtbot.waitSignal(session.record_opened):
        session.run(
            lambda: import_files(project=project, paths=[note]),
            done=lambda outcome: session.announce(outcome[1] or ChangeSet(0)),
        )
    assert "1 character" in window.area.about.text().split("  ·  ")
