from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.dialogs import edit_labels
from app.dialogs.edit_labels import LabelsDialog
from app.session import Session
from core.schema.attributes import AttributeDefinition, AttributeKind
from core.schema.documents import Span
from core.store import attributes, codes, edits
from tests.app.dialogs.conftest import HostWindow, Open


@pytest.fixture
def dialog(host: HostWindow, open_dialog: Open, qtbot: QtBot) -> LabelsDialog:
    made: LabelsDialog = open_dialog(edit_labels, host, LabelsDialog)
    made.tabs.setCurrentWidget(made.attributes)
    return made


def stored(session: Session) -> tuple[AttributeDefinition, ...]:
    return attributes.definitions(project=session.project)


def add(dialog: LabelsDialog, qtbot: QtBot, name: str) -> None:
    page = dialog.attributes
    count = page.list.count()
    QTest.keyClicks(page.add, name)
    QTest.keyClick(page.add, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.list.count() == count + 1 and page.form.name.text() == name)


def choose_kind(dialog: LabelsDialog, kind: AttributeKind) -> None:
    box = dialog.attributes.form.kind
    row = list(AttributeKind).index(kind)
    box.setCurrentIndex(row)
    box.activated.emit(row)


def test_choice_is_defined_for_a_label(
    dialog: LabelsDialog, session: Session, qtbot: QtBot
) -> None:
    add(dialog, qtbot, "severity")
    form = dialog.attributes.form
    assert not form.choices_field.isVisible()
    choose_kind(dialog, AttributeKind.CHOICE)
    qtbot.waitUntil(form.choices_field.isVisible)
    form.choices.setFocus()
    QTest.keyClicks(form.choices, "mild\rsevere\r\rmild")
    form.description.setFocus()
    QTest.keyClicks(form.description, "How bad it is")
    form.labels.item(1).setCheckState(Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: stored(session)[0].labels == ("disease",))
    QTest.keyClick(form.description, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stored(session)[0].description == "How bad it is")
    (made,) = stored(session)
    assert (made.kind, made.choices) == (AttributeKind.CHOICE, ("mild", "severe"))


def test_name_that_cannot_be_is_refused_where_the_eye_is(
    dialog: LabelsDialog, session: Session, qtbot: QtBot
) -> None:
    QTest.keyClicks(dialog.attributes.add, "negated")
    QTest.keyClick(dialog.attributes.add, Qt.Key.Key_Return)
    assert "Every label has" in dialog.error.message.text()
    assert stored(session) == ()


def test_renaming_what_labels_hold_is_refused_and_undone_on_screen(
    dialog: LabelsDialog, session: Session, qtbot: QtBot
) -> None:
    add(dialog, qtbot, "side")
    span = Span(0, 9, "drug", ("side=left",))
    edits.add_spans(project=session.project, document_id=1, spans=[span])
    form = dialog.attributes.form
    form.name.setText("laterality")
    form.name.editingFinished.emit()
    qtbot.waitUntil(dialog.error.isVisible)
    assert "cannot be renamed" in dialog.error.message.text()
    assert form.name.text() == "side"
    dialog.attributes.count()
    qtbot.waitUntil(lambda: "1 label has it" in form.uses.text())


def test_codes_are_loaded_from_a_file(
    dialog: LabelsDialog, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    add(dialog, qtbot, "icd10")
    choose_kind(dialog, AttributeKind.CODE)
    page = dialog.attributes
    qtbot.waitUntil(page.form.load.isVisible)
    file = tmp_path / "icd.csv"
    file.write_text("code,term\nE11,Diabetes\n,x\n", encoding="utf-8")
    page.load_codes(stored(session)[0].id, file)
    qtbot.waitUntil(dialog.error.isVisible)
    assert "icd.csv, line 3" in dialog.error.message.text()
    assert page.form.load.isVisible()
    file.write_text("code,term\nE11,Diabetes\n", encoding="utf-8")
    page.load_codes(stored(session)[0].id, file)
    assert page.form.stop.isVisible()
    qtbot.waitUntil(lambda: "1 codes from icd.csv" in page.form.codes.text())
    assert page.form.load.isVisible()
    hits = codes.look_up(project=session.project, attribute_id=stored(session)[0].id, query="e")
    assert [hit.term for hit in hits] == ["Diabetes"]


def test_loading_can_be_cancelled_even_by_closing(
    dialog: LabelsDialog, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    add(dialog, qtbot, "icd10")
    choose_kind(dialog, AttributeKind.CODE)
    qtbot.waitUntil(dialog.attributes.form.load.isVisible)
    file = tmp_path / "icd.csv"
    rows = "".join(f"A{number},term {number}\n" for number in range(20_000))
    file.write_text(f"code,term\n{rows}", encoding="utf-8")
    dialog.attributes.load_codes(stored(session)[0].id, file)
    dialog.accept()
    answered: list[bool] = []
    session.run(lambda: True, done=answered.append)
    qtbot.waitUntil(lambda: answered == [True], timeout=20_000)
    assert stored(session)[0].code_count == 0


def test_removed_attribute_leaves_the_list(
    dialog: LabelsDialog, session: Session, qtbot: QtBot
) -> None:
    add(dialog, qtbot, "side")
    dialog.attributes.form.remove.click()
    qtbot.waitUntil(lambda: stored(session) == ())
    qtbot.waitUntil(lambda: dialog.attributes.list.count() == 0)
