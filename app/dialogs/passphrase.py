"""A passphrase: how strong a new one is, and the question for that of an encrypted project."""

from __future__ import annotations

import math
import string
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

from app.design.tokens import Ground
from app.dialogs.dialog import Dialog
from app.dialogs.fields import Field, PassphraseField
from core.store.project import SUFFIX

if TYPE_CHECKING:
    from app.window.main_window import MainWindow

_WEAK_BITS = 50.0
_STRONG_BITS = 75.0
_ALPHABETS = (string.ascii_lowercase, string.ascii_uppercase, string.digits)
_OTHER_SIGNS = 33


class Strength(Enum):
    """How long a passphrase would hold against guessing."""

    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


def strength(passphrase: str) -> Strength:
    """Estimate a passphrase from its length and the kinds of signs in it.

    Repeated signs count less; a list of common words is not consulted, so this is a hint that
    errs on the kind side.
    """
    size = sum(len(signs) for signs in _ALPHABETS if set(signs) & set(passphrase))
    if set(passphrase) - set("".join(_ALPHABETS)):
        size += _OTHER_SIGNS
    varied = len(set(passphrase)) + 0.5 * (len(passphrase) - len(set(passphrase)))
    bits = varied * math.log2(size) if size else 0.0
    if bits < _WEAK_BITS:
        return Strength.WEAK
    return Strength.FAIR if bits < _STRONG_BITS else Strength.STRONG


class PassphraseDialog(Dialog):
    """Asks for the passphrase of a project that is there, and opens it."""

    def __init__(self, host: MainWindow, folder: Path, reason: str) -> None:
        """Ask.

        Args:
            host: The window.
            folder: The project's folder.
            reason: Why again; empty at first.
        """
        name = folder.name.removesuffix(SUFFIX)
        super().__init__(
            host,
            title=self.tr("Open “{0}”").format(name),
            lead=self.tr("This project is encrypted. Its passphrase opens it."),
            primary=self.tr("Open"),
            size=QSize(420, 0),
        )
        self._folder = folder
        self.passphrase = PassphraseField(self.tr("Passphrase"), self.ground)
        self.field = Field(
            self.tr("&Passphrase"),
            self.passphrase,
            self.tr("Capital letters count."),
            focus=self.passphrase.edit,
        )
        self.passphrase.changed.connect(self._on_typed)
        self.body.addWidget(self.field)
        if reason:
            self.field.show_error(reason)
        self.primary.setEnabled(False)
        self.passphrase.setFocus()

    def tint(self, ground: Ground) -> None:
        """Draw the eye."""
        self.passphrase.tint(ground)

    def submit(self) -> None:
        """Open the project with what is typed; the window asks again where it is wrong."""
        passphrase = self.passphrase.text()
        if passphrase:
            self.accept()
            self.host.open_project(self._folder, passphrase=passphrase)

    def _on_typed(self) -> None:
        self.field.show_hint()
        self.primary.setEnabled(bool(self.passphrase.text()))


def ask_passphrase(window: MainWindow, folder: Path, reason: str = "") -> None:
    """Ask for the passphrase of an encrypted project and open it; ``reason``: why again."""
    PassphraseDialog(window, folder, reason).open()
