from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.dialogs import import_files
from app.dialogs.import_files import ImportDialog
from app.dialogs.progress import CancelledError, Progress, ProgressPage
from app.session import Session
from core.schema.documents import Split
from core.store import documents, reports
from tests.app.dialogs.conftest import HostWindow, Open

GOOD = '{"text": "Takes aspirin 🙂.", "label": [[6, 13, "drug"]]}\n'
BAD = GOOD + '{"text":\n' + '{"text": "Has asthma.", "label": [[4, 10, "finding"]]}\n'


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    file = tmp_path / "bad.jsonl"
    file.write_text(BAD, encoding="utf-8")
    return file


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "letters.csv"
    file.write_text(
        "nr,letter,remark\n1,Seen with gout and a long story.,Nothing\n2,Well again now.,x\n",
        encoding="utf-8",
    )
    return file


def start(open_dialog: Open, host: HostWindow, *paths: Path) -> ImportDialog:
    dialog: ImportDialog = open_dialog(import_files, host, ImportDialog, paths=paths)
    return dialog


def names(session: Session) -> list[str]:
    return [document.name for document in documents.documents(project=session.project)]


def test_previews_imports_and_reports(
    host: HostWindow, session: Session, open_dialog: Open, qtbot: QtBot, bad: Path
) -> None:
    dialog = start(open_dialog, host, bad)
    qtbot.waitUntil(lambda: "aspirin" in dialog.sketch.toPlainText())
    assert "bad.jsonl:2" in dialog.status.text()
    dialog.options.split.setCurrentIndex(dialog.options.split.findData("dev"))
    with qtbot.waitSignal(session.changed):
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(dialog.report_page.isVisible)
    assert dialog.report_page.summary.text() == "2 records were added."
    [fault] = dialog.report_page.faults.model.rows
    assert fault[:2] == ("bad.jsonl", "2")
    QTest.mouseClick(dialog.report_page.faults.copy, Qt.MouseButton.LeftButton)
    assert "bad.jsonl\t2\t" in QGuiApplication.clipboard().text()
    assert len(documents.documents(project=session.project, split=Split.DEV)) == 2
    qtbot.waitUntil(lambda: "finding" in session.scheme.names())
    assert len(reports.reports(project=session.project)) == 1
    dialog.primary.setFocus()
    QTest.keyClick(dialog.primary, Qt.Key.Key_Return)
    assert host.shown(ImportDialog) is None


def test_all_or_nothing_leaves_the_project_as_it_was(
    host: HostWindow, session: Session, open_dialog: Open, qtbot: QtBot, bad: Path
) -> None:
    before = names(session)
    dialog = start(open_dialog, host, bad)
    dialog.options.rollback.click()
    dialog.primary.click()
    qtbot.waitUntil(dialog.report_page.isVisible)
    assert "Nothing was imported" in dialog.report_page.summary.text()
    assert names(session) == before


def test_columns_are_chosen_and_previewed(
    host: HostWindow, session: Session, open_dialog: Open, qtbot: QtBot, table: Path
) -> None:
    dialog = start(open_dialog, host, table)
    box = dialog.options.columns["text_column"]
    qtbot.waitUntil(box.isVisible)
    box.setFocus()
    QTest.keyClicks(box, "remark")
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: "Nothing" in dialog.sketch.toPlainText())
    box.setCurrentIndex(box.findData("letter"))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: "gout" in dialog.sketch.toPlainText())
    dialog.primary.click()
    qtbot.waitUntil(dialog.report_page.isVisible)
    texts = {document.text for document in documents.documents(project=session.project)}
    assert "Seen with gout and a long story." in texts


def test_files_are_dropped_and_removed(
    host: HostWindow, open_dialog: Open, qtbot: QtBot, bad: Path, table: Path
) -> None:
    dialog = start(open_dialog, host)
    assert not dialog.primary.isEnabled()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in (bad, table, bad)])
    dialog.dropEvent(
        QDropEvent(
            QPoint(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert dialog.sources.paths() == [bad, table]
    assert dialog.primary.isEnabled()
    qtbot.waitUntil(lambda: "JSON" in dialog.sources.list.item(0).text())
    dialog.sources.list.setFocus()
    QTest.keyClick(dialog.sources.list, Qt.Key.Key_Delete)
    assert dialog.sources.paths() == [table]
    QTest.keyClick(dialog.sources.list, Qt.Key.Key_Delete)
    assert not dialog.primary.isEnabled()


def test_a_foreign_format_is_refused_by_name(
    host: HostWindow, open_dialog: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(b"%PDF-1.7\n1 0 obj\n")
    dialog = start(open_dialog, host, file)
    qtbot.waitUntil(lambda: "PDF" in dialog.status.text())
    dialog.primary.click()
    qtbot.waitUntil(dialog.error.isVisible)
    assert "PDF" in dialog.error.message.text()
    assert dialog.choices_page.isVisible()
    assert dialog.primary.isEnabled()


def test_cancelling_imports_nothing(
    host: HostWindow, session: Session, open_dialog: Open, qtbot: QtBot, bad: Path
) -> None:
    before = names(session)
    dialog = start(open_dialog, host, bad)
    qtbot.waitUntil(lambda: "aspirin" in dialog.sketch.toPlainText())
    # The store thread is held until the user has cancelled.
    held = threading.Event()
    session.run(lambda: held.wait(10))
    dialog.primary.click()
    assert dialog.progress_page.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    held.set()
    qtbot.waitUntil(lambda: "Cancelled" in dialog.status.text())
    assert names(session) == before
    assert dialog.choices_page.isVisible()


def test_progress_is_handed_over_and_can_be_cancelled(qtbot: QtBot) -> None:
    page = ProgressPage()
    qtbot.addWidget(page)
    progress = Progress(page)
    page.follow(progress)
    thread = threading.Thread(target=lambda: progress.tell("Saving", 20, 100))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: page.bar.value() == 20)
    assert page.step.text() == "Saving records"
    assert "20 of 100" in page.left.text()
    progress.cancel()
    with pytest.raises(CancelledError):
        progress.tell("Saving", 30, 100)
