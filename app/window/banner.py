"""The line under the toolbar that says what went wrong or well, and what can be done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from app.design.icons import icon, pixmap
from app.design.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XS, Ground

_GOOD_MS = 6000
"""How long good news stands; the rest stays until it is closed or replaced."""
_SIGNS = {"good": "done", "warning": "warning", "danger": "warning", "": "info"}


class Banner(QFrame):
    """One sentence with a tone, at most one button, and a cross."""

    def __init__(self, ground: Ground, parent: QWidget | None = None) -> None:
        """Build the banner, hidden."""
        super().__init__(parent)
        self.setProperty("role", "banner")
        self._ground = ground
        self._tone = ""
        self._act: Callable[[], object] | None = None
        self._sign = QLabel()
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = QPushButton()
        self.button.clicked.connect(self._on_pressed)
        self._close = QToolButton()
        self._close.setProperty("role", "icon")
        self._close.setAccessibleName(self.tr("Close this message"))
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_L, SPACE_S, SPACE_S, SPACE_S)
        row.setSpacing(SPACE_M)
        row.addWidget(self._sign)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        row.addSpacing(SPACE_XS)
        row.addWidget(self._close)
        self._leaving = QTimer(self)
        self._leaving.setSingleShot(True)
        self._leaving.setInterval(_GOOD_MS)
        self._leaving.timeout.connect(self.hide)
        self.hide()

    def say(
        self,
        text: str,
        tone: str = "",
        *,
        act: Callable[[], object] | None = None,
        act_text: str = "",
        stays: bool = False,
    ) -> None:
        """Show a sentence.

        Args:
            text: The sentence.
            tone: ``good``, ``warning``, ``danger`` or empty.
            act: Called by the button; none without it.
            act_text: On the button.
            stays: Stay until it is closed, good news too.
        """
        self._tone, self._act = tone, act
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self.text.setText(text)
        self.text.setAccessibleName(text)
        self.button.setText(act_text)
        self.button.setVisible(act is not None)
        self.tint(self._ground)
        self.show()
        self._leaving.stop()
        if tone in {"good", ""} and not stays and act is None:
            self._leaving.start()

    def tint(self, ground: Ground) -> None:
        """Draw the sign for a ground."""
        self._ground = ground
        inks = {"good": ground.good, "warning": ground.warning, "danger": ground.danger}
        ink = inks.get(self._tone, ground.quiet)
        self._sign.setPixmap(pixmap(_SIGNS[self._tone], ink, 18, self.devicePixelRatioF()))
        self._close.setIcon(icon("close", ground, ground.quiet))

    def _on_pressed(self) -> None:
        act = self._act
        self.hide()
        if act is not None:
            act()
