"""Loads the dialogs and the training panel when they are first used: the window comes first."""

from __future__ import annotations

import importlib
from typing import cast

from app.design.theme import Theme
from app.preferences import Preferences
from app.session import Session
from app.window.ports import Dialogs, TrainingPanel


class LateExtensions:
    """The application's own dialogs and panel."""

    def dialogs(self) -> Dialogs:
        """Return the dialogs."""
        return cast("Dialogs", importlib.import_module("app.dialogs"))

    def load_dialogs(self) -> None:
        """Load the dialogs ahead of their first use; called on another thread."""
        importlib.import_module("app.dialogs")

    def training_panel(
        self, session: Session, theme: Theme, preferences: Preferences
    ) -> TrainingPanel:
        """Return a panel for an open project, its worker started."""
        from app.training.panel import Panel

        return Panel(session, theme, preferences)
