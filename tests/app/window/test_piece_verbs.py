"""P and Shift+P in the window: labels in pieces, made and unmade, and what the store holds."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.window.main_window import MainWindow
from core.schema.documents import Piece
from tests.app.editor.conftest import click, drag

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
# The first record: "Metformin 500 mg for diabetes 🙂 in a man; …"
METFORMIN, DIABETES, MAN = (0, 9), (21, 29), (37, 40)


def pieces(window: MainWindow) -> list[tuple[Piece, ...]]:
    assert window.session is not None
    assert window.session.record is not None
    return [span.stretches() for span in window.session.record.spans]


def key(window: MainWindow, *keys: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    view = window.area.view
    view.setFocus()
    for each in keys:
        QTest.keyClick(view, each, held or Qt.KeyboardModifier.NoModifier)


def labelled(window: MainWindow, qtbot: QtBot) -> None:
    """Label ``Metformin``, which stays selected."""
    key(window, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: bool(window.area.view.selection().span_id))


def test_text_chosen_with_ctrl_becomes_one_label(opened: MainWindow, qtbot: QtBot) -> None:
    view = opened.area.view
    click(view, 2)
    drag(view, view.point_of(0), view.point_of(7))
    drag(view, view.point_of(22), view.point_of(27), CTRL)
    key(opened, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: pieces(opened) == [(METFORMIN, DIABETES)])
    qtbot.waitUntil(lambda: bool(view.selection().span_id))
    assert view.selected_text() == "Metformin diabetes"
    opened.actions_["edit.undo"].trigger()
    qtbot.waitUntil(lambda: pieces(opened) == [])
    opened.actions_["edit.redo"].trigger()
    qtbot.waitUntil(lambda: pieces(opened) == [(METFORMIN, DIABETES)])


def test_p_adds_a_piece_by_keys_alone(opened: MainWindow, qtbot: QtBot) -> None:
    labelled(opened, qtbot)
    key(opened, Qt.Key.Key_P)
    assert "press P again or Enter" in opened.banner.text.text()
    assert opened.banner.isVisible()
    key(opened, *[Qt.Key.Key_Right] * 4)
    key(opened, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: pieces(opened) == [(METFORMIN, DIABETES)])
    assert opened.banner.isHidden()
    assert opened.area.view.selection().span_id
    key(opened, Qt.Key.Key_P)
    key(opened, *[Qt.Key.Key_Right] * 2)
    key(opened, Qt.Key.Key_Right, held=SHIFT)
    key(opened, Qt.Key.Key_Enter)
    qtbot.waitUntil(lambda: len(pieces(opened)[0]) == 3 or pieces(opened)[0][-1] != DIABETES)
    opened.actions_["edit.undo"].trigger()
    qtbot.waitUntil(lambda: pieces(opened) == [(METFORMIN, DIABETES)])
    opened.actions_["edit.undo"].trigger()
    qtbot.waitUntil(lambda: pieces(opened) == [(METFORMIN,)])


def test_escape_gives_up_and_the_label_stays(opened: MainWindow, qtbot: QtBot) -> None:
    labelled(opened, qtbot)
    key(opened, Qt.Key.Key_P)
    key(opened, Qt.Key.Key_Right, Qt.Key.Key_Escape)
    assert opened.banner.isHidden()
    assert opened.area.view.selection().span_id
    assert pieces(opened) == [(METFORMIN,)]


def test_p_gathers_text_too(opened: MainWindow, qtbot: QtBot) -> None:
    view = opened.area.view
    view.select_stretch(*METFORMIN)
    key(opened, Qt.Key.Key_P)
    key(opened, *[Qt.Key.Key_Right] * 4)
    key(opened, Qt.Key.Key_Return)
    assert view.selection().pieces == (METFORMIN, DIABETES)
    assert "press a label's key" in opened.banner.text.text()
    key(opened, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: pieces(opened) == [(METFORMIN, DIABETES)])


def test_shift_p_removes_the_clicked_piece_else_the_last(opened: MainWindow, qtbot: QtBot) -> None:
    view = opened.area.view
    labelled(opened, qtbot)
    for position in (23, 38):
        click_with_ctrl(opened, qtbot, position)
    qtbot.waitUntil(lambda: pieces(opened) == [(METFORMIN, DIABETES, MAN)])
    click(view, 23)
    key(opened, Qt.Key.Key_P, held=SHIFT)
    qtbot.waitUntil(lambda: pieces(opened) == [(METFORMIN, MAN)])
    view.clear_selection()
    view.step_mark(1)
    key(opened, Qt.Key.Key_P, held=SHIFT)
    qtbot.waitUntil(lambda: pieces(opened) == [(METFORMIN,)])
    key(opened, Qt.Key.Key_P, held=SHIFT)
    assert "has no other" in opened.banner.text.text()


def test_a_dragged_handle_changes_its_piece_only(opened: MainWindow, qtbot: QtBot) -> None:
    view = opened.area.view
    labelled(opened, qtbot)
    click_with_ctrl(opened, qtbot, 23)
    qtbot.waitUntil(lambda: pieces(opened) == [(METFORMIN, DIABETES)])
    qtbot.waitUntil(lambda: len(view.handle_points() or ()) == 4)
    points = view.handle_points()
    assert points is not None
    point = points[2].toPoint()
    point.setY(point.y() + 4)
    drag(view, point, view.point_of(18))
    qtbot.waitUntil(lambda: pieces(opened) == [(METFORMIN, (17, 29))])


def test_p_without_anything_selected_says_what_to_do(opened: MainWindow) -> None:
    key(opened, Qt.Key.Key_P)
    assert "Select a label or some words first" in opened.banner.text.text()
    assert not opened.area.view.selection().gathering


def test_mentions_of_pieces_are_not_sought(opened: MainWindow, qtbot: QtBot) -> None:
    labelled(opened, qtbot)
    click_with_ctrl(opened, qtbot, 23)
    qtbot.waitUntil(lambda: pieces(opened) == [(METFORMIN, DIABETES)])
    key(opened, Qt.Key.Key_M)
    assert "in one piece" in opened.banner.text.text()


def click_with_ctrl(window: MainWindow, qtbot: QtBot, position: int) -> None:
    """Give the selected label the word at a position, and wait until the store has it."""
    view, before = window.area.view, pieces(window)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, CTRL, view.point_of(position))
    qtbot.waitUntil(lambda: pieces(window) != before)
