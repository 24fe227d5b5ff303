"""The record for screen readers: its text, caret and geometry, and what is selected in words.

Qt's text interface is implemented in Python. The binding leaves out the functions with output
arguments (``selection``, ``attributes``), so a selection is not offered as offsets: it is said, as
an announcement and as the description of the view.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleInterface,
    QAccessibleObject,
    QAccessibleTextCursorEvent,
    QAccessibleTextInterface,
)
from shiboken6 import Shiboken

from core.text.offsets import Utf16Map

if TYPE_CHECKING:
    from app.editor.record_view import RecordView

_installed = False


class AccessibleRecord(QAccessibleObject, QAccessibleTextInterface):
    """A read-only text to screen readers; its offsets are UTF-16 units, as everywhere in Qt."""

    def __init__(self, view: RecordView) -> None:
        """Speak for a view."""
        QAccessibleObject.__init__(self, view)
        QAccessibleTextInterface.__init__(self)
        self._mapped = ""
        self._units = Utf16Map("")

    @property
    def _view(self) -> RecordView:
        """The view; not kept, since Qt's binding never lets an interface go."""
        return cast("RecordView", self.object())

    def interface_cast(self, wanted: QAccessible.InterfaceType) -> int:
        """Return the pointer to the text interface, or none."""
        if wanted is not QAccessible.InterfaceType.TextInterface:
            return 0
        # The binding takes the pointer in this form only; its own stub calls it a number.
        return cast("int", Shiboken.VoidPtr(Shiboken.getCppPointer(self)[1]))

    def role(self) -> QAccessible.Role:
        """Return that it is a text."""
        return QAccessible.Role.EditableText

    def state(self) -> QAccessible.State:
        """Return that it is read, by lines, and whether it has the keyboard."""
        state = QAccessible.State()
        state.readOnly = True
        state.multiLine = True
        state.focusable = True
        state.focused = self._view.hasFocus()
        state.invisible = not self._view.isVisible()
        return state

    def text(self, *what: object) -> str:
        """Return a name or a description, or the text between two offsets.

        The two interfaces call their functions alike: one has one argument, the other two.
        """
        if len(what) == 2:
            start, end = (self._map().to_code_point(cast("int", unit)) for unit in what)
            return self._text()[start:end]
        if what[0] is QAccessible.Text.Name:
            return self._view.accessibleName()
        if what[0] is QAccessible.Text.Description:
            return self._view.accessibleDescription()
        return ""

    def parent(self) -> QAccessibleInterface:
        """Return what the view stands in."""
        parent = self._view.parentWidget()
        return QAccessible.queryAccessibleInterface(cast("QObject", parent))

    def childCount(self) -> int:
        """Return that it has no parts of its own."""
        return 0

    def child(self, index: int) -> QAccessibleInterface:
        """Return nothing."""
        del index
        return cast("QAccessibleInterface", None)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return that it is no part."""
        del child
        return -1

    def characterCount(self) -> int:
        """Return the length of the text."""
        return self._map().to_utf16(len(self._text()))

    def cursorPosition(self) -> int:
        """Return where the caret is."""
        return self._map().to_utf16(self._view.caret_position())

    def setCursorPosition(self, position: int) -> None:
        """Put the caret somewhere."""
        self._view.put_caret(self._map().to_code_point(position))

    def characterRect(self, offset: int) -> QRect:
        """Return where a character is on the screen; nowhere if it is folded away."""
        position = self._map().to_code_point(offset)
        if not self._text() or self._view.folds.hides_position(position):
            return QRect()
        box = self._view.box_of(position)
        corner = self._view.viewport().mapToGlobal(box.topLeft())
        return QRectF(corner, box.size()).toRect()

    def offsetAtPoint(self, point: QPoint) -> int:
        """Return the character at a place on the screen, -1 for none."""
        inside = self._view.viewport().mapFromGlobal(point)
        position = self._view.character_at(QPointF(inside))
        return -1 if position is None else self._map().to_utf16(position)

    def selectionCount(self) -> int:
        """Return that no selection is offered by offsets; see the module."""
        return 0

    def addSelection(self, start: int, end: int) -> None:
        """Do nothing: the record is labelled, not edited."""

    def removeSelection(self, index: int) -> None:
        """Do nothing."""

    def setSelection(self, index: int, start: int, end: int) -> None:
        """Do nothing."""

    def scrollToSubstring(self, start: int, end: int) -> None:
        """Bring a stretch into sight."""
        units = self._map()
        self._view.ensure_visible(units.to_code_point(start), units.to_code_point(end))

    def _text(self) -> str:
        return self._view.record.document.text if self._view.record is not None else ""

    def _map(self) -> Utf16Map:
        text = self._text()
        if text is not self._mapped:
            self._mapped, self._units = text, Utf16Map(text)
        return self._units


def install() -> None:
    """Let Qt ask here for the interfaces of record views."""
    global _installed  # noqa: PLW0603 - Qt keeps one list of factories for the process
    if not _installed:
        _installed = True
        QAccessible.installFactory(_interface)


def announce(view: RecordView, said: str) -> None:
    """Tell screen readers that the caret moved, and say what is selected now."""
    if not QAccessible.isActive():
        return
    interface = QAccessible.queryAccessibleInterface(view)
    if isinstance(interface, AccessibleRecord):
        moved = QAccessibleTextCursorEvent(view, interface.cursorPosition())
        QAccessible.updateAccessibility(moved)
    if said:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(view, said))


def _interface(key: str, asked: QObject | None) -> QAccessibleInterface | None:
    from app.editor.record_view import RecordView

    del key
    return AccessibleRecord(asked) if isinstance(asked, RecordView) else None
