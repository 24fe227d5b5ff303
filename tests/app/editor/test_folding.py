"""Folded sections: what is hidden, what is counted, and that nothing disappears unseen."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.editor.accessible import AccessibleRecord
from app.editor.blocks import Blocks, Kind
from app.editor.fold_painting import HANDLE_SIZE
from app.editor.folding import Folds
from app.editor.record_view import RecordView
from app.editor.sight import visible_suggestions
from tests.app.editor.conftest import Show, record

NOTE = (
    "Dear colleague, thank you.\n\n"
    "History\nShe has [disease:asthma] and takes [drug:salbutamol].\n"
    "Nothing else of note.\n\n"
    "Medication: [drug:aspirin] 75 mg\nand [?drug:ramipril] 5 mg,\nno [?drug:insulin].\n\n"
    "Allergies: none\n\n"
    "Plan\nReview in [sign:pain] clinic."
)
HISTORY, MEDICATION, ALLERGIES, PLAN = range(4)
TEXTS = st.lists(
    st.sampled_from(("History", "PLAN:", "", "text", "Results: fine", "  ", "| a | b |")),
    max_size=12,
).map("\n".join)


def shown_text(view: RecordView) -> str:
    """Return the blocks that have a height, in order."""
    column = view.column
    return "\n".join(
        column.blocks.string(index)
        for index in range(len(column.blocks))
        if column.block_height(index)
    )


def place_of(view: RecordView, text: str) -> int:
    assert view.record is not None
    return view.record.document.text.index(text)


def press(view: RecordView, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(view, key, held or Qt.KeyboardModifier.NoModifier)


def chevron(view: RecordView, section: int) -> QPoint:
    """Return the middle of a section's chevron in the viewport."""
    for handle in view.fold_painter.handles(view.scrolled, view.viewport().height()):
        if handle.section == section:
            return handle.box.center().toPoint() + QPoint(view.left, -view.scrolled)
    raise AssertionError(section)


@given(TEXTS, st.sets(st.integers(0, 11)))
def test_headings_are_never_hidden_and_all_else_of_a_fold_is(text: str, wanted: set[int]) -> None:
    blocks = Blocks(text)
    folds = Folds(blocks, set())
    for section in wanted & set(range(len(folds.sections))):
        changed = folds.set_folded(section, True)
        body = [blocks[index].kind for index in folds.body(section)]
        assert changed == any(kind is not Kind.BLANK for kind in body)
    heads = {folds.head(section) for section in range(len(folds.sections))}
    for index in range(len(blocks)):
        section = folds.section_of(index)
        assert folds.hides(index) == (folds.is_folded(section) and index not in heads)
        assert not folds.hides(folds.shown(index))
    seen = [index for index in range(len(blocks)) if not folds.hides(index)]
    assert all(folds.beside(one, 1) == other for one, other in itertools.pairwise(seen))
    assert all(folds.beside(other, -1) == one for one, other in itertools.pairwise(seen))


@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_the_caret_never_goes_into_a_fold(text: str, position: int, came_from: int) -> None:
    folds = Folds(Blocks(text), set())
    for section in range(len(folds.sections)):
        folds.set_folded(section, True)
    position, came_from = min(position, len(text)), min(came_from, len(text))
    there = folds.skipped(position, came_from)
    assert not folds.hides_position(there)
    assert there == position or folds.hides_position(position)


def test_a_fold_hides_its_lines_and_counts_what_is_in_them(show: Show) -> None:
    view = show(NOTE)
    height = view.column.height
    view.folding.toggle(MEDICATION)
    assert view.column.height < height
    assert "ramipril" not in shown_text(view)
    assert "Medication: aspirin 75 mg\nAllergies: none" in shown_text(view)
    words = view.column.hidden(MEDICATION, view.scene.hits).words()
    assert words == "2 lines, 2 suggestions"
    view.folding.toggle(HISTORY)
    assert view.column.hidden(HISTORY, view.scene.hits).words() == "2 lines, 2 labels"
    view.folding.toggle(MEDICATION)
    assert "ramipril" in shown_text(view)
    view.folding.toggle(HISTORY)
    assert view.column.height == height


def test_a_section_of_one_line_has_nothing_to_fold(show: Show) -> None:
    view = show(NOTE)
    view.folding.toggle(ALLERGIES)
    assert not view.folds.is_folded(ALLERGIES)
    with pytest.raises(AssertionError):
        chevron(view, ALLERGIES)


def test_folding_lays_out_no_hidden_line(show: Show) -> None:
    view = show("Plan\n" + "A line of text.\n" * 5_000 + "Results\n" + "More text.\n" * 5_000)
    before = view.column.laid_out
    view.folding.toggle_all()
    assert view.column.laid_out <= before + 1
    assert view.column.height < view.viewport().height()
    view.folding.toggle_all()
    assert view.column.laid_out <= before + 1
    assert view.column.height > 10_000 * 15


def test_the_chevron_is_clicked_in_a_square_of_24_pixels(show: Show) -> None:
    view = show(NOTE)
    middle = chevron(view, HISTORY)
    reach = int(HANDLE_SIZE / 2) - 1
    for corner in (QPoint(-reach, -reach), QPoint(reach, reach), QPoint(0, 0), QPoint(reach, 0)):
        folded = view.folds.is_folded(HISTORY)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle + corner)
        assert view.folds.is_folded(HISTORY) != folded
    assert view.selection().empty


def point_at(view: RecordView, place: QPoint) -> None:
    """Move the pointer within the view, whatever other windows lie above it."""
    surface, none = view.viewport(), Qt.MouseButton.NoButton
    at, on_screen = QPointF(place), QPointF(surface.mapToGlobal(place))
    kind, held = QEvent.Type.MouseMove, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(surface, QMouseEvent(kind, at, on_screen, none, none, held))


def test_the_chevron_shows_under_the_pointer(show: Show) -> None:
    view = show(NOTE)
    point_at(view, chevron(view, PLAN))
    assert view.fold_painter.hovered == PLAN
    assert view.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    point_at(view, view.point_of(0))
    assert view.fold_painter.hovered == -1
    assert view.viewport().cursor().shape() is not Qt.CursorShape.PointingHandCursor


def test_what_is_at_the_top_stays_there(show: Show) -> None:
    long = "".join(f"Plan {n}:\n" + "Some words of text.\n" * 30 for n in range(1, 9))
    view = show(long)
    view.verticalScrollBar().setValue(round(view.column.height) // 2 + 100)
    section = view.folds.section_at(view.first_shown()) + 1
    head = view.folds.sections[section].start
    top = view.box_of(head).top()
    view.folding.toggle(section)
    assert view.box_of(head).top() == top
    view.folding.toggle(section)
    assert view.box_of(head).top() == top
    # The section that is scrolled through goes; its heading comes to the top.
    view.folding.toggle(section - 1)
    assert 0 <= view.box_of(view.folds.sections[section - 1].start).top() < 5


def test_the_caret_goes_to_the_heading_of_what_is_folded(show: Show) -> None:
    view = show(NOTE)
    view.select_span(2)
    view.folding.toggle_here()
    assert view.selection().empty
    assert view.caret_position() == place_of(view, "History")
    assert view.folds.is_folded(HISTORY)
    view.folding.toggle_here()
    assert not view.folds.is_folded(HISTORY)


def test_arrows_pass_over_a_fold_and_extending_opens_it(show: Show) -> None:
    view = show(NOTE)
    view.put_caret(place_of(view, "History"))
    view.folding.toggle_here()
    press(view, Qt.Key.Key_Right)
    assert view.caret_position() == place_of(view, "Medication")
    press(view, Qt.Key.Key_Left)
    assert view.caret_position() == place_of(view, "History")
    press(view, Qt.Key.Key_Down)
    assert view.caret_position() == place_of(view, "Medication")
    press(view, Qt.Key.Key_Up)
    assert view.caret_position() == place_of(view, "History")
    assert view.folds.is_folded(HISTORY)
    press(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert not view.folds.is_folded(HISTORY)


def test_the_last_fold_keeps_the_caret_on_its_heading(show: Show) -> None:
    view = show(NOTE)
    view.folding.toggle(PLAN)
    press(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert view.caret_position() == place_of(view, "Plan")
    press(view, Qt.Key.Key_Right)
    press(view, Qt.Key.Key_PageDown)
    assert view.caret_position() == place_of(view, "Plan")
    assert view.folds.is_folded(PLAN)


def test_stepping_to_a_label_a_suggestion_or_a_hit_unfolds(show: Show) -> None:
    view = show(NOTE)
    view.folding.toggle_all()
    assert view.step_mark(1)
    assert [view.folds.is_folded(s) for s in (HISTORY, MEDICATION, PLAN)] == [False, True, True]
    view.select_suggestion(2)
    assert [view.folds.is_folded(s) for s in (MEDICATION, PLAN)] == [False, True]
    view.folding.toggle_all()
    view.set_find("insulin")
    assert [view.folds.is_folded(s) for s in (MEDICATION, PLAN)] == [False, True]
    view.set_find("in")
    assert view.column.hidden(PLAN, view.scene.hits).words() == "1 line, 1 label, 3 hits"
    while view.caret_position() < place_of(view, "Review"):
        assert view.folds.is_folded(PLAN)
        view.step_find(1)
    assert not view.folds.is_folded(PLAN)


def test_selecting_across_a_fold_opens_it(show: Show) -> None:
    view = show(NOTE)
    view.folding.toggle_all()
    view.select_stretch(0, place_of(view, "Allergies"))
    assert [view.folds.is_folded(s) for s in (HISTORY, MEDICATION, PLAN)] == [False, False, True]


def test_folds_are_remembered_for_each_record(show: Show) -> None:
    view = show(NOTE)
    first, other = view.record, record("Plan\nOther text.")
    view.folding.toggle(HISTORY)
    view.update_record(record(NOTE))
    assert view.folds.is_folded(HISTORY)
    view.set_record(other)
    assert not view.folds.is_folded(0)
    view.set_record(first)
    assert view.folds.is_folded(HISTORY)
    assert "asthma" not in shown_text(view)


def test_going_from_section_to_section(show: Show) -> None:
    view = show(NOTE)
    places = []
    while view.folding.step(1):
        places.append(view.caret_position())
    titles = ("History", "Medication", "Allergies", "Plan")
    assert places == [place_of(view, title) for title in titles]
    press(view, Qt.Key.Key_Right)
    assert view.folding.step(-1)
    assert view.caret_position() == place_of(view, "Plan")
    assert view.folding.step(-1)
    assert view.caret_position() == place_of(view, "Allergies")


def test_a_fold_stays_right_in_another_size_and_width(show: Show) -> None:
    view = show(NOTE)
    view.folding.toggle_all()
    before = shown_text(view)
    view.set_text_size(30)
    view.resize(500, 400)
    assert shown_text(view) == before
    view.grab()


def test_what_a_crowded_heading_says_stands_below_it(show: Show) -> None:
    view = show("Plan: " + "a few more words " * 3 + "and.\nMore of it.\nResults\nNone.")
    tall = view.column.block_height(0)
    view.folding.toggle(0)
    view.grab()
    (handle, *_) = view.fold_painter.handles(0, 600)
    assert handle.words == "1 line"
    assert handle.summary is not None
    assert view.column.block_height(0) > tall
    assert handle.summary.bottom() <= view.column.top(view.folds.head(1))
    middle = handle.summary.center().toPoint() + QPoint(view.left, -view.scrolled)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert view.column.block_height(0) == tall


def test_the_section_scrolled_through_is_told(show: Show, qtbot: QtBot) -> None:
    view = show("Plan:\n" + "Some words.\n" * 60 + "Results\n" + "More words.\n" * 60)
    told: list[str] = []
    view.section_seen.connect(told.append)
    bar = view.verticalScrollBar()
    for value in (200, 0, bar.maximum()):
        bar.setValue(value)
    assert told == ["Plan", "", "Results"]


def test_a_screen_reader_hears_that_a_heading_is_folded(show: Show) -> None:
    view = show(NOTE)
    view.put_caret(place_of(view, "Medication"))
    view.folding.toggle_here()
    assert view.accessibleDescription() == "Medication, folded: 2 lines, 2 suggestions"
    interface = QAccessible.queryAccessibleInterface(view)
    assert isinstance(interface, AccessibleRecord)
    inside = place_of(view, "ramipril")
    assert interface.characterRect(inside).isEmpty()
    press(view, Qt.Key.Key_Up)
    assert view.accessibleDescription() == ""
    press(view, Qt.Key.Key_Down)
    assert view.accessibleDescription() == "Medication, folded: 2 lines, 2 suggestions"
    view.folding.toggle_here()
    assert view.accessibleDescription() == "Medication, unfolded"
    view.folding.toggle_here()
    interface.setCursorPosition(inside)
    assert not view.folds.is_folded(MEDICATION)
    assert not interface.characterRect(inside).isEmpty()


def test_what_is_folded_away_is_not_visible_to_verbs(show: Show) -> None:
    view = show(NOTE)
    assert [mark.id for mark in visible_suggestions(view)] == [1, 2]
    view.folding.toggle(MEDICATION)
    assert visible_suggestions(view) == []


def test_a_title_with_text_behind_it_is_set_as_headings_are(show: Show) -> None:
    view = show("\U0001f600 x\nMedication: \U0001f600 aspirin\nBP: 120/80")
    (made,) = view.column.laid(1).layout.formats()
    assert (made.start, made.length) == (0, len("Medication"))
    assert made.format.fontWeight() == view.column.metrics.heading.weight()
    assert view.column.laid(2).layout.formats() == []
