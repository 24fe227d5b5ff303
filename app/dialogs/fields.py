"""Parts of forms: a captioned field with its error beneath, a path, a passphrase."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.design.icons import icon
from app.design.tokens import SPACE_S, SPACE_XS, Ground
from app.dialogs.dialog import announce, set_role, set_style, text_label
from app.texts import message_of, remedy_of, without_mnemonic
from core.schema.errors import KnownError

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
"""What one of the common file systems refuses in a name."""


class Field(QWidget):
    """A control with its caption above, and a hint or an error beneath."""

    def __init__(
        self, caption: str, control: QWidget, hint: str = "", *, focus: QWidget | None = None
    ) -> None:
        """Wrap a control.

        Args:
            caption: Names it, on screen and for screen readers; ``&`` marks its letter.
            control: What is filled in.
            hint: Shown beneath while there is no error.
            focus: The part of the control that takes the keys; the control itself if None.
        """
        super().__init__()
        self.control = control
        self._input = focus or control
        self._hint = hint
        self.caption = QLabel(caption)
        self.caption.setBuddy(self._input)
        if not self._input.accessibleName():
            self._input.setAccessibleName(without_mnemonic(caption))
        self.below = text_label(hint, "small")
        self.below.setVisible(bool(hint))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_XS)
        column.addWidget(self.caption)
        column.addWidget(control)
        column.addWidget(self.below)

    @property
    def failed(self) -> bool:
        """Whether it shows an error."""
        return bool(self.below.property("role") == "danger")

    def show_error(self, message: str, remedy: str = "") -> None:
        """Show what is wrong with what is filled in, and have it read aloud."""
        text = f"{message} {remedy}".strip()
        if self.failed and self.below.text() == text:
            return
        self.below.setText(text)
        self.below.show()
        set_role(self.below, "danger")
        set_style(self._input, "invalid", "true")
        self._input.setAccessibleDescription(text)
        announce(self.below, text)

    def show_hint(self, hint: str | None = None) -> None:
        """Show no error but the hint, or another one."""
        self._hint = self._hint if hint is None else hint
        self.below.setText(self._hint)
        self.below.setVisible(bool(self._hint))
        set_role(self.below, "small")
        set_style(self._input, "invalid", "false")
        self._input.setAccessibleDescription(self._hint)

    def set_shown(self, error: KnownError | None) -> None:
        """Show an error, or none."""
        if error is None:
            self.show_hint()
        else:
            self.show_error(message_of(error), remedy_of(error))


class PathField(QWidget):
    """A path as text, and a button that lets it be chosen."""

    changed = Signal(object)
    """Another path stands in it (Path)."""

    def __init__(
        self,
        path: Path,
        *,
        caption: str,
        mode: QFileDialog.FileMode = QFileDialog.FileMode.Directory,
    ) -> None:
        """Show a path.

        Args:
            path: At first.
            caption: Title of the file chooser.
            mode: ``Directory``, or ``AnyFile`` for a file that may not be there yet.
        """
        super().__init__()
        self._caption = caption
        self._mode = mode
        self.edit = QLineEdit(shown_path(path))
        self.browse = QPushButton(self.tr("Browse…"))
        self.browse.setAutoDefault(False)
        self.browse.setAccessibleName(caption)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_S)
        row.addWidget(self.edit, 1)
        row.addWidget(self.browse)
        self.edit.textChanged.connect(lambda: self.changed.emit(self.path))
        self.browse.clicked.connect(self._browse)

    @property
    def path(self) -> Path:
        """What stands in it, ``~`` resolved."""
        text = self.edit.text().strip()
        if text.startswith("~"):
            return Path.home() / text[1:].lstrip("/\\")
        return Path(text)

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return not self.edit.text().strip()

    def set_path(self, path: Path) -> None:
        """Show another path."""
        self.edit.setText(shown_path(path))

    def _browse(self) -> None:
        chooser = QFileDialog(self, self._caption, str(self.path))
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setFileMode(self._mode)
        if self._mode is QFileDialog.FileMode.AnyFile:
            chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            # The dialog itself asks, inline, before it replaces anything.
            chooser.setOption(QFileDialog.Option.DontConfirmOverwrite)
        chooser.fileSelected.connect(lambda name: self.set_path(Path(name)))
        chooser.open()


class PassphraseField(QWidget):
    """A passphrase that can be shown, with a hint while Caps Lock seems to be on."""

    changed = Signal()
    """Something was typed."""

    def __init__(self, name: str, ground: Ground) -> None:
        """Build an empty field, for screen readers called ``name``."""
        super().__init__()
        self._ground = ground
        self.edit = _PassphraseEdit()
        self.edit.setAccessibleName(name)
        self.eye = QToolButton()
        self.eye.setCheckable(True)
        self.eye.setProperty("role", "icon")
        self.eye.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.eye.toggled.connect(self._show)
        self.caps_lock = text_label(self.tr("Caps Lock seems to be on."), "warning")
        self.caps_lock.hide()
        row = QHBoxLayout()
        row.setSpacing(SPACE_XS)
        row.addWidget(self.edit, 1)
        row.addWidget(self.eye)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_XS)
        column.addLayout(row)
        column.addWidget(self.caps_lock)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self.changed)
        self.edit.caps_lock.connect(self.caps_lock.setVisible)
        self._show(False)

    def text(self) -> str:
        """Return the passphrase."""
        return self.edit.text()

    def tint(self, ground: Ground) -> None:
        """Draw its eye for a ground."""
        self._ground = ground
        name = "eye_off" if self.eye.isChecked() else "eye"
        self.eye.setIcon(icon(name, ground, ground.quiet))

    def _show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.edit.setEchoMode(mode)
        text = self.tr("Hide what is typed") if shown else self.tr("Show what is typed")
        self.eye.setToolTip(text)
        self.eye.setAccessibleName(text)
        self.tint(self._ground)


class _PassphraseEdit(QLineEdit):
    """Guesses Caps Lock from what a letter key gives: Qt tells its state nowhere."""

    caps_lock = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a key."""
        text = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self.caps_lock.emit(False)
        elif len(text) == 1 and text.lower() != text.upper():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock.emit(text.isupper() != shift)
        super().keyPressEvent(event)


def shown_path(path: Path) -> str:
    """Return a path as text, nothing for the empty path."""
    return "" if path == Path() else str(path)


def may_name_a_folder(name: str) -> bool:
    """Tell whether every common file system takes a name; one that begins with a dot hides."""
    return bool(name) and not (
        _FORBIDDEN.search(name) or name.startswith(".") or name.endswith((".", " "))
    )


def documents_folder() -> Path:
    """Return the user's folder of documents, or the home folder where there is none."""
    kind = QStandardPaths.StandardLocation.DocumentsLocation
    folder = Path(QStandardPaths.writableLocation(kind) or Path.home())
    return folder if folder.is_dir() else Path.home()
