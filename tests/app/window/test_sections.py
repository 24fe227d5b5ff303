"""Sections in the window: their keys, and the list that goes to one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.design.fonts import load_bundled
from app.design.tokens import LIGHT
from app.editor.record_view import RecordView
from app.window.banner import Banner
from app.window.main_window import MainWindow
from app.window.section_list import KIND_TEXTS
from app.window.section_verbs import SectionVerbs
from core.text.section_titles import SectionKind
from tests.app.editor.conftest import SCHEME, record

NOTE = (
    "Dear colleague\n\nHistory\n[disease:asthma] and [drug:salbutamol]\n\n"
    "TTO\n[?drug:ramipril] and\n[drug:aspirin]\n\nFollow-up: none\n\nMy suggestions:\nnone"
)
NOTE_TEXT = record(NOTE).document.text

Made = Callable[[str], tuple[RecordView, SectionVerbs, Banner]]


@pytest.fixture
def made(qtbot: QtBot) -> Made:
    """Make a view that shows a note, with its verbs and a banner."""
    load_bundled()

    def make(note: str) -> tuple[RecordView, SectionVerbs, Banner]:
        view, banner = RecordView(), Banner(LIGHT)
        for widget in (view, banner):
            qtbot.addWidget(widget)
        view.set_scheme(SCHEME)
        view.resize(900, 600)
        view.set_record(record(note))
        verbs = SectionVerbs(view, banner, view)
        view.show()
        view.activateWindow()
        view.setFocus()
        qtbot.waitUntil(view.hasFocus)
        return view, verbs, banner

    return make


def press(widget: QWidget, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(widget, key)


def test_every_kind_of_section_has_a_name() -> None:
    assert set(KIND_TEXTS) == set(SectionKind)
    assert all(text for kind, text in KIND_TEXTS.items() if kind)


def test_the_list_shows_titles_kinds_and_counts(made: Made) -> None:
    _, verbs, _ = made(NOTE)
    verbs.open_list()
    assert [
        verbs.list.list.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(4)
    ] == [
        "History, history of present illness · 2 labels",
        "TTO, medications · 1 label, 1 suggestion",
        "Follow-up, plan",
        "My suggestions",
    ]


def test_a_few_letters_and_enter_go_to_a_section(made: Made) -> None:
    view, verbs, _ = made(NOTE)
    view.folding.toggle_all()
    verbs.open_list()
    assert verbs.list.isVisible()
    assert verbs.list.field.hasFocus()
    QTest.keyClicks(verbs.list.field, "medic")
    assert verbs.list.rows.rowCount() == 1
    press(verbs.list.field, Qt.Key.Key_Return)
    assert not verbs.list.isVisible()
    assert view.hasFocus()
    assert view.caret_position() == NOTE_TEXT.index("TTO")
    assert view.folds.is_folded(1)


def test_arrows_move_in_the_list_and_escape_closes_it(made: Made) -> None:
    view, verbs, _ = made(NOTE)
    view.put_caret(NOTE_TEXT.index("Follow"))
    verbs.open_list()
    assert verbs.list.list.currentIndex().row() == 2
    press(verbs.list.field, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert verbs.list.list.currentIndex().row() == 0
    press(verbs.list.field, Qt.Key.Key_PageDown)
    assert verbs.list.list.currentIndex().row() == 3
    press(verbs.list.field, Qt.Key.Key_Escape)
    assert not verbs.list.isVisible()
    assert view.hasFocus()
    assert view.caret_position() == NOTE_TEXT.index("Follow")


def test_nothing_found_is_said(made: Made) -> None:
    _, verbs, _ = made(NOTE)
    verbs.open_list()
    QTest.keyClicks(verbs.list.field, "qqq")
    assert verbs.list.none.isVisible()
    press(verbs.list.field, Qt.Key.Key_Return, Qt.Key.Key_Down)
    assert verbs.list.isVisible()


def test_a_record_without_headings_says_so(made: Made) -> None:
    _, verbs, banner = made("Just a line of text.")
    for act in verbs.handlers().values():
        banner.hide()
        act()
        assert banner.text.text() == "No headings were found in this record."
        assert not banner.isHidden()
    assert verbs.list.isHidden()


def test_where_nothing_can_be_folded_is_said(made: Made) -> None:
    view, verbs, banner = made(NOTE)
    verbs.fold_here()
    assert banner.text.text().startswith("Here is nothing to fold")
    view.put_caret(NOTE_TEXT.index("asthma"))
    verbs.fold_here()
    assert view.folds.is_folded(0)
    verbs.fold_all()
    assert all(view.folds.is_folded(section) for section in (0, 1, 3))
    verbs.fold_all()
    assert not view.folds.folded


def test_the_keys_of_sections_in_the_window(opened: MainWindow, qtbot: QtBot) -> None:
    view = opened.area.view
    opened.activateWindow()
    view.set_record(record(NOTE))
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(view, Qt.Key.Key_PageDown, ctrl)
    assert view.caret_position() == NOTE_TEXT.index("History")
    QTest.keyClick(view, Qt.Key.Key_Z)
    assert view.folds.is_folded(0)
    QTest.keyClick(view, Qt.Key.Key_PageDown, ctrl)
    QTest.keyClick(view, Qt.Key.Key_PageUp, ctrl)
    assert view.caret_position() == NOTE_TEXT.index("History")
    QTest.keyClick(view, Qt.Key.Key_Z, shift)
    assert view.folds.is_folded(1)
    QTest.keyClick(view, Qt.Key.Key_G)
    sections = opened.section_verbs.list
    assert sections.isVisible()
    QTest.keyClicks(sections.field, "sugg")
    QTest.keyClick(sections.field, Qt.Key.Key_Return)
    assert view.caret_position() == NOTE_TEXT.index("My suggestions")
