"""The middle of the window: a record's head line, its suggestions at a glance, and its text."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.confidence import with_sure
from app.design.icons import pixmap
from app.design.tokens import SPACE_L, SPACE_M, SPACE_S, Ground
from app.editor.record_view import RecordView
from app.history import Saved
from app.record import Record
from app.texts import translated
from app.training.elided import ElidedLabel
from app.window.accept_visible import AcceptPanel
from app.window.find_bar import FindBar
from app.window.queue_model import STATUS_TEXTS
from app.window.review_bar import ReviewBar
from app.window.suggestion_bar import SuggestionBar
from core.schema.documents import ReviewStatus

_ALL_FROM = 560
"""Width of the area from which section and time of saving stand beside the name."""


class RecordArea(QWidget):
    """Holds the text view and says what record it is, how far it is, and that it is saved.

    Attributes:
        view: The text; it gets those suggestions alone that are sure enough.
        suggestions: The line with the suggestions and their filter.
        section: The title of the section that is scrolled through.
        review: The bar that stands in its place in review mode.
        accept: The sheet that accepts many suggestions.
        find_bar: The line in which a text is looked for.
        leave_focus: The button that ends focus mode; hidden outside it.
    """

    suggestion_step_requested = Signal(int)
    """The next (1) or previous (-1) suggestion is wanted."""
    record_shown = Signal(object)
    """Another record is on the screen (Record, or None for none)."""
    record_updated = Signal(object)
    """The record on the screen changed, or what is shown of it (Record with all suggestions)."""

    def __init__(self, ground: Ground, parent: QWidget | None = None) -> None:
        """Build the area without a record."""
        super().__init__(parent)
        self._ground = ground
        self._record: Record | None = None
        self._least = 0
        self.name = ElidedLabel()
        self.name.setProperty("role", "lead")
        self.about = ElidedLabel()
        self.about.setProperty("role", "small")
        self.section = ElidedLabel()
        self.section.setProperty("role", "small")
        self.saved = QLabel()
        self.saved.setProperty("role", "small")
        self._saved_sign = QLabel()
        self.leave_focus = QToolButton()
        self.leave_focus.hide()
        self.done = QToolButton()
        self.flag = QToolButton()
        self.view = RecordView()
        self.view.set_ground(ground)
        self.find_bar = FindBar(ground)
        self.suggestions = SuggestionBar(ground)
        self.review = ReviewBar(ground)
        self.accept = AcceptPanel(self.view, ground)
        self._head = self._made_head()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._head, self.suggestions, self.review, self.find_bar):
            column.addWidget(part)
        column.addWidget(self.view, 1)
        column.addWidget(self.accept)
        self.suggestions.step_requested.connect(self.suggestion_step_requested)
        self.find_bar.query_changed.connect(self.view.set_find)
        self.find_bar.step_requested.connect(self.view.step_find)
        self.find_bar.closed.connect(self.view.setFocus)
        self.accept.opened.connect(self._show_suggestions)
        self.accept.closed.connect(self._show_suggestions)
        self.accept.closed.connect(self.view.setFocus)
        self.view.found_changed.connect(self.find_bar.set_found)
        self.view.section_seen.connect(self.section.set_text)
        self.view.selection_changed.connect(self._show_suggestions)
        self.tint(ground)
        self.set_record(None)

    def set_actions(self, done: QAction, flag: QAction, accept: QAction, reject: QAction) -> None:
        """Give the buttons of the head line and of the suggestions their actions."""
        self.suggestions.set_actions(accept, reject)
        for button, action in ((self.done, done), (self.flag, flag)):
            button.setDefaultAction(action)
        self.done.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.flag.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)

    @property
    def record(self) -> Record | None:
        """The record on the screen with all its suggestions, those that are hidden too."""
        return self._record

    def set_record(self, record: Record | None) -> None:
        """Show another record from its beginning, or none."""
        self._record = record
        self._head.setVisible(record is not None)
        self.accept.close_panel()
        self.view.set_record(with_sure(record, self._least) if record is not None else None)
        self.saved.setText("")
        self._saved_sign.hide()
        self._describe()
        if not self.find_bar.isHidden():
            self.view.set_find(self.find_bar.field.text())
        self.record_shown.emit(record)

    def update_record(self, record: Record) -> None:
        """Show what changed in the record on the screen."""
        self._record = record
        self.view.update_record(with_sure(record, self._least))
        self._describe()
        self.accept.refresh()
        self.record_updated.emit(record)

    def set_least(self, least: int) -> None:
        """Show those suggestions alone that are at least so sure, in per cent."""
        self.suggestions.set_least(least)
        self._least = least
        if self._record is not None:
            self.update_record(self._record)

    def set_reviewing(self, reviewing: bool) -> None:
        """Let the review bar stand where the suggestions' line is, or not."""
        self.review.setVisible(reviewing)
        self._show_suggestions()

    def show_saved(self, saved: Saved) -> None:
        """Say that an edit is on disk."""
        self.saved.setText(self.tr("Saved {0}").format(f"{saved.at:%H:%M:%S}"))
        self.saved.setToolTip(
            self.tr("{0}: on disk {1:.1f} ms after it was asked for").format(
                saved.name, saved.milliseconds
            )
        )
        self._saved_sign.setToolTip(self.saved.text())
        self._saved_sign.show()

    def tint(self, ground: Ground) -> None:
        """Draw everything for a ground."""
        self._ground = ground
        self.view.set_ground(ground)
        for part in (self.find_bar, self.suggestions, self.review, self.accept):
            part.tint(ground)
        self._saved_sign.setPixmap(pixmap("done", ground.good, 14, self.devicePixelRatioF()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the name its room: the sign alone says that all is saved."""
        super().resizeEvent(event)
        for part in (self.saved, self.section):
            part.setVisible(event.size().width() >= _ALL_FROM)

    def _made_head(self) -> QFrame:
        head = QFrame()
        head.setProperty("role", "bar")
        words = QVBoxLayout()
        words.setSpacing(2)
        first = QHBoxLayout()
        first.setSpacing(SPACE_M)
        first.addWidget(self.name)
        first.addWidget(self.section, 1)
        words.addLayout(first)
        words.addWidget(self.about)
        row = QHBoxLayout(head)
        row.setContentsMargins(SPACE_L, SPACE_S, SPACE_M, SPACE_S)
        row.setSpacing(SPACE_S)
        row.addLayout(words, 1)
        row.addWidget(self._saved_sign)
        row.addWidget(self.saved)
        row.addSpacing(SPACE_S)
        row.addWidget(self.leave_focus)
        row.addWidget(self.flag)
        row.addWidget(self.done)
        return head

    def _describe(self) -> None:
        record = self._record
        if record is None:
            self.suggestions.hide()
            return
        document = record.document
        self.name.set_text(document.name)
        facts = [translated("Queue", STATUS_TEXTS[record.review.status])]
        kind = document.meta.get("kind", "")
        facts += [kind] if kind else []
        facts.append(self.tr("Patient {0}").format(_short(document.patient_id)))
        length = len(document.text)
        said = self.tr("1 character") if length == 1 else self.tr("{0} characters")
        facts.append(said.format(QLocale().toString(length)))
        self.about.set_text("  ·  ".join(facts))
        done = record.review.status is ReviewStatus.DONE
        self.name.setAccessibleDescription(self.about.text())
        self.done.setProperty("role", "quiet" if done else "")
        self._show_suggestions()

    def _show_suggestions(self) -> None:
        record, shown = self._record, self.view.record
        # The sheet and the review take their place: the text needs the room.
        free = self.review.isHidden() and self.accept.isHidden()
        self.suggestions.setVisible(free and record is not None and bool(record.suggestions))
        if record is not None and shown is not None:
            self.suggestions.show_counts(record, shown, self.view.selection().suggestion_id)


def _short(patient: str) -> str:
    """Return a patient's key, cut where it is no name but a hash."""
    return patient if len(patient) <= 24 else f"{patient[:8]}…"
