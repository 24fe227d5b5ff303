"""A search in all records goes on in the record: every hit is marked, the first one in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.queue_feed import QueueQuery
from app.record import Record

if TYPE_CHECKING:
    from app.window.main_window import MainWindow


class ProjectSearch(QObject):
    """Fills the find bar with what the queue is searched for, and empties it when that ends.

    What the user types into the find bar goes before it.
    """

    def __init__(self, window: MainWindow) -> None:
        """Serve a window."""
        super().__init__(window)
        self._area = window.area
        self._queue = window.docks.queue
        self._queue.query_changed.connect(self._on_query)
        self._area.record_shown.connect(self._on_record_shown)

    def _on_query(self, query: QueueQuery) -> None:
        """Mark the hits in the record that is being read; it stays where it is."""
        self._mark(query.search, scroll=False)

    def _on_record_shown(self, record: Record | None) -> None:
        self._mark(self._queue.query.search if record is not None else "", scroll=True)

    def _mark(self, sought: str, *, scroll: bool) -> None:
        bar, view = self._area.find_bar, self._area.view
        if not bar.isHidden() and not bar.quiet:
            return
        if not sought:
            bar.close_quietly()
            return
        bar.open_quietly(sought)
        # A record may be found by its name alone: then there is nothing to mark.
        if not view.set_find(sought, scroll=scroll):
            bar.close_quietly()
