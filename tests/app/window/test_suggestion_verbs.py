from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.editor.sight import visible_suggestions
from app.record import Record
from app.session import Session
from app.settings import ACCEPT_FROM, LEAST_SURE
from app.window.accept_visible import offered
from app.window.main_window import MainWindow
from core.schema.documents import ImportedDocument, PredictedSpan
from core.store.documents import add_documents
from tests.app.conftest import suggest

LINES = 300


def session_of(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def record_of(window: MainWindow) -> Record:
    record = window.area.record
    assert record is not None
    return record


def press(window: MainWindow, *keys: Qt.Key | str) -> None:
    view = window.area.view
    view.setFocus()
    for key in keys:
        if isinstance(key, str) and key.isupper():
            QTest.keyClick(view, Qt.Key[f"Key_{key}"], Qt.KeyboardModifier.ShiftModifier)
        elif isinstance(key, str):
            QTest.keyClicks(view, key)
        else:
            QTest.keyClick(view, key)


def show(window: MainWindow, qtbot: QtBot, document_id: int) -> None:
    session = session_of(window)
    with qtbot.waitSignal(session.record_opened):
        session.open_record(document_id)


@pytest.fixture
def suggested(opened: MainWindow, qtbot: QtBot) -> MainWindow:
    """The first record with four suggestions, two of them on one stretch."""
    predicted = [
        PredictedSpan(0, 9, "drug", 0.9),
        PredictedSpan(21, 29, "disease", 0.7),
        PredictedSpan(21, 29, "history", 0.6),
        PredictedSpan(58, 67, "drug", 0.4),
    ]
    suggest(session_of(opened).project, 1, *predicted)
    show(opened, qtbot, 1)
    return opened


@pytest.fixture
def long(opened: MainWindow, qtbot: QtBot) -> MainWindow:
    """A record of many lines with a suggestion in each."""
    session = session_of(opened)
    text = "\n".join(f"aspirin {number:03d} daily" for number in range(LINES))
    item = ImportedDocument(key="long", name="long", text=text, source="notes.csv")
    add_documents(project=session.project, documents=[item])
    step = len("aspirin 000 daily\n")
    predicted = [PredictedSpan(n * step, n * step + 7, "drug", 0.8) for n in range(LINES)]
    suggest(session.project, 4, *predicted)
    show(opened, qtbot, 4)
    return opened


def spans(window: MainWindow) -> list[tuple[int, int, str]]:
    return [(span.start, span.end, span.label) for span in record_of(window).spans]


def test_filter_hides_in_view_steps_and_counts_and_is_remembered(
    suggested: MainWindow, qtbot: QtBot
) -> None:
    bar, view = suggested.area.suggestions, suggested.area.view
    assert bar.shown.isHidden()
    press(suggested, *(">" * 13))
    assert suggested.preferences.number(LEAST_SURE) == 65
    assert bar.shown.text() == "2 of 4 shown"
    assert not bar.show_all.isHidden()
    press(suggested, "j", "j", "j")
    assert view.selection().suggestion_id == record_of(suggested).suggestions[0].id
    press(suggested, "<", "<")
    assert bar.shown.text() == "3 of 4 shown"
    assert len(record_of(suggested).suggestions) == 4
    bar.show_all.click()
    assert bar.shown.isHidden()
    assert suggested.preferences.number(LEAST_SURE) == 0


def test_nothing_is_hidden_silently(suggested: MainWindow, qtbot: QtBot) -> None:
    suggested.preferences.set(LEAST_SURE, 100)
    assert suggested.area.suggestions.shown.text() == "0 of 4 shown"
    press(suggested, "j")
    assert "hides all 4 suggestions" in suggested.banner.text.text()
    suggested.banner.button.click()
    assert suggested.area.suggestions.shown.isHidden()


def test_accepting_goes_on_among_those_that_are_shown(suggested: MainWindow, qtbot: QtBot) -> None:
    suggested.preferences.set(LEAST_SURE, 65)
    press(suggested, "j", "a")
    qtbot.waitUntil(lambda: spans(suggested) == [(0, 9, "drug")])
    selected = suggested.area.view.selection
    qtbot.waitUntil(lambda: bool(selected().suggestion_id))
    press(suggested, "x")
    qtbot.waitUntil(lambda: len(record_of(suggested).suggestions) == 2)
    assert suggested.area.suggestions.shown.text() == "0 of 2 shown"


def test_reject_all_leaves_what_the_filter_hides(suggested: MainWindow, qtbot: QtBot) -> None:
    suggested.preferences.set(LEAST_SURE, 65)
    press(suggested, "X")
    qtbot.waitUntil(lambda: len(record_of(suggested).suggestions) == 2)
    assert {item.score for item in record_of(suggested).suggestions} == {0.6, 0.4}


def test_accept_visible_previews_counts_and_is_one_edit(
    suggested: MainWindow, qtbot: QtBot
) -> None:
    panel, view = suggested.area.accept, suggested.area.view
    press(suggested, "v")
    assert not panel.isHidden()
    assert panel.slider.value() == 80
    panel.spin.setValue(60)
    keys = {item.id for item in record_of(suggested).suggestions if item.score in (0.9, 0.7)}
    assert view.scene.previewed == keys
    assert panel.count.text() == "Accept 2 of 4 visible suggestions"
    assert panel.rest.text() == "1 overlaps a surer one and stays open"
    assert [panel.list.item(n).text() for n in range(panel.list.count())] == [
        "Metformin: drug, 90 %",
        "diabetes: disease, 70 %",
    ]
    QTest.keyClick(panel.slider, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: spans(suggested) == [(0, 9, "drug"), (21, 29, "disease")])
    assert panel.isHidden()
    assert view.scene.previewed == frozenset()
    assert suggested.preferences.number(ACCEPT_FROM) == 60
    suggested.actions_["edit.undo"].trigger()
    qtbot.waitUntil(lambda: spans(suggested) == [])
    assert len(record_of(suggested).suggestions) == 4


def test_escape_leaves_the_sheet_and_accepts_nothing(suggested: MainWindow, qtbot: QtBot) -> None:
    press(suggested, "v")
    panel = suggested.area.accept
    assert panel.slider.hasFocus()
    QTest.keyClick(panel.slider, Qt.Key.Key_Escape)
    assert panel.isHidden()
    assert suggested.area.view.hasFocus()
    assert suggested.area.view.scene.previewed == frozenset()
    assert spans(suggested) == []


def test_only_what_is_in_sight_is_offered_and_scrolling_offers_anew(
    long: MainWindow, qtbot: QtBot
) -> None:
    view, panel = long.area.view, long.area.accept
    press(long, "v")
    first = offered(view, least=50, whole=False)
    assert 3 < len(first.taken) < LINES
    assert first.elsewhere == LINES - len(first.taken)
    for item in first.taken:
        for position in (item.start, item.end - 1):
            box = view.box_of(position)
            assert box.top() >= -0.5
            assert box.bottom() <= view.viewport().height() + 0.5
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    assert not view.scene.previewed & set(first.keys)
    QTest.keyClick(panel.slider, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(spans(long)))
    assert spans(long)[-1][0] == (LINES - 1) * len("aspirin 000 daily\n")
    assert not {(item.start, item.end, "drug") for item in first.taken} & set(spans(long))


def test_accept_all_asks_where_more_is_hit_than_is_seen(long: MainWindow, qtbot: QtBot) -> None:
    press(long, "A")
    panel = long.area.accept
    assert not panel.isHidden()
    assert panel.count.text() == f"Accept {LINES} of {LINES} suggestions of this record"
    assert spans(long) == []
    QTest.keyClick(panel.slider, Qt.Key.Key_Enter)
    qtbot.waitUntil(lambda: len(spans(long)) == LINES)


def test_accept_all_in_sight_asks_nothing(suggested: MainWindow, qtbot: QtBot) -> None:
    press(suggested, "A")
    qtbot.waitUntil(
        lambda: spans(suggested) == [(0, 9, "drug"), (21, 29, "disease"), (58, 67, "drug")]
    )
    assert [item.label for item in record_of(suggested).suggestions] == ["history"]
    assert "Overlapping surer ones and still open: 1" in suggested.banner.text.text()


def test_suggestions_cut_off_at_an_edge_are_not_visible(long: MainWindow) -> None:
    view = long.area.view
    view.verticalScrollBar().setValue(0)
    whole = len(visible_suggestions(view))
    view.verticalScrollBar().setValue(view.verticalScrollBar().singleStep() // 2 + 30)
    seen = visible_suggestions(view)
    assert seen[0].start > 0
    assert abs(len(seen) - whole) <= 2


def test_folded_suggestions_are_not_offered(opened: MainWindow, qtbot: QtBot) -> None:
    session = session_of(opened)
    text = "DIAGNOSIS:\nangina\nMEDICATION:\naspirin daily\nmetformin daily\nPLAN:\nrest"
    item = ImportedDocument(key="s", name="s", text=text, source="notes.csv")
    add_documents(project=session.project, documents=[item])
    at = text.index("aspirin")
    suggest(
        session.project,
        4,
        PredictedSpan(text.index("angina"), text.index("angina") + 6, "disease", 0.9),
        PredictedSpan(at, at + 7, "drug", 0.9),
    )
    show(opened, qtbot, 4)
    view = opened.area.view
    assert len(visible_suggestions(view)) == 2
    view.put_caret(at)
    press(opened, "z")
    assert [mark.label for mark in visible_suggestions(view)] == ["disease"]
