"""The label editor: labels are added, changed and merged, and the guideline is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.design.tokens import SPACE_L, SPACE_M, SPACE_S, Ground
from app.dialogs.attribute_page import AttributePage
from app.dialogs.dialog import Dialog, text_label
from app.dialogs.guideline_edit import GuidelineEdit
from app.dialogs.label_examples import examples_markdown
from app.dialogs.label_form import LabelForm
from app.dialogs.label_list import LabelList
from app.quantities import whole
from app.texts import worded
from core.schema.errors import KnownError
from core.schema.labels import Label, LabelScheme
from core.store import labels as stored_labels
from core.store.changes import ChangeSet
from core.store.examples import Examples, label_examples

if TYPE_CHECKING:
    from app.window.main_window import MainWindow

_LIST_WIDTH = 250
_COMMAS = re.compile(r"[,;]")


class LabelsDialog(Dialog):
    """Edits the scheme; every change is saved at once."""

    def __init__(self, host: MainWindow) -> None:
        """Show the scheme."""
        super().__init__(
            host,
            title=self.tr("Labels and guideline"),
            lead=self.tr("Every change is saved at once and holds for all records."),
            primary=self.tr("Done"),
            cancel="",
            name="labels",
            enter=False,
            size=QSize(860, 680),
        )
        self._wanted = ""
        self.list = LabelList(self.ground)
        self.add = QLineEdit()
        self.add.setPlaceholderText(self.tr("Add: type a name, then Enter"))
        self.add.setAccessibleName(self.tr("Add labels; names parted by commas"))
        self.form = LabelForm(self.ground, host.keymap)
        self.guideline = GuidelineEdit(self.tr("Guideline of all labels"), self.ground)
        self._none = text_label(self.tr("No labels yet. Add the first one on the left."), "note")
        self._pages = QStackedWidget()
        self._pages.addWidget(self.form)
        self._pages.addWidget(self._none)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName(self.tr("Parts"))
        self.tabs.addTab(self._made_labels(), self.tr("Labels"))
        self.attributes = AttributePage(self.session)
        self.tabs.addTab(self.attributes, self.tr("Attributes"))
        self.tabs.addTab(self._made_guideline(), self.tr("Guideline"))
        self.body.addWidget(self.tabs, 1)
        self._connect()
        self._show_scheme(self.session.scheme)
        self.guideline.set_text(self.session.scheme.guideline)
        self._count()
        if self.session.read_only:
            self.lead.setText(worded(self.session.project.read_only_reason))
            for part in (self.form, self.add, self.attributes, self.guideline.edit):
                part.setEnabled(False)
        self.list.setFocus()

    def tint(self, ground: Ground) -> None:
        """Draw what is painted."""
        self.list.tint(ground)
        self.form.tint(ground)
        self.guideline.tint(ground)

    def done(self, result: int) -> None:
        """Save what is being typed, and close."""
        if not self.session.read_only:
            self.form.flush()
            self.attributes.finish()
            self.guideline.flush()
        super().done(result)

    def _made_labels(self) -> QWidget:
        made = QWidget()
        left = QVBoxLayout()
        left.setSpacing(SPACE_S)
        left.addWidget(self.list, 1)
        left.addWidget(self.add)
        self.list.setFixedWidth(_LIST_WIDTH)
        self.add.setFixedWidth(_LIST_WIDTH)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, SPACE_M, 0, 0)
        row.setSpacing(SPACE_L)
        row.addLayout(left)
        row.addWidget(self._pages, 1)
        return made

    def _made_guideline(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, SPACE_M, 0, 0)
        column.setSpacing(SPACE_S)
        column.addWidget(
            text_label(
                self.tr(
                    "What holds for all labels. Markdown on the left, as it reads on the right."
                ),
                "note",
            )
        )
        column.addWidget(self.guideline, 1)
        return made

    def _connect(self) -> None:
        session = self.session
        session.scheme_changed.connect(self._show_scheme)
        session.changed.connect(self._on_changed)
        session.refused.connect(self._on_refused)
        self.list.currentItemChanged.connect(self._show_current)
        self.add.returnPressed.connect(self._on_add)
        self.form.changed.connect(session.change_label)
        self.form.merge_requested.connect(self._ask_merge)
        self.form.examples_requested.connect(self._add_examples)
        self.attributes.failed.connect(self.show_error)
        self.guideline.written.connect(session.set_guideline)

    def _show_scheme(self, scheme: LabelScheme) -> None:
        current = self.list.current_label
        chosen = current.id if current else 0
        added = [label.id for label in scheme.labels if label.name == self._wanted]
        if added:
            chosen, self._wanted = added[0], ""
        self.list.set_scheme(scheme, chosen)
        self._pages.setCurrentWidget(self.form if scheme.labels else self._none)
        self._show_current()

    def _show_current(self) -> None:
        label = self.list.current_label
        if label is not None:
            self.form.set_label(label, self.session.scheme)

    def _on_changed(self, changes: ChangeSet) -> None:
        self.error.clear()
        if changes.spans:
            self._count()
            self.attributes.count()

    def _on_refused(self, error: KnownError) -> None:
        self.show_error(error)
        self._show_current()
        self.attributes.show_stored()

    def _count(self) -> None:
        project = self.session.project
        self.session.run(
            lambda: stored_labels.span_counts(project=project),
            done=self.while_open(self.list.set_counts),
            reading=True,
        )

    def _on_add(self) -> None:
        names = [part.strip() for part in _COMMAS.split(self.add.text()) if part.strip()]
        taken = set(self.session.scheme.names())
        repeated = [name for name in names if name in taken]
        if repeated:
            self.error.tell(
                self.tr("There is a label named {0} already.").format(repeated[0]),
                self.tr("Choose another name."),
            )
            return
        self.add.clear()
        for name in dict.fromkeys(names):
            self._wanted = name
            self.session.add_label(Label(name))

    def _add_examples(self, label: Label) -> None:
        project = self.session.project

        def show(found: Examples) -> None:
            if paragraphs := examples_markdown(found):
                self.error.clear()
                self.form.guideline.append(paragraphs)
            else:
                self.error.tell(
                    self.tr("Nothing in the records is labelled {0} yet.").format(label.name),
                    self.tr("Label a few places first."),
                )

        self.session.run(
            lambda: label_examples(project=project, label_id=label.id),
            done=self.while_open(show),
            reading=True,
        )

    def _ask_merge(self, source: Label, target: Label) -> None:
        MergeDialog(self.host, source, target, self.list.count_of(source.id), over=self).open()


class MergeDialog(Dialog):
    """Says what merging two labels does, and does it on request."""

    def __init__(
        self, host: MainWindow, source: Label, target: Label, count: int, *, over: QWidget
    ) -> None:
        """Ask.

        Args:
            host: The window.
            source: The label that goes.
            target: The label that stays.
            count: Spans of the source in all records.
            over: The dialog above which it stands.
        """
        super().__init__(
            host,
            title=self.tr("Merge {0} into {1}?").format(source.name, target.name),
            lead="",
            primary=self.tr("Merge"),
            size=QSize(460, 0),
            over=over,
        )
        self._source, self._target = source, target
        spans = (
            self.tr("1 place labelled {0} becomes {1}.")
            if count == 1
            else self.tr("{2} places labelled {0} become {1}.")
        )
        self.sentence = text_label(
            spans.format(source.name, target.name, whole(count))
            + " "
            + self.tr(
                "Where both stand on the very same words, one stays. {0} leaves the palette."
            ).format(source.name),
            "",
        )
        self.body.addWidget(self.sentence)
        self.body.addWidget(text_label(self.tr("Undo does not take this back."), "warning"))
        self.body.addStretch(1)

    def submit(self) -> None:
        """Merge."""
        self.session.merge_labels(source_id=self._source.id, target_id=self._target.id)
        self.accept()


def edit_labels(window: MainWindow) -> None:
    """Add, rename, recolour, re-key, describe and merge labels."""
    LabelsDialog(window).open()
