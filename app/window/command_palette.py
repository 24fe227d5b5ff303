"""The command palette: a field over the window that finds anything by a few letters and runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from app.design.tokens import SPACE_S, SPACE_XS, Ground
from app.window.findable import Findable, Found
from app.window.found_delegate import FOUND_ROLE, ROW_HEIGHT, FoundDelegate

if TYPE_CHECKING:
    from app.window.main_window import MainWindow

_NOWHERE = QModelIndex()
_WIDTH = 620
_MOST_ROWS = 12
_FROM_TOP = 8
"""The palette begins at this part of the window's height."""


class CommandPalette(QWidget):
    """Lies over the whole window, unseen but for the palette; a click beside that closes it."""

    def __init__(self, window: MainWindow) -> None:
        """Build it, closed."""
        super().__init__(window)
        self._host = window
        self._before: QWidget | None = None
        self._findable: Findable | None = None
        self.frame = QFrame(self)
        self.frame.setProperty("role", "overlay")
        self.frame.setAccessibleName(self.tr("Find a command"))
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find a command, a label, a record or a project"))
        self.field.setAccessibleName(self.tr("Find a command, a label, a record or a project"))
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._find)
        self.rows = _FoundModel(self)
        self.list = QListView()
        self.list.setProperty("role", "flat")
        self.list.setAccessibleName(self.tr("What was found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setModel(self.rows)
        self._delegate = FoundDelegate(window.theme.ground, self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.clicked.connect(lambda index: self._run(index.data(FOUND_ROLE)))
        self.note = QLabel()
        self.note.setProperty("role", "small")
        column = QVBoxLayout(self.frame)
        column.setContentsMargins(SPACE_S, SPACE_S, SPACE_S, SPACE_S)
        column.setSpacing(SPACE_S)
        column.addWidget(self.field)
        column.addWidget(self.list)
        column.addWidget(self.note)
        self.note.setContentsMargins(SPACE_XS, 0, SPACE_XS, 0)
        window.theme.changed.connect(self._tint)
        self.hide()

    def toggle(self) -> None:
        """Open it, or close it where it is open."""
        if self.isVisible():
            self.close_palette()
            return
        self._before = QApplication.focusWidget()
        self._host.installEventFilter(self)
        self._findable = Findable(self._host)
        self.field.clear()
        self._find("")
        self.setGeometry(self._host.rect())
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_palette(self) -> None:
        """Close it, and give the keys back to what had them."""
        if self.isHidden():
            return
        self._host.removeEventFilter(self)
        had_keys = self.field.hasFocus()
        self.hide()
        before, self._before = self._before, None
        self._findable = None
        if had_keys and before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close it by a click beside it."""
        if not self.frame.geometry().contains(event.position().toPoint()):
            self.close_palette()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size; take the keys that move, run and close."""
        if watched is self._host and event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._host.rect())
            self._place()
        elif watched is self.field and isinstance(event, QFocusEvent) and event.lostFocus():
            away = event.reason() not in _STILL_THERE
            if away:
                self.close_palette()
        elif watched is self.field and isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.KeyPress:
                return self._press(Qt.Key(event.key()))
            # Else Escape and the like would be another part's before they are pressed here.
            if event.type() is QEvent.Type.ShortcutOverride and event.key() in _OWN_KEYS:
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def _press(self, key: Qt.Key) -> bool:
        if key in _STEPS:
            self._step(_STEPS[key])
        elif key is Qt.Key.Key_Escape:
            self.close_palette()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self.list.currentIndex().data(FOUND_ROLE))
        else:
            return False
        return True

    def _step(self, rows: int) -> None:
        count = self.rows.rowCount()
        if not count:
            return
        at = self.list.currentIndex().row()
        # A step goes round, a page stops at the end.
        there = (at + rows) % count if abs(rows) == 1 else min(max(at + rows, 0), count - 1)
        self._choose(there)

    def _choose(self, row: int) -> None:
        self.list.setCurrentIndex(self.rows.index(row))
        found: Found | None = self.list.currentIndex().data(FOUND_ROLE)
        if found is None:
            self.note.setText(self.tr("Nothing is called that."))
        elif found.why_not:
            self.note.setText(self.tr("Not now: {0}.").format(found.why_not))
        else:
            self.note.setText(self.tr("Enter runs it, Escape closes."))
        # The keys stay in the field; a screen reader is told which row they are about.
        told = QAccessibleEvent(self.list, QAccessible.Event.Focus)
        told.setChild(max(row, 0))
        QAccessible.updateAccessibility(told)

    def _find(self, query: str) -> None:
        if self._findable is None:
            return
        self.rows.show(self._findable.find(query))
        self._choose(0)
        self._place()

    def _run(self, found: Found | None) -> None:
        if found is None or found.why_not:
            return
        self.close_palette()
        if found.id:
            self._host.preferences.remember_command(found.id)
        found.run()

    def _place(self) -> None:
        shown = min(max(self.rows.rowCount(), 1), _MOST_ROWS)
        top = self._host.height() // _FROM_TOP
        around = self.field.sizeHint().height() + self.note.sizeHint().height() + 4 * SPACE_S
        room = (self._host.height() - top - around - SPACE_S) // ROW_HEIGHT
        self.list.setFixedHeight(min(shown, max(room, 1)) * ROW_HEIGHT)
        width = min(_WIDTH, self._host.width() - 4 * SPACE_S)
        height = self.frame.sizeHint().height()
        self.frame.setGeometry((self._host.width() - width) // 2, top, width, height)

    def _tint(self, ground: Ground) -> None:
        self._delegate.set_ground(ground)


class _FoundModel(QAbstractListModel):
    """Holds what was found, in order."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._found: list[Found] = []

    def show(self, found: list[Found]) -> None:
        """Hold other rows."""
        self.beginResetModel()
        self._found = found
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Return how many were found."""
        return 0 if parent.isValid() else len(self._found)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return a row for the eye, for a screen reader, or as it is."""
        found = self._found[index.row()]
        if role == FOUND_ROLE:
            return found
        if role == Qt.ItemDataRole.DisplayRole:
            return found.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (found.text, found.key, found.group, found.why_not)
            return ", ".join(part for part in parts if part)
        return None


_STILL_THERE = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Backtab: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_PageUp: 1 - _MOST_ROWS,
    Qt.Key.Key_PageDown: _MOST_ROWS - 1,
}
_OWN_KEYS = frozenset({*_STEPS, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter})
