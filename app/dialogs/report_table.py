"""A table of a report, which can be copied into a message or a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.design.tokens import SPACE_S

_SHOWN_ROLES = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole})


class ReportTable(QWidget):
    """A table that is copied as a whole by its button, or in part with Ctrl+C."""

    def __init__(self, headings: Sequence[str], *, stretch: int) -> None:
        """Build an empty table.

        Args:
            headings: Of its columns.
            stretch: The column that takes what room is left, from 0.
        """
        super().__init__()
        self.model = _Rows(headings, self)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(headings[stretch])
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        # Only rows in sight are measured: a report may have many thousands.
        header.setResizeContentsPrecision(0)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        self.copy = QPushButton(self.tr("&Copy all"))
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(lambda: self._copy(range(self.model.rowCount())))
        keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.table)
        keys.setContext(Qt.ShortcutContext.WidgetShortcut)
        keys.activated.connect(self._copy_selected)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE_S, 0, 0)
        column.setSpacing(SPACE_S)
        column.addWidget(self.table, 1)
        column.addLayout(row)

    def fill(self, rows: Sequence[Sequence[str]]) -> None:
        """Show rows."""
        self.model.set_rows(rows)

    def _copy_selected(self) -> None:
        chosen = self.table.selectionModel().selectedRows()
        self._copy(sorted(index.row() for index in chosen))

    def _copy(self, rows: Iterable[int]) -> None:
        lines = [self.model.headings, *(self.model.rows[row] for row in rows)]
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines))


class _Rows(QAbstractTableModel):
    """Rows of texts."""

    def __init__(self, headings: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.headings = tuple(headings)
        self.rows: list[tuple[str, ...]] = []

    def set_rows(self, rows: Iterable[Sequence[str]]) -> None:
        self.beginResetModel()
        self.rows = [tuple(row) for row in rows]
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.headings)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> str | None:
        return self.rows[index.row()][index.column()] if role in _SHOWN_ROLES else None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> str | None:
        shown = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self.headings[section] if shown else None
