"""What keys do with suggested attributes: confirming those of one label, or of the record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.assertion_hints import AssertionHints
from app.editor import accessible
from app.record import Record
from app.texts import translated
from app.window.command import CONTEXT
from app.window.record_commands import ATTRIBUTE_TEXTS
from core.schema.documents import Attribute, Span
from core.store import edits

if TYPE_CHECKING:
    from app.window.main_window import MainWindow


class AssertionVerbs(QObject):
    """Shows the hints of the open project in view and palette, and confirms them.

    Attributes:
        hints: The hints of the open project, or None.
    """

    def __init__(self, window: MainWindow) -> None:
        """Serve a window, whatever project is open in it."""
        super().__init__(window)
        self._window = window
        self.hints: AssertionHints | None = None
        self._wanted: tuple[int, int, str] | None = None
        window.project_opened.connect(self._on_project_opened)
        window.area.view.selection_changed.connect(self._show_selected)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the commands call."""
        return {
            "assertion.confirm": self.confirm,
            "assertion.confirm_all": self.confirm_all,
        }

    def confirm(self) -> None:
        """Set what is suggested for the selected label; a suggestion is accepted with it."""
        session, hints = self._window.session, self.hints
        record = session.record if session is not None else None
        if session is None or record is None or hints is None:
            return
        chosen = self._window.area.view.selection()
        suggestion = record.suggestion(chosen.suggestion_id)
        said = hints.of_span(chosen.span_id) or hints.of_suggestion(chosen.suggestion_id)
        if not chosen.span_id and suggestion is None:
            self._window.say(self.tr("Select a label first: click it, or press Tab."))
        elif not said:
            self._window.say(self.tr("Nothing is suggested for this label."))
        elif suggestion is not None:
            attributes = tuple(sorted(item.value for item in said))
            span = Span(suggestion.start, suggestion.end, suggestion.label, attributes)
            session.correct(suggestion_id=suggestion.id, span=span)
            self._wanted = (span.start, span.end, span.label)
            self._tell(suggestion.label, said)
        else:
            self._add({chosen.span_id: said}, name="Attribute")
            marked = record.span(chosen.span_id)
            self._tell(marked.label if marked is not None else "", said)

    def confirm_all(self) -> None:
        """Set what is suggested for all labels of the record, as one edit.

        Suggestions of the model stay open: accepting one is a judgement of its own.
        """
        session, hints = self._window.session, self.hints
        record = session.record if session is not None else None
        if record is None or hints is None:
            return
        said = dict(hints.of_spans())
        if not said:
            self._window.say(self.tr("Nothing is suggested for the labels of this record."))
            return
        self._add(said, name="Attributes")
        if len(said) == 1:
            [only] = said.values()
            self._window.say(self.tr("Set for 1 label: {0}.").format(_names(only)))
        else:
            each = frozenset[Attribute]().union(*said.values())
            number = self._window.locale().toString(len(said))
            self._window.say(
                self.tr("Set for {0} labels: {1}. One undo takes all back.").format(
                    number, _names(each)
                )
            )

    def _add(self, said: dict[int, frozenset[Attribute]], *, name: str) -> None:
        session = self._window.session
        if session is not None and not session.read_only:
            project = session.project
            added = {key: [item.value for item in items] for key, items in said.items()}
            session.edit(lambda: edits.add_attributes(project=project, added=added, name=name))

    def _tell(self, label: str, said: frozenset[Attribute]) -> None:
        # No banner: it would shift the text under the eye at every press; the name shows the sign.
        accessible.announce(
            self._window.area.view, self.tr("{0}: {1} set.").format(label, _names(said))
        )

    def _on_record_changed(self, record: Record) -> None:
        """Keep selected what was a suggestion and is a label now."""
        wanted, self._wanted = self._wanted, None
        for span in record.spans if wanted is not None else ():
            if (span.start, span.end, span.label) == wanted:
                self._window.area.view.select_span(span.id)

    def _on_project_opened(self) -> None:
        session = self._window.session
        self.hints = AssertionHints(session) if session is not None else None
        if session is not None and self.hints is not None:
            session.record_changed.connect(self._on_record_changed)
            self.hints.changed.connect(self._show)
            self.hints.destroyed.connect(self._on_gone)

    def _on_gone(self) -> None:
        # The session of another project may have come already.
        if self._window.session is None:
            self.hints = None

    def _show(self) -> None:
        hints = self.hints
        if hints is None:
            return
        marked = {key: _values(said) for key, said in hints.of_spans().items()}
        marked |= {-key: _values(said) for key, said in hints.of_suggestions().items()}
        self._window.area.view.set_hints(marked)
        self._show_selected()

    def _show_selected(self) -> None:
        chosen = self._window.area.view.selection()
        said: frozenset[Attribute] = frozenset()
        if self.hints is not None:
            said = self.hints.of_span(chosen.span_id) or self.hints.of_suggestion(
                chosen.suggestion_id
            )
        self._window.docks.palette.set_hints(_values(said))


@lru_cache(maxsize=64)
def _values(said: frozenset[Attribute]) -> tuple[str, ...]:
    return tuple(item.value for item in Attribute if item in said)


def _names(said: Iterable[Attribute]) -> str:
    """Return attributes in words, in their usual order."""
    present = set(said)
    return ", ".join(
        translated(CONTEXT, ATTRIBUTE_TEXTS[item]).lower() for item in Attribute if item in present
    )
