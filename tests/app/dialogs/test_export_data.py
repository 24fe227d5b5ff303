from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.dialogs import export_data
from app.dialogs.export_data import ExportDialog
from app.dialogs.export_preview import sketch_export
from app.session import Session
from core.formats.registry import FORMATS, WRITABLE
from core.schema.documents import Attribute, Document, LabelledDocument, Span
from tests.app.dialogs.conftest import HostWindow, Open

DOCUMENT = LabelledDocument(
    Document(1, "note", "Takes metformin 🙂.\nWell."), (Span(6, 15, "drug", ("negated",)),)
)


@pytest.fixture
def dialog(
    host: HostWindow, session: Session, open_dialog: Open, qtbot: QtBot, tmp_path: Path
) -> ExportDialog:
    """The dialog over a project with one record done, its place in a folder of the test."""
    with qtbot.waitSignals([session.saved, session.saved]):
        session.label_stretch(stretches=[(0, 9)], label="drug")
        session.toggle_attribute(span_id=1, attribute=Attribute.NEGATED)
    with qtbot.waitSignal(session.record_opened):
        session.finish_record()
    made: ExportDialog = open_dialog(export_data, host, ExportDialog)
    made.place.set_path(tmp_path / "out.jsonl")
    qtbot.waitUntil(made.primary.isEnabled)
    return made


def test_shows_the_first_record_and_exports_it(
    dialog: ExportDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert dialog.count.text() == "1 record, 1 label"
    assert '"drug"' in dialog.preview.toPlainText()
    QTest.keyClick(dialog.formats["jsonl"], Qt.Key.Key_Down)
    assert dialog.format == "conll"
    qtbot.waitUntil(lambda: "\tB-drug" in dialog.preview.toPlainText())
    assert dialog.place.path == tmp_path / "out.conll"
    qtbot.waitUntil(dialog.primary.isEnabled)
    QTest.keyClick(dialog.place.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.exported.isVisible)
    assert "B-drug" in (tmp_path / "out.conll").read_text(encoding="utf-8")
    rows = dialog.exported.left_out.model.rows
    assert [(row[0], row[2]) for row in rows] == [("note-1", "1")]
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)
    QTest.mouseClick(dialog.open_folder, Qt.MouseButton.LeftButton)
    assert Path(shown[0].toLocalFile()) == tmp_path


def test_asks_before_it_replaces(dialog: ExportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    taken = tmp_path / "taken.jsonl"
    taken.write_text("old", encoding="utf-8")
    dialog.place.set_path(taken)
    qtbot.waitUntil(dialog.overwrite.isVisible)
    assert not dialog.primary.isEnabled()
    QTest.keyClick(dialog.overwrite, Qt.Key.Key_Space)
    dialog.primary.click()
    qtbot.waitUntil(dialog.exported.isVisible)
    assert "metformin" in taken.read_text(encoding="utf-8").lower()


def test_says_when_no_record_matches(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.split.setCurrentIndex(3)
    dialog.split.activated.emit(3)
    qtbot.waitUntil(lambda: "No record" in dialog.count.text())
    assert not dialog.primary.isEnabled()
    dialog.split.setCurrentIndex(0)
    dialog.done_only.click()
    qtbot.waitUntil(lambda: dialog.count.text() == "3 records, 1 label")


def test_a_place_that_is_not_there(dialog: ExportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    dialog.place.set_path(tmp_path / "nowhere" / "out.jsonl")
    qtbot.waitUntil(lambda: dialog.place_field.failed)
    assert not dialog.primary.isEnabled()


@pytest.mark.parametrize("name", WRITABLE)
def test_every_format_is_sketched_as_it_is_written(name: str, tmp_path: Path) -> None:
    write = FORMATS[name].write
    assert write is not None
    out = tmp_path / "out"
    write([DOCUMENT], out)
    file = next(out.glob("*.ann")) if out.is_dir() else out
    lines = file.read_text(encoding="utf-8").splitlines()
    sketch = sketch_export([DOCUMENT], write, most_lines=40)
    assert (sketch.documents, sketch.spans) == (1, 1)
    assert set(lines) <= set(sketch.lines)
    assert len(sketch_export([DOCUMENT], write, most_lines=1).lines) == 1


def test_cancel_ends_the_export_and_leaves_nothing(
    dialog: ExportDialog, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    go_on = threading.Event()
    # The thread that exports is kept busy, so that the cancel comes before its first record.
    session.run(go_on.wait, reading=True)
    dialog.submit()
    assert dialog.pages.currentWidget() is dialog.progress_page
    dialog.reject()
    assert not dialog.cancel.isEnabled()
    go_on.set()
    qtbot.waitUntil(dialog.error.isVisible)
    assert dialog.pages.currentWidget() is dialog.choices
    assert dialog.primary.isEnabled()
    assert list(tmp_path.glob("*out*")) == []
    dialog.submit()
    qtbot.waitUntil(dialog.exported.isVisible)
