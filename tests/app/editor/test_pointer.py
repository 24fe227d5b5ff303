"""The mouse: snapping, exact characters, clicks through nested labels, handles, the menu."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from app.editor.record_view import RecordView
from core.schema.documents import Span
from tests.app.editor.conftest import Show, click, drag, move_held, record

ALT = Qt.KeyboardModifier.AltModifier
TEXT = "Known type 2 diabetes, on metformin."


def taken(view: RecordView) -> str:
    return view.selected_text()


@pytest.mark.parametrize("pixels", [12, 17, 23, 34])
def test_a_drag_takes_whole_words_at_every_size(show: Show, pixels: int) -> None:
    view = show(TEXT, pixels=pixels)
    drag(view, view.point_of(TEXT.index("ype")), view.point_of(TEXT.index("betes")))
    assert taken(view) == "type 2 diabetes"


def test_what_will_be_taken_shows_before_the_release(show: Show, qtbot: QtBot) -> None:
    view = show(TEXT)
    with qtbot.assertNotEmitted(view.selection_changed):
        drag(view, view.point_of(14), view.point_of(18), release=False)
        assert view.scene.stretch == (13, 21)
    with qtbot.waitSignal(view.selection_changed):
        QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=view.point_of(18))
    assert view.selection().stretch == (13, 21)


def test_a_drag_backwards_takes_the_same(show: Show) -> None:
    view = show(TEXT)
    drag(view, view.point_of(18), view.point_of(7))
    assert taken(view) == "type 2 diabetes"


def test_a_comma_is_not_taken_unless_touched(show: Show) -> None:
    view = show(TEXT)
    drag(view, view.point_of(13), view.point_of(20))
    assert taken(view) == "diabetes"


def test_alt_takes_exact_characters(show: Show) -> None:
    view = show(TEXT)
    drag(view, view.point_of(13) - QPoint(3, 0), view.point_of(17) - QPoint(3, 0), ALT)
    assert taken(view) == "diab"


def test_alt_never_splits_a_character(show: Show) -> None:
    text = "e\u0301tat \U0001f469\u200d\u2695\ufe0f grave"
    view = show(text)
    allowed = {0, 2, 3, 4, 5, 6, 10, 11, 12, 13, 14, 15, 16}
    start = view.point_of(0)
    for x in range(start.x(), start.x() + 140, 3):
        drag(view, QPoint(start.x() - 8, start.y()), QPoint(x, start.y()), ALT)
        stretch = view.selection().stretch
        assert stretch is None or stretch[1] in allowed


def test_a_drag_beyond_the_edge_scrolls(show: Show, qtbot: QtBot) -> None:
    view = show("word " * 3000)
    view.setFocus()
    below = QPoint(200, view.viewport().height() + 60)
    drag(view, QPoint(200, 300), below, release=False)
    qtbot.waitUntil(lambda: view.verticalScrollBar().value() > 50, timeout=2000)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=below)


def test_a_double_click_takes_a_word_and_a_third_the_line(show: Show) -> None:
    view = show("First line here.\nSecond one.")
    click(view, 8)
    click(view, 8, double=True)
    assert taken(view) == "line"
    click(view, 8)
    assert taken(view) == "First line here."


def test_clicks_cycle_from_the_innermost_outwards(show: Show) -> None:
    view = show(
        record(
            "small cell lung cancer",
            Span(0, 22, "disease", id=1),
            Span(11, 22, "disease", id=2),
            Span(11, 15, "body_site", id=3),
        )
    )
    seen = []
    for _ in range(4):
        click(view, 12)
        seen.append(view.selection().span_id)
    assert seen == [3, 2, 1, 3]


def test_a_click_beside_marks_moves_the_caret_and_selects_nothing(show: Show) -> None:
    view = show("a [disease:cold] b word")
    click(view, 3)
    assert view.selection().span_id == 1
    click(view, 10)
    assert view.selection().empty
    assert view.selection().word == (9, 13)


def test_a_click_on_a_name_selects_its_span(show: Show) -> None:
    view = show("seen for [disease:flu] now")
    point = view.point_of(9)
    top = view.box_of(9).top()
    view._pointer.click(point.toPointF() + QPoint(10, 0) - QPoint(0, point.y() - int(top) - 4))
    assert view.selection().span_id == 1


def handle(view: RecordView, which: int) -> QPoint:
    points = view.handle_points()
    assert points is not None
    return points[which].toPoint() + QPoint(0, 4)


def test_dragging_an_end_asks_for_whole_words(show: Show, qtbot: QtBot) -> None:
    view = show("type 2 [disease:diabetes] mellitus, on insulin")
    view.select_span(1)
    with qtbot.waitSignal(view.span_resized) as asked:
        drag(view, handle(view, 1), view.point_of(19))
    assert asked.args == [1, 7, 24]
    with qtbot.waitSignal(view.span_resized) as asked:
        drag(view, handle(view, 0), view.point_of(1))
    assert asked.args == [1, 0, 15]


def test_dragging_an_end_with_alt_is_exact_and_previewed(show: Show, qtbot: QtBot) -> None:
    view = show("[?disease:diabetes] mellitus")
    view.select_suggestion(1)
    left_of = view.point_of(4) - QPoint(4, 0)
    with qtbot.waitSignal(view.suggestion_resized) as asked:
        drag(view, handle(view, 1), left_of, ALT, release=False)
        assert view.scene.stretch == (0, 4)
        QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, ALT, left_of)
    assert asked.args == [1, 0, 4]
    assert view.scene.stretch is None


def test_an_end_never_passes_the_other(show: Show, qtbot: QtBot) -> None:
    view = show("one [drug:two three] four")
    view.select_span(1)
    with qtbot.waitSignal(view.span_resized) as asked:
        drag(view, handle(view, 1), view.point_of(0))
    assert asked.args == [1, 4, 7]


def test_nothing_is_resized_when_read_only(show: Show) -> None:
    view = show("one [drug:two] three")
    view.set_read_only(True)
    view.select_span(1)
    assert view.handle_points() is None


def test_escape_gives_up_a_drag(show: Show, qtbot: QtBot) -> None:
    view = show("one [drug:two] three")
    view.select_span(1)
    with qtbot.assertNotEmitted(view.span_resized):
        drag(view, handle(view, 1), view.point_of(10), release=False)
        QTest.keyClick(view, Qt.Key.Key_Escape)
        QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=view.point_of(10))
    assert view.selection().span_id == 1


def test_the_pointer_tells_what_a_press_would_do(show: Show) -> None:
    view = show("one [drug:two] three")
    view.select_span(1)
    for point, shape in (
        (handle(view, 1), Qt.CursorShape.SizeHorCursor),
        (view.point_of(5), Qt.CursorShape.PointingHandCursor),
        (view.point_of(10), Qt.CursorShape.IBeamCursor),
    ):
        QTest.mouseMove(view.viewport(), point)
        QApplication.processEvents()
        assert view.viewport().cursor().shape() is shape


def test_the_menu_selects_what_is_under_it_first(show: Show, qtbot: QtBot) -> None:
    view = show("one [drug:two] three")
    with qtbot.waitSignal(view.menu_requested):
        _menu_at(view, view.point_of(5))
    assert view.selection().span_id == 1
    view.select_stretch(8, 13)
    _menu_at(view, view.point_of(10))
    assert view.selection().stretch == (8, 13)


def test_the_tooltip_names_labels_and_confidence(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _, text, __: said.append(text))
    view = show(record("[?drug:aspirin]", Span(0, 7, "drug", ("negated",), id=1)))
    point = view.point_of(3)
    event = QHelpEvent(QHelpEvent.Type.ToolTip, point, view.viewport().mapToGlobal(point))
    QApplication.sendEvent(view.viewport(), event)
    assert said == ["drug, negated, by hand\ndrug 87 %, suggested"]


def test_shift_click_extends(show: Show) -> None:
    view = show("one two three four")
    click(view, 5)
    QTest.mouseClick(
        view.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ShiftModifier,
        view.point_of(10),
    )
    assert taken(view) == "two three"


def test_a_wheel_with_control_asks_for_another_size(show: Show, qtbot: QtBot) -> None:
    view = show(TEXT)
    event = QWheelEvent(
        QPointF(50, 50),
        QPointF(50, 50),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    with qtbot.waitSignal(view.text_size_requested) as asked:
        QApplication.sendEvent(view.viewport(), event)
    assert asked.args == [1]


def test_a_mixed_direction_drag_takes_words(show: Show) -> None:
    text = "dose של metformin היום"
    view = show(text)
    drag(view, view.point_of(9), view.point_of(13))
    assert taken(view) == "metformin"
    move_held(view, view.point_of(2), Qt.KeyboardModifier.NoModifier)


def _menu_at(view: RecordView, point: QPoint) -> None:
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, point, view.viewport().mapToGlobal(point)
    )
    QApplication.sendEvent(view.viewport(), event)
