"""The view as a whole: records come and change, only what is seen is laid out, finding, words."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.design.tokens import DARK, HIGH_CONTRAST, LIGHT, Ground
from app.editor.accessible import AccessibleRecord
from app.editor.record_view import RecordView
from core.schema.documents import Origin, Span, Suggestion
from core.schema.labels import Label, LabelScheme
from tests.app.editor.conftest import Show, record

LINES = "\n".join(f"Line {number} says that nothing is amiss." for number in range(2000))


def test_a_new_record_begins_at_its_top_and_first_word(show: Show, qtbot: QtBot) -> None:
    view = show(LINES)
    view.select_stretch(50_000, 50_010)
    assert view.verticalScrollBar().value() > 0
    with qtbot.waitSignal(view.selection_changed):
        view.set_record(record("(Other words"))
    assert view.verticalScrollBar().value() == 0
    assert view.selection().word == (0, 1)
    assert view.selection().empty


def test_an_update_keeps_caret_selection_and_scroll(show: Show, qtbot: QtBot) -> None:
    marked = LINES.replace("Line 900 ", "[disease:Line] [?drug:900] ")
    view = show(marked)
    view.select_span(1)
    before = view.verticalScrollBar().value()
    shown = view.record
    assert shown is not None
    start = shown.spans[0].start
    above = Span(start - 400, start - 390, "drug", id=7)
    other = replace(shown, spans=(above, *shown.spans))
    with qtbot.assertNotEmitted(view.selection_changed):
        view.update_record(other)
    assert view.selection().span_id == 1
    assert view.verticalScrollBar().value() == before
    with qtbot.waitSignal(view.selection_changed):
        view.update_record(replace(other, spans=(above,)))
    assert view.selection().empty
    assert view.selection().word == (start, start + 4)


def test_a_selected_stretch_outlives_an_update(show: Show) -> None:
    view = show("one two three")
    view.select_stretch(4, 7)
    shown = view.record
    assert shown is not None
    view.update_record(replace(shown, spans=(Span(0, 3, "drug", id=1),)))
    assert view.selection().stretch == (4, 7)


def test_a_suggestion_that_becomes_a_label_is_no_longer_selected(show: Show) -> None:
    view = show("[?disease:flu] and [disease:cold]")
    view.select_suggestion(1)
    shown = view.record
    assert shown is not None
    view.update_record(replace(shown, suggestions=()))
    assert view.selection().empty


def test_more_underlines_above_move_nothing_on_the_screen(show: Show) -> None:
    view = show(LINES)
    view.verticalScrollBar().setValue(0)
    shown = view.record
    assert shown is not None
    view.verticalScrollBar().setValue(60)
    seen = view.point_of(400).y()
    nested = tuple(Span(0, 4 + 3 * size, "drug", id=size + 1) for size in range(4))
    view.update_record(replace(shown, spans=nested))
    assert view.point_of(400).y() == seen
    assert view.verticalScrollBar().value() > 60


def test_only_what_is_seen_is_laid_out(show: Show) -> None:
    view = show(LINES)
    assert view.column.laid_out < 60
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    assert view.column.laid_out < 120
    assert view.first_shown() > len(LINES) * 0.9


def test_layouts_far_from_sight_are_let_go(show: Show) -> None:
    view = show(LINES)
    bar = view.verticalScrollBar()
    for step in range(0, bar.maximum(), 500):
        bar.setValue(step)
    assert view.column.laid_out <= 460


@pytest.mark.parametrize("text", [LINES * 14, "word " * 200_000, "糖尿病" * 40_000])
def test_long_records_open_at_once(show: Show, text: str) -> None:
    view = show("")
    began = time.perf_counter()
    view.set_record(record(text))
    view.viewport().repaint()
    assert time.perf_counter() - began < 2.0
    assert view.column.laid_out < 60
    view.select_stretch(len(text) - 8, len(text) - 4)
    assert 0 <= view.point_of(len(text) - 6).y() <= view.viewport().height()


def test_scrolling_up_into_new_blocks_shifts_nothing(show: Show) -> None:
    text = "\n".join("short" if n % 3 else "a much longer paragraph " * 9 for n in range(600))
    view = show(text)
    view.ensure_visible(text.rindex("short"), text.rindex("short") + 5)
    bar = view.verticalScrollBar()
    for _ in range(40):
        seen = view.first_shown()
        y, before = view.point_of(seen).y(), bar.value()
        bar.setValue(before - 40)
        assert abs(view.point_of(seen).y() - y - 40) <= 1


def test_text_size_keeps_what_is_at_the_top(show: Show) -> None:
    view = show(LINES)
    view.verticalScrollBar().setValue(9000)
    first = view.first_shown()
    for pixels in (28, 12, 17):
        view.set_text_size(pixels)
        assert view.first_shown() == first


def test_lines_keep_to_the_measure_and_to_the_window(show: Show) -> None:
    wide = show("word " * 100, width=1600)
    narrow = show("word " * 100, width=420)
    line = wide.column.place(0).line
    assert 60 <= line.shown_end - line.start <= 84
    edge = narrow.column.width + narrow.left
    assert edge <= narrow.viewport().width()


def test_finding_marks_all_and_goes_round(show: Show, qtbot: QtBot) -> None:
    view = show("Flu and flu,\nno FLU here; in\nfluenza")
    with qtbot.waitSignal(view.found_changed) as found:
        assert view.set_find("flu") == 4
    assert found.args == [1, 4]
    view.step_find(-1)
    assert view.scene.hits.place == (29, 32)
    with qtbot.waitSignal(view.found_changed) as found:
        view.step_find(1)
    assert found.args == [1, 4]
    assert view.set_find("here; in fluenza") == 1
    with qtbot.waitSignal(view.found_changed) as found:
        assert view.set_find("") == 0
    assert found.args == [0, 0]


def test_a_hit_far_away_is_brought_into_sight(show: Show) -> None:
    view = show(LINES)
    view.set_find("Line 1777 ")
    assert 0 < view.point_of(LINES.index("Line 1777")).y() < view.viewport().height()


def test_a_span_far_away_is_brought_into_sight(show: Show) -> None:
    view = show(LINES.replace("Line 1500 ", "[drug:Line] 1500 "))
    assert view.step_mark(1)
    assert 0 < view.point_of(LINES.index("Line 1500")).y() < view.viewport().height()


def test_text_of_pieces_is_joined(show: Show) -> None:
    pieces = ((0, 4), (15, 26))
    view = show(record("left and right ventricular", Span(0, 26, "sign", pieces=pieces, id=1)))
    view.select_span(1)
    assert view.selected_text() == "left ventricular"[:5] + "ventricular"


def test_without_a_record_it_says_so_and_takes_no_keys(show: Show, qtbot: QtBot) -> None:
    view = show("word")
    view.set_empty_text("Import records to begin.")
    view.set_record(None)
    view.grab()
    with qtbot.assertNotEmitted(view.label_key_pressed):
        QTest.keyClick(view, Qt.Key.Key_1)
    assert view.selection().word is None
    assert not view.step_mark(1)
    assert view.set_find("x") == 0


@pytest.mark.parametrize("ground", [LIGHT, DARK, HIGH_CONTRAST])
def test_every_kind_of_mark_is_drawn_on_every_ground(show: Show, ground: Ground) -> None:
    text = "מסוכרת metformin 糖尿病 a  b  c\n1  2  3\n\nword " * 3
    spans = tuple(
        Span(start, start + 7, name, ("negated",), origin=origin, id=start + 1)
        for start, (name, origin) in enumerate(
            zip(("disease", "drug", "gone", "sign", "drug"), Origin, strict=True)
        )
    )
    split = Span(8, 30, "drug", pieces=((8, 12), (26, 30)), id=90)
    view = show(record(text, *spans, split))
    view.set_ground(ground)
    view.set_find("a")
    view.select_span(90)
    plain = view.grab().toImage()
    view.clear_selection()
    assert view.grab().toImage() != plain
    assert plain.pixelColor(3, 3).name().upper() == ground.canvas


def test_another_scheme_gives_other_names(show: Show) -> None:
    view = show("[disease:influenza virus]")
    laid = view.column.laid(0)
    assert [name.text for name in view._painter.names(laid).names] == ["disease"]
    before = view.grab().toImage()
    view.set_scheme(LabelScheme((Label("disease", "#B3424A"),)))
    assert view.grab().toImage() != before


def test_screen_readers_get_text_caret_and_selection(show: Show) -> None:
    view = show("\U0001f600 [disease:flu] now")
    interface = QAccessible.queryAccessibleInterface(view)
    assert isinstance(interface, AccessibleRecord)
    assert interface.text(QAccessible.Text.Name) == "Record"
    assert interface.characterCount() == 10
    assert interface.text(3, 6) == "flu"
    view.select_span(1)
    assert interface.cursorPosition() == 3
    assert interface.text(QAccessible.Text.Description) == "disease, by hand"
    corner = interface.characterRect(3).center()
    assert interface.offsetAtPoint(corner) == 3
    interface.setCursorPosition(7)
    assert view.selection().word == (6, 9)
    through_qt = interface.textInterface()
    assert through_qt.characterCount() == 10
    assert interface.role() is QAccessible.Role.EditableText
    assert interface.state().readOnly


def test_a_click_on_the_strip_goes_there(show: Show) -> None:
    view = show(LINES)
    view.strip.position_chosen.emit(0.5)
    assert abs(view.first_shown() / len(LINES) - 0.5) < 0.02


def test_scrolling_counts_as_activity(show: Show, qtbot: QtBot) -> None:
    view = show(LINES)
    with qtbot.waitSignal(view.activity):
        view.verticalScrollBar().setValue(300)


def test_open_suggestions_are_told_apart_from_labels(show: Show) -> None:
    view = show("[disease:influenza] [?disease:influenza]")
    assert isinstance(view.record and view.record.suggestions[0], Suggestion)
    image = view.grab().toImage()
    inside_label, inside_suggestion = view.point_of(1), view.point_of(11)
    canvas = image.pixelColor(3, 3)
    assert image.pixelColor(inside_label.x(), int(view.box_of(1).top()) + 12) != canvas
    assert image.pixelColor(inside_suggestion.x(), int(view.box_of(11).top()) + 10) == canvas


def test_a_view_is_made_without_any_arguments(qtbot: QtBot) -> None:
    view = RecordView()
    qtbot.addWidget(view)
    assert view.selection().empty
