"""Exporting labels: format, which records, where, and how it will look; then what was left out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFontDatabase, QTextOption
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.design.tokens import SPACE_L, SPACE_S, SPACE_XL
from app.dialogs.background import Background, Latest
from app.dialogs.dialog import Dialog, text_label
from app.dialogs.export_preview import ExportSketch, sketch_export
from app.dialogs.export_report import ExportedPage
from app.dialogs.fields import Field, PathField, documents_folder
from app.dialogs.progress import CancelledError, Progress, ProgressPage
from app.quantities import whole
from app.texts import QT_TRANSLATE_NOOP, translated
from core.formats.registry import FORMATS, WRITABLE
from core.formats.writing import WriteReport
from core.operations.exporting import export_documents
from core.schema.documents import Split
from core.store import documents

if TYPE_CHECKING:
    from app.window.main_window import MainWindow

_CONTEXT = "ExportFormats"
_HOLDS = {
    "jsonl": QT_TRANSLATE_NOOP("ExportFormats", "everything, a record a line"),
    "conll": QT_TRANSLATE_NOOP("ExportFormats", "a word a line; no overlaps, no attributes"),
    "brat": QT_TRANSLATE_NOOP("ExportFormats", "a folder; overlaps, pieces, attributes"),
    "pubtator": QT_TRANSLATE_NOOP("ExportFormats", "one file; overlaps, pieces, but no attributes"),
}
"""What the formats can hold, in the order of their offer."""

_LINES = 40
_LEFT_WIDTH = 360


class ExportDialog(Dialog):
    """Asks what to export and how, exports, and tells what the format could not hold."""

    def __init__(self, host: MainWindow) -> None:
        """Ask."""
        super().__init__(
            host,
            title=self.tr("Export labels"),
            lead=self.tr("Writes the records with their labels, for other programs."),
            primary=self.tr("Export"),
            name="export",
            size=QSize(900, 560),
        )
        self._background = Background("export", self)
        self._look = Latest(self._background)
        self._asked = 0
        self._progress: Progress | None = None
        self._matching = False
        self._folder_there = False
        self._exported: Path | None = None
        self._formats = QButtonGroup(self)
        self.formats = self._made_formats()
        self.split = QComboBox()
        self.split.addItem(self.tr("All parts"), None)
        for split, text in (
            (Split.TRAIN, self.tr("Train")),
            (Split.DEV, self.tr("Dev")),
            (Split.TEST, self.tr("Test")),
        ):
            self.split.addItem(text, split.value)
        self.done_only = QCheckBox(self.tr("Only records that are &done"))
        self.done_only.setChecked(True)
        self.place = PathField(
            self._usual_place(),
            caption=self.tr("Place of the export"),
            mode=QFileDialog.FileMode.AnyFile,
        )
        self.place_field = Field(self.tr("&Place"), self.place, focus=self.place.edit)
        self.overwrite = QCheckBox(self.tr("&Replace what is there"))
        self.overwrite.hide()
        self.preview = QPlainTextEdit()
        self.count = text_label("", "note")
        self.exported = ExportedPage()
        self.choices = self._made_choices()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.choices)
        self.progress_page = ProgressPage()
        self.pages.addWidget(self.progress_page)
        self.pages.addWidget(self.exported)
        self.body.addWidget(self.pages, 1)
        self.open_folder = self.button(self.tr("Open &folder"))
        self.open_folder.hide()
        self.open_folder.clicked.connect(self._open_folder)
        self.footer.insertWidget(0, self.open_folder)
        self._connect()
        self._show_usable()
        self._sketch()
        self._check_place()
        self.formats[self.format].setFocus()

    @property
    def format(self) -> str:
        """The chosen format."""
        return next(name for name, button in self.formats.items() if button.isChecked())

    def submit(self) -> None:
        """Export; once that is done, close."""
        if self._exported is not None:
            self.accept()
            return
        if self._progress is not None or self.place.empty:
            return
        self.error.clear()
        progress = self._progress = Progress(self)
        self.progress_page.follow(progress)
        self.pages.setCurrentWidget(self.progress_page)
        self._show_usable()
        self.cancel.setFocus()
        project, out, name = self.session.project, self.place.path, self.format
        split, done_only = self._split(), self.done_only.isChecked()
        overwrite = not self.overwrite.isHidden() and self.overwrite.isChecked()
        self.session.run(
            lambda: export_documents(
                project=project,
                out=out,
                format=name,
                split=split,
                done_only=done_only,
                overwrite=overwrite,
                progress=progress.tell,
            ),
            done=self.while_open(lambda report: self._on_exported(out, report)),
            failed=self.while_open(self._on_failed),
            reading=True,
        )

    def reject(self) -> None:
        """Cancel the export that runs, or close."""
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

    def _made_formats(self) -> dict[str, QRadioButton]:
        made = {}
        for name in sorted(WRITABLE, key=lambda name: [*_HOLDS, name].index(name)):
            holds = translated(_CONTEXT, _HOLDS.get(name, ""))
            text = f"{FORMATS[name].title}: {holds}" if holds else FORMATS[name].title
            button = QRadioButton(text)
            self._formats.addButton(button)
            made[name] = button
        next(iter(made.values())).setChecked(True)
        return made

    def _made_choices(self) -> QWidget:
        self.preview.setReadOnly(True)
        self.preview.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.preview.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.preview.setTabChangesFocus(True)
        self.preview.setAccessibleName(self.tr("How the first record is written"))
        page, held = QWidget(), QWidget()
        held.setFixedWidth(_LEFT_WIDTH)
        left = QVBoxLayout(held)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(SPACE_S)
        left.addWidget(text_label(self.tr("Format"), "section"))
        for button in self.formats.values():
            left.addWidget(button)
        left.addSpacing(SPACE_L)
        left.addWidget(text_label(self.tr("Records"), "section"))
        left.addWidget(self.done_only)
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        caption = QLabel(self.tr("Part of the d&ata"))
        caption.setBuddy(self.split)
        self.split.setAccessibleName(self.tr("Part of the data"))
        row.addWidget(caption)
        row.addWidget(self.split, 1)
        left.addLayout(row)
        left.addWidget(self.count)
        left.addSpacing(SPACE_L)
        left.addWidget(self.place_field)
        left.addWidget(self.overwrite)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(SPACE_S)
        right.addWidget(text_label(self.tr("How the first record is written"), "section"))
        right.addWidget(self.preview, 1)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_XL)
        row.addWidget(held, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(right, 1)
        return page

    def _connect(self) -> None:
        self._formats.buttonClicked.connect(self._on_format)
        self.split.activated.connect(self._sketch)
        self.done_only.toggled.connect(self._sketch)
        self.place.changed.connect(self._check_place)
        self.overwrite.toggled.connect(self._show_usable)

    def _on_format(self) -> None:
        path = self.place.path
        if not self.place.empty and path.suffix in {known.suffix for known in FORMATS.values()}:
            self.place.set_path(path.with_suffix(FORMATS[self.format].suffix))
        self._sketch()

    def _sketch(self) -> None:
        """Count what is chosen, and show how its first record is written."""
        self._asked += 1
        number = self._asked
        project, write = self.session.project, FORMATS[self.format].write
        split, done_only = self._split(), self.done_only.isChecked()
        if write is None:
            raise LookupError(self.format)

        def work() -> ExportSketch:
            chosen = documents.labelled_documents(project=project, split=split, done_only=done_only)
            return sketch_export(chosen, write, most_lines=_LINES)

        def show(sketch: ExportSketch) -> None:
            if number == self._asked:
                self._show_sketch(sketch)

        self.session.run(
            work, done=self.while_open(show), failed=self.while_open(self.show_error), reading=True
        )

    def _show_sketch(self, sketch: ExportSketch) -> None:
        self.preview.setPlainText("\n".join(sketch.lines))
        if not sketch.documents:
            self.count.setText(
                self.tr("No record matches. Mark records as done first, or export all.")
            )
        else:
            records = (
                self.tr("1 record")
                if sketch.documents == 1
                else self.tr("{0} records").format(whole(sketch.documents))
            )
            labels = (
                self.tr("1 label")
                if sketch.spans == 1
                else self.tr("{0} labels").format(whole(sketch.spans))
            )
            self.count.setText(f"{records}, {labels}")
        self._matching = sketch.documents > 0
        self._show_usable()

    def _check_place(self) -> None:
        if self.place.empty:
            self.place_field.show_error(self.tr("Choose a place."))
            self._show_usable()
            return
        path = self.place.path
        self._look.ask(lambda: (path.exists(), path.parent.is_dir()), self._show_place)

    def _show_place(self, found: tuple[bool, bool]) -> None:
        taken, folder = found
        self.overwrite.setVisible(taken)
        if not folder:
            self.place_field.show_error(
                self.tr("The folder is not there."), self.tr("Choose another place.")
            )
        elif taken:
            self.place_field.show_error(self.tr("This is there already."))
        else:
            self.place_field.show_hint("")
        self._folder_there = folder
        self._show_usable()

    def _show_usable(self) -> None:
        """Let the export begin once nothing is missing."""
        free = self.overwrite.isHidden() or self.overwrite.isChecked()
        there = self._folder_there and not self.place.empty
        self.primary.setEnabled(self._matching and there and free and self._progress is None)

    def _split(self) -> Split | None:
        data = self.split.currentData()
        return Split(data) if data else None

    def _on_exported(self, out: Path, report: WriteReport) -> None:
        self._progress = None
        self._exported = out
        self.exported.show_report(out, report)
        self.pages.setCurrentWidget(self.exported)
        self.primary.setEnabled(True)
        self.primary.setText(self.tr("Done"))
        self.primary.setFocus()
        self.cancel.hide()
        self.open_folder.show()

    def _on_failed(self, error: Exception) -> None:
        self._progress = None
        self.pages.setCurrentWidget(self.choices)
        self.cancel.setEnabled(True)
        self._show_usable()
        if isinstance(error, CancelledError):
            self.error.tell(self.tr("Cancelled. Nothing was written."), "")
        else:
            self.show_error(error)

    def _open_folder(self) -> None:
        if self._exported is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._exported.parent)))

    def _usual_place(self) -> Path:
        return documents_folder() / f"{self.session.project.name}{FORMATS[self.format].suffix}"


def export_data(window: MainWindow) -> None:
    """Ask for a format and a place, and export the labels."""
    ExportDialog(window).open()
