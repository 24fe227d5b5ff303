"""A main window on a small project, with extensions that only say what was asked of them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from qasync import QEventLoop  # type: ignore[import-untyped]  # no stubs

from app.design.theme import Theme
from app.preferences import Preferences
from app.session import Session
from app.training.forms import Forms
from app.window.main_window import MainWindow
from app.window.ports import Dialogs, TrainingPanel
from core.export.points import Form
from core.schema.learning import ModelVersion


class AskedDialogs:
    """Remembers which dialogs were asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, object]] = []

    def __getattr__(self, name: str) -> object:
        def ask(window: MainWindow, *arguments: object, **named: object) -> None:
            del window
            self.asked.append((name, arguments or named))

        return ask


class QuietPanel:
    """A panel without a worker."""

    def __init__(self) -> None:
        self.content = QLabel("strip")
        self.asked: list[str] = []

    def widget(self) -> QWidget:
        return self.content

    def quick_update(self) -> None:
        self.asked.append("quick update")

    def retrain(self, teacher: ModelVersion | None = None, *, thoroughly: bool = False) -> None:
        usual = "retrain thoroughly" if thoroughly else "retrain"
        self.asked.append(usual if teacher is None else f"learn from {teacher.name}")

    @property
    def forms(self) -> Forms:
        raise NotImplementedError

    def export_model(self, out: Path, form: Form | None = None) -> None:
        del form
        self.asked.append(f"export {out.name}")

    def search_recipe(self) -> None:
        self.asked.append("search")

    def adapt_backbone(self, seconds: float) -> None:
        self.asked.append(f"adapt {seconds}")

    def reset_backbone(self) -> None:
        self.asked.append("reset")

    def shut_down(self) -> None:
        self.asked.append("shut down")


class TestExtensions:
    """Dialogs and panels that can be asked what happened to them."""

    __test__ = False

    def __init__(self) -> None:
        self.asked_dialogs = AskedDialogs()
        self.panels: list[QuietPanel] = []

    def dialogs(self) -> Dialogs:
        return cast("Dialogs", self.asked_dialogs)

    def load_dialogs(self) -> None:
        pass

    def training_panel(
        self, session: Session, theme: Theme, preferences: Preferences
    ) -> TrainingPanel:
        del session, theme, preferences
        self.panels.append(QuietPanel())
        return self.panels[-1]


@pytest.fixture
def loop(qapp: QApplication) -> Iterator[asyncio.AbstractEventLoop]:
    """The loop on which the window waits; errors of coroutines fail the test."""
    made = QEventLoop(qapp)
    failures: list[BaseException] = []
    made.set_exception_handler(lambda _loop, context: failures.append(context["exception"]))
    yield made
    made.close()
    assert failures == []


@pytest.fixture
def extensions() -> TestExtensions:
    return TestExtensions()


@pytest.fixture
def window(
    qtbot: QtBot,
    theme: Theme,
    preferences: Preferences,
    extensions: TestExtensions,
    loop: asyncio.AbstractEventLoop,
) -> Iterator[MainWindow]:
    """A window on the welcome page."""
    made = MainWindow(theme=theme, preferences=preferences, extensions=extensions, loop=loop)
    # The screen of the offscreen platform is smaller than any on a desk.
    made.resize(1360, 860)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def opened(window: MainWindow, project_folder: Path, qtbot: QtBot) -> MainWindow:
    """A window with the first record of a small project on the screen."""
    with qtbot.waitSignal(window.panel_loaded):
        window.begin(project_folder)
    qtbot.waitUntil(lambda: bool(window.session and window.session.record))
    return window
