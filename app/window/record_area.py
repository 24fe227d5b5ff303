"""The middle of the window: a record's head line, its suggestions at a glance, and its text."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.design.icons import icon, pixmap
from app.design.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XS, Ground
from app.editor.record_view import RecordView
from app.history import Saved
from app.record import Record
from app.texts import translated
from app.window.find_bar import FindBar
from app.window.queue_model import STATUS_TEXTS
from core.schema.documents import ReviewStatus


class RecordArea(QWidget):
    """Holds the text view and says what record it is, how far it is, and that it is saved."""

    suggestion_step_requested = Signal(int)
    """The next (1) or previous (-1) suggestion is wanted."""

    def __init__(self, ground: Ground, parent: QWidget | None = None) -> None:
        """Build the area without a record."""
        super().__init__(parent)
        self._ground = ground
        self._record: Record | None = None
        self._at_suggestion = 0
        self.name = QLabel()
        self.name.setProperty("role", "lead")
        self.about = QLabel()
        self.about.setProperty("role", "small")
        self.saved = QLabel()
        self.saved.setProperty("role", "small")
        self._saved_sign = QLabel()
        self.done = QToolButton()
        self.flag = QToolButton()
        self.view = RecordView()
        self.view.set_ground(ground)
        self.find_bar = FindBar(ground)
        self._suggestions = self._made_suggestions()
        self._head = self._made_head()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._head, self._suggestions, self.find_bar):
            column.addWidget(part)
        column.addWidget(self.view, 1)
        self.find_bar.query_changed.connect(self.view.set_find)
        self.find_bar.step_requested.connect(self.view.step_find)
        self.find_bar.closed.connect(self.view.setFocus)
        self.view.found_changed.connect(self.find_bar.set_found)
        self.view.selection_changed.connect(self._show_suggestions)
        self.tint(ground)
        self.set_record(None)

    def set_actions(self, done: QAction, flag: QAction, accept: QAction, reject: QAction) -> None:
        """Give the buttons of the head line and of the suggestions their actions."""
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for button, action in (
            (self.done, done),
            (self.flag, flag),
            (self._accept, accept),
            (self._reject, reject),
        ):
            button.setDefaultAction(action)
            button.setToolButtonStyle(style)
        self.flag.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)

    def set_record(self, record: Record | None) -> None:
        """Show another record from its beginning, or none."""
        self._record = record
        self._head.setVisible(record is not None)
        self.view.set_record(record)
        self.saved.setText("")
        self._saved_sign.hide()
        self._describe()
        if not self.find_bar.isHidden():
            self.view.set_find(self.find_bar.field.text())

    def update_record(self, record: Record) -> None:
        """Show what changed in the record on the screen."""
        self._record = record
        self.view.update_record(record)
        self._describe()

    def show_saved(self, saved: Saved) -> None:
        """Say that an edit is on disk."""
        self.saved.setText(self.tr("Saved {0}").format(f"{saved.at:%H:%M:%S}"))
        self.saved.setToolTip(
            self.tr("{0}: on disk {1:.1f} ms after it was asked for").format(
                saved.name, saved.milliseconds
            )
        )
        self._saved_sign.show()

    def tint(self, ground: Ground) -> None:
        """Draw everything for a ground."""
        self._ground = ground
        self.view.set_ground(ground)
        self.find_bar.tint(ground)
        self._saved_sign.setPixmap(pixmap("done", ground.good, 14, self.devicePixelRatioF()))
        self._previous.setIcon(icon("previous", ground, ground.quiet))
        self._next.setIcon(icon("next", ground, ground.quiet))

    def _made_head(self) -> QFrame:
        head = QFrame()
        head.setProperty("role", "bar")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.name)
        words.addWidget(self.about)
        row = QHBoxLayout(head)
        row.setContentsMargins(SPACE_L, SPACE_S, SPACE_M, SPACE_S)
        row.setSpacing(SPACE_S)
        row.addLayout(words, 1)
        row.addWidget(self._saved_sign)
        row.addWidget(self.saved)
        row.addSpacing(SPACE_S)
        row.addWidget(self.flag)
        row.addWidget(self.done)
        return head

    def _made_suggestions(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("role", "banner")
        self._count = QLabel()
        self._previous = self._step_button(self.tr("Previous suggestion"), -1)
        self._next = self._step_button(self.tr("Next suggestion"), 1)
        self._accept = QToolButton()
        self._reject = QToolButton()
        row = QHBoxLayout(bar)
        row.setContentsMargins(SPACE_L, SPACE_XS, SPACE_M, SPACE_XS)
        row.setSpacing(SPACE_XS)
        row.addWidget(self._count)
        row.addSpacing(SPACE_S)
        for part in (self._previous, self._next):
            row.addWidget(part)
        row.addStretch(1)
        for part in (self._accept, self._reject):
            row.addWidget(part)
        bar.hide()
        return bar

    def _step_button(self, name: str, step: int) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "icon")
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(lambda: self.suggestion_step_requested.emit(step))
        return button

    def _describe(self) -> None:
        record = self._record
        if record is None:
            self._suggestions.hide()
            return
        document = record.document
        self.name.setText(document.name)
        facts = [translated("Queue", STATUS_TEXTS[record.review.status])]
        kind = document.meta.get("kind", "")
        facts += [kind] if kind else []
        facts.append(self.tr("Patient {0}").format(_short(document.patient_id)))
        facts.append(self.tr("{0} characters").format(f"{len(document.text):,}"))
        self.about.setText("  ·  ".join(facts))
        done = record.review.status is ReviewStatus.DONE
        self.name.setAccessibleDescription(self.about.text())
        self.done.setProperty("role", "quiet" if done else "")
        self._show_suggestions()

    def _show_suggestions(self) -> None:
        record = self._record
        total = len(record.suggestions) if record is not None else 0
        self._suggestions.setVisible(total > 0)
        if record is None or not total:
            return
        selected = self.view.selection().suggestion_id
        keys = [item.id for item in record.suggestions]
        if selected in keys:
            chosen = record.suggestions[keys.index(selected)]
            self._count.setText(
                self.tr("Suggestion {0} of {1}: {2}, {3:.0f} % sure").format(
                    keys.index(selected) + 1, total, chosen.label, chosen.score * 100
                )
            )
        elif total == 1:
            self._count.setText(self.tr("1 suggestion"))
        else:
            self._count.setText(self.tr("{0} suggestions").format(total))


def _short(patient: str) -> str:
    """Return a patient's key, cut where it is no name but a hash."""
    return patient if len(patient) <= 24 else f"{patient[:8]}…"
