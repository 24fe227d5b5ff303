"""A field that takes the keys pressed in it, and the keys of a command with a way to drop each."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from app.design.icons import icon
from app.design.tokens import SPACE_S, SPACE_XS, Ground
from app.window.keymap import native, of_event

_LEAVE = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape})
"""Keys that lead out of the field; no command may have them."""


class KeyCapture(QLineEdit):
    """Takes the next key, whatever else it would do."""

    captured = Signal(str)
    """A key was pressed (in Qt's portable notation)."""

    def __init__(self) -> None:
        """Build an empty field."""
        super().__init__()
        self.setReadOnly(True)
        self.setPlaceholderText(self.tr("Press the new keys"))
        self.setAccessibleName(self.tr("Press the new keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def event(self, event: QEvent) -> bool:
        """Keep every key from the shortcuts of the dialog."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
            and event.key() not in _LEAVE
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the key; Tab and Escape lead out."""
        if event.key() in _LEAVE:
            event.ignore()
            return
        key = of_event(Qt.Key(event.key()), event.modifiers())
        if key:
            self.captured.emit(key)


class KeyCaps(QWidget):
    """The keys of a command, each with a button that takes it away."""

    dropped = Signal(str)
    """A key is to be taken away (in Qt's portable notation)."""

    def __init__(self, ground: Ground) -> None:
        """Begin without keys."""
        super().__init__()
        self.buttons: dict[str, QToolButton] = {}
        self._ground = ground
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE_XS)

    def set_keys(self, keys: tuple[str, ...]) -> None:
        """Show other keys."""
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = {}
        for key in keys:
            cap = QLabel(native(key))
            cap.setProperty("role", "key")
            drop = QToolButton()
            drop.setProperty("role", "icon")
            drop.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            drop.setAccessibleName(self.tr("Take {0} away").format(native(key)))
            drop.setToolTip(drop.accessibleName())
            drop.clicked.connect(lambda _checked=False, key=key: self.dropped.emit(key))
            self.buttons[key] = drop
            self._row.addWidget(cap, 0, Qt.AlignmentFlag.AlignVCenter)
            self._row.addWidget(drop)
            self._row.addSpacing(SPACE_S)
        if not keys:
            none = QLabel(self.tr("No key"))
            none.setProperty("role", "note")
            self._row.addWidget(none)
        self.tint(self._ground)

    def tint(self, ground: Ground) -> None:
        """Draw the buttons for a ground."""
        self._ground = ground
        for button in self.buttons.values():
            button.setIcon(icon("close", ground, ground.quiet))
