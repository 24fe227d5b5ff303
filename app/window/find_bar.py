"""The bar above the record in which a text is looked for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from app.design.icons import icon
from app.design.tokens import SPACE_L, SPACE_S, SPACE_XS, Ground


class FindBar(QFrame):
    """A field, a count, and steps to the next and previous hit; Escape closes it.

    Attributes:
        quiet: Whether a search in all records filled it, and the user has not typed in it since.
    """

    query_changed = Signal(str)
    """Another text is looked for; empty for none."""
    step_requested = Signal(int)
    """The next (1) or the previous (-1) hit is wanted."""
    closed = Signal()
    """The bar was closed."""

    def __init__(self, ground: Ground, parent: QWidget | None = None) -> None:
        """Build the bar, hidden."""
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.quiet = False
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find in this record"))
        self.field.setAccessibleName(self.tr("Find in this record"))
        self.field.setClearButtonEnabled(True)
        self.field.setMaximumWidth(360)
        self.count = QLabel()
        self.count.setProperty("role", "quiet")
        self._previous = self._button(self.tr("Previous hit"))
        self._next = self._button(self.tr("Next hit"))
        self._close = self._button(self.tr("Close"))
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_L, SPACE_S, SPACE_S, SPACE_S)
        row.setSpacing(SPACE_XS)
        for part in (self.field, self._previous, self._next):
            row.addWidget(part)
        row.addSpacing(SPACE_S)
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(self._close)
        self.field.textChanged.connect(self.query_changed)
        self.field.textEdited.connect(self._on_edited)
        self.field.installEventFilter(self)
        self._previous.clicked.connect(lambda: self.step_requested.emit(-1))
        self._next.clicked.connect(lambda: self.step_requested.emit(1))
        self._close.clicked.connect(self.close_bar)
        self.tint(ground)
        self.hide()

    def open_bar(self, text: str = "") -> None:
        """Show the bar with the field ready to be typed in.

        Args:
            text: Put into the field; what stands there stays if it is empty.
        """
        self.show()
        self.quiet = False
        if text:
            self.field.setText(text)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self.query_changed.emit(self.field.text())

    def open_quietly(self, text: str) -> None:
        """Show what a search in all records looks for; the keys stay where they are."""
        self.quiet = True
        self.field.blockSignals(True)
        self.field.setText(text)
        self.field.blockSignals(False)
        self.show()

    def close_quietly(self) -> None:
        """Hide the bar if it was opened quietly; the keys stay where they are."""
        if self.quiet and not self.isHidden():
            self.quiet = False
            self.hide()
            self.query_changed.emit("")

    def close_bar(self) -> None:
        """Hide the bar and let go of the hits."""
        if self.isHidden():
            return
        self.quiet = False
        self.hide()
        self.query_changed.emit("")
        self.closed.emit()

    def set_found(self, current: int, total: int) -> None:
        """Show at which hit (from 1) of how many the search stands."""
        if not self.field.text():
            self.count.setText("")
        elif not total:
            self.count.setText(self.tr("Not in this record"))
        else:
            self.count.setText(self.tr("{0} of {1}").format(current, total))
        for button in (self._previous, self._next):
            button.setEnabled(total > 0)

    def tint(self, ground: Ground) -> None:
        """Draw the icons for a ground."""
        for button, name in ((self._previous, "up"), (self._next, "down"), (self._close, "close")):
            button.setIcon(icon(name, ground, ground.quiet))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Step by Enter and Shift+Enter, close by Escape, whatever else Escape would end."""
        if watched is self.field and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and event.key() in _ENTER:
                back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.step_requested.emit(-1 if back else 1)
                return True
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
                self.close_bar()
                return True
        return super().eventFilter(watched, event)

    def _on_edited(self) -> None:
        self.quiet = False

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "icon")
        button.setAccessibleName(name)
        button.setToolTip(name)
        return button


_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
