"""Labelling every place where a text stands: the count first, then the labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QListWidget, QListWidgetItem

from app.design.tokens import SPACE_L, SPACE_S, Ground
from app.dialogs.dialog import Dialog, announce, set_role, text_label
from app.dialogs.snippets import SNIPPET_ROLE, Snippet, SnippetDelegate, snippet_of
from core.schema.documents import Span
from core.store import documents
from core.store.project import Project

if TYPE_CHECKING:
    from app.window.main_window import MainWindow

_SHOWN = 60
"""Places shown; a count tells of the rest."""


@dataclass(frozen=True, slots=True)
class _Found:
    """All places, and the first of them as shown."""

    mentions: tuple[tuple[int, Span], ...]
    snippets: tuple[Snippet, ...]


class MentionsDialog(Dialog):
    """Shows where a text stands without a label, and labels all of it on request."""

    def __init__(self, host: MainWindow, *, text: str, label: str, document_id: int | None) -> None:
        """Begin to count.

        Args:
            host: The window.
            text: What to look for.
            label: Name of the label to give.
            document_id: Where to look; in all records if None.
        """
        super().__init__(
            host,
            title=self.tr("Label “{0}” as {1}").format(_shortened(text), label),
            lead=self.tr("Looks in this record for places that do not have the label yet.")
            if document_id is not None
            else self.tr("Looks in all records for places that do not have the label yet."),
            primary=self.tr("Label"),
            name="mentions",
            size=QSize(600, 460),
        )
        self._text = text
        self._label = label
        self._document_id = document_id
        self._mentions: tuple[tuple[int, Span], ...] = ()
        self._asked = 0
        self.whole_words = QCheckBox(self.tr("&Whole words only"))
        self.whole_words.setChecked(True)
        self.match_case = QCheckBox(self.tr("&Match capital letters"))
        self.count = text_label("", "lead")
        self.places = QListWidget()
        self.places.setAccessibleName(self.tr("Places"))
        self.places.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.places.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.places.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.rest = text_label("", "small")
        row = QHBoxLayout()
        row.setSpacing(SPACE_L)
        row.addWidget(self.whole_words)
        row.addWidget(self.match_case)
        row.addStretch(1)
        self.body.setSpacing(SPACE_S)
        self.body.addLayout(row)
        self.body.addWidget(self.count)
        self.body.addWidget(self.places, 1)
        self.body.addWidget(self.rest)
        self.whole_words.toggled.connect(self._find)
        self.match_case.toggled.connect(self._find)
        self.tint(self.ground)
        self._find()
        self.primary.setFocus()

    def tint(self, ground: Ground) -> None:
        """Draw the places."""
        labels = self.session.scheme.labels
        colour = next((label.colour for label in labels if label.name == self._label), "")
        self.places.setItemDelegate(SnippetDelegate(ground, colour or ground.accent, self.places))

    def submit(self) -> None:
        """Label all places."""
        if self._mentions:
            self.session.label_mentions(mentions=self._mentions)
            self.accept()

    def _find(self) -> None:
        self._asked += 1
        number = self._asked
        self._mentions = ()
        self.primary.setEnabled(False)
        set_role(self.count, "lead")
        self.count.setText(self.tr("Counting…"))
        project, text, label = self.session.project, self._text, self._label
        keys = None if self._document_id is None else [self._document_id]
        whole_words, match_case = self.whole_words.isChecked(), self.match_case.isChecked()

        def work() -> _Found:
            found = documents.find_mentions(
                project=project,
                text=text,
                label=label,
                document_ids=keys,
                whole_words=whole_words,
                match_case=match_case,
            )
            return _Found(tuple(found), tuple(_snippets(project, found[:_SHOWN])))

        def show(found: _Found) -> None:
            if number == self._asked:
                self._show(found)

        self.session.run(
            work, done=self.while_open(show), failed=self.while_open(self.show_error), reading=True
        )

    def _show(self, found: _Found) -> None:
        self._mentions = found.mentions
        count = len(found.mentions)
        records = len({key for key, _ in found.mentions})
        self.count.setText(self._question(count, records))
        announce(self.count, self.count.text())
        self.places.clear()
        for snippet in found.snippets:
            item = QListWidgetItem(f"{snippet.record}: {snippet.before}{snippet.match}…")
            item.setData(SNIPPET_ROLE, snippet)
            self.places.addItem(item)
        hidden = count - len(found.snippets)
        self.rest.setText(self.tr("and {0} more").format(f"{hidden:,}") if hidden > 0 else "")
        usable = bool(count) and not self.session.read_only
        self.primary.setEnabled(usable)
        self.primary.setText(
            self.tr("Label {0} places").format(f"{count:,}")
            if count > 1
            else self.tr("Label 1 place")
            if count
            else self.tr("Label")
        )
        if usable:
            self.primary.setFocus()

    def _question(self, count: int, records: int) -> str:
        if not count:
            return self.tr("It stands nowhere without this label.")
        if count == 1:
            return self.tr("Label 1 place in 1 record?")
        if records == 1:
            return self.tr("Label {0} places in 1 record?").format(f"{count:,}")
        return self.tr("Label {0} places in {1} records?").format(f"{count:,}", f"{records:,}")


def _snippets(project: Project, mentions: Sequence[tuple[int, Span]]) -> list[Snippet]:
    records = {
        key: documents.document(project=project, document_id=key)
        for key in dict.fromkeys(key for key, _ in mentions)
    }
    return [snippet_of(records[key], span) for key, span in mentions]


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:38]}…"


def mentions(window: MainWindow, *, text: str, label: str, document_id: int | None) -> None:
    """Count the places where ``text`` stands without ``label``, ask, and label them.

    Args:
        window: The parent.
        text: What to look for.
        label: The label to give.
        document_id: Where to look; in all records if None.
    """
    MentionsDialog(window, text=text, label=label, document_id=document_id).open()
