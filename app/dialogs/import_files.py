"""Importing records: what and how, with a preview; then progress; then a report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.design.tokens import SPACE_S, SPACE_XL, Ground
from app.dialogs.background import Background, Latest
from app.dialogs.dialog import Dialog, set_role, text_label
from app.dialogs.import_options import OptionsForm
from app.dialogs.import_report import ReportPage
from app.dialogs.import_sources import SourceList
from app.dialogs.progress import CancelledError, Progress, ProgressPage
from app.dialogs.sketch import RecordSketch
from app.texts import shown, worded
from core.formats.preview import Preview, preview
from core.formats.registry import FORMATS
from core.operations.importing import ImportReport
from core.operations.importing import import_files as import_paths
from core.schema.errors import KnownError
from core.store.changes import ChangeSet

if TYPE_CHECKING:
    from app.window.main_window import MainWindow

_LEFT_WIDTH = 370


class ImportDialog(Dialog):
    """Leads through an import on three pages."""

    def __init__(self, host: MainWindow, paths: Sequence[Path] = ()) -> None:
        """Ask what to import.

        Args:
            host: The window.
            paths: What was dropped on the window.
        """
        super().__init__(
            host,
            title=self.tr("Import records"),
            lead=self.tr(
                "Text, CSV, JSONL, CoNLL, brat and PubTator files; each is recognised by itself."
            ),
            primary=self.tr("Import"),
            name="import",
            size=QSize(940, 680),
        )
        self.setAcceptDrops(True)
        self._background = Background("import-preview", self)
        self._look = Latest(self._background)
        self._progress: Progress | None = None
        self._finished = False
        self.sources = SourceList(self.ground)
        self.options = OptionsForm()
        self.sketch = RecordSketch(self.ground)
        self.status = text_label("", "note")
        self.progress_page = ProgressPage()
        self.report_page = ReportPage()
        self.choices_page = self._made_choices()
        self.pages = QStackedWidget()
        for page in (self.choices_page, self.progress_page, self.report_page):
            self.pages.addWidget(page)
        self.body.addWidget(self.pages, 1)
        self.sources.changed.connect(self._on_sources)
        self.sources.current_changed.connect(self._preview)
        self.options.changed.connect(self._preview)
        self.sources.add(paths)
        self.sources.files.setFocus()

    def tint(self, ground: Ground) -> None:
        """Draw what is painted."""
        self.sources.tint(ground)
        self.sketch.tint(ground)

    def submit(self) -> None:
        """Begin the import; on the last page, close."""
        if self._finished:
            self.accept()
            return
        paths = self.sources.paths()
        if not paths or self._progress is not None:
            return
        self.error.clear()
        progress = self._progress = Progress(self)
        self.progress_page.follow(progress)
        self.pages.setCurrentWidget(self.progress_page)
        self.primary.setEnabled(False)
        self.cancel.setFocus()
        project, options = self.session.project, self.options.options()
        split, on_fault = self.options.split_choice(), self.options.on_fault()
        self.session.run(
            lambda: import_paths(
                project=project,
                paths=paths,
                options=options,
                split=split,
                on_fault=on_fault,
                progress=progress.tell,
            ),
            done=self._on_imported,
            failed=self._on_failed,
        )

    def reject(self) -> None:
        """Cancel the import that runs, or close."""
        if self._progress is None:
            super().reject()
            return
        self._progress.cancel()
        self.cancel.setEnabled(False)
        self.progress_page.left.setText(self.tr("Cancelling…"))

    def done(self, result: int) -> None:
        """Close."""
        self._background.leave()
        super().done(result)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders while they can still be chosen."""
        choosing = self.pages.currentWidget() is self.choices_page
        if choosing and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        urls = event.mimeData().urls()
        self.sources.add([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])
        event.acceptProposedAction()

    def _made_choices(self) -> QWidget:
        page = QWidget()
        left = QVBoxLayout()
        left.setSpacing(SPACE_S)
        left.addWidget(text_label(self.tr("Files"), "section"))
        left.addWidget(self.sources, 1)
        left.addSpacing(SPACE_S)
        left.addWidget(self.options)
        self.sources.setFixedWidth(_LEFT_WIDTH)
        self.options.setFixedWidth(_LEFT_WIDTH)
        right = QVBoxLayout()
        right.setSpacing(SPACE_S)
        right.addWidget(text_label(self.tr("First records"), "section"))
        right.addWidget(self.sketch, 1)
        right.addWidget(self.status)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_XL)
        row.addLayout(left)
        row.addLayout(right, 1)
        return page

    def _on_sources(self) -> None:
        self.error.clear()
        self.primary.setEnabled(bool(self.sources.paths()))
        if not self.sources.paths():
            self._preview()

    def _preview(self) -> None:
        path = self.sources.current()
        if path is None:
            self.sketch.show_documents((), {})
            self._say("")
            self.options.set_format("", ())
            return
        options = self.options.options()
        self._say(self.tr("Reading…"))
        self._look.ask(
            lambda: preview(path, options=options),
            self.while_open(lambda found: self._show_preview(path, found)),
            self.while_open(self._show_no_preview),
        )

    def _show_preview(self, path: Path, found: Preview) -> None:
        colours = {label.name: label.colour for label in self.session.scheme.labels}
        known = FORMATS.get(found.format)
        self.sources.set_kind(path, known.title if known else "")
        self.options.set_format(found.format, found.columns)
        self.sketch.show_documents(found.documents, colours)
        if found.faults:
            fault = found.faults[0]
            where = f"{fault.file}:{fault.line}" if fault.line else fault.file
            self._say(self.tr("{0}: {1}").format(where, worded(fault.reason)), "danger")
        elif found.notes:
            note = found.notes[0]
            self._say(self.tr("{0}: {1}").format(note.file, worded(note.reason)), "warning")
        else:
            self._say("" if found.documents else self.tr("No record was found in it."))

    def _show_no_preview(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self.sketch.show_documents((), {})
        self._say(shown(error), "danger")

    def _say(self, text: str, role: str = "note") -> None:
        self.status.setText(text)
        set_role(self.status, role)

    def _on_imported(self, outcome: tuple[ImportReport, ChangeSet | None]) -> None:
        report, changes = outcome
        self._progress = None
        if changes is not None:
            self.session.announce(changes)
        self._finished = True
        self.report_page.show_report(report)
        self.lead.setText(self.tr("This report stays in the project."))
        self.pages.setCurrentWidget(self.report_page)
        self.primary.setEnabled(True)
        self.primary.setText(self.tr("Done"))
        self.primary.setFocus()
        self.cancel.hide()

    def _on_failed(self, error: Exception) -> None:
        self._progress = None
        self.pages.setCurrentWidget(self.choices_page)
        self.primary.setEnabled(True)
        self.cancel.setEnabled(True)
        if isinstance(error, CancelledError):
            self._say(self.tr("Cancelled. Nothing was imported."))
        else:
            self.show_error(error)


def import_files(window: MainWindow, paths: Sequence[Path] = ()) -> None:
    """Ask what to import and how, with a preview; ``paths``: dropped on the window."""
    ImportDialog(window, paths).open()
