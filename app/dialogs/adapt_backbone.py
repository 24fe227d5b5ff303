"""Adapting the backbone to the project's records: what it does, and for how long."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

from app.design.number_box import number_box
from app.dialogs.dialog import Dialog, text_label
from app.dialogs.fields import Field
from core.operations.backbones import USUAL_MINUTES
from core.store.backbone import chosen_backbone

if TYPE_CHECKING:
    from app.window.main_window import MainWindow

_LEAST, _MOST = 1, 24 * 60
"""Minutes."""


class AdaptBackboneDialog(Dialog):
    """Asks how long to adapt, and has the training panel do it."""

    def __init__(self, host: MainWindow) -> None:
        """Ask."""
        super().__init__(
            host,
            title=self.tr("Adapt to our records"),
            lead=self.tr(
                "Lets the backbone read the records, so that later trainings begin from one that "
                "knows how they are written. No labels are needed, and the fewer records are "
                "labelled, the more it is worth."
            ),
            primary=self.tr("Adapt"),
            size=QSize(520, 0),
        )
        self.minutes = number_box(_LEAST, _MOST, USUAL_MINUTES)
        self.minutes.setSuffix(self.tr(" min"))
        field = Field(self.tr("&Time"), self.minutes)
        field.show_hint(
            self.tr("The strip below shows how far it is; you can label meanwhile, and cancel.")
        )
        self.body.addWidget(field)
        self.body.addWidget(
            text_label(
                self.tr(
                    "Records of the dev and test parts are left out, so that the scores stay "
                    "honest. The next Retrain begins from the adapted backbone."
                ),
                "note",
            )
        )
        self.used = text_label("", "note")
        self.used.hide()
        self.body.addWidget(self.used)
        self.body.addStretch(1)
        self.reset = self.button(self.tr("Give up the adapted one"))
        self.reset.clicked.connect(self._give_up)
        self.reset.hide()
        self.footer.insertWidget(0, self.reset)
        project = self.session.project
        self.session.run(
            lambda: chosen_backbone(project=project),
            done=self.while_open(self._show_used),
            reading=True,
        )
        self.minutes.setFocus()
        self.minutes.selectAll()

    def submit(self) -> None:
        """Have the panel adapt the backbone, whose strip then shows how far it is."""
        panel = self.host.panel
        if panel is not None:
            seconds = 60.0 * self.minutes.value()
            self.accept()
            panel.adapt_backbone(seconds)

    def _show_used(self, backbone: str) -> None:
        if backbone:
            self.used.setText(self.tr("Trainings begin from {0} now.").format(Path(backbone).name))
            self.used.show()
            self.reset.show()

    def _give_up(self) -> None:
        panel = self.host.panel
        if panel is not None:
            self.accept()
            panel.reset_backbone()


def adapt_backbone(window: MainWindow) -> None:
    """Ask for how long, and adapt the backbone to the project's records."""
    AdaptBackboneDialog(window).open()
