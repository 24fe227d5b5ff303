from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.session import Session
from app.window.main_window import MainWindow


def session_of(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def search(window: MainWindow, qtbot: QtBot, text: str) -> None:
    """Search all records and wait for the answer."""
    queue = window.docks.queue
    with qtbot.waitSignal(session_of(window).queue.changed):
        queue.search.setText(text)
    queue.search.setFocus()


@pytest.mark.parametrize(
    ("text", "records", "hits"),
    [
        ("metformin", [1, 2], ["Metformin", "Metformin"]),
        ("tform", [1, 2], ["tform", "tform"]),
        ("糖尿病", [1], ["糖尿病"]),
        ("糖尿", [1], ["糖尿"]),
        ("atrial fibrillation", [2], ["atrial fibrillation"]),
        ("NO ANGINA", [2], ["No angina"]),
    ],
)
def test_hits_are_marked_in_the_record_that_is_opened(
    opened: MainWindow, qtbot: QtBot, text: str, records: list[int], hits: list[str]
) -> None:
    search(opened, qtbot, text)
    assert sorted(row.document_id for row in session_of(opened).queue.rows) == records
    view, bar = opened.area.view, opened.area.find_bar
    with qtbot.waitSignal(session_of(opened).record_opened):
        session_of(opened).open_record(records[0])
    assert view.record is not None
    whole = view.record.document.text
    assert [whole[start:end] for start, end in view.scene.hits.places] == hits
    assert bar.isVisible()
    assert bar.count.text() == f"1 of {len(hits)}"
    assert view.caret_position() == view.scene.hits.places[0][0]
    assert not bar.field.hasFocus()


def test_clearing_the_search_ends_it(opened: MainWindow, qtbot: QtBot) -> None:
    search(opened, qtbot, "metformin")
    assert opened.area.find_bar.isVisible()
    assert opened.area.view.caret_position() == 0
    search(opened, qtbot, "")
    assert opened.area.find_bar.isHidden()
    assert len(opened.area.view.scene.hits) == 0


def test_record_found_by_its_name_alone_shows_no_empty_bar(
    opened: MainWindow, qtbot: QtBot
) -> None:
    search(opened, qtbot, "note-3")
    with qtbot.waitSignal(session_of(opened).record_opened):
        session_of(opened).open_record(3)
    assert opened.area.find_bar.isHidden()


def test_what_is_typed_in_the_find_bar_goes_first(opened: MainWindow, qtbot: QtBot) -> None:
    opened.actions_["find.record"].trigger()
    QTest.keyClicks(opened.area.find_bar.field, "diabetes")
    search(opened, qtbot, "metformin")
    assert opened.area.find_bar.field.text() == "diabetes"


def test_enter_in_the_search_opens_the_first_record_and_down_goes_to_the_list(
    opened: MainWindow, qtbot: QtBot
) -> None:
    queue = opened.docks.queue
    queue.search.setFocus()
    QTest.keyClicks(queue.search, "breast")
    with qtbot.waitSignal(session_of(opened).record_opened):
        QTest.keyClick(queue.search, Qt.Key.Key_Return)
    record = session_of(opened).record
    assert record is not None
    assert record.id == 3
    queue.search.setFocus()
    QTest.keyClick(queue.search, Qt.Key.Key_Down)
    assert queue.view.hasFocus()
