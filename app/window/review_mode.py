"""Review mode: walks the suggestions of the queue one at a time, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from app.confidence import percent
from app.record import Record
from app.session import Session
from app.settings import LEAST_SURE
from core.store import documents
from core.store.changes import ChangeSet

if TYPE_CHECKING:
    from app.window.main_window import MainWindow


class ReviewMode(QObject):
    """Centres one suggestion after the other; behind a record's last one comes the next record.

    No record is marked as done by it. Undo goes back to the suggestion that it opens again, in
    another record too.

    Attributes:
        active: Whether the review is on.
    """

    changed = Signal(bool)
    """The review was begun, or has ended."""

    def __init__(self, window: MainWindow) -> None:
        """Serve a window; F8 begins."""
        super().__init__(window)
        self.active = False
        self._window = window
        self._area = window.area
        self._view = window.area.view
        self._order: list[int] = []
        self._visited: dict[int, None] = {}
        self._judged: list[tuple[int, int]] = []
        self._present: frozenset[int] = frozenset()
        self._moving = False
        self._undoing = False
        self._escape = QShortcut(QKeySequence("Esc"), self._view)
        self._escape.setContext(Qt.ShortcutContext.WidgetShortcut)
        self._escape.setEnabled(False)
        self._escape.activated.connect(self.stop)
        actions = window.actions_
        self._area.review.set_actions(
            (
                (actions["suggestion.accept"], self.tr("Accept")),
                (actions["suggestion.reject"], self.tr("Reject")),
                (actions["suggestion.next"], self.tr("Skip")),
                (actions["record.done"], self.tr("Done")),
            )
        )
        self._area.review.left.connect(self.stop)
        self._area.review.onward.connect(self.go_on)
        self._area.record_shown.connect(self._on_record_shown)
        self._area.record_updated.connect(self._on_record_updated)
        self._view.selection_changed.connect(self._on_selected)
        actions["record.done"].triggered.connect(self._on_done)
        actions["edit.undo"].triggered.connect(self._on_undo)
        window.project_opened.connect(self._on_project_opened)

    def toggle(self) -> None:
        """Begin, or end."""
        if self.active:
            self.stop()
        else:
            self.start()
        self._window.actions_["suggestion.review"].setChecked(self.active)

    def start(self) -> None:
        """Begin with the record on the screen, or with the next one that has suggestions."""
        session, record = self._window.session, self._area.record
        if session is None or record is None:
            return
        self._order = [
            row.document_id
            for row in session.queue.rows
            if row.suggestion_count or row.document_id == record.id
        ]
        self._visited = {}
        self._judged = []
        # Of two ways to judge at once neither would be clear.
        self._area.accept.close_panel()
        self._show(active=True)
        self._on_record_shown(record)
        if not self._keys():
            self.go_on()

    def stop(self) -> None:
        """End; what is selected stays selected."""
        if self.active:
            self._show(active=False)

    def step(self, step: int) -> None:
        """Go to the next (1) or previous (-1) suggestion; behind the last, to the next record."""
        keys = self._keys()
        selected = self._view.selection().suggestion_id
        if selected in keys:
            at = keys.index(selected) + step
        else:
            caret = self._view.caret_position()
            starts = [mark.start for mark in self._view.marks.ordered if mark.suggested]
            passed = sum(start < caret for start in starts)
            at = passed if step > 0 else passed - 1
        if 0 <= at < len(keys):
            self._view.select_suggestion(keys[at])
        elif at >= len(keys):
            self.go_on()

    def go_on(self) -> None:
        """Open the next record of the queue in which a suggestion is shown; else end."""
        session, record = self._window.session, self._area.record
        if session is None or record is None or self._moving:
            return
        self._moving = True
        at = self._order.index(record.id) + 1 if record.id in self._order else 0
        waiting = [
            key
            for key in self._order[at:] + self._order[:at]
            if key not in self._visited and key != record.id
        ]
        project, least = session.project, self._window.preferences.number(LEAST_SURE)

        def work() -> int:
            for key in waiting:
                found = documents.suggestions(project=project, document_id=key)
                if any(percent(item.score) >= least for item in found):
                    return key
            return 0

        session.run(work, done=lambda key: self._open(session, key), reading=True)

    # Within

    def _open(self, session: Session, key: int) -> None:
        if not self.active or session is not self._window.session:
            self._moving = False
        elif key:
            session.open_record(key)
        else:
            self._moving = False
            self.stop()
            self._window.say(
                self.tr("The review is over: no other record of this queue shows a suggestion."),
                "good",
            )

    def _show(self, *, active: bool) -> None:
        self.active = active
        self._moving = self._undoing = False
        self._window.verbs.goes_round = not active
        self._view.scene.dimmed = active
        self._view.viewport().update()
        self._escape.setEnabled(active)
        self._area.set_reviewing(active)
        self._window.actions_["suggestion.review"].setChecked(active)
        if active:
            self._view.setFocus()
        self.changed.emit(active)

    def _on_project_opened(self) -> None:
        session = self._window.session
        if session is not None:
            session.changed.connect(self._on_changed)
            session.queue_finished.connect(self._on_no_move)
            session.refused.connect(self._on_no_move)

    def _on_done(self) -> None:
        # The record that comes next in the queue need not have suggestions: then go on.
        self._moving = self.active

    def _on_no_move(self) -> None:
        """No other record is coming, though one was asked for."""
        self._moving = False

    def _on_undo(self) -> None:
        self._undoing = self.active

    def _on_changed(self, changes: ChangeSet) -> None:
        """Go where an undo opened a suggestion again, if that is another record."""
        if not self._undoing:
            return
        self._undoing = False
        session, record = self._window.session, self._area.record
        if session is None or record is None or record.id in changes.documents:
            return
        if changes.documents:
            self._visited.pop(record.id, None)
            session.open_record(min(changes.documents))

    def _on_record_shown(self, record: Record | None) -> None:
        if not self.active:
            return
        if record is None:
            self.stop()
            return
        moving, self._moving = self._moving, False
        self._visited[record.id] = None
        if record.id not in self._order:
            self._order.append(record.id)
        keys = self._keys()
        self._present = frozenset(item.id for item in record.suggestions)
        back = self._taken_back(record)
        if back or keys:
            self._view.select_suggestion(back or keys[0])
        elif moving:
            self.go_on()
        self._describe()

    def _on_record_updated(self, record: Record) -> None:
        if not self.active:
            return
        present = frozenset(item.id for item in record.suggestions)
        judged, opened = self._present - present, present - self._present
        self._present = present
        self._judged += [(record.id, key) for key in sorted(judged)]
        if opened:
            back = self._taken_back(record) or min(opened)
            QTimer.singleShot(0, self, lambda: self._view.select_suggestion(back))
        self._describe()
        # The verb that was asked for selects what comes next only after this.
        QTimer.singleShot(0, self, lambda: self._settle(record.id, judged=bool(judged)))

    def _settle(self, record_id: int, *, judged: bool) -> None:
        """Go on where the last suggestion was judged and nothing else is selected."""
        record = self._area.record
        if not self.active or record is None or record.id != record_id:
            return
        chosen = self._view.selection()
        if judged and not chosen.suggestion_id and not chosen.span_id:
            self.go_on()
        self._describe()

    def _taken_back(self, record: Record) -> int:
        """Return the suggestion of a record that was judged last and is open again, or 0."""
        shown = self._keys()
        for place in range(len(self._judged) - 1, -1, -1):
            document_id, key = self._judged[place]
            if document_id == record.id and key in shown:
                del self._judged[place]
                return key
        return 0

    def _on_selected(self) -> None:
        if not self.active:
            return
        selected = self._view.selection().suggestion_id
        mark = self._view.marks.suggestion(selected) if selected else None
        if mark is not None:
            self._view.centre(mark.start)
        self._describe()

    def _describe(self) -> None:
        record, shown, session = self._area.record, self._view.record, self._window.session
        if record is None or shown is None or session is None:
            return
        item = shown.suggestion(self._view.selection().suggestion_id)
        labels = session.scheme.labels
        colour = next(
            (lb.colour for lb in labels if item is not None and lb.name == item.label), ""
        )
        self._area.review.show_suggestion(item, record.document.text, colour)
        self._area.review.show_progress(
            len(self._visited), len(self._order), len(shown.suggestions)
        )

    def _keys(self) -> list[int]:
        shown = self._view.record
        return [item.id for item in shown.suggestions] if shown is not None else []
