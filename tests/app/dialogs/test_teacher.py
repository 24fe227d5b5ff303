from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.dialogs import learn_from_model
from app.dialogs.teacher import TeacherDialog
from app.session import Session
from core.schema.learning import Recipe
from core.store import runs
from tests.app.dialogs.conftest import HostWindow, Open
from tests.app.training.conftest import report


def trained(session: Session, f1: float, backbone: str) -> str:
    run = runs.start_run(project=session.project, recipe=Recipe(), backbone=backbone)
    made = runs.add_model_version(
        project=session.project, run_id=run.id, folder=f"models/run-{run.id}", report=report(f1)
    )
    return made.name


def test_the_best_model_is_proposed_and_any_can_teach(
    host: HostWindow, session: Session, open_dialog: Open, qtbot: QtBot
) -> None:
    small = trained(session, 0.71, "")
    big = trained(session, 0.83, "/models/BERT-base")
    dialog: TeacherDialog = open_dialog(learn_from_model, host, TeacherDialog)
    qtbot.waitUntil(dialog.primary.isEnabled)
    texts = [dialog.teacher.itemText(row) for row in range(dialog.teacher.count())]
    assert dialog.teacher.currentIndex() == 0
    assert big in texts[0]
    assert "BERT-base" in texts[0]
    assert "/models" not in texts[0]
    assert small in texts[1]
    assert "embedded" in texts[1]
    QTest.keyClick(dialog.teacher, Qt.Key.Key_Down)
    dialog.primary.click()
    assert host.panel.teachers == [small]
    assert host.shown(TeacherDialog) is None


def test_without_a_model_it_says_how_to_get_one(
    host: HostWindow, open_dialog: Open, qtbot: QtBot
) -> None:
    dialog: TeacherDialog = open_dialog(learn_from_model, host, TeacherDialog)
    qtbot.waitUntil(lambda: dialog.field.failed)
    assert "Retrain" in dialog.field.below.text()
    assert not dialog.primary.isEnabled()
    dialog.submit()
    assert host.panel.teachers == []
