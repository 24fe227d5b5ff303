from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.record import Record
from app.window.main_window import MainWindow
from app.window.palette_row import PaletteRow
from core.schema.documents import PredictedSpan, Span
from core.store import edits
from core.store.project import Project
from tests.app.conftest import suggest

SHIFT, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def project_folder(project_folder: Path) -> Path:
    """The records' labels: one negated, one historical, one of the family that is suggested."""
    with Project.open(folder=project_folder) as project:
        edits.add_spans(
            project=project,
            document_id=3,
            spans=[Span(0, 13, "disease"), Span(7, 13, "history")],
        )
        edits.add_spans(project=project, document_id=2, spans=[Span(3, 9, "disease")])
        suggest(project, 3, PredictedSpan(40, 48, "disease", 0.8))
    return project_folder


def show(window: MainWindow, qtbot: QtBot, document_id: int) -> Record:
    session = window.session
    assert session is not None
    with qtbot.waitSignal(session.record_opened):
        session.open_record(document_id)
    record = session.record
    assert record is not None
    window.area.view.setFocus()
    qtbot.waitUntil(lambda: bool(window.area.view.scene.hints))
    return record


def attributes(window: MainWindow) -> list[tuple[int, tuple[str, ...]]]:
    record = window.session.record if window.session is not None else None
    return [(s.start, s.attributes) for s in record.spans] if record is not None else []


def test_y_sets_what_is_suggested_for_the_selected_label(opened: MainWindow, qtbot: QtBot) -> None:
    record = show(opened, qtbot, 2)
    view = opened.area.view
    view.select_span(record.spans[0].id)
    assert "suggested: negated" in view.accessibleDescription()
    QTest.keyClick(view, Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: attributes(opened) == [(3, ("negated",))])
    qtbot.waitUntil(lambda: not view.scene.hints)
    assert "suggested" not in view.accessibleDescription()
    QTest.keyClick(view, Qt.Key.Key_Y)
    assert opened.banner.text.text() == "Nothing is suggested for this label."


def test_y_accepts_a_suggestion_with_what_is_suggested(opened: MainWindow, qtbot: QtBot) -> None:
    record = show(opened, qtbot, 3)
    view = opened.area.view
    view.select_suggestion(record.suggestions[0].id)
    QTest.keyClick(view, Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: (40, ("family",)) in attributes(opened))
    made = opened.session.record.spans[-1] if opened.session and opened.session.record else None
    assert made is not None
    assert view.selection().span_id == made.id
    assert not (opened.session and opened.session.record and opened.session.record.suggestions)


def test_shift_y_sets_all_of_the_record_and_one_undo_takes_all_back(
    opened: MainWindow, qtbot: QtBot
) -> None:
    show(opened, qtbot, 3)
    before = attributes(opened)
    QTest.keyClick(opened.area.view, Qt.Key.Key_Y, SHIFT)
    after = [(0, ("historical",)), (7, ("historical",))]
    qtbot.waitUntil(lambda: attributes(opened) == after)
    assert opened.banner.text.text().startswith("Set for 2 labels: historical.")
    assert opened.session is not None
    assert opened.session.record is not None
    assert len(opened.session.record.suggestions) == 1
    opened.actions_["edit.undo"].trigger()
    qtbot.waitUntil(lambda: attributes(opened) == before)


def test_without_a_selection_it_is_said_what_to_do(opened: MainWindow, qtbot: QtBot) -> None:
    show(opened, qtbot, 2)
    opened.area.view.clear_selection()
    QTest.keyClick(opened.area.view, Qt.Key.Key_Y)
    assert opened.banner.text.text().startswith("Select a label first")


def test_the_palette_says_suggested(opened: MainWindow, qtbot: QtBot) -> None:
    record = show(opened, qtbot, 2)
    opened.area.view.select_span(record.spans[0].id)
    hinted = [
        row.text()
        for row in opened.docks.palette.findChildren(PaletteRow)
        if row.accessibleDescription() == "suggested"
    ]
    assert hinted == ["Negated"]
