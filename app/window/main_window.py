"""The main window: its parts, and the life of the project that is open in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, QTimer, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.design.room import fitted
from app.design.theme import Theme
from app.preferences import Preferences
from app.session import Session
from app.settings import REOPEN
from app.texts import shown, worded
from app.window.actions import Actions
from app.window.assertion_verbs import AssertionVerbs
from app.window.attribute_verbs import AttributeVerbs
from app.window.background import Background
from app.window.banner import Banner
from app.window.docks import Docks
from app.window.focus_mode import FocusMode
from app.window.guided_tour import GuidedTour
from app.window.keymap import Keymap
from app.window.menus import build_menus, build_toolbar, tie_docks
from app.window.opening import open_project, open_sample
from app.window.pace_verbs import PaceVerbs
from app.window.piece_verbs import PieceVerbs
from app.window.ports import Extensions, TrainingPanel
from app.window.project_search import ProjectSearch
from app.window.record_area import RecordArea
from app.window.section_verbs import SectionVerbs
from app.window.session_view import SessionView
from app.window.small_room import SmallRoom
from app.window.suggestion_verbs import SuggestionVerbs
from app.window.typography import TYPOGRAPHY_KEYS, wanted_typography
from app.window.verbs import RecordVerbs
from app.window.welcome import Welcome
from app.window.window_verbs import WindowVerbs, documents_folder
from core.schema.errors import KnownError
from core.store.project import SUFFIX, Project

_LEAST_SIZE = (960, 600)
_FIRST_SIZE = (1360, 860)


class MainWindow(QMainWindow):
    """Shows one project at a time, or the welcome page.

    Attributes:
        session: The open project, or None.
        panel: The training panel of the open project, once it is loaded.
        beside: Runs what the window waits for.
        keymap: The keys in force.
        preferences: What the user has chosen.
        theme: The ground everything stands on.
    """

    became_usable = Signal()
    """A record, an empty project or the welcome page is on the screen for the first time."""
    project_opened = Signal()
    """Another project is open."""
    panel_loaded = Signal()
    """The training panel of the open project is there."""
    closed = Signal()
    """The window is closed, and all it started has ended."""

    def __init__(
        self,
        *,
        theme: Theme,
        preferences: Preferences,
        extensions: Extensions,
        loop: asyncio.AbstractEventLoop,
        sample_folder: Path | None = None,
    ) -> None:
        """Build the window without a project.

        Args:
            theme: Dresses the application.
            preferences: Typed settings.
            extensions: Makes dialogs and the training panel when they are needed.
            loop: Runs what the window waits for.
            sample_folder: Where the sample project lies; among the user's documents by default.
        """
        super().__init__()
        self.sample_folder = sample_folder or documents_folder() / f"Chartmark sample{SUFFIX}"
        self.theme = theme
        self.preferences = preferences
        self.extensions = extensions
        self.session: Session | None = None
        self.panel: TrainingPanel | None = None
        self.beside = Background(loop, self._on_failed)
        self._usable = False
        self.setWindowTitle(self.tr("Chartmark"))
        self.setMinimumSize(fitted(QSize(*_LEAST_SIZE)))
        self.setAcceptDrops(True)
        self.area = RecordArea(theme.ground)
        self.welcome = Welcome(theme.ground)
        self.banner = Banner(theme.ground)
        self._pages = QStackedWidget()
        self._pages.setProperty("role", "canvas")
        self._pages.addWidget(self.welcome)
        self._pages.addWidget(self.area)
        self._lay_out()
        self.keymap = Keymap(preferences, self)
        self.docks = Docks(self, theme.ground, self.keymap)
        self.actions_ = Actions(self, self.area.view, self.keymap)
        self.verbs = RecordVerbs(self.area.view, self.actions_, self)
        self.piece_verbs = PieceVerbs(
            self.area.view, self.banner, self.keymap, lambda: self.session, self
        )
        self.window_verbs = WindowVerbs(self)
        self.actions_.connect_all(self.verbs.handlers() | self.window_verbs.handlers())
        self.actions_.connect_all(self.piece_verbs.handlers())
        self.section_verbs = SectionVerbs(self.area.view, self.banner, self)
        self.actions_.connect_all(self.section_verbs.handlers())
        self.actions_.connect_all(AssertionVerbs(self).handlers())
        self.attribute_verbs = AttributeVerbs(self)
        self.actions_.connect_all(self.attribute_verbs.handlers())
        self.suggestion_verbs = SuggestionVerbs(self)
        self.focus_mode = FocusMode(self)
        self.actions_.connect_all(self.suggestion_verbs.handlers() | self.focus_mode.handlers())
        self.project_search = ProjectSearch(self)
        self.actions_.connect_all(PaceVerbs(self).handlers())
        build_menus(self, self.actions_)
        tie_docks(self.actions_, self.docks.toggles())
        self.toolbar = build_toolbar(self, self.actions_, self.tr("Toolbar"))
        self.small_room = SmallRoom(self)
        self.tour = GuidedTour(self)
        self._session_view = SessionView(self)
        self._connect()
        self._restore_layout()
        self._show_text_size()
        self.tint()
        self._show_project()

    # The project's life

    def open_project(self, folder: Path, passphrase: str | None = None) -> None:
        """Open a project beside the window; an encrypted one asks for its passphrase first."""
        self.beside.start(open_project(self, folder, passphrase))

    def begin(self, folder: Path | None) -> None:
        """Open what the window begins with: a project that was asked for, or the last one.

        Args:
            folder: The project asked for, or None.
        """
        last = self.preferences.last_project() if self.preferences.switch(REOPEN) else None
        chosen = folder or last
        if chosen is None:
            self.note_usable()
        else:
            self.open_project(chosen)

    def open_sample(self, folder: Path) -> None:
        """Open the sample project, made anew where it is not there yet."""
        self.beside.start(open_sample(self, folder))

    def adopt_project(self, project: Project) -> None:
        """Show an open project in the place of the one that is shown."""
        self.close_project(forget=False)
        session = Session(project, self)
        self.session = session
        self.verbs.session = session
        self._session_view.follow(session)
        session.start()
        self.preferences.remember_project(project.folder)
        self._show_project()
        self.banner.hide()
        if session.read_only:
            self.say(worded(project.read_only_reason), "warning")
        self.project_opened.emit()

    def close_project(self, *, forget: bool = True) -> None:
        """Close the open project; what is under way is saved, a training can be resumed later."""
        session, self.session = self.session, None
        if self.panel is not None:
            self.panel.shut_down()
            self.docks.set_panel(None)
            self.panel = None
        self.verbs.session = None
        if session is not None:
            session.close()
            session.deleteLater()
        self.area.set_record(None)
        self.docks.clear()
        if forget:
            self.banner.hide()
            self.preferences.forget_last_project()
        self._show_project()

    def say(
        self,
        text: str,
        tone: str = "",
        *,
        act: Callable[[], object] | None = None,
        act_text: str = "",
    ) -> None:
        """Show a sentence under the toolbar; see ``Banner.say``."""
        self.banner.say(text, tone, act=act, act_text=act_text)

    def refuse(self, error: KnownError) -> None:
        """Show an error that the user can mend."""
        self.say(shown(error), "danger")

    def tell_crash(self, file: Path) -> None:
        """Say that something unexpected went wrong, and where the report lies."""
        self.say(
            self.tr(
                "Something unexpected went wrong. Your labels are safe, and you can go on. "
                "A report without any record text was written."
            ),
            "danger",
            act=lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent))),
            act_text=self.tr("Show the report"),
        )

    # What Qt calls

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the layout and close the project."""
        self.small_room.settle()
        self.preferences.set_layout("geometry", self.saveGeometry())
        self.preferences.set_layout("docks", self.saveState())
        # What ends slowly (a worker in training) ends out of sight.
        self.hide()
        self.close_project(forget=False)
        self.beside.stop()
        event.accept()
        self.closed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let files be dropped for import."""
        if self.session is not None and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths and self.session is not None:
            event.acceptProposedAction()
            self.extensions.dialogs().import_files(self, paths)

    # Within

    def tint(self) -> None:
        """Draw everything for the theme's ground."""
        ground = self.theme.ground
        for part in (self.area, self.welcome, self.banner, self.docks, self.actions_):
            part.tint(ground)
        self.window_verbs.show_scheme()

    def _lay_out(self) -> None:
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self._pages, 1)
        self.setCentralWidget(centre)

    def _connect(self) -> None:
        actions = self.actions_
        self.area.set_actions(
            actions["record.done"],
            actions["record.flag"],
            actions["suggestion.accept"],
            actions["suggestion.reject"],
        )
        self.welcome.set_actions(self.window_verbs.first_steps())
        self.welcome.project_chosen.connect(self.open_project)
        self.verbs.hinted.connect(self.say)
        self.verbs.mentions_requested.connect(self.window_verbs.ask_mentions)
        self.docks.palette.label_chosen.connect(self.verbs.apply_label)
        self.docks.palette.attribute_chosen.connect(self.verbs.toggle)
        self.docks.palette.edit_requested.connect(actions["labels.edit"].trigger)
        self.docks.queue.import_requested.connect(actions["data.import"].trigger)
        self.area.view.text_size_requested.connect(self.window_verbs.change_text_size)
        self.theme.changed.connect(lambda _ground: self.tint())
        self.preferences.changed.connect(self._on_preference)

    def _restore_layout(self) -> None:
        self.resize(fitted(QSize(*_FIRST_SIZE)))
        geometry, docks = self.preferences.layout("geometry"), self.preferences.layout("docks")
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        self.docks.arrange()
        if not docks.isEmpty():
            self.restoreState(docks)

    def _show_project(self) -> None:
        """Show the record or the welcome page, and offer what can be done."""
        session = self.session
        self._pages.setCurrentWidget(self.welcome if session is None else self.area)
        self.docks.set_visible(session is not None)
        self.window_verbs.offer()
        if session is None:
            self.setWindowTitle(self.tr("Chartmark"))
            self.welcome.set_recent(self.preferences.recent_projects())
        else:
            name = session.project.name
            title = self.tr("{0} (read only)") if session.read_only else "{0}"
            self.setWindowTitle(self.tr("{0} – Chartmark").format(title.format(name)))

    def _on_failed(self, error: KnownError) -> None:
        self.refuse(error)
        self.note_usable()

    def _show_text_size(self) -> None:
        self.area.view.set_typography(wanted_typography(self.preferences))

    def _on_preference(self, key: str) -> None:
        if key in TYPOGRAPHY_KEYS:
            self._show_text_size()
        else:
            self.window_verbs.follow_preference(key)

    def note_usable(self) -> None:
        """Tell that the window is usable, and load what may come a moment later."""
        if not self._usable:
            self._usable = True
            QTimer.singleShot(0, self, self.became_usable.emit)
        if self.session is not None and self.panel is None:
            QTimer.singleShot(0, self, self._load_panel)

    def _load_panel(self) -> None:
        if self.session is None or self.panel is not None:
            return
        self.panel = self.extensions.training_panel(self.session, self.theme, self.preferences)
        self.docks.set_panel(self.panel.widget())
        self.window_verbs.offer()
        self.beside.prepare(self.extensions.load_dialogs)
        self.panel_loaded.emit()
