"""The queue as a Qt list model: plain rows in, virtual however many there are."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.quantities import whole
from app.texts import QT_TRANSLATE_NOOP, translated
from core.schema.documents import ReviewStatus, Split
from core.store.documents import QueueRow

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
"""The QueueRow itself."""
CURRENT_ROLE = Qt.ItemDataRole.UserRole + 2
"""Whether the row is the record on the screen."""
SHARE_ROLE = Qt.ItemDataRole.UserRole + 3
"""The score as a share (0 to 1) of the highest one; None without a score or when it is done."""

STATUS_TEXTS = {
    ReviewStatus.TODO: QT_TRANSLATE_NOOP("Queue", "To do"),
    ReviewStatus.IN_PROGRESS: QT_TRANSLATE_NOOP("Queue", "In progress"),
    ReviewStatus.DONE: QT_TRANSLATE_NOOP("Queue", "Done"),
    ReviewStatus.FLAGGED: QT_TRANSLATE_NOOP("Queue", "Flagged"),
}

SPLIT_TEXTS = {
    Split.TRAIN: QT_TRANSLATE_NOOP("Queue", "train"),
    Split.DEV: QT_TRANSLATE_NOOP("Queue", "dev"),
    Split.TEST: QT_TRANSLATE_NOOP("Queue", "test"),
}

_Index = QModelIndex | QPersistentModelIndex


class QueueModel(QAbstractListModel):
    """Rows of the queue, replaced as a whole or one by one."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._rows: list[QueueRow] = []
        self._current = 0
        self._most = 0.0

    def set_rows(self, rows: list[QueueRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self._most = max((row.score for row in rows if row.score is not None), default=0.0)
        self.endResetModel()

    def set_row(self, index: int, row: QueueRow) -> None:
        """Show one row anew."""
        if 0 <= index < len(self._rows):
            self._rows[index] = row
            at = self.index(index)
            self.dataChanged.emit(at, at)

    def set_current(self, document_id: int) -> QModelIndex:
        """Mark the record on the screen, and return its row."""
        before = self.find(self._current)
        self._current = document_id
        now = self.find(document_id)
        for index in (before, now):
            if index.isValid():
                self.dataChanged.emit(index, index, [CURRENT_ROLE])
        return now

    def find(self, document_id: int) -> QModelIndex:
        """Return the row of a document; an invalid index where it is not shown."""
        for number, row in enumerate(self._rows):
            if row.document_id == document_id:
                return self.index(number)
        return QModelIndex()

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return the number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what Qt asks of a row."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == ROW_ROLE:
            return row
        if role == CURRENT_ROLE:
            return row.document_id == self._current
        if role == SHARE_ROLE:
            return self._share(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.name}. {translated('Queue', STATUS_TEXTS[row.status])}. {counts(row)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row)
        return None

    def _share(self, row: QueueRow) -> float | None:
        if row.score is None or row.status in (ReviewStatus.DONE, ReviewStatus.FLAGGED):
            return None
        return row.score / self._most if self._most > 0 else 0.0

    def _tip(self, row: QueueRow) -> str:
        lines = [row.name, f"{translated('Queue', STATUS_TEXTS[row.status])} · {counts(row)}"]
        if row.patient_id:
            lines.append(self.tr("Patient {0}").format(row.patient_id))
        if row.score is not None:
            lines.append(self.tr("Score {0:.3f}: what the model could learn").format(row.score))
        return "\n".join(lines)


def counts(row: QueueRow) -> str:
    """Return in words what is in a record: labels and suggestions, else how long it is."""
    words = []
    if row.suggestion_count:
        words.append(
            translated("Queue", QT_TRANSLATE_NOOP("Queue", "1 suggestion"))
            if row.suggestion_count == 1
            else translated("Queue", QT_TRANSLATE_NOOP("Queue", "{0} suggestions")).format(
                whole(row.suggestion_count)
            )
        )
    if row.span_count:
        words.append(
            translated("Queue", QT_TRANSLATE_NOOP("Queue", "1 label"))
            if row.span_count == 1
            else translated("Queue", QT_TRANSLATE_NOOP("Queue", "{0} labels")).format(
                whole(row.span_count)
            )
        )
    if not words:
        length = translated("Queue", QT_TRANSLATE_NOOP("Queue", "{0} characters"))
        words.append(length.format(whole(row.length)))
    return " · ".join(words)
