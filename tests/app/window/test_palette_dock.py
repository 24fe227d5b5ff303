from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.design.tokens import HIGH_CONTRAST, LIGHT
from app.preferences import Preferences
from app.window.keymap import Keymap
from app.window.palette_dock import PaletteDock
from core.schema.documents import Attribute, Span
from core.schema.labels import Label, LabelScheme, complete_labels

LABELS = complete_labels(
    (Label("drug", guideline="Names only."), Label("disease", description="What ails."))
)


@pytest.fixture
def keymap(preferences: Preferences) -> Keymap:
    return Keymap(preferences)


@pytest.fixture
def dock(keymap: Keymap, qtbot: QtBot) -> PaletteDock:
    made = PaletteDock(LIGHT, keymap)
    qtbot.addWidget(made)
    made.set_scheme(LabelScheme(LABELS, "Label **all**."))
    made.set_usable(True)
    made.resize(280, 600)
    made.show()
    return made


def test_clicked_label_is_chosen(dock: PaletteDock, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dock.label_chosen) as chosen:
        QTest.mouseClick(dock.label_rows["disease"], Qt.MouseButton.LeftButton)
    assert chosen.args == ["disease"]
    dock.set_usable(False)
    with qtbot.assertNotEmitted(dock.label_chosen):
        QTest.mouseClick(dock.label_rows["disease"], Qt.MouseButton.LeftButton)


def test_caps_follow_the_keys_in_force(dock: PaletteDock, keymap: Keymap) -> None:
    assert [row.key for row in dock.label_rows.values()] == ["1", "2"]
    keymap.give("label.delete", "1")
    keymap.take("attribute.negated", "N")
    assert [row.key for row in dock.label_rows.values()] == ["", "2"]
    assert dock.attribute_rows[Attribute.NEGATED].key == ""


def test_attributes_follow_the_selected_label(dock: PaletteDock, qtbot: QtBot) -> None:
    negated = dock.attribute_rows[Attribute.NEGATED]
    assert not negated.isEnabled()
    dock.set_selected(Span(0, 3, "drug", ("negated",)), "drug")
    assert negated.isChecked()
    with qtbot.waitSignal(dock.attribute_chosen) as chosen:
        QTest.mouseClick(negated, Qt.MouseButton.LeftButton)
    assert chosen.args == [Attribute.NEGATED]
    assert negated.isChecked()
    dock.set_selected(Span(0, 3, "drug"), "drug")
    assert not negated.isChecked()
    dock.set_selected(None)
    assert not negated.isEnabled()


def test_guideline_of_the_selected_label_comes_first(dock: PaletteDock) -> None:
    assert dock.guideline.toPlainText() == "Label all."
    dock.set_selected(None, "drug", suggested=True)
    text = dock.guideline.toPlainText()
    assert text.startswith("drug")
    assert "Names only." in text
    assert text.rstrip().endswith("Label all.")
    dock.set_selected(None, "disease")
    assert "What ails." in dock.guideline.toPlainText()


def test_counts_and_keys_are_there_for_screen_readers(dock: PaletteDock) -> None:
    dock.set_counts({"drug": 3})
    assert dock.label_rows["drug"].accessibleDescription() == "3 in this record"
    assert dock.label_rows["drug"].accessibleName() == "drug"


def test_dock_is_drawn_on_every_ground(dock: PaletteDock) -> None:
    light = dock.grab().toImage()
    dock.tint(HIGH_CONTRAST)
    assert dock.grab().toImage() != light
