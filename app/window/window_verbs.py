"""What menus and keys do to the window and the project as a whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtGui import QAction

from app.design.tokens import Scheme
from app.history import HistoryState
from app.settings import SCHEME, STRATEGY, TEXT_SIZE
from app.window.command_palette import CommandPalette
from app.window.key_sheet import AboutSheet, KeySheet
from core.schema.learning import Strategy

if TYPE_CHECKING:
    from app.window.main_window import MainWindow

_NEED_PANEL = (
    "model.retrain",
    "model.quick_update",
    "model.thorough",
    "model.search",
    "model.adapt",
    "model.teacher",
)
"""Commands that need the panel of trainings."""
_COLOURS = ("light", "dark", "contrast", "system")


def documents_folder() -> Path:
    """Return where this user keeps documents."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place))


class WindowVerbs(QObject):
    """The verbs of the File, Edit, Record, Model, View and Help menus."""

    def __init__(self, window: MainWindow) -> None:
        """Serve a window."""
        super().__init__(window)
        self._window = window
        self._history = HistoryState()
        self._finder: CommandPalette | None = None

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the commands call."""
        window = self._window
        colours: dict[str, Callable[[], object]] = {
            f"view.{name}": _choosing(self._choose_scheme, name) for name in _COLOURS
        }
        return colours | {
            "project.new": lambda: window.extensions.dialogs().new_project(window),
            "project.open": lambda: window.extensions.dialogs().open_project(window),
            "project.sample": lambda: window.open_sample(window.sample_folder),
            "project.close": window.close_project,
            "data.import": lambda: window.extensions.dialogs().import_files(window),
            "data.export": lambda: window.extensions.dialogs().export_data(window),
            "app.settings": lambda: window.extensions.dialogs().settings(window),
            "app.quit": window.close,
            "edit.undo": self._undo,
            "edit.redo": self._redo,
            "find.record": self._find,
            "find.next": lambda: self._step_find(1),
            "find.previous": lambda: self._step_find(-1),
            "find.project": self._search,
            "labels.edit": lambda: window.extensions.dialogs().edit_labels(window),
            "labels.terms": lambda: window.extensions.dialogs().term_lists(window),
            "record.next": lambda: self._go(1),
            "record.previous": lambda: self._go(-1),
            "record.done": self._finish,
            "model.retrain": self._retrain,
            "model.quick_update": self._quick_update,
            "model.thorough": lambda: self._retrain(thoroughly=True),
            "model.search": self._search_recipe,
            "model.export": lambda: window.extensions.dialogs().export_model(window),
            "model.adapt": lambda: window.extensions.dialogs().adapt_backbone(window),
            "model.teacher": lambda: window.extensions.dialogs().learn_from_model(window),
            "view.larger": lambda: self.change_text_size(1),
            "view.smaller": lambda: self.change_text_size(-1),
            "view.usual": lambda: window.preferences.set(TEXT_SIZE, TEXT_SIZE.default),
            "view.next_part": window.docks.focus_next,
            "help.commands": self._find_command,
            "help.keys": self._show_keys,
            "help.tour": self._begin_tour,
            "help.change_keys": lambda: window.extensions.dialogs().keys(window),
            "help.about": lambda: AboutSheet(window).open(),
        }

    def first_steps(self) -> list[tuple[QAction, str, str]]:
        """Return what the welcome page offers: action, icon, sentence."""
        actions = self._window.actions_
        return [
            (
                actions["project.new"],
                "new",
                self.tr("Name your labels, choose a folder, set a passphrase if you wish."),
            ),
            (actions["project.open"], "open", self.tr("Go on with a project on this machine.")),
            (
                actions["project.sample"],
                "sample",
                self.tr("120 synthetic notes, part of them labelled: try everything safely."),
            ),
        ]

    def offer(self) -> None:
        """Enable what can be done now."""
        window, session = self._window, self._window.session
        present = set()
        if session is not None:
            present.add("project")
            if not session.read_only:
                present.add("writable")
            if session.record is not None:
                present.add("record")
        window.actions_.allow(frozenset(present))
        self._show_undo()
        if session is not None and window.panel is None:
            for name in _NEED_PANEL:
                window.actions_[name].setEnabled(False)

    def show_history(self, state: HistoryState) -> None:
        """Offer what can be undone and redone."""
        self._history = state
        self._show_undo()

    def show_scheme(self) -> None:
        """Tick the chosen colours in the View menu."""
        self._window.actions_[f"view.{self._window.theme.scheme.value}"].setChecked(True)

    def follow_preference(self, key: str) -> None:
        """Do what a changed setting asks for."""
        window = self._window
        if key == SCHEME.key:
            window.theme.set_scheme(Scheme(window.preferences.choice(SCHEME)))
            window.tint()
        elif key == STRATEGY.key and window.session is not None:
            strategy = Strategy(window.preferences.choice(STRATEGY))
            window.docks.rank_by(strategy)

    def change_text_size(self, steps: int) -> None:
        """Set the record's text larger or smaller."""
        size = self._window.preferences.number(TEXT_SIZE) + steps
        size = min(max(size, TEXT_SIZE.least), TEXT_SIZE.most)
        self._window.preferences.set(TEXT_SIZE, size)

    def ask_mentions(self, text: str, label: str, everywhere: bool) -> None:
        """Ask whether identical mentions are to be labelled."""
        session = self._window.session
        if session is None or session.record is None:
            return
        self._window.extensions.dialogs().mentions(
            self._window,
            text=text,
            label=label,
            document_id=None if everywhere else session.record.id,
        )

    def tell_finished(self) -> None:
        """Say that no open record is left in the queue."""
        self._window.say(
            self.tr("All records of this queue are done. Retrain, or show other records."), "good"
        )

    def _show_undo(self) -> None:
        for name, what in (("edit.undo", self._history.undo), ("edit.redo", self._history.redo)):
            action = self._window.actions_[name]
            needs_met = self._window.session is not None and not self._window.session.read_only
            action.setEnabled(bool(what) and needs_met)

    def _find(self) -> None:
        self._window.area.find_bar.open_bar(self._window.area.view.selected_text().strip())

    def _step_find(self, step: int) -> None:
        if self._window.area.find_bar.isHidden():
            self._find()
        else:
            self._window.area.view.step_find(step)

    def _search(self) -> None:
        self._window.docks.focus_search()

    def _go(self, step: int) -> None:
        session = self._window.session
        if session is not None:
            at = session.record.id if session.record is not None else 0
            key = session.queue.neighbour(at, step)
            if key:
                session.open_record(key)

    def _undo(self) -> None:
        if self._window.session is not None:
            self._window.session.undo()

    def _redo(self) -> None:
        if self._window.session is not None:
            self._window.session.redo()

    def _finish(self) -> None:
        if self._window.session is not None:
            self._window.session.finish_record()

    def _retrain(self, *, thoroughly: bool = False) -> None:
        if self._window.panel is not None:
            self._window.panel.retrain(thoroughly=thoroughly)

    def _quick_update(self) -> None:
        if self._window.panel is not None:
            self._window.panel.quick_update()

    def _search_recipe(self) -> None:
        if self._window.panel is not None:
            self._window.panel.search_recipe()

    def _choose_scheme(self, name: str) -> None:
        self._window.preferences.set(SCHEME, name)

    def _begin_tour(self) -> None:
        self._window.tour.begin()

    def _show_keys(self) -> None:
        session = self._window.session
        labels = session.scheme.labels if session is not None else ()
        sheet = KeySheet(labels, self._window.keymap, self._window)
        sheet.change_requested.connect(self._window.actions_["help.change_keys"].trigger)
        sheet.open()

    def _find_command(self) -> None:
        if self._finder is None:
            self._finder = CommandPalette(self._window)
        self._finder.toggle()


def _choosing(verb: Callable[[str], None], name: str) -> Callable[[], object]:
    return lambda: verb(name)
