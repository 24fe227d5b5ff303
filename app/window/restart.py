"""Settings that hold from the next start: offers one, and says what is to be started again."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment

from app.scale import environment_without_scale
from app.settings import LANGUAGE, SCALE
from app.window.main_window import MainWindow

_AT_START = {LANGUAGE.key, SCALE.key}


class Restart(QObject):
    """Offers to start again when a setting that is read at the start is changed.

    Attributes:
        wanted: Whether the window was closed to be opened again.
        project: The project that was open then.
    """

    def __init__(self, window: MainWindow) -> None:
        """Watch the preferences of a window."""
        super().__init__(window)
        self.wanted = False
        self.project: Path | None = None
        self._window = window
        self._begun = {key: self._value(key) for key in _AT_START}
        window.preferences.changed.connect(self._on_changed)

    def now(self) -> None:
        """Close the window, to be opened again with the same project."""
        session = self._window.session
        self.project = session.project.folder if session is not None else None
        self.wanted = True
        self._window.close()

    def _on_changed(self, key: str) -> None:
        if key not in _AT_START:
            return
        if all(self._value(name) == value for name, value in self._begun.items()):
            self._window.banner.hide()
            return
        self._window.say(
            self.tr("Language and scale hold from the next start. Everything is saved."),
            act=self.now,
            act_text=self.tr("Restart now"),
        )

    def _value(self, key: str) -> str:
        setting = LANGUAGE if key == LANGUAGE.key else SCALE
        return self._window.preferences.choice(setting)


def restart_command(project: Path | None) -> list[str]:
    """Return the command that opens the window anew."""
    start = [sys.executable]
    if not getattr(sys, "frozen", False):
        start += ["-m", "app.main"]
    return [*start, "open", *([str(project)] if project is not None else [])]


def start_again(
    project: Path | None,
    *,
    command: Sequence[str] | None = None,
    environment: Mapping[str, str] | None = None,
) -> None:
    """Start the window anew, on its own: this process may end.

    Args:
        project: Opened in it.
        command: Another one than ``restart_command`` gives.
        environment: Another one than the shell gave.
    """
    program, *arguments = command or restart_command(project)
    variables = QProcessEnvironment()
    for name, value in (environment or environment_without_scale()).items():
        variables.insert(name, value)
    process = QProcess()
    process.setProgram(program)
    process.setArguments(arguments)
    process.setProcessEnvironment(variables)
    process.setWorkingDirectory(str(Path(__file__).resolve().parents[2]))
    process.startDetached()
