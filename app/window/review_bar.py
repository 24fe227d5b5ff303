"""The bar of review mode: one suggestion, large, what can be done to it, and how many are left."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QAction, QColor, QKeySequence, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.confidence import percent
from app.design.icons import icon
from app.design.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XS, Ground, legible
from app.training.elided import ElidedLabel
from core.schema.documents import Suggestion

_SIGN_CONTRAST = 3.0
_MOST_TEXT = 200
"""Characters of a suggestion's text that are shown; a longer one is in the record anyway."""


class ReviewBar(QFrame):
    """Says what is judged: label, confidence, text; and how far the review is."""

    left = Signal()
    """The review is to end."""
    onward = Signal()
    """The next record with suggestions is wanted."""

    def __init__(self, ground: Ground, parent: QWidget | None = None) -> None:
        """Build the bar, hidden."""
        super().__init__(parent)
        self.setProperty("role", "banner")
        self._ground = ground
        self._colour = ""
        self.progress = ElidedLabel()
        self.progress.setProperty("role", "small")
        self.swatch = QLabel()
        self.label = QLabel()
        self.label.setProperty("role", "title")
        self.sure = QLabel()
        self.sure.setProperty("role", "lead")
        self.text = ElidedLabel()
        self.text.setProperty("role", "lead")
        self.next_record = QToolButton()
        self.next_record.setText(self.tr("Next record"))
        self.next_record.setToolTip(self.tr("Go on; this record stays as it is"))
        self._leave = QToolButton()
        self._leave.setProperty("role", "icon")
        self._leave.setAccessibleName(self.tr("End the review"))
        self._leave.setToolTip(self.tr("End the review  (Esc)"))
        self._verbs = QHBoxLayout()
        self._verbs.setSpacing(SPACE_XS)
        self._lay_out()
        self._leave.clicked.connect(self.left)
        self.next_record.clicked.connect(self.onward)
        self.tint(ground)
        self.hide()

    def set_actions(self, actions: Sequence[tuple[QAction, str]]) -> None:
        """Offer these verbs, each under a short name."""
        for place, (action, name) in enumerate(actions):
            self._verbs.insertWidget(place, _VerbButton(action, name))

    def show_suggestion(self, item: Suggestion | None, text: str, colour: str) -> None:
        """Show what is judged.

        Args:
            item: The suggestion; None for none.
            text: The record's text.
            colour: The colour of its label.
        """
        self._colour = colour
        self.swatch.setVisible(item is not None)
        self.label.setVisible(item is not None)
        self.sure.setVisible(item is not None)
        if item is None:
            self.text.set_text(self.tr("No suggestion is selected: J goes to the next one."))
            return
        words = " ".join(text[item.start : min(item.end, item.start + _MOST_TEXT)].split())
        self.label.setText(item.label)
        self.sure.setText(
            self.tr("dictionary")
            if item.term_list_id
            else self.tr("{0} %").format(QLocale().toString(percent(item.score)))
        )
        self.text.set_text(self.tr("“{0}”").format(words))
        self.tint(self._ground)

    def show_progress(self, at: int, of: int, left: int) -> None:
        """Say how far the review is.

        Args:
            at: Which record this is, from 1.
            of: How many records there are to review.
            left: Suggestions that are left in this one.
        """
        number = QLocale().toString
        here = (
            self.tr("1 suggestion left here")
            if left == 1
            else self.tr("{0} suggestions left here").format(number(left))
        )
        record = self.tr("Review: record {0} of {1}").format(number(at), number(of))
        self.progress.set_text(
            self.tr("{0}  ·  {1}  ·  a label's key corrects").format(record, here)
        )

    def tint(self, ground: Ground) -> None:
        """Draw everything for a ground."""
        self._ground = ground
        self._leave.setIcon(icon("close", ground, ground.quiet))
        swatch = QPixmap(SPACE_M, SPACE_M)
        swatch.fill(QColor(legible(self._colour or ground.quiet, ground.hover, _SIGN_CONTRAST)))
        self.swatch.setPixmap(swatch)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.progress, 1)
        head.addWidget(self.next_record)
        head.addWidget(self._leave)
        what = QHBoxLayout()
        what.setSpacing(SPACE_S)
        for part in (self.swatch, self.label, self.sure):
            what.addWidget(part)
        what.addWidget(self.text, 1)
        self._verbs.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_L, SPACE_XS, SPACE_M, SPACE_XS)
        column.setSpacing(SPACE_XS)
        for row in (head, what, self._verbs):
            column.addLayout(row)


class _VerbButton(QToolButton):
    """Runs an action under a shorter name, and shows the key for it."""

    def __init__(self, action: QAction, name: str) -> None:
        super().__init__()
        self._action = action
        self._name = name
        self.setAccessibleName(name)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setEnabled(self._action.isEnabled())
        self.setToolTip(self._action.toolTip())
        keys = [
            key.toString(QKeySequence.SequenceFormat.NativeText) for key in self._action.shortcuts()
        ]
        # Of several keys the shortest is the one to learn: A rather than Return.
        shown = min(keys, key=len, default="")
        self.setText(f"{self._name}  {shown}" if shown else self._name)
