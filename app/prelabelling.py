"""Looks through the records for terms beside the labelling: an edit gets in between two rounds."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from app.session import Session
from app.store_thread import StoreThread
from core.operations.prelabelling import Looked, Prelabelling, Tally

_GUESS_AFTER_SECONDS = 1.0
"""The time left is not guessed before."""


class PrelabellingRun(QObject):
    """One run of term lists over records.

    Records are read and matched on a thread of its own; only what was found is saved on the
    session's store thread, a short transaction at a time, in its turn among the edits.
    """

    progressed = Signal(int, int, float)
    """Records looked through, records in all, seconds left (-1: not known yet)."""
    finished = Signal(object)
    """All is done, or was cancelled; what came of it so far (Tally)."""
    failed = Signal(object)
    """It could not be done (Exception)."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        """Prepare for a session."""
        super().__init__(parent)
        self._session = session
        self._thread = StoreThread("prelabelling", self)
        self._cancelled = False
        self._begun = 0.0
        self._ended = False

    def begin(self, list_ids: Sequence[int], document_ids: Sequence[int] | None = None) -> None:
        """Begin.

        Args:
            list_ids: The lists to run.
            document_ids: Where to look, as far as it is unread; everywhere unread where None.
        """
        project = self._session.project
        self._begun = time.monotonic()
        self._run(
            lambda: Prelabelling(project=project, list_ids=list_ids, document_ids=document_ids),
            self._look,
        )

    def cancel(self) -> None:
        """End after the round that is under way; what was found so far stays."""
        self._cancelled = True

    def _run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self._thread.run(work, done=done, failed=self._fail)

    def _look(self, work: Prelabelling) -> None:
        if work.finished or self._cancelled:
            self._end()
            if work.tally.touched:
                self._session.announce(work.tally.changes())
            self.finished.emit(work.tally)
            return
        self._run(work.look, lambda looked: self._keep(work, looked))

    def _keep(self, work: Prelabelling, looked: Looked) -> None:
        def told(_nothing: None) -> None:
            self._tell(work.tally)
            self._look(work)

        self._session.run(lambda: work.keep(looked), done=told, failed=self._fail)

    def _tell(self, tally: Tally) -> None:
        passed = time.monotonic() - self._begun
        left = -1.0
        if passed >= _GUESS_AFTER_SECONDS and tally.looked:
            left = passed / tally.looked * (tally.total - tally.looked)
        self.progressed.emit(tally.looked, tally.total, left)

    def _fail(self, error: Exception) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        if not self._ended:
            self._ended = True
            self._thread.stop(drop_waiting=True)
