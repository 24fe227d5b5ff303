"""What the main window asks of the dialogs and of the training panel, loaded when first used."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from app.design.theme import Theme
from app.preferences import Preferences
from app.session import Session
from core.export.points import Form
from core.schema.learning import ModelVersion

if TYPE_CHECKING:
    from app.training.forms import Forms
    from app.window.main_window import MainWindow


class Dialogs(Protocol):
    """The dialogs, as functions of the package ``app.dialogs``.

    Each opens without blocking (``QDialog.open``), with the window as parent, and does its work
    through ``window.session``, ``window.open_project(folder, passphrase=...)``,
    ``window.adopt_project(project)`` (for one just made) and ``window.preferences``.
    """

    def new_project(self, window: MainWindow) -> None:
        """Ask for folder, labels and passphrase, make the project and adopt it."""

    def open_project(self, window: MainWindow) -> None:
        """Ask for a project's folder and open it."""

    def ask_passphrase(self, window: MainWindow, folder: Path, reason: str = "") -> None:
        """Ask for the passphrase of an encrypted project and open it; ``reason``: why again."""

    def import_files(self, window: MainWindow, paths: Sequence[Path] = ()) -> None:
        """Ask what to import and how, with a preview; ``paths``: dropped on the window."""

    def export_data(self, window: MainWindow) -> None:
        """Ask for a format and a place, and export the labels."""

    def export_model(self, window: MainWindow) -> None:
        """Ask for a place and export the current model."""

    def adapt_backbone(self, window: MainWindow) -> None:
        """Ask for how long, and adapt the backbone to the project's records."""

    def learn_from_model(self, window: MainWindow) -> None:
        """Ask for a model version, and retrain with it as a teacher."""

    def settings(self, window: MainWindow) -> None:
        """Show the settings."""

    def edit_labels(self, window: MainWindow) -> None:
        """Add, rename, recolour, re-key, describe and merge labels."""

    def term_lists(self, window: MainWindow) -> None:
        """Edit the term lists, and suggest what they find."""

    def keys(self, window: MainWindow) -> None:
        """Let the user give commands other keys."""

    def mentions(
        self, window: MainWindow, *, text: str, label: str, document_id: int | None
    ) -> None:
        """Count the places where ``text`` stands without ``label``, ask, and label them.

        Args:
            window: The parent.
            text: What to look for.
            label: The label to give.
            document_id: Where to look; in all records if None.
        """


class TrainingPanel(Protocol):
    """The strip at the bottom: training, live metrics, model versions; it owns the worker."""

    def widget(self) -> QWidget:
        """Return what is put into the window."""

    def retrain(self, teacher: ModelVersion | None = None, *, thoroughly: bool = False) -> None:
        """Start a training on what is labelled now, and on what a teacher says.

        Args:
            teacher: The bigger model, or None.
            thoroughly: Whether the model is to be the mean of several rounds.
        """

    def quick_update(self) -> None:
        """Start a training that teaches the current model what is new."""

    @property
    def forms(self) -> Forms:
        """Measures the forms that the current model can be exported in."""

    def export_model(self, out: Path, form: Form | None = None) -> None:
        """Export the current model, or one form of it, with progress in the strip."""

    def search_recipe(self) -> None:
        """Show the page on which a search for a recipe is begun."""

    def adapt_backbone(self, seconds: float) -> None:
        """Adapt the backbone to the records for so long, with progress in the strip."""

    def reset_backbone(self) -> None:
        """Have trainings begin from the backbone of the settings again."""

    def shut_down(self) -> None:
        """End the worker: the project is being closed."""


class Extensions(Protocol):
    """Makes what is loaded late, so that the window is there first."""

    def dialogs(self) -> Dialogs:
        """Return the dialogs."""

    def load_dialogs(self) -> None:
        """Load the dialogs ahead of their first use; called on another thread."""

    def training_panel(
        self, session: Session, theme: Theme, preferences: Preferences
    ) -> TrainingPanel:
        """Return a panel for an open project, its worker started."""
