"""The queue as the window uses it: what it shows, in which order, and what comes next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.record import Record
from app.store_thread import StoreThread
from core.schema.documents import ReviewStatus, Split
from core.schema.learning import Strategy
from core.store import documents
from core.store.documents import QueueRow
from core.store.project import Project

_OPEN = (ReviewStatus.TODO, ReviewStatus.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class QueueQuery:
    """Filters, search and ranking of the queue.

    Attributes:
        strategy: Ranks the open records.
        search: Only records whose text or name holds it; empty for all.
        status: Only records that are so far; None for all.
        split: Only records of that part of the data; None for all.
        label: Only records with that label, given or suggested; None for all.
    """

    strategy: Strategy = Strategy.MNLP
    search: str = ""
    status: ReviewStatus | None = None
    split: Split | None = None
    label: str | None = None

    @property
    def filtered(self) -> bool:
        """Whether it leaves records out."""
        return bool(self.search.strip() or self.status or self.split or self.label)

    def read(self, project: Project) -> list[QueueRow]:
        """Read the queue, best first."""
        return documents.queue(
            project=project,
            strategy=self.strategy,
            search=self.search,
            status=self.status,
            split=self.split,
            label=self.label,
        )


class QueueFeed(QObject):
    """Reads the queue beside the edits and keeps its rows true to the record on the screen."""

    changed = Signal(object)
    """The queue was read anew (list[QueueRow])."""
    row_changed = Signal(int, object)
    """One row changed (its index, QueueRow)."""
    progress_changed = Signal(object)
    """Records by how far they are changed (dict[ReviewStatus, int])."""
    failed = Signal(object)
    """Reading failed (Exception)."""

    def __init__(self, project: Project, thread: StoreThread, parent: QObject) -> None:
        """Begin empty; ``read`` fills it."""
        super().__init__(parent)
        self._project = project
        self._thread = thread
        self._asked = 0
        self.query = QueueQuery()
        self.rows: list[QueueRow] = []
        self.progress: dict[ReviewStatus, int] = {}

    def set_query(self, query: QueueQuery) -> None:
        """Filter, search and rank another way."""
        self.query = query
        self.read()

    def read(self, then: Callable[[], None] | None = None) -> None:
        """Read the rows; ``then`` is called when they are there."""
        self._asked += 1
        asked, query = self._asked, self.query

        def work() -> list[QueueRow] | None:
            # Typing in the search field asks many times; only the last is worth reading.
            return query.read(self._project) if asked == self._asked else None

        def show(rows: list[QueueRow] | None) -> None:
            if rows is None or asked != self._asked:
                return
            self.rows = rows
            self.changed.emit(rows)
            if then is not None:
                then()

        self._thread.run(work, done=show, failed=self.failed.emit)

    def read_progress(self) -> None:
        """Count the records by how far they are."""

        def show(counts: dict[ReviewStatus, int]) -> None:
            self.progress = counts
            self.progress_changed.emit(counts)

        self._thread.run(
            lambda: documents.progress(project=self._project), done=show, failed=self.failed.emit
        )

    def update(self, record: Record) -> None:
        """Bring a record's row up to date; it keeps its place until the next read."""
        index = self.index(record.id)
        if index >= 0:
            self.rows[index] = record.queue_row(self.rows[index])
            self.row_changed.emit(index, self.rows[index])

    def index(self, document_id: int) -> int:
        """Return the row at which a document stands, -1 where it does not."""
        rows = enumerate(self.rows)
        return next((index for index, row in rows if row.document_id == document_id), -1)

    def neighbour(self, document_id: int, step: int) -> int:
        """Return the document ``step`` rows away, 0 where there is none."""
        at = self.index(document_id)
        if at < 0:
            at = -1 if step > 0 else len(self.rows)
        at += step
        return self.rows[at].document_id if 0 <= at < len(self.rows) else 0

    def next_open(self, document_id: int) -> int:
        """Return the next document that is not done or flagged, going round at the end; or 0."""
        at = self.index(document_id)
        order = self.rows[at + 1 :] + self.rows[: max(at, 0)]
        return next((row.document_id for row in order if row.status in _OPEN), 0)
