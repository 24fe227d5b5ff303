"""What a term list finds in the record on the screen: a count and some examples, as one types."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.design.tokens import SPACE_S, Ground
from app.dialogs.background import Background, Latest
from app.dialogs.dialog import set_role, text_label
from app.dialogs.snippets import SNIPPET_ROLE, Snippet, SnippetDelegate, snippet_of
from app.quantities import whole
from app.texts import shown
from core.operations.prelabelling import make_matcher, matches_in
from core.schema.documents import Document, Span
from core.schema.errors import KnownError
from core.schema.term_lists import TermList, tidied_terms
from core.text.dictionary import Matcher

_EXAMPLES = 20


@dataclass(frozen=True, slots=True)
class _Found:
    count: int
    examples: tuple[Snippet, ...]
    too_slow: bool = False


class TermPreview(QWidget):
    """Counts matches in a record on a thread of its own."""

    def __init__(self, ground: Ground) -> None:
        """Begin without a list."""
        super().__init__()
        self._ground = ground
        self._background = Background("term-preview", self)
        self._latest = Latest(self._background)
        self._built: tuple[TermList, Matcher] | None = None
        self.count = text_label("", "note")
        self.examples = QListWidget()
        self.examples.setAccessibleName(self.tr("Examples in this record"))
        self.examples.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.examples.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.examples.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        column.addWidget(self.count)
        column.addWidget(self.examples, 1)

    def look(self, term_list: TermList, lines: str, document: Document | None, colour: str) -> None:
        """Count the matches of a list as it stands in the form.

        Args:
            term_list: Its options.
            lines: Its terms, one a line.
            document: The record on the screen, if there is one.
            colour: Of its label.
        """
        self.examples.setItemDelegate(
            SnippetDelegate(self._ground, colour or self._ground.accent, self.examples)
        )
        if document is None:
            self._show(_Found(0, ()))
            self.count.setText(self.tr("Open a record to see what the list finds in it."))
            return

        def work() -> _Found:
            terms = tidied_terms(lines.split("\n"))
            matcher = self._matcher(replace(term_list, terms=terms))
            try:
                found = matches_in(document, matcher)
            except TimeoutError:
                return _Found(0, (), too_slow=True)
            spans = [Span(match.start, match.end, term_list.label) for match in found[:_EXAMPLES]]
            return _Found(len(found), tuple(snippet_of(document, span) for span in spans))

        self._latest.ask(work, self._show, self._refuse)

    def tint(self, ground: Ground) -> None:
        """Draw the next examples for a ground."""
        self._ground = ground

    def leave(self) -> None:
        """Drop what is under way."""
        self._background.leave()

    def _matcher(self, term_list: TermList) -> Matcher:
        """Return the matcher of a list, built anew only where it finds other things."""
        key = replace(term_list, id=0, name="", label="", enabled=True, later=True, term_count=0)
        if self._built is None or self._built[0] != key:
            self._built = (key, make_matcher(key))
        return self._built[1]

    def _show(self, found: _Found) -> None:
        set_role(self.count, "warning" if found.too_slow else "note")
        if found.too_slow:
            text = self.tr("The patterns take too long over this record. Make them simpler.")
        elif found.count == 1:
            text = self.tr("1 match in this record")
        else:
            text = self.tr("{0} matches in this record").format(whole(found.count))
        if found.count > len(found.examples):
            text = self.tr("{0}, of these the first {1}:").format(text, whole(len(found.examples)))
        self.count.setText(text)
        self.examples.clear()
        for snippet in found.examples:
            item = QListWidgetItem(f"{snippet.before}{snippet.match}{snippet.after}")
            item.setData(SNIPPET_ROLE, snippet)
            self.examples.addItem(item)

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self.examples.clear()
        set_role(self.count, "danger")
        self.count.setText(shown(error))
