"""The open project as the window uses it: its verbs, what they changed, and undo."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from app.history import History, HistoryState, Saved
from app.queue_feed import QueueFeed
from app.record import LatestRecord, ReadingTime, Record, with_toggled
from app.store_thread import StoreThread
from core.schema.documents import Attribute, Piece, ReviewStatus, Span
from core.schema.errors import KnownError
from core.schema.labels import Label, LabelScheme
from core.store import documents, edits, labels
from core.store.changes import Applied, ChangeSet
from core.store.project import Project
from core.text.pieces import in_pieces, resized

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Outcome:
    applied: Applied
    saved: Saved
    history: HistoryState
    record: Record | None


class Session(QObject):
    """One open project.

    Every verb returns at once; its work is done on one store thread, in the order of asking. A
    view shows an edit only after its commit, when the signals below have told of it. What a
    verb cannot do is told by ``refused``; any other error is raised on the window's thread.
    """

    record_opened = Signal(object)
    """Another record is on the screen (Record, or None for no record)."""
    record_changed = Signal(object)
    """Spans, suggestions or review of the record on the screen changed (Record)."""
    scheme_changed = Signal(object)
    """Labels or guideline changed (LabelScheme)."""
    changed = Signal(object)
    """Something in the project changed (ChangeSet): for whatever else shows it."""
    saved = Signal(object)
    """An edit is on disk (Saved)."""
    history_changed = Signal(object)
    """What can be undone and redone changed (HistoryState)."""
    refused = Signal(object)
    """A verb could not be done (KnownError)."""
    queue_finished = Signal()
    """The last open record of the queue was done."""

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        """Take over an open project; ``start`` reads what is shown first."""
        super().__init__(parent)
        self.project = project
        self.scheme = LabelScheme(())
        self.record: Record | None = None
        self._history = History(project)
        self._edits = StoreThread("store-edits", self)
        self._reads = StoreThread("store-reads", self)
        self.queue = QueueFeed(project, self._reads, self)
        self.queue.failed.connect(self._refuse)
        self._time = ReadingTime()
        self._latest = LatestRecord(project)
        self._wanted_record = 0

    # Life

    def start(self) -> None:
        """Read the scheme, the queue and the progress, and open the first open record."""
        self._read_scheme()
        self.queue.read(then=self._open_first)
        self.queue.read_progress()

    def close(self) -> None:
        """Save what is under way, and close the project."""
        self._book_time()
        self._reads.stop(drop_waiting=True)
        self._edits.stop()
        self.project.close()

    @property
    def read_only(self) -> bool:
        """Whether the project refuses changes."""
        return self.project.read_only

    def run(
        self,
        work: Callable[[], T],
        *,
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        reading: bool = False,
    ) -> None:
        """Run any other work on the store, and answer on the window's thread.

        Args:
            work: Called on the store thread; touches no widget.
            done: Gets what it returned. Give the ChangeSet of a mutation to ``announce``.
            failed: Gets what it raised; by default a KnownError goes to ``refused``.
            reading: Run it beside the edits, which it must not change.
        """
        thread = self._reads if reading else self._edits
        thread.run(work, done=done, failed=failed or self._refuse)

    def announce(self, changes: ChangeSet) -> None:
        """Refresh what the window shows after a mutation made by other means."""
        if changes.scheme:
            self._read_scheme()
        if changes.queue or len(changes.documents) > 1 or changes.models:
            # The first records that come into an empty project are shown at once.
            self.queue.read(then=self._open_first)
        if changes.queue or changes.reviews:
            self.queue.read_progress()
        record = self.record
        if record is not None and (
            record.id in changes.documents or changes.scheme or changes.queue or changes.models
        ):
            self._edits.run(
                lambda: self._latest.reread(record.document),
                done=self._show_changed,
                failed=self._refuse,
            )
        self.changed.emit(changes)

    # Records and queue

    def open_record(self, document_id: int) -> None:
        """Show a record."""
        self._book_time()
        self._wanted_record = document_id
        self._edits.run(
            lambda: self._latest.open(document_id), done=self._show_opened, failed=self._refuse
        )

    def finish_record(self) -> None:
        """Mark the record as done and open the next open one of the queue."""
        if self.record is None:
            return
        following = self.queue.next_open(self.record.id)
        self.set_review(status=ReviewStatus.DONE)
        if following:
            self.open_record(following)
        else:
            self.queue_finished.emit()

    def set_review(self, *, status: ReviewStatus) -> None:
        """Say how far the record on the screen is."""
        if self.record is not None:
            key = self.record.id
            self.edit(
                lambda: edits.set_review(project=self.project, document_id=key, status=status)
            )

    def note_activity(self) -> None:
        """Say that the reader has just done something, for the time spent on the record."""
        self._time.note()

    # Labels of the record

    def label_stretch(self, *, stretches: Sequence[Piece], label: str) -> None:
        """Label stretches of the record on the screen, in reading order, as one span."""
        if self.record is not None:
            key = self.record.id
            spans = [in_pieces(Span(*stretches[0], label), tuple(stretches))]
            self.edit(lambda: edits.add_spans(project=self.project, document_id=key, spans=spans))

    def relabel(self, *, span_id: int, label: str) -> None:
        """Give a span another label."""
        self.change_span(span_id, lambda span: replace(span, label=label), name="Relabel")

    def resize(self, *, span_id: int, start: int, end: int) -> None:
        """Move the outer ends of a span; the gaps of a discontinuous one stay."""
        self.change_span(span_id, lambda span: resized(span, start, end), name="Resize")

    def toggle_attribute(self, *, span_id: int, attribute: Attribute) -> None:
        """Set an attribute of a span, or take it away where it is set."""
        self.change_span(span_id, lambda span: with_toggled(span, attribute), name="Attribute")

    def delete(self, *, span_ids: Sequence[int]) -> None:
        """Take labels away."""
        self.edit(lambda: edits.delete_spans(project=self.project, span_ids=span_ids))

    def label_mentions(self, *, mentions: Sequence[tuple[int, Span]]) -> None:
        """Label places in many records at once, one undo for all."""
        self.edit(lambda: edits.add_mentions(project=self.project, mentions=mentions))

    # Suggestions

    def accept(self, *, suggestion_ids: Sequence[int]) -> None:
        """Make suggestions labels."""
        self.edit(
            lambda: edits.accept_suggestions(project=self.project, suggestion_ids=suggestion_ids)
        )

    def reject(self, *, suggestion_ids: Sequence[int]) -> None:
        """Turn suggestions down."""
        self.edit(
            lambda: edits.reject_suggestions(project=self.project, suggestion_ids=suggestion_ids)
        )

    def correct(self, *, suggestion_id: int, span: Span) -> None:
        """Accept a suggestion with another stretch, label or attributes."""
        self.edit(
            lambda: edits.correct_suggestion(
                project=self.project, suggestion_id=suggestion_id, span=span
            )
        )

    # The scheme

    def add_label(self, label: Label) -> None:
        """Add a label to the scheme."""
        self.change(lambda: labels.add_label(project=self.project, label=label))

    def change_label(self, label: Label) -> None:
        """Rename, recolour or re-key the label with ``label.id``."""
        self.change(lambda: labels.change_label(project=self.project, label=label))

    def merge_labels(self, *, source_id: int, target_id: int) -> None:
        """Give all spans of one label to another."""
        self.change(
            lambda: labels.merge_labels(
                project=self.project, source_id=source_id, target_id=target_id
            )
        )

    def set_guideline(self, text: str) -> None:
        """Change the guideline of the scheme."""
        self.change(lambda: labels.set_guideline(project=self.project, text=text))

    # Undo

    def undo(self) -> None:
        """Take back the last edit."""
        self.edit(self._history.undo, remember=False)

    def redo(self) -> None:
        """Make the edit that was undone last again."""
        self.edit(self._history.redo, remember=False)

    # What other verbs are made of

    def edit(self, verb: Callable[[], Applied], *, remember: bool = True) -> None:
        """Make an edit on the store thread, and show it once it is on disk.

        Args:
            verb: A mutation of ``core.store.edits``.
            remember: Whether it can be undone.
        """
        asked = time.perf_counter()
        record = self.record
        self._time.note()

        def work() -> _Outcome:
            applied = verb()
            took = (time.perf_counter() - asked) * 1000
            if remember:
                self._history.add(applied.edit)
            return _Outcome(
                applied=applied,
                saved=Saved(applied.edit.name, datetime.now(), took),
                history=self._history.state(),
                record=self._latest.follow(record.document, applied.edit) if record else None,
            )

        self._edits.run(work, done=self._show_outcome, failed=self._refuse)

    def change_span(self, span_id: int, change: Callable[[Span], Span], *, name: str) -> None:
        """Change a span of the record on the screen, as the store has it when its turn comes."""
        record = self.record
        if record is None:
            return

        def verb() -> Applied:
            # Read on the store thread: a key pressed twice must see what the first press did.
            span = documents.span(project=self.project, span_id=span_id)
            if span is None:
                raise KnownError("This label is gone.", "Select another one.")
            return edits.replace_span(project=self.project, span=change(span), name=name)

        self.edit(verb)

    def change(self, work: Callable[[], ChangeSet]) -> None:
        """Make a change that is no edit of a record, and announce it; it has no undo."""
        self._edits.run(work, done=self.announce, failed=self._refuse)

    # Within

    def _show_outcome(self, outcome: _Outcome) -> None:
        changes = outcome.applied.changes
        if outcome.applied.edit.changes:
            self.saved.emit(outcome.saved)
        self.history_changed.emit(outcome.history)
        if outcome.record is not None:
            self._show_changed(outcome.record)
        others = outcome.applied.edit.documents() - {outcome.record.id if outcome.record else 0}
        if others:
            self.queue.read()
        if changes.reviews:
            self.queue.read_progress()
        self.changed.emit(changes)

    def _show_opened(self, record: Record) -> None:
        if record.id != self._wanted_record:
            return
        self._time = ReadingTime()
        self.record = record
        self.record_opened.emit(record)

    def _show_changed(self, record: Record) -> None:
        self.queue.update(record)
        if self.record is not None and record.id == self.record.id:
            self.record = record
            self.record_changed.emit(record)

    def _open_first(self) -> None:
        if self.record is None and self.queue.rows:
            self.open_record(self.queue.next_open(0) or self.queue.rows[0].document_id)

    def _read_scheme(self) -> None:
        def show(scheme: LabelScheme) -> None:
            self.scheme = scheme
            self.scheme_changed.emit(scheme)

        self._edits.run(lambda: labels.scheme(project=self.project), done=show, failed=self._refuse)

    def _book_time(self) -> None:
        record = self.record
        if record is None or self.read_only:
            return
        seconds = self._time.take()
        self._edits.run(
            lambda: edits.add_seconds(project=self.project, document_id=record.id, seconds=seconds),
            failed=self._refuse,
        )

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self.refused.emit(error)
