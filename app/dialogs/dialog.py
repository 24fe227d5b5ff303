"""The frame of every dialog: title, a sentence on what it does, body, errors, one main button."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.design.room import fitted
from app.design.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL, SPACE_XS, Ground
from app.dialogs.body import Body
from app.session import Session
from app.texts import message_of, remedy_of
from core.schema.errors import KnownError

if TYPE_CHECKING:
    from app.window.main_window import MainWindow

T = TypeVar("T")

_LOW_SCREEN = 600
"""Height, in device-independent pixels, under which most dialogs scroll."""


class Dialog(QDialog):
    """A window-modal dialog in the style of the window.

    The main button is pressed by Enter, and by Ctrl+Enter where Enter belongs to a field. Escape
    closes. Subclasses fill ``body``, override ``submit`` and, where they paint, ``tint``.
    """

    def __init__(
        self,
        host: MainWindow,
        *,
        title: str,
        lead: str,
        primary: str,
        cancel: str | None = None,
        name: str = "",
        size: QSize | None = None,
        enter: bool = True,
        over: QWidget | None = None,
    ) -> None:
        """Build the frame.

        Args:
            host: The window it belongs to.
            title: Two or three words.
            lead: One sentence on what it does.
            primary: Text of the main button, a verb.
            cancel: Text of the button that closes; empty for none, "Cancel" by default.
            name: Under which its size is remembered; not at all if empty.
            size: At first; with the height 0 it always is as high as its content asks.
            enter: Whether Enter in a field presses the main button.
            over: The dialog above which it stands, if not the window.
        """
        super().__init__(over or host)
        self.host = host
        self._name = name
        self._closed = False
        self._fits = size is not None and not size.height()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(title)
        self.title = text_label(title, "title")
        self.lead = text_label(lead, "note")
        self.lead.setVisible(bool(lead))
        self.body = QVBoxLayout()
        self.body.setSpacing(SPACE_L)
        self._scroll = Body(self.body)
        self.error = Banner()
        self.primary = QPushButton(primary)
        self.primary.setProperty("role", "primary")
        self.primary.setDefault(enter)
        self.primary.setAutoDefault(enter)
        self.primary.clicked.connect(self.submit)
        self.cancel = self.button(self.tr("Cancel") if cancel is None else cancel)
        self.cancel.setVisible(cancel != "")
        self.cancel.clicked.connect(self.reject)
        self.footer = QHBoxLayout()
        self._lay_out()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.primary.click)
        if size is not None:
            self.resize(fitted(size))
        if name:
            self.restoreGeometry(host.preferences.layout(f"dialog/{name}"))
        host.theme.changed.connect(self.tint)

    @property
    def ground(self) -> Ground:
        """The colours that it stands on."""
        return self.host.theme.ground

    @property
    def session(self) -> Session:
        """The open project's session; dialogs that need one are not opened without it."""
        session = self.host.session
        if session is None:
            raise RuntimeError("no project is open")
        return session

    def tint(self, ground: Ground) -> None:
        """Draw what is painted for a ground; the style sheet does the rest."""

    def submit(self) -> None:
        """Do what the main button says."""
        self.accept()

    def done(self, result: int) -> None:
        """Close, and remember the size."""
        self._closed = True
        if self._name:
            self.host.preferences.set_layout(f"dialog/{self._name}", self.saveGeometry())
        super().done(result)

    def event(self, event: QEvent) -> bool:
        """Follow the height of the content, if that is how the dialog was made."""
        handled = super().event(event)
        if self._fits and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return handled

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button that has the focus before it presses the main one."""
        focused = self.focusWidget()
        enters = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        # Space is for boxes that are ticked; Enter goes on from them.
        ticked = isinstance(focused, QCheckBox | QRadioButton)
        if enters and not ticked and isinstance(focused, QAbstractButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def button(self, text: str, role: str = "") -> QPushButton:
        """Return a button that Enter elsewhere does not press."""
        made = QPushButton(text)
        made.setAutoDefault(False)
        if role:
            made.setProperty("role", role)
        return made

    def show_error(self, error: Exception) -> None:
        """Show what went wrong and its remedy above the buttons; raise what is a bug."""
        if not isinstance(error, KnownError):
            raise error
        self.error.tell(message_of(error), remedy_of(error))

    def while_open(self, answer: Callable[[T], None]) -> Callable[[T], None]:
        """Return ``answer`` as a callback that does nothing once the dialog is closed."""

        def told(value: T) -> None:
            if not self._closed:
                answer(value)

        return told

    def _fit(self) -> None:
        layout = self.layout()
        if layout is not None:
            around = layout.totalHeightForWidth(self.width()) - self._scroll.sizeHint().height()
            wanted = around + self._scroll.height_for(self.width())
            room = self.screen().availableGeometry().height()
            self.resize(self.width(), min(wanted, room))

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        head.setSpacing(SPACE_XS)
        head.addWidget(self.title)
        head.addWidget(self.lead)
        # On a low screen the scroll bar stands in the margin.
        low = QGuiApplication.primaryScreen().availableSize().height() < _LOW_SCREEN
        self.body.setContentsMargins(SPACE_XL, 0, SPACE_M if low else SPACE_XL, SPACE_L)
        self.footer.setContentsMargins(SPACE_XL, SPACE_M, SPACE_XL, SPACE_M)
        self.footer.setSpacing(SPACE_S)
        self.footer.addStretch(1)
        self.footer.addWidget(self.cancel)
        self.footer.addWidget(self.primary)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(self.error)
        whole.addWidget(line())
        whole.addLayout(self.footer)


class Banner(QFrame):
    """A strip with a message and its remedy, hidden while there is none."""

    def __init__(self, tone: str = "danger", parent: QWidget | None = None) -> None:
        """Build an empty strip.

        Args:
            tone: ``danger``, ``warning`` or ``good``.
            parent: Qt's owner.
        """
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.setProperty("tone", tone)
        self.message = text_label("", tone)
        self.remedy = text_label("", "")
        for label in (self.message, self.remedy):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_XL, SPACE_S, SPACE_XL, SPACE_S)
        column.setSpacing(0)
        column.addWidget(self.message)
        column.addWidget(self.remedy)
        self.hide()

    def tell(self, message: str, remedy: str = "") -> None:
        """Show a message, and have it read aloud."""
        self.message.setText(message)
        self.remedy.setText(remedy)
        self.remedy.setVisible(bool(remedy))
        self.show()
        announce(self.message, f"{message} {remedy}".strip())

    def clear(self) -> None:
        """Show nothing."""
        self.message.clear()
        self.hide()


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say ``text``, which appeared in ``widget``."""
    widget.setAccessibleName(text)
    QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))


def text_label(text: str, role: str) -> QLabel:
    """Return a plain text that wraps, in one of the style sheet's roles."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    return label


def line() -> QFrame:
    """Return a hairline between two parts."""
    made = QFrame()
    made.setProperty("role", "line")
    return made


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget another role of the style sheet."""
    set_style(widget, "role", role)


def set_style(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and dress the widget anew."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
