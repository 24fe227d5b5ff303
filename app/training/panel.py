"""The training panel: the strip, the charts it opens into, and the worker behind them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from app.crash import data_folder
from app.design.theme import Theme
from app.design.tokens import Ground
from app.preferences import Preferences
from app.session import Session
from app.training.backbones import Backbones
from app.training.conductor import Conductor
from app.training.forms import Forms
from app.training.state import Action
from app.training.strip import Strip
from app.worker_client import WorkerConnection
from core.export.points import Form
from core.operations.backbones import USUAL_MINUTES
from core.schema.labels import LabelScheme
from core.schema.learning import ModelVersion

if TYPE_CHECKING:
    from app.training.details import Details

_HEIGHT = 330
_LEAST_HEIGHT = 180
_AROUND = 190
"""Menus, toolbar, strip and a first line of the record: what charts leave of the window."""
_GRIP_HEIGHT = 5
_KEY_STEP = 20
_LAYOUT = "training-height"


class Grip(QFrame):
    """The edge that the height of the charts is drawn with, by pointer or arrow keys."""

    moved = Signal(int)
    """It was drawn up by so many pixels."""
    released = Signal()
    """The height is as the user wants it."""

    def __init__(self) -> None:
        """Build the edge."""
        super().__init__()
        self.setFixedHeight(_GRIP_HEIGHT)
        self.setCursor(Qt.CursorShape.SizeVerCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Height of the charts"))
        self.setToolTip(self.tr("Draw to change the height of the charts"))
        self._from = 0.0

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to draw."""
        self._from = event.globalPosition().y()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw."""
        at = event.globalPosition().y()
        self.moved.emit(round(self._from - at))
        self._from = at

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Keep the height."""
        del event
        self.released.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Draw by the arrow keys."""
        step = {Qt.Key.Key_Up: _KEY_STEP, Qt.Key.Key_Down: -_KEY_STEP}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.moved.emit(step)
        self.released.emit()


class Panel(QObject):
    """Implements ``app.window.ports.TrainingPanel``."""

    def __init__(
        self,
        session: Session,
        theme: Theme,
        preferences: Preferences,
        parent: QObject | None = None,
        *,
        connection: WorkerConnection | None = None,
    ) -> None:
        """Build the strip and start the worker.

        Args:
            session: The open project.
            theme: Colours.
            preferences: Device, backbone, seed; and the height of the charts.
            parent: Qt's owner.
            connection: To the worker; one of its own by default.
        """
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._preferences = preferences
        worker = connection or WorkerConnection(log_folder=data_folder() / "logs", parent=self)
        self.conductor = Conductor(session, worker, preferences, self)
        self.board = self.conductor.board
        self.backbones = Backbones(session, worker, preferences, self.conductor)
        self.forms = Forms(session, worker, self.conductor)
        self.strip = Strip(theme.ground)
        self.details: Details | None = None
        self.grip = Grip()
        self._widget = QWidget()
        self._lay_out()
        self.board.state_changed.connect(self.strip.show_state)
        self.strip.asked.connect(self._on_asked)
        self.strip.opened.connect(self._on_opened)
        self.grip.moved.connect(self._on_grip_moved)
        self.grip.released.connect(self._remember_height)
        theme.changed.connect(self._on_theme_changed)
        session.scheme_changed.connect(self._on_scheme_changed)
        self.conductor.start()
        self.backbones.measure()

    def widget(self) -> QWidget:
        """Return what is put into the window."""
        return self._widget

    def retrain(self, teacher: ModelVersion | None = None, *, thoroughly: bool = False) -> None:
        """Start a training on what is labelled now, and on what a teacher says."""
        self.conductor.retrain(teacher, thoroughly=thoroughly)

    def quick_update(self) -> None:
        """Start a training that teaches the current model what is new."""
        self.conductor.quick_update()

    def export_model(self, out: Path, form: Form | None = None) -> None:
        """Export the current model, or one form of it, with progress in the strip."""
        self.conductor.export_model(out, form)

    def search_recipe(self) -> None:
        """Show the page on which a search for a recipe is begun."""
        self.set_opened(True)
        if self.details is not None:
            self.details.show_search()
            self.details.search.start.setFocus()

    def adapt_backbone(self, seconds: float) -> None:
        """Adapt the backbone to the records for so long, with progress in the strip."""
        self.backbones.adapt(seconds)

    def reset_backbone(self) -> None:
        """Have trainings begin from the backbone of the settings again."""
        self.backbones.reset()

    def shut_down(self) -> None:
        """End the worker: the project is being closed."""
        self.backbones.close()
        self.forms.close()
        self._theme.changed.disconnect(self._on_theme_changed)
        self._session.scheme_changed.disconnect(self._on_scheme_changed)
        self.conductor.stop()

    def set_opened(self, opened: bool) -> None:
        """Show the charts, or hide them."""
        self.strip.chevron.setChecked(opened)

    def _on_opened(self, opened: bool) -> None:
        if opened and self.details is None:
            self.details = self._make_details()
            self._fit(self._remembered_height())
        if self.details is not None:
            self.details.setVisible(opened)
        self.grip.setVisible(opened)

    def _make_details(self) -> Details:
        # pyqtgraph and numpy take a third of a second to load: not before anybody looks.
        from app.training.details import Details

        details = Details(self.board, self._theme.ground, str(self._session.project.folder))
        details.set_scheme(self._session.scheme)
        details.models.promotion_asked.connect(self.conductor.promote)
        searcher, page = self.conductor.searcher, details.search
        page.start_asked.connect(searcher.start)
        page.resume_asked.connect(searcher.go_on)
        page.stop_asked.connect(searcher.stop)
        page.cancel_asked.connect(self.conductor.cancel)
        page.built_in_asked.connect(searcher.use_built_in)
        layout = self._widget.layout()
        if layout is not None:
            layout.addWidget(details)
        self._widget.window().installEventFilter(self)
        return details

    def _on_asked(self, action: Action) -> None:
        conductor = self.conductor
        match action:
            case Action.PAUSE:
                conductor.pause()
            case Action.GO_ON:
                conductor.go_on()
            case Action.STOP_KEEP_BEST:
                conductor.stop_keep_best()
            case Action.STOP_SEARCH:
                conductor.searcher.stop()
            case Action.SETTLE:
                self.backbones.settle()
            case Action.CANCEL:
                conductor.cancel()
            case Action.RESUME_RUN:
                conductor.resume_run()
            case Action.DISCARD_RUN:
                conductor.discard_run()
            case Action.QUICK_UPDATE:
                conductor.quick_update()
            case Action.SCORE:
                conductor.score()
            case Action.ADAPT:
                self.backbones.adapt(60.0 * USUAL_MINUTES)
            case Action.OPEN_FOLDER:
                exported = self.board.state.exported
                if exported is not None:
                    QDesktopServices.openUrl(QUrl.fromLocalFile(exported.out_folder))

    def _on_theme_changed(self, ground: Ground) -> None:
        self.strip.tint(ground)
        if self.details is not None:
            self.details.tint(ground)

    def _on_scheme_changed(self, scheme: LabelScheme) -> None:
        if self.details is not None:
            self.details.set_scheme(scheme)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Make the charts lower where the window became too low for them."""
        if event.type() == QEvent.Type.Resize and watched is self._widget.window():
            self._fit(self._remembered_height())
        return super().eventFilter(watched, event)

    def _on_grip_moved(self, by: int) -> None:
        if self.details is not None:
            self._fit(self.details.height() + by)

    def _fit(self, wanted: int) -> None:
        """Give the charts a height that leaves the rest of the window its own."""
        if self.details is None:
            return
        window = self._widget.window().height()
        most = min(max(round(window * 0.7), _LEAST_HEIGHT), max(window - _AROUND, 0))
        self.details.setFixedHeight(min(max(wanted, _LEAST_HEIGHT), most))

    def _remember_height(self) -> None:
        if self.details is not None:
            height = QByteArray(str(self.details.height()).encode())
            self._preferences.set_layout(_LAYOUT, height)

    def _remembered_height(self) -> int:
        text = bytes(self._preferences.layout(_LAYOUT).data()).decode(errors="replace")
        return max(int(text), _LEAST_HEIGHT) if text.isdecimal() else _HEIGHT

    def _lay_out(self) -> None:
        line = QFrame()
        line.setProperty("role", "line")
        self.grip.hide()
        column = QVBoxLayout(self._widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(line)
        column.addWidget(self.grip)
        column.addWidget(self.strip)
        self._widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._widget.setAccessibleName(self.tr("Training"))
