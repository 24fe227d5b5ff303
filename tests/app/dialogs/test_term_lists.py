from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.dialogs import term_lists
from app.dialogs.delete_term_list import DeleteDialog
from app.dialogs.term_import import ColumnDialog
from app.dialogs.term_lists import TermListsDialog
from app.session import Session
from core.schema.term_lists import ListKind, TermList
from core.store import documents
from core.store import term_lists as stored
from tests.app.dialogs.conftest import HostWindow, Open

DRUGS = TermList("drugs", "drug", ("metformin", "apixaban"))


@pytest.fixture
def empty(host: HostWindow, open_dialog: Open) -> TermListsDialog:
    made: TermListsDialog = open_dialog(term_lists, host, TermListsDialog)
    return made


@pytest.fixture
def dialog(host: HostWindow, session: Session, open_dialog: Open, qtbot: QtBot) -> TermListsDialog:
    """The dialog with a list of two terms shown."""
    stored.add_list(project=session.project, term_list=DRUGS)
    made: TermListsDialog = open_dialog(term_lists, host, TermListsDialog)
    qtbot.waitUntil(lambda: made.form.terms.toPlainText() == "metformin\napixaban")
    return made


def only(session: Session) -> TermList:
    (head,) = stored.term_lists(project=session.project)
    return stored.term_list(project=session.project, list_id=head.id)


def test_a_list_is_made_named_and_filled(
    empty: TermListsDialog, session: Session, qtbot: QtBot
) -> None:
    assert not empty.remove.isEnabled()
    empty.add.click()
    qtbot.waitUntil(lambda: empty.form.shown_list.name == "List 1")
    qtbot.waitUntil(lambda: not empty.form.terms.isReadOnly())
    empty.form.name.selectAll()
    QTest.keyClicks(empty.form.name, "Common drugs")
    QTest.keyClick(empty.form.name, Qt.Key.Key_Tab)
    QTest.keyClicks(empty.form.terms, "Metformin")
    empty.form.terms.flush()
    qtbot.waitUntil(lambda: empty.preview.count.text() == "2 matches in this record")
    assert empty.preview.examples.count() == 2
    qtbot.waitUntil(lambda: only(session).terms == ("Metformin",))
    assert only(session).name == "Common drugs"


def test_options_are_saved_and_previewed(
    dialog: TermListsDialog, session: Session, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: dialog.preview.count.text() == "2 matches in this record")
    dialog.form.match_case.click()
    qtbot.waitUntil(lambda: dialog.preview.count.text() == "0 matches in this record")
    qtbot.waitUntil(lambda: only(session).match_case)
    dialog.form.kind.setCurrentIndex(1)
    dialog.form.kind.activated.emit(1)
    dialog.form.terms.setPlainText("Met(")
    dialog.form.terms.flush()
    qtbot.waitUntil(lambda: "Line 1" in dialog.preview.count.text())
    qtbot.waitUntil(lambda: only(session).kind is ListKind.PATTERNS)
    dialog.run_.everywhere.click()
    qtbot.waitUntil(lambda: "Line 1" in dialog.run_.result.text())
    assert dialog.run_.everywhere.isEnabled()


def test_it_suggests_in_all_unread_records(
    dialog: TermListsDialog, session: Session, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(session.record_changed):
        dialog.run_.everywhere.click()
    qtbot.waitUntil(lambda: dialog.run_.result.text() == "4 suggestions in 2 records")
    record = session.record
    assert record is not None
    assert {item.term_list for item in record.suggestions} == {"drugs"}


def test_it_suggests_in_this_record_alone(
    dialog: TermListsDialog, session: Session, qtbot: QtBot
) -> None:
    dialog.run_.here.click()
    qtbot.waitUntil(lambda: dialog.run_.result.text() == "2 suggestions in 1 record")
    assert documents.suggestions(project=session.project, document_id=2) == ()


def test_a_list_is_switched_off(dialog: TermListsDialog, session: Session, qtbot: QtBot) -> None:
    dialog.rows.setFocus()
    QTest.keyClick(dialog.rows, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not only(session).enabled)
    dialog.run_.here.click()
    qtbot.waitUntil(lambda: dialog.run_.result.text() == "2 suggestions in 1 record")
    assert only(session).enabled


def test_terms_come_from_a_text_and_a_column(
    dialog: TermListsDialog, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    text, table = tmp_path / "a.txt", tmp_path / "b.csv"
    text.write_text("aspirin\nmetformin\n")
    table.write_text("code,term\nA,statin\nB,heparin\n")
    dialog.import_terms(text)
    qtbot.waitUntil(lambda: only(session).terms == (*DRUGS.terms, "aspirin"))
    dialog.import_terms(table)
    qtbot.waitUntil(lambda: bool(dialog.findChildren(ColumnDialog)))
    (asked,) = dialog.findChildren(ColumnDialog)
    asked.column.setCurrentIndex(1)
    assert "statin, heparin" in asked.sample.text()
    asked.primary.click()
    qtbot.waitUntil(lambda: only(session).term_count == 5)
    qtbot.waitUntil(lambda: dialog.form.terms.toPlainText().endswith("statin\nheparin"))
    dialog.import_terms(tmp_path / "gone.txt")
    qtbot.waitUntil(dialog.error.isVisible)


def test_deleting_asks_and_takes_the_open_suggestions(
    dialog: TermListsDialog, session: Session, qtbot: QtBot
) -> None:
    dialog.run_.everywhere.click()
    qtbot.waitUntil(lambda: dialog.run_.result.text() == "4 suggestions in 2 records")
    dialog.remove.click()
    qtbot.waitUntil(lambda: bool(dialog.findChildren(DeleteDialog)))
    (asked,) = dialog.findChildren(DeleteDialog)
    assert "4" in asked.sentence.text()
    asked.primary.click()
    qtbot.waitUntil(lambda: dialog.rows.count() == 0)
    assert stored.term_lists(project=session.project) == ()
    assert documents.suggestions(project=session.project, document_id=1) == ()


def test_many_terms_come_in_parts_and_cannot_be_typed_in_meanwhile(
    dialog: TermListsDialog, qtbot: QtBot
) -> None:
    terms = [f"term {number}" for number in range(9_000)]
    editor = dialog.form.terms
    with qtbot.waitSignal(editor.filled):
        editor.set_terms(terms)
        assert editor.filling
        assert editor.isReadOnly()
    assert editor.toPlainText().split("\n") == terms
    assert not editor.isReadOnly()
