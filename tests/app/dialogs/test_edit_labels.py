from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.dialogs import edit_labels
from app.dialogs.edit_labels import LabelsDialog, MergeDialog
from app.session import Session
from core.schema.documents import Piece
from core.schema.labels import Label
from core.store import documents, labels
from tests.app.dialogs.conftest import HostWindow, Open


@pytest.fixture
def dialog(host: HostWindow, open_dialog: Open) -> LabelsDialog:
    made: LabelsDialog = open_dialog(edit_labels, host, LabelsDialog)
    return made


def stored(session: Session) -> dict[str, Label]:
    return {label.name: label for label in labels.scheme(project=session.project).labels}


def label(session: Session, qtbot: QtBot, stretch: Piece, name: str) -> None:
    with qtbot.waitSignal(session.saved):
        session.label_stretch(stretches=[stretch], label=name)


def test_adds_labels_by_name(dialog: LabelsDialog, session: Session, qtbot: QtBot) -> None:
    QTest.keyClicks(dialog.add, "symptom, test")
    QTest.keyClick(dialog.add, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.list.count() == 5)
    assert list(stored(session)) == ["drug", "disease", "history", "symptom", "test"]
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: dialog.form.name.text() in {"symptom", "test"})
    QTest.keyClicks(dialog.add, "drug")
    QTest.keyClick(dialog.add, Qt.Key.Key_Return)
    assert "already" in dialog.error.message.text()
    assert dialog.error.isVisible()


def test_renames_and_describes(dialog: LabelsDialog, session: Session, qtbot: QtBot) -> None:
    form = dialog.form
    form.name.selectAll()
    with qtbot.waitSignal(session.scheme_changed):
        QTest.keyClicks(form.name, "medication")
        QTest.keyClick(form.name, Qt.Key.Key_Return)
    with qtbot.waitSignal(session.scheme_changed):
        QTest.keyClicks(form.description, "Drugs")
        QTest.keyClick(form.description, Qt.Key.Key_Return)
    assert stored(session)["medication"].description == "Drugs"
    assert dialog.isVisible()


def test_a_name_that_is_taken_is_said_and_not_saved(
    dialog: LabelsDialog, session: Session, qtbot: QtBot
) -> None:
    form = dialog.form
    form.name.selectAll()
    QTest.keyClicks(form.name, "disease")
    assert form.name_field.failed
    QTest.keyClick(form.name, Qt.Key.Key_Return)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert "drug" in stored(session)


def test_keys_and_colours(dialog: LabelsDialog, session: Session, qtbot: QtBot) -> None:
    form = dialog.form
    QTest.keyClick(form.key, Qt.Key.Key_W)
    assert "history" in form.key_error.text()
    QTest.keyClick(form.key, Qt.Key.Key_A)
    assert "Accept" in form.key_error.text()
    with qtbot.waitSignal(session.scheme_changed):
        QTest.keyClick(form.key, Qt.Key.Key_Q)
    assert not form.key_error.isVisible()
    with qtbot.waitSignal(session.scheme_changed):
        QTest.mouseClick(form.colour.swatches["#7A5195"], Qt.MouseButton.LeftButton)
    form.colour.hex.selectAll()
    with qtbot.waitSignal(session.scheme_changed):
        QTest.keyClicks(form.colour.hex, "#12345")
        assert form.colour.hex.property("invalid") == "true"
        QTest.keyClicks(form.colour.hex, "6")
    found = stored(session)["drug"]
    assert (found.hotkey, found.colour) == ("q", "#123456")


def test_a_key_that_a_command_took_is_told(
    host: HostWindow, session: Session, open_dialog: Open, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: bool(session.scheme.labels))
    host.keymap.give("label.delete", "1")
    dialog: LabelsDialog = open_dialog(edit_labels, host, LabelsDialog)
    assert "“Delete label”" in dialog.form.key_error.text()
    assert dialog.form.key_error.isVisible()


def test_guidelines_are_previewed_and_saved_when_closed(
    dialog: LabelsDialog, session: Session, qtbot: QtBot
) -> None:
    QTest.keyClicks(dialog.form.guideline.edit, "Only *drugs*.")
    qtbot.waitUntil(lambda: dialog.form.guideline.preview.toPlainText().strip() == "Only drugs.")
    dialog.tabs.setCurrentIndex(1)
    assert "Label what is said." in dialog.guideline.edit.toPlainText()
    dialog.guideline.edit.selectAll()
    QTest.keyClicks(dialog.guideline.edit, "All of it.")
    with qtbot.waitSignals([session.scheme_changed, session.scheme_changed]):
        dialog.primary.click()
    qtbot.waitUntil(lambda: labels.scheme(project=session.project).guideline == "All of it.")
    assert stored(session)["drug"].guideline == "Only *drugs*."


def test_merging_says_the_count_and_gives_the_spans(
    host: HostWindow, session: Session, open_dialog: Open, qtbot: QtBot
) -> None:
    label(session, qtbot, (0, 9), "drug")
    label(session, qtbot, (21, 29), "drug")
    dialog: LabelsDialog = open_dialog(edit_labels, host, LabelsDialog)
    drug = session.scheme.labels[0]
    qtbot.waitUntil(lambda: dialog.list.count_of(drug.id) == 2)
    QTest.mouseClick(dialog.form.merge, Qt.MouseButton.LeftButton)
    [asking] = dialog.findChildren(MergeDialog)
    qtbot.waitExposed(asking)
    assert "2 places labelled drug become disease" in asking.sentence.text()
    with qtbot.waitSignal(session.scheme_changed):
        QTest.keyClick(asking, Qt.Key.Key_Return)
    assert list(stored(session)) == ["disease", "history"]
    assert session.record is not None
    spans = documents.spans(project=session.project, document_id=session.record.id)
    assert {span.label for span in spans} == {"disease"}
    qtbot.waitUntil(lambda: dialog.list.count() == 2)


def test_what_the_store_refuses_is_shown(
    dialog: LabelsDialog, session: Session, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(session.refused):
        session.add_label(Label("drug"))
    assert "drug" in dialog.error.message.text()


def test_spans_are_counted_by_label(session: Session, qtbot: QtBot) -> None:
    label(session, qtbot, (0, 9), "drug")
    drug = session.scheme.labels[0]
    assert labels.span_counts(project=session.project) == {drug.id: 1}
    assert session.record is not None
    [span] = documents.spans(project=session.project, document_id=session.record.id)
    with qtbot.waitSignal(session.saved):
        session.delete(span_ids=[span.id])
    assert labels.span_counts(project=session.project) == {}


def test_examples_from_the_records_go_into_the_guideline(
    dialog: LabelsDialog, session: Session, qtbot: QtBot
) -> None:
    dialog.form.examples.click()
    qtbot.waitUntil(dialog.error.isVisible)
    label(session, qtbot, (0, 9), "drug")
    dialog.form.examples.click()
    edit = dialog.form.guideline.edit
    qtbot.waitUntil(lambda: "*Metformin*" in edit.toPlainText())
    assert not dialog.error.isVisible()
    dialog.form.flush()
    qtbot.waitUntil(lambda: "*Metformin*" in stored(session)["drug"].guideline)
    edit.undo()
    assert "Metformin" not in edit.toPlainText()
    dialog.form.flush()
    qtbot.waitUntil(lambda: "Metformin" not in stored(session)["drug"].guideline)
