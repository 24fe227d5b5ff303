"""The page without a project: begin one, open one, try the sample, go on with a recent one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.design.icons import icon, pixmap
from app.design.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL, SPACE_XS, Ground
from app.texts import without_mnemonic
from core.store.project import SUFFIX

_WIDTH = 560
_SIGN = 48


class Welcome(QWidget):
    """Says what Chartmark is in a sentence and offers what can be done first."""

    project_chosen = Signal(object)
    """A recent project was chosen (its folder)."""

    def __init__(self, ground: Ground, parent: QWidget | None = None) -> None:
        """Build the page; ``set_actions`` gives it its buttons."""
        super().__init__(parent)
        self.setProperty("role", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._ground = ground
        self._icons: list[tuple[QPushButton, str]] = []
        self._sign = QLabel()
        title = QLabel(self.tr("Chartmark"))
        title.setProperty("role", "title")
        words = QLabel(
            self.tr(
                "Label entities in clinical records while a model learns beside you. "
                "Records never leave this machine."
            )
        )
        words.setProperty("role", "note")
        words.setWordWrap(True)
        self._choices = QVBoxLayout()
        self._choices.setSpacing(SPACE_XS)
        self._recent_title = QLabel(self.tr("Recent projects"))
        self._recent_title.setProperty("role", "section")
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        head = QVBoxLayout()
        head.setSpacing(SPACE_XS)
        head.addWidget(title)
        head.addWidget(words)
        top = QHBoxLayout()
        top.setSpacing(SPACE_L)
        top.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(head, 1)
        page = QWidget()
        page.setFixedWidth(_WIDTH)
        # Else a low window would take the second lines of the sentences first.
        page.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(page)
        column.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_XL)
        column.addLayout(top)
        column.addSpacing(SPACE_XL)
        column.addLayout(self._choices)
        column.addSpacing(SPACE_L)
        column.addWidget(self._recent_title)
        column.addLayout(self._recent)
        # Stretches, not an alignment: an aligned page would not grow with its wrapped sentences.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(page)
        middle.addStretch(1)
        sheet = QWidget()
        sheet.setProperty("role", "canvas")
        rows = QVBoxLayout(sheet)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addStretch(2)
        rows.addLayout(middle)
        rows.addStretch(3)
        scroll = QScrollArea()
        scroll.setProperty("role", "canvas")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setWidget(sheet)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        self.tint(ground)

    def set_actions(self, offered: Sequence[tuple[QAction, str, str]]) -> None:
        """Offer actions as large rows.

        Args:
            offered: Each action with the name of its icon and a sentence on what it does.
        """
        for action, sign, sentence in offered:
            row = QFrame()
            row.setProperty("role", "card")
            button = QPushButton(without_mnemonic(action.text()))
            button.setProperty("role", "quiet")
            button.setAccessibleDescription(sentence)
            button.setMinimumWidth(160)
            button.clicked.connect(action.trigger)
            self._icons.append((button, sign))
            words = QLabel(sentence)
            words.setProperty("role", "note")
            words.setWordWrap(True)
            line = QHBoxLayout(row)
            line.setContentsMargins(SPACE_S, SPACE_S, SPACE_M, SPACE_S)
            line.setSpacing(SPACE_M)
            line.addWidget(button)
            line.addWidget(words, 1)
            self._choices.addWidget(row)
        self.tint(self._ground)

    def set_recent(self, folders: Sequence[Path]) -> None:
        """Offer the projects that were open last."""
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._recent_title.setVisible(bool(folders))
        for folder in folders:
            button = QPushButton(f"{folder.name.removesuffix(SUFFIX)}    {folder.parent}")
            button.setProperty("role", "row")
            button.setToolTip(str(folder))
            button.clicked.connect(
                lambda _checked=False, chosen=folder: self.project_chosen.emit(chosen)
            )
            self._recent.addWidget(button)

    def tint(self, ground: Ground) -> None:
        """Draw the icons for a ground."""
        self._ground = ground
        self._sign.setPixmap(pixmap("chartmark", "#000", _SIGN, self.devicePixelRatioF()))
        for button, sign in self._icons:
            button.setIcon(icon(sign, ground, ground.accent))
