"""Labelling every place where a text stands: count, scope and choice first, then the labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
)

from app.design.tokens import SPACE_L, SPACE_S, Ground
from app.dialogs.dialog import Dialog, announce, set_role, text_label
from app.dialogs.snippets import SNIPPET_ROLE, Snippet, SnippetDelegate, snippet_of
from core.schema.documents import Span
from core.store import documents, scores
from core.store.project import Project

if TYPE_CHECKING:
    from app.window.main_window import MainWindow

_SHOWN = 500
"""Places shown, each of which can be left out; a count tells of the rest."""


class Scope(Enum):
    """Where mentions are looked for."""

    RECORD = "record"
    ALL = "all"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class _Found:
    """All places, and the first of them as shown."""

    mentions: tuple[tuple[int, Span], ...]
    snippets: tuple[Snippet, ...]


class MentionsDialog(Dialog):
    """Shows where a text stands without a label, and labels what of it is ticked."""

    def __init__(self, host: MainWindow, *, text: str, label: str, document_id: int | None) -> None:
        """Begin to count.

        Args:
            host: The window.
            text: What to look for.
            label: Name of the label to give.
            document_id: Where to look at first; in all records if None.
        """
        super().__init__(
            host,
            title=self.tr("Label “{0}” as {1}").format(_shortened(text), label),
            lead=self.tr("Finds the places that do not have the label yet. One undo for all."),
            primary=self.tr("Label"),
            name="mentions",
            size=QSize(640, 520),
        )
        self._text = text
        self._label = label
        present = self.session.record
        self._record_id = document_id or (present.id if present is not None else 0)
        self._mentions: tuple[tuple[int, Span], ...] = ()
        self._asked = 0
        self.scopes = {
            Scope.RECORD: QRadioButton(self.tr("&This record")),
            Scope.ALL: QRadioButton(self.tr("&All records")),
            Scope.UNREAD: QRadioButton(self.tr("Only &unread records")),
        }
        self.scopes[Scope.ALL if document_id is None else Scope.RECORD].setChecked(True)
        self.scopes[Scope.RECORD].setEnabled(bool(self._record_id))
        self._scope_group = QButtonGroup(self)
        self.whole_words = QCheckBox(self.tr("&Whole words only"))
        self.whole_words.setChecked(True)
        self.match_case = QCheckBox(self.tr("&Match capital letters"))
        self.count = text_label("", "lead")
        self.places = QListWidget()
        self.places.setAccessibleName(self.tr("Places"))
        self.places.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.places.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.places.setMouseTracking(True)
        self.every = QCheckBox(self.tr("&Every place"))
        self.every.setTristate(True)
        self.rest = text_label("", "small")
        scopes = QHBoxLayout()
        scopes.setSpacing(SPACE_L)
        for button in self.scopes.values():
            self._scope_group.addButton(button)
            scopes.addWidget(button)
        scopes.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(SPACE_L)
        row.addWidget(self.whole_words)
        row.addWidget(self.match_case)
        row.addStretch(1)
        self.body.setSpacing(SPACE_S)
        self.body.addLayout(scopes)
        self.body.addLayout(row)
        self.body.addWidget(self.count)
        self.body.addWidget(self.every)
        self.body.addWidget(self.places, 1)
        self.body.addWidget(self.rest)
        self._scope_group.buttonClicked.connect(self._find)
        self.places.itemChanged.connect(self._show_picked)
        self.every.clicked.connect(self._pick_every)
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
        """Label what is ticked."""
        picked = self.picked()
        if picked and not self.session.read_only:
            self.session.label_mentions(mentions=picked)
            self.accept()

    @property
    def scope(self) -> Scope:
        """Where it looks."""
        return next(scope for scope, button in self.scopes.items() if button.isChecked())

    def picked(self) -> list[tuple[int, Span]]:
        """Return the places that are not left out; what is not shown cannot be."""
        shown = range(self.places.count())
        left_out = {
            row for row in shown if self.places.item(row).checkState() is Qt.CheckState.Unchecked
        }
        return [mention for place, mention in enumerate(self._mentions) if place not in left_out]

    def _find(self) -> None:
        self._asked += 1
        number = self._asked
        self._mentions = ()
        self.primary.setEnabled(False)
        set_role(self.count, "lead")
        self.count.setText(self.tr("Counting…"))
        project, text, label = self.session.project, self._text, self._label
        scope, record_id = self.scope, self._record_id
        whole_words, match_case = self.whole_words.isChecked(), self.match_case.isChecked()

        def work() -> _Found:
            found = documents.find_mentions(
                project=project,
                text=text,
                label=label,
                document_ids=[record_id] if scope is Scope.RECORD else None,
                whole_words=whole_words,
                match_case=match_case,
            )
            if scope is Scope.UNREAD:
                unread = set(scores.unread_ids(project=project))
                found = [mention for mention in found if mention[0] in unread]
            return _Found(tuple(found), tuple(_snippets(project, found[:_SHOWN])))

        def show(found: _Found) -> None:
            if number == self._asked:
                self._show(found)

        self.session.run(
            work, done=self.while_open(show), failed=self.while_open(self.show_error), reading=True
        )

    def _show(self, found: _Found) -> None:
        self._mentions = found.mentions
        self.places.blockSignals(True)
        self.places.clear()
        for snippet in found.snippets:
            item = QListWidgetItem(f"{snippet.record}: {snippet.before}{snippet.match}…")
            item.setData(SNIPPET_ROLE, snippet)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.places.addItem(item)
        self.places.blockSignals(False)
        hidden = len(found.mentions) - len(found.snippets)
        self.rest.setText(
            self.tr("and {0} more, which are labelled too").format(_number(hidden))
            if hidden
            else ""
        )
        self.rest.setVisible(hidden > 0)
        self.every.setVisible(len(found.snippets) > 1)
        self._show_picked()
        announce(self.count, self.count.text())
        # Who has changed an option stays there to change another.
        if self.primary.isEnabled() and self._asked == 1:
            self.primary.setFocus()

    def _show_picked(self) -> None:
        """Say how much is ticked."""
        picked, all_places = self.picked(), len(self._mentions)
        count, records = len(picked), len({key for key, _ in picked})
        self.count.setText(self._question(count, records, all_places))
        state = Qt.CheckState.Unchecked if not count else Qt.CheckState.PartiallyChecked
        self.every.setCheckState(Qt.CheckState.Checked if count == all_places else state)
        self.primary.setEnabled(bool(count) and not self.session.read_only)
        self.primary.setText(
            self.tr("Label {0} places").format(_number(count))
            if count > 1
            else self.tr("Label 1 place")
            if count
            else self.tr("Label")
        )

    def _pick_every(self) -> None:
        """Tick every place, or none where all are ticked."""
        ticked = len(self.picked()) == len(self._mentions)
        state = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
        self.places.blockSignals(True)
        for row in range(self.places.count()):
            self.places.item(row).setCheckState(state)
        self.places.blockSignals(False)
        self.places.viewport().update()
        self._show_picked()

    def _question(self, count: int, records: int, all_places: int) -> str:
        if not all_places:
            return self.tr("It stands nowhere without this label.")
        if not count:
            return self.tr("No place is ticked.")
        if count < all_places:
            return self.tr("Label {0} of {1} places?").format(_number(count), _number(all_places))
        if count == 1:
            return self.tr("Label 1 place in 1 record?")
        if records == 1:
            return self.tr("Label {0} places in 1 record?").format(_number(count))
        return self.tr("Label {0} places in {1} records?").format(_number(count), _number(records))


def _snippets(project: Project, mentions: Sequence[tuple[int, Span]]) -> list[Snippet]:
    records = {
        key: documents.document(project=project, document_id=key)
        for key in dict.fromkeys(key for key, _ in mentions)
    }
    return [snippet_of(records[key], span) for key, span in mentions]


def _number(value: int) -> str:
    return QLocale().toString(value)


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:38]}…"


def mentions(window: MainWindow, *, text: str, label: str, document_id: int | None) -> None:
    """Count the places where ``text`` stands without ``label``, ask, and label them.

    Args:
        window: The parent.
        text: What to look for.
        label: The label to give.
        document_id: Where to look at first; in all records if None.
    """
    MentionsDialog(window, text=text, label=label, document_id=document_id).open()
