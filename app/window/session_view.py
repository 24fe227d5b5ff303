"""Keeps the window's parts true to the open session: record, selection, queue, refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit

from app.record import Record
from app.session import Session
from app.window.commands import name_of
from core.schema.errors import KnownError

if TYPE_CHECKING:
    from app.window.main_window import MainWindow


class SessionView(QObject):
    """Shows in a window what its session tells."""

    def __init__(self, window: MainWindow) -> None:
        """Serve a window; ``follow`` says which session."""
        super().__init__(window)
        self._window = window
        window.area.view.selection_changed.connect(self._show_selection)
        window.area.view.activity.connect(self._on_activity)

    def follow(self, session: Session) -> None:
        """Show what a session tells from now on."""
        window = self._window
        session.record_opened.connect(self._on_record_opened)
        session.record_changed.connect(self._on_record_changed)
        session.refused.connect(self._on_refused)
        session.saved.connect(window.area.show_saved)
        session.history_changed.connect(window.window_verbs.show_history)
        session.scheme_changed.connect(window.area.view.set_scheme)
        session.queue_finished.connect(window.window_verbs.tell_finished)
        session.queue.changed.connect(self._on_queue_read)
        window.docks.set_session(session, window.preferences)
        window.area.view.set_read_only(session.read_only)

    def _on_record_opened(self, record: Record | None) -> None:
        window = self._window
        window.verbs.forget()
        window.area.set_record(record)
        window.docks.show_record(record)
        window.window_verbs.offer()
        # Who types in a field goes on typing; from everywhere else the keys go to the record.
        if not isinstance(window.focusWidget(), QLineEdit):
            window.area.view.setFocus()
        window.note_usable()

    def _on_record_changed(self, record: Record) -> None:
        window = self._window
        window.area.update_record(record)
        window.docks.show_changed(record)
        window.verbs.show_answer(record)
        self._show_selection()

    def _on_queue_read(self) -> None:
        window, session = self._window, self._window.session
        if session is not None and not session.queue.rows:
            window.area.view.set_empty_text(
                self.tr("No record matches the search and the filters. The queue can show all.")
                if session.queue.query.filtered
                else self.tr("This project has no records yet. Import some: {0}.").format(
                    window.keymap.shown("data.import") or name_of("data.import")
                )
            )
            window.note_usable()

    def _on_refused(self, error: KnownError) -> None:
        self._window.verbs.forget()
        self._window.refuse(error)

    def _on_activity(self) -> None:
        if self._window.session is not None:
            self._window.session.note_activity()

    def _show_selection(self) -> None:
        session = self._window.session
        record = session.record if session is not None else None
        self._window.docks.show_selection(record, self._window.area.view.selection())
