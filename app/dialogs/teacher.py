"""Learning from a bigger model: which version is to teach, and what comes of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox

from app.dialogs.dialog import Dialog, text_label
from app.dialogs.fields import Field
from app.training.figures import percent
from core.schema.learning import ModelVersion
from core.store import runs

if TYPE_CHECKING:
    from app.window.main_window import MainWindow


class TeacherDialog(Dialog):
    """Asks for a model version, and has the training panel retrain with it as a teacher."""

    def __init__(self, host: MainWindow) -> None:
        """Ask."""
        super().__init__(
            host,
            title=self.tr("Learn from a bigger model"),
            lead=self.tr(
                "Trains the usual, quick model on your labels and on what a bigger one says of the "
                "records, also of unread ones."
            ),
            primary=self.tr("Retrain"),
            size=QSize(520, 0),
        )
        self.models: list[ModelVersion] = []
        self.teacher = QComboBox()
        self.field = Field(self.tr("&Bigger model"), self.teacher)
        self.body.addWidget(self.field)
        self.body.addWidget(
            text_label(
                self.tr(
                    "To have one, choose a bigger backbone in the settings and retrain, then "
                    "choose the usual one again. Records of the dev and test parts are left out, "
                    "so that the scores stay honest."
                ),
                "note",
            )
        )
        self.body.addStretch(1)
        self.primary.setEnabled(False)
        project = self.session.project
        self.session.run(
            lambda: (runs.model_versions(project=project), runs.runs(project=project)),
            done=self.while_open(
                lambda found: self._show_models(
                    found[0], {run.id: run.backbone for run in found[1]}
                )
            ),
            reading=True,
        )
        self.teacher.setFocus()

    def submit(self) -> None:
        """Have the panel retrain; its strip then shows how far it is."""
        panel = self.host.panel
        if panel is not None and self.models:
            chosen = self.models[self.teacher.currentIndex()]
            self.accept()
            panel.retrain(chosen)

    def _show_models(self, models: list[ModelVersion], backbones: dict[int, str]) -> None:
        # The best one first: it is the likeliest to know more than the next model would.
        self.models = sorted(models, key=lambda model: (-model.report.micro.f1, -model.id))
        for model in self.models:
            self.teacher.addItem(
                self.tr("{0}, F1 {1}, from {2}").format(
                    model.name,
                    percent(model.report.micro.f1),
                    Path(backbones.get(model.run_id, "")).name or self.tr("the embedded backbone"),
                )
            )
        self.primary.setEnabled(bool(self.models))
        if not self.models:
            self.field.show_error(self.tr("There is no model yet."), self.tr("Retrain first."))


def learn_from_model(window: MainWindow) -> None:
    """Ask for a model version, and retrain with it as a teacher."""
    TeacherDialog(window).open()
