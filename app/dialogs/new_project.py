"""A new project: where it is made, its first labels, and whether it is encrypted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.design.tokens import SPACE_L, SPACE_M, SPACE_S, Ground
from app.dialogs.background import Background, Latest
from app.dialogs.dialog import Dialog, set_role, text_label
from app.dialogs.fields import (
    Field,
    PassphraseField,
    PathField,
    documents_folder,
    may_name_a_folder,
)
from app.dialogs.label_rows import LabelRows
from app.dialogs.passphrase import Strength, strength
from core.schema.errors import KnownError
from core.schema.labels import LabelScheme
from core.store.project import SUFFIX, Project

if TYPE_CHECKING:
    from app.window.main_window import MainWindow

_LONGEST = 100


@dataclass(frozen=True, slots=True)
class _Place:
    """What stands at a path where a project is to be made."""

    taken: bool
    parent_is_folder: bool
    parent_exists: bool


class NewProjectDialog(Dialog):
    """Asks for name, place, labels and passphrase, makes the project and hands it over."""

    def __init__(self, host: MainWindow) -> None:
        """Ask."""
        super().__init__(
            host,
            title=self.tr("New project"),
            lead=self.tr("A project is one folder with your records, labels and models."),
            primary=self.tr("Create project"),
            size=QSize(560, 0),
        )
        self._background = Background("new-project", self)
        self._look = Latest(self._background)
        self._making = False
        self.name = QLineEdit()
        self.name.setMaxLength(_LONGEST)
        self.name_field = Field(self.tr("&Name"), self.name)
        self.place = PathField(_usual_place(host), caption=self.tr("Place of the project"))
        self.place_field = Field(self.tr("&Place"), self.place, focus=self.place.edit)
        self.rows = LabelRows(self.ground, host.keymap)
        self.rows_field = Field(
            self.tr("&Labels"),
            self.rows,
            self.tr("Type names, parted by commas; Enter adds them."),
            focus=self.rows.names,
        )
        self.encrypt = QCheckBox(self.tr("&Encrypt with a passphrase"))
        self.passphrase = PassphraseField(self.tr("Passphrase"), self.ground)
        self.repeat = PassphraseField(self.tr("Passphrase again"), self.ground)
        self.passphrase_field = Field(
            self.tr("Passphrase"), self.passphrase, focus=self.passphrase.edit
        )
        self.repeat_field = Field(self.tr("Again"), self.repeat, focus=self.repeat.edit)
        self.warning = text_label(
            self.tr(
                "Nobody can recover a lost passphrase, and with it the records. "
                "Write it down and keep it where only you find it."
            ),
            "warning",
        )
        self._secret = self._made_secret()
        for part in (self.name_field, self.place_field, self.rows_field):
            self.body.addWidget(part)
        self.body.addWidget(self.encrypt)
        self.body.addWidget(self._secret)
        self.body.addStretch(1)
        self._connect()
        self._check_place()
        self.name.setFocus()
        self.tint(self.ground)

    @property
    def folder(self) -> Path:
        """Where the project will be."""
        return self.place.path / f"{self.name.text().strip().removesuffix(SUFFIX)}{SUFFIX}"

    def tint(self, ground: Ground) -> None:
        """Draw what is painted."""
        self.rows.tint(ground)
        self.passphrase.tint(ground)
        self.repeat.tint(ground)

    def submit(self) -> None:
        """Make the project, if all is filled in as it must be."""
        if self._making or not self._all_right():
            return
        folder, scheme = self.folder, LabelScheme(self.rows.labels())
        passphrase = self.passphrase.text() if self.encrypt.isChecked() else None
        self._set_making(True)
        self._background.run(
            lambda: Project.create(folder=folder, scheme=scheme, passphrase=passphrase),
            done=self._on_made,
            failed=self._on_failed,
        )

    def reject(self) -> None:
        """Close, unless the project is being made: that takes a moment and is not left half."""
        if not self._making:
            super().reject()

    def done(self, result: int) -> None:
        """Close."""
        self._background.leave()
        super().done(result)

    def _made_secret(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(SPACE_L + SPACE_S, 0, 0, 0)
        column.setSpacing(SPACE_M)
        column.addWidget(self.warning)
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        for field in (self.passphrase_field, self.repeat_field):
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        made.hide()
        return made

    def _connect(self) -> None:
        self.name.textChanged.connect(self._check_place)
        self.place.changed.connect(self._check_place)
        self.rows.refused.connect(self.rows_field.show_error)
        self.rows.changed.connect(self.rows_field.show_hint)
        self.encrypt.toggled.connect(self._on_encrypt)
        self.passphrase.changed.connect(self._show_strength)
        self.repeat.changed.connect(lambda: self.repeat_field.show_hint(""))

    def _on_encrypt(self, encrypt: bool) -> None:
        self._secret.setVisible(encrypt)
        if encrypt:
            self.passphrase.setFocus()

    def _check_place(self) -> None:
        name = self.name.text().strip()
        if not name:
            self.name_field.show_hint("")
            self.place_field.show_hint("")
            return
        wrong = self._wrong_name(name)
        self.name_field.set_shown(wrong)
        if wrong is None and not self.place.empty:
            folder = self.folder
            self._look.ask(lambda: _look_at(folder), self._show_place)

    def _show_place(self, place: _Place) -> None:
        self.name_field.show_hint("")
        if place.taken:
            self.name_field.show_error(
                self.tr("There is a project of this name already."),
                self.tr("Choose another name or place."),
            )
        if place.parent_exists and not place.parent_is_folder:
            self.place_field.show_error(
                self.tr("This is a file."), self.tr("Choose a folder instead.")
            )
        elif place.parent_exists:
            self.place_field.show_hint(self.tr("Makes {0}").format(self.folder))
        else:
            self.place_field.show_hint(
                self.tr("Makes {0} and the folders above it").format(self.folder)
            )

    def _wrong_name(self, name: str) -> KnownError | None:
        if not may_name_a_folder(name):
            return KnownError(
                self.tr("A folder cannot have this name."),
                self.tr("Leave out slashes, colons, quotes and dots at its ends."),
            )
        return None

    def _show_strength(self) -> None:
        texts = {
            Strength.WEAK: self.tr("Weak: easily guessed. Four or more unusual words are good."),
            Strength.FAIR: self.tr("Fair. Longer is better."),
            Strength.STRONG: self.tr("Strong."),
        }
        roles = {Strength.WEAK: "warning", Strength.FAIR: "small", Strength.STRONG: "good"}
        typed = self.passphrase.text()
        found = strength(typed)
        self.passphrase_field.show_hint(texts[found] if typed else "")
        set_role(self.passphrase_field.below, roles[found])

    def _all_right(self) -> bool:
        """Show what is missing; the first of it gets the focus."""
        name = self.name.text().strip()
        if not name:
            self.name_field.show_error(self.tr("A project needs a name."), self.tr("Type one."))
        if self.place.empty:
            self.place_field.show_error(self.tr("A project needs a place."))
        if not self.rows.rows:
            self.rows_field.show_error(
                self.tr("A project needs at least one label."),
                self.tr("Type names, parted by commas."),
            )
        if self.encrypt.isChecked():
            if not self.passphrase.text():
                self.passphrase_field.show_error(
                    self.tr("Type a passphrase, or do not encrypt the project.")
                )
            elif self.passphrase.text() != self.repeat.text():
                self.repeat_field.show_error(
                    self.tr("The two are not the same."), self.tr("Type it again.")
                )
        controls = (
            (self.name_field, self.name),
            (self.place_field, self.place.edit),
            (self.rows_field, self.rows.names),
            (self.passphrase_field, self.passphrase.edit),
            (self.repeat_field, self.repeat.edit),
        )
        secret = (self.passphrase_field, self.repeat_field)
        for field, control in controls:
            if field.failed and (self.encrypt.isChecked() or field not in secret):
                control.setFocus()
                return False
        return True

    def _set_making(self, making: bool) -> None:
        self._making = making
        self.primary.setEnabled(not making)
        self.cancel.setEnabled(not making)
        self.primary.setText(self.tr("Creating…") if making else self.tr("Create project"))

    def _on_made(self, project: Project) -> None:
        self._set_making(False)
        self.accept()
        self.host.adopt_project(project)

    def _on_failed(self, error: Exception) -> None:
        self._set_making(False)
        self.show_error(error)


def new_project(window: MainWindow) -> None:
    """Ask for folder, labels and passphrase, make the project and adopt it."""
    NewProjectDialog(window).open()


def _usual_place(host: MainWindow) -> Path:
    """Return the folder in which the last project lies, else the user's documents."""
    for folder in host.preferences.recent_projects():
        return folder.parent
    return documents_folder()


def _look_at(folder: Path) -> _Place:
    parent = folder.parent
    return _Place(folder.exists(), parent.is_dir(), parent.exists())
