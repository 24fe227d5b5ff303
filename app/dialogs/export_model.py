"""Exporting the current model: its folder, what will be in it, and what it may give away."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLineEdit

from app.dialogs.background import Background, Latest
from app.dialogs.dialog import Dialog, text_label
from app.dialogs.fields import Field, PathField, documents_folder, may_name_a_folder
from app.dialogs.form_choice import FormChoice
from core.export.points import PointTable
from core.operations.exporting import current_model, measured_points
from core.schema.learning import ModelVersion
from core.store.project import Project

if TYPE_CHECKING:
    from app.window.main_window import MainWindow


class ExportModelDialog(Dialog):
    """Asks where to put the current model, and has the training panel write it."""

    def __init__(self, host: MainWindow) -> None:
        """Look for the model, and ask."""
        super().__init__(
            host,
            title=self.tr("Export model"),
            lead=self.tr("Writes a folder that finds labels in new text without Chartmark."),
            primary=self.tr("Export"),
            size=QSize(600, 0),
        )
        self._background = Background("export-model", self)
        self._look = Latest(self._background)
        self._model: ModelVersion | None = None
        self.model = text_label(self.tr("Looking for the model…"), "lead")
        self.name = QLineEdit()
        self.name_field = Field(self.tr("&Name of the folder"), self.name)
        self.place = PathField(documents_folder(), caption=self.tr("Place of the folder"))
        self.place_field = Field(self.tr("&Place"), self.place, focus=self.place.edit)
        self.body.addWidget(self.model)
        self.body.addWidget(self.name_field)
        self.body.addWidget(self.place_field)
        self.forms = FormChoice(None if host.panel is None else host.panel.forms)
        self.body.addWidget(self.forms)
        self.contents = text_label("", "note")
        self.body.addWidget(self.contents)
        self.warning = text_label(
            self.tr(
                "A model may remember pieces of the records it learned from. Give it only to "
                "people who may see those records."
            ),
            "warning",
        )
        self.body.addWidget(self.warning)
        self.body.addStretch(1)
        self.primary.setEnabled(False)
        self.name.textChanged.connect(self._check)
        self.place.changed.connect(self._check)
        self.forms.table.picked.connect(self._describe)
        self.forms.measuring_changed.connect(self._check)
        self.forms.failed.connect(self.error.tell)
        self.forms.begun.connect(self.error.clear)
        self._describe()
        project = self.session.project
        self.session.run(
            lambda: _look(project),
            done=self.while_open(self._show_model),
            failed=self.while_open(self._show_none),
            reading=True,
        )
        self.name.setFocus()

    @property
    def folder(self) -> Path:
        """What will be written."""
        return self.place.path / self.name.text().strip()

    def submit(self) -> None:
        """Have the panel export the model, whose strip then shows how far it is."""
        panel = self.host.panel
        if self._model is None or panel is None or self.name_field.failed:
            return
        folder, form = self.folder, self.forms.table.form
        self.accept()
        panel.export_model(folder, form)

    def done(self, result: int) -> None:
        """Close."""
        self._background.leave()
        self.forms.leave()
        super().done(result)

    def _show_model(self, found: tuple[ModelVersion, PointTable | None]) -> None:
        self._model, points = found
        model = self._model
        self.forms.show_points(points)
        self.model.setText(self.tr("Model {0}").format(model.name))
        self.name.setText(_file_name(f"{self.session.project.name} {model.name}"))
        self.name.selectAll()
        self._check()

    def _show_none(self, error: Exception) -> None:
        self.model.hide()
        for part in (self.name_field, self.place_field, self.forms):
            part.setEnabled(False)
        self.show_error(error)
        self.cancel.setText(self.tr("Close"))
        self.cancel.setFocus()

    def _check(self) -> None:
        name = self.name.text().strip()
        if not may_name_a_folder(name):
            self.name_field.show_error(self.tr("A folder cannot have this name."))
            self.primary.setEnabled(False)
            return
        folder = self.folder
        self._look.ask(folder.exists, self._show_taken)

    def _show_taken(self, taken: bool) -> None:
        if taken:
            self.name_field.show_error(
                self.tr("There is a folder of this name already."), self.tr("Choose another name.")
            )
        else:
            self.name_field.show_hint(self.tr("Makes {0}").format(self.folder))
        self.primary.setEnabled(
            not taken
            and self._model is not None
            and not self.place.empty
            and not self.forms.measuring
        )

    def _describe(self) -> None:
        """Say what will be in the folder."""
        form = self.forms.table.form
        if form is None:
            text = self.tr(
                "In it: the model and its tokenizer, ONNX forms in full and eight-bit "
                "precision, predict.py to run them, a model card with the scores, and "
                "checksums. All forms are run on the dev records before the export counts "
                "as done."
            )
        else:
            text = self.tr(
                "In it: this form of the model alone and its tokenizer, predict.py to run it, a "
                "model card with the scores, and checksums. It is run on the dev records before "
                "the export counts as done."
            )
        self.contents.setText(text)


def _look(project: Project) -> tuple[ModelVersion, PointTable | None]:
    """Return the current model, and what was measured of its forms."""
    model = current_model(project=project)
    return model, measured_points(project=project, model=model)


def _file_name(text: str) -> str:
    """Return a text as a name that any file system takes."""
    return re.sub(r"[^\w.-]+", "-", text).strip("-.").lower() or "model"


def export_model(window: MainWindow) -> None:
    """Ask for a place and export the current model."""
    ExportModelDialog(window).open()
