from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.dialogs import mentions
from app.dialogs.mentions import MentionsDialog, Scope
from app.dialogs.snippets import SNIPPET_ROLE, Snippet, snippet_of
from app.session import Session
from core.schema.documents import Document, Origin, ReviewStatus, Span
from core.store import documents
from tests.app.dialogs.conftest import HostWindow, Open


def test_counts_then_labels_all(
    host: HostWindow, session: Session, open_dialog: Open, qtbot: QtBot
) -> None:
    dialog: MentionsDialog = open_dialog(
        mentions, host, MentionsDialog, text="metformin", label="drug", document_id=None
    )
    assert not dialog.primary.isEnabled()
    qtbot.waitUntil(lambda: dialog.count.text() == "Label 3 places in 2 records?")
    assert dialog.primary.text() == "Label 3 places"
    assert dialog.places.count() == 3
    with qtbot.waitSignal(session.saved):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    found = [
        span
        for document in documents.documents(project=session.project)
        for span in documents.spans(project=session.project, document_id=document.id)
    ]
    assert [(span.label, span.origin) for span in found] == [("drug", Origin.PROPAGATED)] * 3
    assert host.shown(MentionsDialog) is None


def labelled(session: Session) -> list[tuple[int, int]]:
    """Return document and start of every label, as stored."""
    return [
        (document.id, span.start)
        for document in documents.documents(project=session.project)
        for span in documents.spans(project=session.project, document_id=document.id)
    ]


def test_places_are_left_out_and_one_undo_takes_all_back(
    host: HostWindow, session: Session, open_dialog: Open, qtbot: QtBot
) -> None:
    dialog: MentionsDialog = open_dialog(
        mentions, host, MentionsDialog, text="metformin", label="drug", document_id=None
    )
    qtbot.waitUntil(lambda: dialog.places.count() == 3)
    places = dialog.places
    area = places.visualItemRect(places.item(0))
    QTest.mouseClick(places.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
    assert dialog.count.text() == "Label 2 of 3 places?"
    assert dialog.every.checkState() is Qt.CheckState.PartiallyChecked
    dialog.every.click()
    assert dialog.primary.text() == "Label 3 places"
    dialog.every.click()
    assert not dialog.primary.isEnabled()
    dialog.every.click()
    places.setCurrentRow(0)
    QTest.keyClick(places, Qt.Key.Key_Space)
    picked = [(key, span.start) for key, span in dialog.picked()]
    with qtbot.waitSignal(session.saved):
        QTest.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    assert labelled(session) == picked
    assert {key for key, _ in picked} == {1, 2}
    with qtbot.waitSignal(session.saved):
        session.undo()
    assert labelled(session) == []
    with qtbot.waitSignal(session.saved):
        session.redo()
    assert labelled(session) == picked


def test_scopes_are_this_record_all_records_and_unread_ones(
    host: HostWindow, session: Session, open_dialog: Open, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(session.saved):
        session.set_review(status=ReviewStatus.DONE)
    assert session.record is not None
    done = session.record.id
    dialog: MentionsDialog = open_dialog(
        mentions, host, MentionsDialog, text="metformin", label="drug", document_id=done
    )
    assert dialog.scope is Scope.RECORD
    qtbot.waitUntil(lambda: dialog.places.count() == 2)
    QTest.keyClick(dialog.scopes[Scope.UNREAD], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: dialog.places.count() == 1)
    assert {key for key, _ in dialog.picked()} == {2}
    QTest.keyClick(dialog.scopes[Scope.ALL], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: dialog.places.count() == 3)


def test_options_count_anew(host: HostWindow, open_dialog: Open, qtbot: QtBot) -> None:
    dialog: MentionsDialog = open_dialog(
        mentions, host, MentionsDialog, text="metformin", label="drug", document_id=None
    )
    qtbot.waitUntil(lambda: dialog.places.count() == 3)
    QTest.keyClick(dialog.match_case, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: dialog.count.text() == "Label 1 place in 1 record?")


def test_nowhere_is_said_and_labels_nothing(
    host: HostWindow, session: Session, open_dialog: Open, qtbot: QtBot
) -> None:
    assert session.record is not None
    dialog: MentionsDialog = open_dialog(
        mentions, host, MentionsDialog, text="zebra", label="drug", document_id=session.record.id
    )
    qtbot.waitUntil(lambda: "nowhere" in dialog.count.text())
    assert not dialog.primary.isEnabled()


def test_a_snippet_shows_the_place_of_the_record() -> None:
    document = Document(id=1, name="note", text="🙂 on\nmetformin\t1 g")
    snippet = snippet_of(document, Span(5, 14, "drug"))
    assert snippet == Snippet("note", "🙂 on ", "metformin", " 1 g")


def test_rows_hold_snippets(host: HostWindow, open_dialog: Open, qtbot: QtBot) -> None:
    dialog: MentionsDialog = open_dialog(
        mentions, host, MentionsDialog, text="angina", label="disease", document_id=None
    )
    qtbot.waitUntil(lambda: dialog.places.count() == 1)
    snippet = dialog.places.item(0).data(SNIPPET_ROLE)
    assert (snippet.record, snippet.match) == ("note-2", "angina")
