"""The attributes that a project defines, given to a label by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from app.session import Session
from app.window.code_field import CodeField
from app.window.main_window import MainWindow
from core.schema.attributes import AttributeDefinition, AttributeKind, Code
from core.schema.documents import Span
from core.store import attributes, codes, edits
from core.store.project import Project

DEFINITIONS = (
    AttributeDefinition(
        "severity", AttributeKind.CHOICE, ("mild", "moderate", "severe"), ("disease",)
    ),
    AttributeDefinition("icd10", AttributeKind.CODE),
    AttributeDefinition("note", AttributeKind.TEXT),
    AttributeDefinition("planned"),
)
ENTRIES = [
    Code("E10", "Type 1 diabetes mellitus"),
    Code("E11", "Type 2 diabetes mellitus"),
    Code("I48", "Atrial fibrillation"),
]
DISEASE, DRUG = Span(21, 29, "disease"), Span(0, 9, "drug", ("dose=5 mg", "negated"))


@pytest.fixture
def project_folder(project_folder: Path) -> Path:
    """The project with attributes, a code list, and two labels in its first record."""
    with Project.open(folder=project_folder) as project:
        for definition in DEFINITIONS:
            attributes.add_attribute(project=project, definition=definition)
        codes.load_codes(project=project, attribute_id=2, codes=ENTRIES, source="icd.csv")
        edits.add_spans(project=project, document_id=1, spans=[DISEASE, DRUG])
    return project_folder


def session_of(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def held(window: MainWindow, label: str) -> tuple[str, ...]:
    """The attributes of the record's first label of a name."""
    record = session_of(window).record
    assert record is not None
    return next(span.attributes for span in record.spans if span.label == label)


def select(window: MainWindow, label: str) -> None:
    record = session_of(window).record
    assert record is not None
    window.activateWindow()
    window.area.view.setFocus()
    window.area.view.select_span(next(span.id for span in record.spans if span.label == label))


def focused(kind: type[QWidget]) -> QWidget:
    """What has the keys."""
    widget = QApplication.focusWidget()
    assert isinstance(widget, kind)
    return widget


def press(key: Qt.Key | str) -> None:
    """Press a key where the keys are, as a person does."""
    widget = QApplication.focusWidget()
    assert widget is not None
    if isinstance(key, str):
        QTest.keyClicks(widget, key)
    else:
        QTest.keyClick(widget, key)


def test_every_kind_is_filled_in_by_keys_alone(opened: MainWindow, qtbot: QtBot) -> None:
    select(opened, "disease")
    editor = opened.attribute_verbs.editor
    press("e")
    assert editor.isVisible()
    focused(QListWidget)
    press("3")
    qtbot.waitUntil(lambda: held(opened, "disease") == ("severity=severe",))
    focused(QLineEdit)
    press("mellitus 2")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "icd10=E11" in held(opened, "disease"))
    press("since  spring ")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "note=since spring" in held(opened, "disease"))
    focused(QCheckBox)
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "planned" in held(opened, "disease"))
    press(Qt.Key.Key_Return)
    assert editor.isHidden()
    assert opened.area.view.hasFocus()
    session = session_of(opened)
    for left in (3, 2, 1, 0):
        with qtbot.waitSignal(session.record_changed):
            opened.actions_["edit.undo"].trigger()
        assert len(held(opened, "disease")) == left


def test_choice_is_taken_by_its_letter_and_cleared(opened: MainWindow, qtbot: QtBot) -> None:
    select(opened, "disease")
    press("e")
    press("s")
    qtbot.waitUntil(lambda: held(opened, "disease") == ("severity=severe",))
    press(Qt.Key.Key_Backtab)
    choices = focused(QListWidget)
    assert isinstance(choices, QListWidget)
    assert choices.currentRow() == 2
    # Two begin with m: the letter walks from one to the other, Enter takes.
    press("m")
    press("m")
    assert choices.currentRow() == 1
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: held(opened, "disease") == ("severity=moderate",))
    press(Qt.Key.Key_Backtab)
    press(Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: held(opened, "disease") == ())


def test_code_list_follows_what_is_typed(opened: MainWindow, qtbot: QtBot) -> None:
    select(opened, "drug")
    press("e")
    focused(QLineEdit)
    field = opened.attribute_verbs.editor.fields[0]
    assert isinstance(field, CodeField)
    rows = field.list
    qtbot.waitUntil(lambda: rows.count() == 3)
    press("e1")
    qtbot.waitUntil(lambda: rows.count() == 2)
    press(Qt.Key.Key_Down)
    assert rows.currentItem().text().startswith("E11")
    press("9")
    qtbot.waitUntil(lambda: rows.count() == 0)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Escape)
    assert held(opened, "drug") == ("dose=5 mg", "negated")


def test_empty_field_clears_unless_arrows_have_chosen(opened: MainWindow, qtbot: QtBot) -> None:
    select(opened, "drug")
    editor = opened.attribute_verbs.editor
    press("e")
    field = editor.fields[0]
    assert isinstance(field, CodeField)
    qtbot.waitUntil(lambda: field.list.count() == 3)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "icd10=E11" in held(opened, "drug"))
    press(Qt.Key.Key_Backtab)
    press(Qt.Key.Key_Backspace)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: held(opened, "drug") == ("dose=5 mg", "negated"))


def test_escape_and_a_click_elsewhere_close(opened: MainWindow, qtbot: QtBot) -> None:
    select(opened, "disease")
    editor = opened.attribute_verbs.editor
    press("e")
    press(Qt.Key.Key_Escape)
    assert editor.isHidden()
    assert opened.area.view.hasFocus()
    opened.docks.palette.attributes.own_chosen.emit("note")
    press("kept")
    opened.area.view.setFocus()
    assert editor.isHidden()
    qtbot.waitUntil(lambda: held(opened, "disease") == ("note=kept",))


def test_what_nobody_defined_is_shown_and_can_be_changed(opened: MainWindow, qtbot: QtBot) -> None:
    select(opened, "drug")
    rows = opened.docks.palette.attributes.own_rows
    assert list(rows) == ["icd10", "note", "planned", "dose"]
    assert rows["dose"].isChecked()
    assert rows["dose"].accessibleDescription() == "5 mg"
    assert not rows["note"].isChecked()
    press("e")
    press(Qt.Key.Key_Backtab)
    press(Qt.Key.Key_Backspace)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: held(opened, "drug") == ("negated",))
    assert "dose" not in opened.docks.palette.attributes.own_rows


def test_flag_is_set_by_its_row(opened: MainWindow, qtbot: QtBot) -> None:
    select(opened, "disease")
    assert list(opened.docks.palette.attributes.own_rows) == [one.name for one in DEFINITIONS]
    QTest.mouseClick(opened.docks.palette.attributes.own_rows["planned"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: held(opened, "disease") == ("planned",))
    assert opened.attribute_verbs.editor.isHidden()
    assert opened.docks.palette.attributes.own_rows["planned"].isChecked()


def test_without_a_label_it_says_what_to_do(opened: MainWindow) -> None:
    opened.area.view.clear_selection()
    opened.actions_["attribute.edit"].trigger()
    assert opened.attribute_verbs.editor.isHidden()
    assert "Select a label" in opened.banner.text.text()


def test_values_are_read_aloud_and_drawn(opened: MainWindow, qtbot: QtBot) -> None:
    select(opened, "drug")
    assert "dose 5 mg" in opened.area.view.accessibleDescription()
