"""The keyboard alone: words, lines, pages, ends by characters, labels in turn, label keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.editor.record_view import RecordView
from tests.app.editor.conftest import Show, record

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


def press(view: RecordView, *keys: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    for key in keys:
        QTest.keyClick(view, key, held)


def word(view: RecordView) -> str:
    return view.text_under_selection()


def test_the_caret_goes_by_words_and_passes_over_punctuation(show: Show) -> None:
    view = show("Known DM, on (oral) metformin.")
    seen = [word(view)]
    for _ in range(5):
        press(view, Key.Key_Right)
        seen.append(word(view))
    assert seen == ["Known", "DM", "on", "oral", "metformin", "metformin"]
    press(view, Key.Key_Left)
    assert word(view) == "oral"


def test_shift_extends_by_words_and_back(show: Show) -> None:
    view = show("type 2 diabetes, well controlled")
    press(view, Key.Key_Right, held=SHIFT)
    press(view, Key.Key_Right, held=SHIFT)
    assert view.selected_text() == "type 2 diabetes"
    press(view, Key.Key_Left, held=SHIFT)
    assert view.selected_text() == "type 2"
    press(view, Key.Key_Right)
    assert view.selection().empty


def test_extending_leftwards(show: Show) -> None:
    view = show("one two three")
    press(view, Key.Key_End)
    press(view, Key.Key_Left, held=SHIFT)
    assert view.selected_text() == "two three"


def test_ends_move_by_characters(show: Show) -> None:
    view = show("diabetes mellitus")
    press(view, Key.Key_Left, held=ALT | SHIFT)
    assert view.selected_text() == "diabete"
    press(view, Key.Key_Right, held=ALT | CONTROL)
    assert view.selected_text() == "iabete"


def test_a_character_step_takes_an_emoji_whole(show: Show) -> None:
    view = show("ok \U0001f469\u200d\u2695\ufe0f\U0001f600e\u0301 x")
    view.select_stretch(0, 3)
    ends = []
    for _ in range(3):
        press(view, Key.Key_Right, held=ALT | SHIFT)
        stretch = view.selection().stretch
        assert stretch is not None
        ends.append(stretch[1])
    assert ends == [7, 8, 10]


def test_ends_of_a_label_and_of_a_suggestion_are_asked_for(show: Show, qtbot: QtBot) -> None:
    view = show("the [disease:diabetes] and [?drug:insulin] ok")
    view.select_span(1)
    with qtbot.waitSignal(view.span_resized) as asked:
        press(view, Key.Key_Right, held=ALT | SHIFT)
    assert asked.args == [1, 4, 13]
    with qtbot.waitSignal(view.span_resized) as asked:
        press(view, Key.Key_Left, held=ALT | CONTROL)
    assert asked.args == [1, 3, 12]
    view.select_suggestion(1)
    with qtbot.waitSignal(view.suggestion_resized) as asked:
        press(view, Key.Key_Left, held=ALT | SHIFT)
    assert asked.args == [1, 17, 23]
    view.set_read_only(True)
    with qtbot.assertNotEmitted(view.suggestion_resized):
        press(view, Key.Key_Left, held=ALT | SHIFT)


def test_up_and_down_keep_the_column(show: Show) -> None:
    view = show("alpha beta gamma delta\nup\n\nalpha beta gamma delta")
    press(view, Key.Key_Right, Key.Key_Right, Key.Key_Right)
    assert word(view) == "delta"
    press(view, Key.Key_Down)
    assert word(view) == "up"
    press(view, Key.Key_Down)
    assert word(view) == "delta"
    press(view, Key.Key_Up, Key.Key_Up)
    assert view.selection().word == (17, 22)


def test_home_and_end_of_line_and_record(show: Show) -> None:
    view = show("one two.\nthree four.")
    press(view, Key.Key_End)
    assert word(view) == "."
    press(view, Key.Key_End, held=CONTROL)
    assert view.selection().word == (19, 20)
    press(view, Key.Key_Home)
    assert word(view) == "three"
    press(view, Key.Key_Home, held=CONTROL)
    assert word(view) == "one"
    press(view, Key.Key_End, held=SHIFT)
    assert view.selected_text() == "one two."


def test_pages_go_through_the_record_and_back(show: Show) -> None:
    view = show("\n".join(f"line {number} of many" for number in range(400)))
    press(view, Key.Key_PageDown, Key.Key_PageDown)
    down = view.selection().word
    assert down is not None
    assert view.verticalScrollBar().value() > 500
    assert 0 <= view.point_of(down[0]).y() < view.viewport().height()
    press(view, Key.Key_PageUp, Key.Key_PageUp)
    up = view.selection().word
    assert up is not None
    assert up[0] < 100
    press(view, Key.Key_PageDown, held=SHIFT)
    assert len(view.selected_text()) > 200


def test_tab_goes_through_labels_and_suggestions_and_round(show: Show) -> None:
    view = show("[disease:flu] and [?drug:aspirin] and [sign:fever]")
    seen = []
    for _ in range(4):
        press(view, Key.Key_Tab)
        seen.append(view.selected_text())
    assert seen == ["flu", "aspirin", "fever", "flu"]
    press(view, Key.Key_Backtab, held=SHIFT)
    assert view.selected_text() == "fever"


def test_tab_leaves_a_view_without_labels(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    view = RecordView()
    view.set_record(record("nothing here"))
    below = QLineEdit()
    column = QVBoxLayout(window)
    column.addWidget(view)
    column.addWidget(below)
    window.show()
    window.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    press(view, Key.Key_Tab)
    assert below.hasFocus()


def test_suggestions_in_turn(show: Show) -> None:
    view = show("[?disease:flu] [disease:cold] [?drug:aspirin]")
    assert view.step_suggestion(1)
    assert view.selection().suggestion_id == 1
    view.step_suggestion(1)
    assert view.selection().suggestion_id == 2
    view.step_suggestion(1)
    assert view.selection().suggestion_id == 1
    view.step_suggestion(-1)
    assert view.selection().suggestion_id == 2
    assert not show("none").step_suggestion(1)


def test_escape_clears_and_then_is_not_taken(show: Show) -> None:
    view = show("[disease:flu]")
    view.select_span(1)
    press(view, Key.Key_Escape)
    assert view.selection().empty
    assert not view.escape()


@pytest.mark.parametrize(("key", "text"), [(Key.Key_1, "1"), (Key.Key_Q, "q"), (Key.Key_Z, "z")])
def test_printable_keys_are_label_keys(show: Show, qtbot: QtBot, key: Qt.Key, text: str) -> None:
    view = show("word")
    with qtbot.waitSignal(view.label_key_pressed) as pressed:
        press(view, key)
    assert pressed.args == [text]


@pytest.mark.parametrize("held", [CONTROL, ALT, CONTROL | SHIFT])
def test_keys_with_control_or_alt_are_left_to_the_window(
    show: Show, qtbot: QtBot, held: Qt.KeyboardModifier
) -> None:
    view = show("word")
    with qtbot.assertNotEmitted(view.label_key_pressed):
        press(view, Key.Key_1, held=held)
        press(view, Key.Key_Space)
        press(view, Key.Key_Delete)
