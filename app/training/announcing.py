"""Tells the window of many small changes as a few: reading the queue anew costs time."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from app.session import Session
from core.store.changes import ChangeSet

_GATHER_MS = 1000


class Announcer(QObject):
    """Gathers change sets for a second, then announces them as one."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        """Begin with nothing to tell."""
        super().__init__(parent)
        self._session = session
        self._gathered: ChangeSet | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_GATHER_MS)
        self._timer.timeout.connect(self.flush)

    def announce(self, changes: ChangeSet) -> None:
        """Tell of changes: at once if runs or models are among them, else before long."""
        self._gathered = changes if self._gathered is None else merged(self._gathered, changes)
        if changes.models:
            self.flush()
        elif not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Tell now what was gathered."""
        self._timer.stop()
        gathered, self._gathered = self._gathered, None
        if gathered is not None:
            self._session.announce(gathered)

    def drop(self) -> None:
        """Forget what was gathered: nobody looks any more."""
        self._timer.stop()
        self._gathered = None


def merged(one: ChangeSet, other: ChangeSet) -> ChangeSet:
    """Return one change set for both; whatever changed in either changed."""
    return ChangeSet(
        event_id=max(one.event_id, other.event_id),
        documents=one.documents | other.documents,
        spans=one.spans or other.spans,
        suggestions=one.suggestions or other.suggestions,
        reviews=one.reviews or other.reviews,
        scheme=one.scheme or other.scheme,
        queue=one.queue or other.queue,
        models=one.models or other.models,
    )
