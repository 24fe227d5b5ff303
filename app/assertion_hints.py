"""What the rules suggest for the labels on the screen: attributes that are not set yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from app.history import HistoryState
from app.record import Record
from app.session import Session
from core.schema.documents import Attribute, Piece, ReviewStatus, Span, Suggestion
from core.text.assertion import assertions, context_at
from core.text.sections import Section, find_sections

Said = frozenset[Attribute]
_NOTHING: Said = frozenset()


@dataclass(slots=True)
class _Reading:
    """What was read of one record's text; ``said`` is by stretch."""

    text: str
    said: dict[Piece, Said] = field(default_factory=dict)
    sections: tuple[Section, ...] | None = None


@dataclass(frozen=True, slots=True)
class _Hints:
    """What is suggested, by the key of a label and by that of a suggestion."""

    of_spans: Mapping[int, Said]
    of_suggestions: Mapping[int, Said]


class AssertionHints(QObject):
    """Follows the record on the screen and reads around its labels and open suggestions.

    A hint is what the rules of ``core.text.assertion`` say less what the label holds. One that
    the user has turned down, by taking the attribute away, does not come back in this session.
    A record that is done has none: it has been judged.
    """

    changed = Signal()
    """Other hints hold now."""

    def __init__(self, session: Session) -> None:
        """Follow a session and live as long as it does."""
        super().__init__(session)
        self._session = session
        self._record: Record | None = None
        self._reading = _Reading("")
        self._hints = _Hints({}, {})
        self._asked = 0
        self._dismissed: set[tuple[int, Attribute]] = set()
        self._undone = False
        session.history_changed.connect(self._on_history)
        session.record_opened.connect(self._on_opened)
        session.record_changed.connect(self._on_changed)

    def of_span(self, span_id: int) -> Said:
        """Return what is suggested for a label."""
        return self._hints.of_spans.get(span_id, _NOTHING)

    def of_suggestion(self, suggestion_id: int) -> Said:
        """Return what is suggested for an open suggestion."""
        return self._hints.of_suggestions.get(suggestion_id, _NOTHING)

    def of_spans(self) -> Mapping[int, Said]:
        """Return what is suggested for all labels of the record, by the label's key."""
        return self._hints.of_spans

    def of_suggestions(self) -> Mapping[int, Said]:
        """Return what is suggested for all open suggestions, by the suggestion's key."""
        return self._hints.of_suggestions

    def _on_history(self, state: HistoryState) -> None:
        # An edit by hand leaves nothing to redo; what an undo takes away was not turned down.
        self._undone = bool(state.redo)

    def _on_opened(self, record: Record | None) -> None:
        self._record = record
        self._reading = _Reading(record.document.text if record is not None else "")
        self._show(_Hints({}, {}))
        self._follow()

    def _on_changed(self, record: Record) -> None:
        before, self._record = self._record, record
        if before is not None and before.id == record.id and not self._undone:
            self._note_dismissed(before, record)
        self._follow()

    def _note_dismissed(self, before: Record, after: Record) -> None:
        held = {span.id: span.attributes for span in before.spans if span.attributes}
        for span in after.spans:
            gone = set(held.get(span.id, ())).difference(span.attributes)
            if gone:
                self._dismissed |= {(span.id, item) for item in Attribute if item.value in gone}

    def _follow(self) -> None:
        """Have hints found for the record as it is now, and show them."""
        record, reading = self._record, self._reading
        self._asked += 1
        asked, dismissed = self._asked, frozenset(self._dismissed)
        if record is None or self._session.read_only or record.review.status is ReviewStatus.DONE:
            self._show(_Hints({}, {}))
            return

        def work() -> _Hints | None:
            # Of edits in quick succession only the last is worth looking at.
            return _find(reading, record, dismissed) if asked == self._asked else None

        def show(hints: _Hints | None) -> None:
            if hints is not None and asked == self._asked:
                self._show(hints)

        self._session.run(work, done=show, reading=True)

    def _show(self, hints: _Hints) -> None:
        if hints != self._hints:
            self._hints = hints
            self.changed.emit()


def _find(reading: _Reading, record: Record, dismissed: frozenset[tuple[int, Attribute]]) -> _Hints:
    """Find the hints of a record; called on the store's thread for reading.

    Thousands of labels are looked through at every edit: the window's thread has no time for it.
    """
    if reading.sections is None:
        reading.sections = find_sections(reading.text)
    of_spans: dict[int, Said] = {}
    for span in record.spans:
        said = _said(reading, reading.sections, span)
        if said:
            said = frozenset(
                item
                for item in said
                if item.value not in span.attributes and (span.id, item) not in dismissed
            )
        if said:
            of_spans[span.id] = said
    of_suggestions = {
        suggestion.id: said
        for suggestion in record.suggestions
        if (said := _said(reading, reading.sections, suggestion))
    }
    return _Hints(of_spans, of_suggestions)


def _said(reading: _Reading, sections: tuple[Section, ...], mark: Span | Suggestion) -> Said:
    stretch = (mark.start, mark.end)
    if stretch not in reading.said:
        context = context_at(reading.text, sections, mark.start)
        reading.said[stretch] = assertions(reading.text, mark.start, mark.end, context)
    return reading.said[stretch]
