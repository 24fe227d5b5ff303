"""Text and labels in several pieces: made with Ctrl and by keys, their ends, what is said."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.editor.record_view import RecordView
from core.schema.documents import Span
from tests.app.editor.conftest import Show, click, drag, record

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
TEXT = "left and right lung, then bone"
LEFT, RIGHT, LUNG, BONE = (0, 4), (9, 14), (15, 19), (26, 30)


def ctrl_click(view: RecordView, position: int) -> None:
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, CTRL, view.point_of(position))


def handle(view: RecordView, which: int) -> QPoint:
    points = view.handle_points()
    assert points is not None
    return points[which].toPoint() + QPoint(0, 4)


def split(view_of: Show) -> RecordView:
    """Return a view with ``left … lung`` selected."""
    view = view_of(record(TEXT, Span(0, 19, "body_site", pieces=(LEFT, LUNG), id=1)))
    view.select_span(1)
    return view


def test_ctrl_drag_adds_whole_words_to_the_selected_text(show: Show) -> None:
    view = show(TEXT)
    drag(view, view.point_of(0), view.point_of(3))
    drag(view, view.point_of(16), view.point_of(18), CTRL)
    assert view.selection().pieces == (LEFT, LUNG)
    assert view.selected_text() == "left lung"
    assert view.accessibleDescription() == "Text selected in 2 pieces"
    drag(view, view.point_of(10), view.point_of(12))
    assert view.selection().pieces == (RIGHT,)


def test_ctrl_click_adds_a_word_and_takes_it_out_again(show: Show) -> None:
    view = show(TEXT)
    for position in (1, 16, 27):
        ctrl_click(view, position)
    assert view.selection().pieces == (LEFT, LUNG, BONE)
    ctrl_click(view, 16)
    assert view.selection().pieces == (LEFT, BONE)
    ctrl_click(view, 1)
    ctrl_click(view, 27)
    assert view.selection().empty


def test_neighbouring_words_become_one_piece(show: Show) -> None:
    view = show(TEXT)
    ctrl_click(view, 10)
    ctrl_click(view, 16)
    assert view.selection().pieces == ((9, 19),)
    assert view.selected_text() == "right lung"


def test_shift_arrows_extend_the_last_piece(show: Show) -> None:
    view = show(TEXT)
    ctrl_click(view, 1)
    ctrl_click(view, 10)
    QTest.keyClick(view, Qt.Key.Key_Right, SHIFT)
    assert view.selection().pieces == (LEFT, (9, 19))
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.selection().empty


def test_escape_gives_up_a_ctrl_drag_only(show: Show) -> None:
    view = show(TEXT)
    ctrl_click(view, 1)
    drag(view, view.point_of(16), view.point_of(18), CTRL, release=False)
    assert view.selection().pieces == (LEFT, LUNG)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, CTRL, view.point_of(18))
    assert view.selection().pieces == (LEFT,)


def test_ctrl_drag_gives_a_piece_to_the_selected_label(show: Show, qtbot: QtBot) -> None:
    view = show("[body_site:left] and right lung, then bone")
    click(view, 1)
    with qtbot.waitSignal(view.pieces.added) as asked:
        drag(view, view.point_of(16), view.point_of(18), CTRL)
    assert asked.args == [1, LUNG]
    assert view.selection().span_id == 1
    with qtbot.waitSignal(view.pieces.added) as asked:
        ctrl_click(view, 27)
    assert asked.args == [1, BONE]


def test_nothing_is_added_when_read_only(show: Show, qtbot: QtBot) -> None:
    view = show("[body_site:left] and right lung")
    view.set_read_only(True)
    click(view, 1)
    with qtbot.assertNotEmitted(view.pieces.added):
        ctrl_click(view, 16)


def test_a_suggestion_gets_no_piece(show: Show, qtbot: QtBot) -> None:
    view = show("[?body_site:left] and right lung")
    click(view, 1)
    with qtbot.assertNotEmitted(view.pieces.added):
        ctrl_click(view, 16)
    assert view.selection().pieces == (LUNG,)
    assert not view.selection().suggestion_id


def test_words_are_chosen_while_the_label_stays_selected(show: Show, qtbot: QtBot) -> None:
    view = show("[body_site:left] and right lung")
    view.select_span(1)
    view.pieces.gather()
    QTest.keyClick(view, Qt.Key.Key_End)
    QTest.keyClick(view, Qt.Key.Key_Left, SHIFT)
    chosen = view.selection()
    assert (chosen.span_id, chosen.stretch, chosen.gathering) == (1, (9, 19), True)
    assert view.handle_points() is None
    with qtbot.waitSignal(view.pieces.confirmed):
        QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.selection().span_id == 1
    assert view.selection().stretch is None
    assert not view.selection().gathering


def test_a_click_chooses_a_word_while_words_are_chosen(show: Show) -> None:
    view = show("[body_site:left] and [disease:right] lung")
    view.select_span(1)
    view.pieces.gather()
    click(view, 10)
    assert view.selection().span_id == 1
    assert view.selection().stretch == RIGHT


@pytest.mark.parametrize(
    ("which", "to", "wanted"),
    [
        (1, 6, ((0, 8), LUNG)),
        (1, 10, ((0, 19),)),
        (1, 17, ((0, 19),)),
        (2, 10, (LEFT, (9, 19))),
        (3, 27, (LEFT, (15, 30))),
    ],
)
def test_a_handle_moves_the_end_of_its_piece(
    show: Show, qtbot: QtBot, which: int, to: int, wanted: tuple[tuple[int, int], ...]
) -> None:
    view = split(show)
    with qtbot.waitSignal(view.pieces.reshaped) as asked:
        drag(view, handle(view, which), view.point_of(to))
    assert asked.args == [1, wanted]


@pytest.mark.parametrize(("which", "to"), [(0, 10), (3, 1)])
def test_the_ends_of_a_piece_never_pass_each_other(
    show: Show, qtbot: QtBot, which: int, to: int
) -> None:
    view = split(show)
    with qtbot.assertNotEmitted(view.pieces.reshaped):
        drag(view, handle(view, which), view.point_of(to))


def test_a_nudge_moves_the_outer_ends(show: Show, qtbot: QtBot) -> None:
    view = split(show)
    with qtbot.waitSignal(view.span_resized) as asked:
        QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier | SHIFT)
    assert asked.args == [1, 0, 20]


def test_pieces_are_told_and_copied(show: Show) -> None:
    view = split(show)
    assert view.accessibleDescription() == "body_site, in 2 pieces, by hand"
    QTest.keyClick(view, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "left lung"


def test_the_clicked_piece_is_known(show: Show) -> None:
    view = split(show)
    view.clear_selection()
    click(view, 17)
    assert view.selection().piece == LUNG


def test_the_gap_between_pieces_is_drawn(show: Show) -> None:
    view = show(record(TEXT, Span(0, 19, "body_site", pieces=(LEFT, LUNG), id=1)))
    joined = view.grab().toImage()
    view.update_record(record(TEXT, Span(0, 4, "body_site", id=2), Span(15, 19, "body_site", id=3)))
    view.pieces.stop()
    parted = view.grab().toImage()
    between = view.point_of(7)
    below = [(x, between.y() + y) for x in range(between.x(), between.x() + 12) for y in range(16)]
    assert any(joined.pixelColor(*at) != parted.pixelColor(*at) for at in below)


def test_a_gap_over_a_line_end_stands_in_both_lines(show: Show) -> None:
    text = "left " + "and " * 60 + "right lung"
    last = len(text) - 4
    view = show(record(text, Span(0, len(text), "sign", pieces=((0, 4), (last, last + 4)), id=1)))
    gaps = [part for part in view.column.laid(0).mark_segments() if part.gap]
    assert [part.line for part in gaps] == list(range(len(view.column.laid(0).lines)))
    assert {part.level for part in gaps} == {0}


def test_names_say_that_there_are_more_pieces(show: Show) -> None:
    view = split(show)
    names = view._painter.names(view.column.laid(0)).names
    assert [name.text for name in names] == ["body_site…", "…body_site"]
