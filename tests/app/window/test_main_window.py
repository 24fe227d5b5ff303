from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.design.tokens import DARK
from app.preferences import Preferences
from app.session import Session
from app.settings import SCHEME, STRATEGY, TEXT_SIZE
from app.window.key_sheet import KeySheet
from app.window.main_window import MainWindow
from core.schema.documents import Origin, PredictedSpan, ReviewStatus, Span
from core.schema.errors import KnownError
from core.schema.labels import LabelScheme
from core.store.project import Project
from tests.app.conftest import suggest
from tests.app.window.conftest import TestExtensions

NONE = Qt.KeyboardModifier.NoModifier


def session_of(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def spans(window: MainWindow) -> list[tuple[int, int, str]]:
    record = session_of(window).record
    assert record is not None
    return [(span.start, span.end, span.label) for span in record.spans]


def press(qtbot: QtBot, window: MainWindow, *keys: Qt.Key | str) -> None:
    """Press keys in the record, as a person does."""
    view = window.area.view
    view.setFocus()
    for key in keys:
        if isinstance(key, str):
            QTest.keyClicks(view, key)
        else:
            QTest.keyClick(view, key)


def test_welcome_offers_first_steps_and_recent_projects(
    window: MainWindow, extensions: TestExtensions, preferences: Preferences, tmp_path: Path
) -> None:
    assert window.welcome.isVisible()
    window.actions_["project.new"].trigger()
    assert extensions.asked_dialogs.asked == [("new_project", {})]
    assert not window.actions_["data.import"].isEnabled()
    (tmp_path / "old.chartmark").mkdir()
    preferences.remember_project(tmp_path / "old.chartmark")
    window.close_project(forget=False)
    assert window.welcome._recent.count() == 1


def test_project_opens_with_its_first_record(opened: MainWindow) -> None:
    assert opened.area.isVisible()
    assert opened.windowTitle() == "ward – Chartmark"
    assert opened.area.name.text() == "note-1"
    assert set(opened.docks.palette.label_rows) == {"drug", "disease", "history"}
    assert opened.actions_["model.retrain"].isEnabled()
    assert QApplication.focusWidget() is opened.area.view


def test_word_is_labelled_by_one_key_and_selected_for_the_next(
    opened: MainWindow, qtbot: QtBot
) -> None:
    press(qtbot, opened, "1")
    qtbot.waitUntil(lambda: spans(opened) == [(0, 9, "drug")])
    qtbot.waitUntil(lambda: bool(opened.area.view.selection().span_id))
    press(qtbot, opened, "n")
    record = session_of(opened).record
    assert record is not None
    qtbot.waitUntil(lambda: session_of(opened).record.spans[0].attributes == ("negated",))  # type: ignore[union-attr]  # it is there
    press(qtbot, opened, "2")
    qtbot.waitUntil(lambda: spans(opened) == [(0, 9, "disease")])
    press(qtbot, opened, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: spans(opened) == [])
    assert opened.area.saved.text().startswith("Saved ")


def test_undo_and_redo_by_keys(opened: MainWindow, qtbot: QtBot) -> None:
    assert not opened.actions_["edit.undo"].isEnabled()
    press(qtbot, opened, "1")
    qtbot.waitUntil(opened.actions_["edit.undo"].isEnabled)
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(opened.area.view, Qt.Key.Key_Z, control)
    qtbot.waitUntil(lambda: spans(opened) == [])
    QTest.keyClick(opened.area.view, Qt.Key.Key_Y, control)
    qtbot.waitUntil(lambda: spans(opened) == [(0, 9, "drug")])


def test_the_last_label_is_repeated_by_one_key(opened: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, opened, ".")
    assert "Give a label first" in opened.banner.text.text()
    press(qtbot, opened, "2")
    qtbot.waitUntil(lambda: spans(opened) == [(0, 9, "disease")])
    qtbot.waitUntil(lambda: bool(opened.area.view.selection().span_id))
    press(qtbot, opened, Qt.Key.Key_Right, ".")
    qtbot.waitUntil(lambda: len(spans(opened)) == 2)
    assert {label for _, _, label in spans(opened)} == {"disease"}
    press(qtbot, opened, "1")
    qtbot.waitUntil(lambda: spans(opened)[1][2] == "drug")
    press(qtbot, opened, Qt.Key.Key_Tab, ".")
    qtbot.waitUntil(lambda: {label for _, _, label in spans(opened)} == {"drug"})


def test_a_changed_key_labels_no_more(opened: MainWindow, qtbot: QtBot) -> None:
    opened.keymap.give("label.repeat", "1")
    press(qtbot, opened, "2")
    qtbot.waitUntil(lambda: spans(opened) == [(0, 9, "disease")])
    press(qtbot, opened, Qt.Key.Key_Right, "1")
    qtbot.waitUntil(lambda: len(spans(opened)) == 2)
    assert {label for _, _, label in spans(opened)} == {"disease"}
    opened.keymap.reset_all()
    qtbot.waitUntil(lambda: bool(opened.area.view.selection().span_id))
    press(qtbot, opened, "1")
    qtbot.waitUntil(lambda: spans(opened)[1][2] == "drug")


def test_no_key_of_the_window_means_two_things(opened: MainWindow) -> None:
    keys = [
        key.toString()
        for action in opened.findChildren(QAction)
        if action.isEnabled()
        for key in action.shortcuts()
    ]
    for shortcut in opened.findChildren(QShortcut):
        owner = shortcut.parent()
        if shortcut.isEnabled() and isinstance(owner, QWidget) and owner.isVisible():
            keys.append(shortcut.key().toString())
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    assert len(keys) > 60


def test_keys_are_changed_from_the_sheet_of_keys(
    opened: MainWindow, extensions: TestExtensions
) -> None:
    QTest.keyClicks(opened.area.view, "?")
    sheet = opened.findChild(KeySheet)
    assert sheet is not None
    change = next(b for b in sheet.findChildren(QPushButton) if "Change" in b.text())
    QTest.mouseClick(change, Qt.MouseButton.LeftButton)
    assert not sheet.isVisible()
    assert [name for name, _ in extensions.asked_dialogs.asked] == ["keys"]


def test_docks_are_shown_and_hidden_by_keys(opened: MainWindow) -> None:
    action = opened.actions_["view.queue"]
    assert action.isChecked()
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(opened.area.view, Qt.Key.Key_1, control)
    assert not opened.docks.queue.isVisible()
    assert not action.isChecked()
    QTest.keyClick(opened.area.view, Qt.Key.Key_1, control)
    assert opened.docks.queue.isVisible()
    assert action.isChecked()


def test_mouse_selects_words_and_palette_labels_them(opened: MainWindow, qtbot: QtBot) -> None:
    view = opened.area.view
    surface = view.viewport()
    start, end = view.point_of(21), view.point_of(27)
    QTest.mousePress(surface, Qt.MouseButton.LeftButton, NONE, start)
    QTest.mouseMove(surface, start + QPoint(8, 0))
    QTest.mouseMove(surface, end)
    QTest.mouseRelease(surface, Qt.MouseButton.LeftButton, NONE, end)
    QTest.mouseClick(opened.docks.palette.label_rows["disease"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: spans(opened) == [(21, 29, "disease")])


@pytest.fixture
def suggested(opened: MainWindow, qtbot: QtBot) -> MainWindow:
    """The first record with three suggestions."""
    session = session_of(opened)
    predicted = [PredictedSpan(0, 9, "drug", 0.9), PredictedSpan(21, 29, "disease", 0.7)]
    suggest(session.project, 1, *predicted, PredictedSpan(58, 67, "drug", 0.4))
    with qtbot.waitSignal(session.record_opened):
        session.open_record(1)
    return opened


def test_suggestions_are_walked_accepted_rejected_and_corrected(
    suggested: MainWindow, qtbot: QtBot
) -> None:
    view = suggested.area.view
    press(qtbot, suggested, Qt.Key.Key_Return)
    assert view.selection().suggestion_id
    assert "1 of 3: drug, 90 % sure" in suggested.area.suggestions.count.text()
    press(qtbot, suggested, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: spans(suggested) == [(0, 9, "drug")])
    qtbot.waitUntil(lambda: "disease" in suggested.area.suggestions.count.text())
    press(qtbot, suggested, "x")
    qtbot.waitUntil(lambda: len(session_of(suggested).record.suggestions) == 1)  # type: ignore[union-attr]  # it is there
    qtbot.waitUntil(lambda: "40 % sure" in suggested.area.suggestions.count.text())
    press(qtbot, suggested, "2")
    qtbot.waitUntil(lambda: spans(suggested) == [(0, 9, "drug"), (58, 67, "disease")])
    record = session_of(suggested).record
    assert record is not None
    assert record.suggestions == ()
    assert {span.origin for span in record.spans} == {Origin.SUGGESTED}
    assert suggested.area.suggestions.isHidden()


def test_attribute_on_a_suggestion_accepts_it_with_that(
    suggested: MainWindow, qtbot: QtBot
) -> None:
    press(qtbot, suggested, "j", "f")
    qtbot.waitUntil(lambda: bool(spans(suggested)))
    record = session_of(suggested).record
    assert record is not None
    assert record.spans[0].attributes == ("family",)


def test_all_suggestions_are_one_edit(suggested: MainWindow, qtbot: QtBot) -> None:
    shift = Qt.KeyboardModifier.ShiftModifier
    suggested.area.view.setFocus()
    QTest.keyClick(suggested.area.view, Qt.Key.Key_A, shift)
    qtbot.waitUntil(lambda: len(spans(suggested)) == 3)
    suggested.actions_["edit.undo"].trigger()
    qtbot.waitUntil(lambda: spans(suggested) == [])
    QTest.keyClick(suggested.area.view, Qt.Key.Key_X, shift)
    qtbot.waitUntil(lambda: not session_of(suggested).record.suggestions)  # type: ignore[union-attr]  # it is there


def test_done_goes_on_and_flag_and_reopen_stay(opened: MainWindow, qtbot: QtBot) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    with qtbot.waitSignal(session_of(opened).record_opened):
        QTest.keyClick(opened.area.view, Qt.Key.Key_Return, control)
    assert opened.area.name.text() == "note-2"
    QTest.keyClick(opened.area.view, Qt.Key.Key_B, control)
    qtbot.waitUntil(lambda: "Flagged" in opened.area.about.text())
    opened.actions_["record.reopen"].trigger()
    qtbot.waitUntil(lambda: "In progress" in opened.area.about.text())
    progress = session_of(opened).queue.progress
    qtbot.waitUntil(lambda: session_of(opened).queue.progress[ReviewStatus.DONE] == 1)
    del progress


def test_records_are_stepped_through(opened: MainWindow, qtbot: QtBot) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    with qtbot.waitSignal(session_of(opened).record_opened):
        QTest.keyClick(opened.area.view, Qt.Key.Key_Down, alt)
    assert opened.area.name.text() == "note-2"
    with qtbot.waitSignal(session_of(opened).record_opened):
        press(qtbot, opened, "[")
    assert opened.area.name.text() == "note-1"


def test_keys_go_round_the_parts_of_the_window(opened: MainWindow) -> None:
    opened.area.view.setFocus()
    QTest.keyClick(opened.area.view, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is opened.docks.queue.view
    for _ in range(2):
        QTest.keyClick(QApplication.focusWidget() or opened, Qt.Key.Key_F6)
        focused = QApplication.focusWidget()
        assert focused is not None
    assert focused is opened.area.view


def test_find_in_the_record(opened: MainWindow, qtbot: QtBot) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(opened.area.view, Qt.Key.Key_F, control)
    bar = opened.area.find_bar
    assert bar.isVisible()
    QTest.keyClicks(bar.field, "metformin")
    assert bar.count.text() == "1 of 2"
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.count.text() == "2 of 2"
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is opened.area.view


def test_identical_mentions_are_asked_about(
    opened: MainWindow, extensions: TestExtensions, qtbot: QtBot
) -> None:
    press(qtbot, opened, "m")
    assert "Select a label first" in opened.banner.text.text()
    press(qtbot, opened, "1")
    qtbot.waitUntil(lambda: bool(opened.area.view.selection().span_id))
    press(qtbot, opened, "m")
    QTest.keyClick(opened.area.view, Qt.Key.Key_M, Qt.KeyboardModifier.ShiftModifier)
    asked = [entry for entry in extensions.asked_dialogs.asked if entry[0] == "mentions"]
    words = {"text": "Metformin", "label": "drug"}
    assert asked == [
        ("mentions", words | {"document_id": 1}),
        ("mentions", words | {"document_id": None}),
    ]


def test_ends_that_are_dragged_are_saved(opened: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, opened, "1")
    qtbot.waitUntil(lambda: bool(opened.area.view.selection().span_id))
    opened.area.view.span_resized.emit(opened.area.view.selection().span_id, 0, 13)
    qtbot.waitUntil(lambda: spans(opened) == [(0, 13, "drug")])


def test_known_error_is_shown_and_the_window_goes_on(opened: MainWindow, qtbot: QtBot) -> None:
    session_of(opened).refused.emit(KnownError("The disk is full.", "Free some space."))
    assert opened.banner.isVisible()
    assert opened.banner.text.text() == "The disk is full. Free some space."
    press(qtbot, opened, "1")
    qtbot.waitUntil(lambda: spans(opened) == [(0, 9, "drug")])


def test_second_window_is_told_and_reads_only(
    window: MainWindow, project_folder: Path, qtbot: QtBot
) -> None:
    with Project.open(folder=project_folder):
        with qtbot.waitSignal(window.panel_loaded):
            window.begin(project_folder)
        assert "Another Chartmark has this project open" in window.banner.text.text()
        assert window.windowTitle() == "ward (read only) – Chartmark"
        qtbot.waitUntil(lambda: bool(session_of(window).record))
        press(qtbot, window, "1", "n")
        assert not window.actions_["label.delete"].isEnabled()
        assert spans(window) == []


def test_encrypted_project_asks_for_its_passphrase(
    window: MainWindow, extensions: TestExtensions, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "secret.chartmark"
    Project.create(folder=folder, scheme=LabelScheme(()), passphrase="a b").close()
    asked = extensions.asked_dialogs.asked
    window.open_project(folder)
    qtbot.waitUntil(lambda: len(asked) == 1)
    assert asked[0] == ("ask_passphrase", (folder,))
    window.open_project(folder, "wrong")
    qtbot.waitUntil(lambda: len(asked) == 2)
    assert "does not open" in str(asked[1])
    with qtbot.waitSignal(window.project_opened):
        window.open_project(folder, "a b")
    assert session_of(window).project.name == "secret"


def test_a_project_that_is_open_here_is_not_shut_out_by_its_own_lock(
    window: MainWindow, project_folder: Path, qtbot: QtBot
) -> None:
    opened: list[Session] = []
    window.project_opened.connect(lambda: opened.append(session_of(window)))
    window.open_project(project_folder)
    window.open_project(project_folder)
    window.open_project(project_folder.parent / "." / project_folder.name)
    qtbot.waitUntil(lambda: not window.beside._tasks)
    assert len(opened) == 1
    assert not session_of(window).read_only


def test_folder_without_a_project_is_told(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window.begin(tmp_path / "nothing.chartmark")
    qtbot.waitUntil(lambda: not window.banner.isHidden())
    assert "There is no project in" in window.banner.text.text()
    assert window.welcome.isVisible()


def test_sample_project_is_made_once(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "sample.chartmark"
    with qtbot.waitSignal(window.project_opened, timeout=20_000):
        window.open_sample(folder)
    qtbot.waitUntil(lambda: len(session_of(window).queue.rows) == 120)
    window.close_project()
    assert window.welcome.isVisible()
    with qtbot.waitSignal(window.project_opened):
        window.open_sample(folder)


def test_colours_size_and_order_follow_the_settings(
    opened: MainWindow, preferences: Preferences, qtbot: QtBot
) -> None:
    opened.actions_["view.dark"].trigger()
    assert opened.theme.ground is DARK
    assert preferences.choice(SCHEME) == "dark"
    opened.actions_["view.larger"].trigger()
    assert preferences.number(TEXT_SIZE) == TEXT_SIZE.default + 1
    opened.actions_["view.usual"].trigger()
    assert preferences.number(TEXT_SIZE) == TEXT_SIZE.default
    with qtbot.waitSignal(session_of(opened).queue.changed):
        preferences.set(STRATEGY, "random")
    preferences.set(SCHEME, "light")


def test_layout_is_remembered(
    opened: MainWindow, preferences: Preferences, project_folder: Path
) -> None:
    opened.close()
    assert not preferences.layout("geometry").isEmpty()
    assert not preferences.layout("docks").isEmpty()
    assert preferences.last_project() == project_folder


def test_closing_shuts_the_worker_down_and_keeps_what_waits(
    opened: MainWindow, extensions: TestExtensions, project_folder: Path
) -> None:
    session_of(opened).label_stretch(stretches=[(0, 9)], label="drug")
    opened.close()
    assert extensions.panels[0].asked == ["shut down"]
    with Project.open(folder=project_folder) as project:
        from core.store import documents

        assert documents.spans(project=project, document_id=1) == (Span(0, 9, "drug", id=1),)


def test_retrain_and_dropped_files_reach_whom_they_concern(
    opened: MainWindow, extensions: TestExtensions, tmp_path: Path
) -> None:
    opened.actions_["model.retrain"].trigger()
    opened.actions_["model.quick_update"].trigger()
    opened.actions_["model.thorough"].trigger()
    opened.actions_["model.search"].trigger()
    assert extensions.panels[0].asked == ["retrain", "quick update", "retrain thoroughly", "search"]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.txt"))])
    drop = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, NONE
    )
    opened.dropEvent(drop)
    assert extensions.asked_dialogs.asked[-1] == ("import_files", ([tmp_path / "a.txt"],))


def test_a_window_that_is_left_alone_does_nothing(opened: MainWindow, qtbot: QtBot) -> None:
    for width in (1360, 960, 760):
        opened.resize(width, 860)
        qtbot.wait(400)
        began = time.process_time()
        qtbot.wait(500)
        assert time.process_time() - began < 0.2
