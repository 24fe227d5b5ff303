"""The docks around the record: queue, palette and training strip, kept true to the session."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QDockWidget, QMainWindow, QWidget

from app.design.tokens import Ground
from app.editor.record_view import RecordView
from app.editor.selection import Selection
from app.preferences import Preferences
from app.queue_feed import QueueQuery
from app.record import Record
from app.session import Session
from app.settings import STRATEGY
from app.window.dock import Dock
from app.window.keymap import Keymap
from app.window.palette_dock import PaletteDock
from app.window.queue_dock import QueueDock
from core.schema.learning import Strategy

_QUEUE_WIDTH = 280
_PALETTE_WIDTH = 280


class Docks(QObject):
    """Owns the docks of a window.

    Attributes:
        queue: The queue on the left.
        palette: Labels, attributes and guideline on the right.
    """

    def __init__(self, window: QMainWindow, ground: Ground, keymap: Keymap) -> None:
        """Build the docks, empty."""
        super().__init__(window)
        self._window = window
        self._session: Session | None = None
        self._hidden: set[str] | None = None
        self.queue = QueueDock(ground)
        self.palette = PaletteDock(ground, keymap)
        self._left = Dock(self.tr("Queue"), "queue", self.queue, window)
        self._right = Dock(self.tr("Labels"), "palette", self.palette, window)
        self._strip = QDockWidget(self.tr("Training"), window)
        self._strip.setObjectName("training")
        self._strip.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        self._strip.setTitleBarWidget(QWidget())
        self._strip.hide()

    def arrange(self) -> None:
        """Put the docks where they stand before the user moves them."""
        area = Qt.DockWidgetArea
        self._window.addDockWidget(area.LeftDockWidgetArea, self._left)
        self._window.addDockWidget(area.RightDockWidgetArea, self._right)
        self._window.addDockWidget(area.BottomDockWidgetArea, self._strip)
        self._window.resizeDocks(
            [self._left, self._right], [_QUEUE_WIDTH, _PALETTE_WIDTH], Qt.Orientation.Horizontal
        )

    @property
    def sides(self) -> tuple[QDockWidget, QDockWidget]:
        """The docks of the queue and of the labels."""
        return (self._left, self._right)

    def toggles(self) -> list[QAction]:
        """Return the actions that show and hide the docks."""
        return [self._left.toggleViewAction(), self._right.toggleViewAction()]

    def set_visible(self, visible: bool) -> None:
        """Hide all docks where there is no project, and bring back those that were shown."""
        if visible and self._hidden is not None:
            for dock in (self._left, self._right):
                dock.setVisible(dock.objectName() not in self._hidden)
            self._hidden = None
        elif not visible and self._hidden is None:
            docks = (self._left, self._right)
            self._hidden = {dock.objectName() for dock in docks if dock.isHidden()}
            for dock in docks:
                dock.hide()
        for toggle in self.toggles():
            toggle.setEnabled(visible)
        if not visible:
            self._strip.hide()

    def set_session(self, session: Session, preferences: Preferences) -> None:
        """Show another project's queue and scheme."""
        self._session = session
        query = QueueQuery(strategy=Strategy(preferences.choice(STRATEGY)))
        session.queue.query = query
        self.queue.set_query(query)
        self.queue.record_chosen.connect(session.open_record)
        self.queue.query_changed.connect(session.queue.set_query)
        session.queue.changed.connect(self._on_queue_read)
        session.queue.row_changed.connect(self.queue.set_row)
        session.queue.progress_changed.connect(self.queue.set_progress)
        session.scheme_changed.connect(self.queue.set_scheme)
        session.scheme_changed.connect(self.palette.set_scheme)

    def clear(self) -> None:
        """Show no project any more."""
        if self._session is not None:
            self.queue.record_chosen.disconnect(self._session.open_record)
            self.queue.query_changed.disconnect(self._session.queue.set_query)
        self._session = None
        self.queue.set_rows([])
        self.palette.set_usable(False)

    def rank_by(self, strategy: Strategy) -> None:
        """Order the queue another way."""
        if self._session is not None and self._session.queue.query.strategy is not strategy:
            query = replace(self._session.queue.query, strategy=strategy)
            self.queue.set_query(query)
            self._session.queue.set_query(query)

    def focus_search(self) -> None:
        """Let the user type what to look for in all records."""
        self._left.show()
        self.queue.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.queue.search.selectAll()

    def focus_next(self) -> None:
        """Bring the keys from the record to the queue, the palette, the strip, and back."""
        parts = [self._window.centralWidget(), self.queue.view, self.palette, self._strip.widget()]
        shown = [part for part in parts if part is not None and part.isVisible()]
        held = QApplication.focusWidget()
        at = next(
            (
                n
                for n, part in enumerate(shown)
                if held and (held is part or part.isAncestorOf(held))
            ),
            -1,
        )
        for step in range(1, len(shown) + 1):
            part = shown[(at + step) % len(shown)]
            target = _first_to_focus(part)
            if target is not None:
                target.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def set_panel(self, panel: QWidget | None) -> None:
        """Show the training panel, or none."""
        old = self._strip.widget()
        if panel is None:
            self._strip.hide()
            if old is not None:
                self._strip.setWidget(QWidget())
                old.deleteLater()
            return
        self._strip.setWidget(panel)
        self._strip.show()

    def show_record(self, record: Record | None) -> None:
        """Mark the record on the screen in the queue, and count its labels."""
        read_only = self._session is None or self._session.read_only
        self.palette.set_usable(record is not None and not read_only)
        self.queue.set_current(record.id if record is not None else 0)
        if record is not None:
            self.show_changed(record)

    def show_changed(self, record: Record) -> None:
        """Count the labels of the record anew."""
        self.palette.set_counts(record.label_counts())

    def show_selection(self, record: Record | None, selection: Selection) -> None:
        """Show in the palette what holds for what is selected."""
        if record is None:
            self.palette.set_selected(None)
            return
        span = record.span(selection.span_id)
        suggestion = record.suggestion(selection.suggestion_id)
        marked = span or suggestion
        self.palette.set_selected(
            span, marked.label if marked is not None else "", suggested=suggestion is not None
        )

    def tint(self, ground: Ground) -> None:
        """Draw everything for a ground."""
        for part in (self._left, self._right, self.queue, self.palette):
            part.tint(ground)

    def _on_queue_read(self) -> None:
        session = self._session
        if session is None:
            return
        self.queue.set_rows(session.queue.rows)
        if session.record is not None:
            self.queue.set_current(session.record.id)


def _first_to_focus(part: QWidget) -> QWidget | None:
    """Return what takes the keys in a part: its text or list if it has one, else its first."""
    if isinstance(part, QAbstractScrollArea):
        return part
    usable = [
        child
        for child in part.findChildren(QWidget)
        if child.isVisible() and child.isEnabled() and child.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    texts = [child for child in usable if isinstance(child, RecordView)]
    return next(iter(texts or usable), None)
