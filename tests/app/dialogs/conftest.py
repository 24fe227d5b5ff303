"""A window with just what dialogs ask of one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.design.theme import Theme
from app.dialogs.dialog import Dialog
from app.preferences import Preferences
from app.session import Session
from app.window.keymap import Keymap
from core.export.points import Form, PointTable
from core.schema.learning import ModelVersion
from core.store.project import Project

T = TypeVar("T", bound=Dialog)
Open = Callable[..., Any]
"""``open_dialog(function, window, kind, **given)`` opens a dialog and returns it."""


class PlayedForms(QObject):
    """Measures when and what the test says."""

    stepped = Signal(str)
    ended = Signal(object, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.measuring = False
        self.asked: list[float] = []
        self.cancels = 0

    def measure(self, pruned_share: float) -> None:
        self.asked.append(pruned_share)
        self.measuring = True
        self.stepped.emit("")

    def cancel(self) -> None:
        self.cancels += 1

    def end(self, table: PointTable | None, message: str = "", remedy: str = "") -> None:
        self.measuring = False
        self.ended.emit(table, message, remedy)


class Panel:
    """Stands for the training panel."""

    def __init__(self) -> None:
        self.forms = PlayedForms()
        self.exported: list[tuple[Path, Form | None]] = []
        self.adapted: list[float] = []
        self.resets = 0
        self.teachers: list[str] = []

    def retrain(self, teacher: ModelVersion | None = None) -> None:
        self.teachers.append(teacher.name if teacher else "")

    def export_model(self, out: Path, form: Form | None = None) -> None:
        self.exported.append((out, form))

    def adapt_backbone(self, seconds: float) -> None:
        self.adapted.append(seconds)

    def reset_backbone(self) -> None:
        self.resets += 1


class HostWindow(QWidget):
    """What the dialogs know of the main window."""

    def __init__(self, preferences: Preferences, theme: Theme) -> None:
        super().__init__()
        self.preferences = preferences
        self.theme = theme
        self.keymap = Keymap(preferences, self)
        self.session: Session | None = None
        self.panel = Panel()
        self.opened: list[tuple[Path, str | None]] = []
        self.adopted: list[Project] = []

    def shown(self, kind: type[T]) -> T | None:
        """Return the open dialog of a kind."""
        found = [child for child in self.findChildren(kind) if child.isVisible()]
        return found[-1] if found else None

    def open_project(self, folder: Path, passphrase: str | None = None) -> None:
        self.opened.append((folder, passphrase))

    def adopt_project(self, project: Project) -> None:
        self.adopted.append(project)


@pytest.fixture
def bare(qtbot: QtBot, preferences: Preferences, theme: Theme) -> HostWindow:
    """A window without a project."""
    window = HostWindow(preferences, theme)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def host(bare: HostWindow, session: Session) -> HostWindow:
    """A window with a project open."""
    bare.session = session
    return bare


@pytest.fixture
def open_dialog(qtbot: QtBot) -> Open:
    """Opens a dialog by its function and returns it."""

    def open_it(
        function: Callable[..., None], window: HostWindow, kind: type[T], **given: Any
    ) -> T:
        function(window, **given)
        dialog = window.shown(kind)
        assert dialog is not None
        qtbot.waitExposed(dialog)
        return dialog

    return open_it
