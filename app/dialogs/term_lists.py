"""The term lists of a project: what a label is suggested for wherever it stands in a record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.design.tokens import SPACE_L, SPACE_S, Ground
from app.dialogs.beside import Beside
from app.dialogs.delete_term_list import DeleteDialog
from app.dialogs.dialog import Dialog, text_label
from app.dialogs.fields import documents_folder
from app.dialogs.term_import import ColumnDialog
from app.dialogs.term_list_form import TermListForm
from app.dialogs.term_list_rows import TermListRows
from app.dialogs.term_preview import TermPreview
from app.dialogs.term_run import TermRun
from core.formats.term_file import TermFile, read_term_file
from core.schema.term_lists import TermList, tidied_terms
from core.store import term_lists as stored
from core.store.changes import ChangeSet

if TYPE_CHECKING:
    from app.window.main_window import MainWindow

_LIST_WIDTHS = (190, 260)
_PREVIEW_WIDTHS = (200, 280)
"""From a screen of 960 pixels, which a large scale leaves, to one with room."""
_BESIDE_FROM = 500
"""Width from which what a list finds stands beside its terms, not under them."""


class TermListsDialog(Dialog):
    """Edits the lists and runs them; every change is saved at once."""

    def __init__(self, host: MainWindow) -> None:
        """Read the lists."""
        super().__init__(
            host,
            title=self.tr("Term lists"),
            lead=self.tr("Wherever a term stands in an unread record, its label is suggested."),
            primary=self.tr("Done"),
            cancel="",
            name="term_lists",
            enter=False,
            size=QSize(1120, 680),
        )
        self._lists: tuple[TermList, ...] = ()
        self._chosen = 0
        self.rows = TermListRows(self.ground)
        self.add = QPushButton(self.tr("&New list"))
        self.remove = QPushButton(self.tr("&Delete list…"))
        self.form = TermListForm()
        self.preview = TermPreview(self.ground)
        self.run_ = TermRun(self.session)
        self._none = text_label(
            self.tr("No lists yet. Make the first one on the left, then type or import its terms."),
            "note",
        )
        self._pages = QStackedWidget()
        self._fill_body()
        self._connect()
        if self.session.read_only:
            self.lead.setText(self.session.project.read_only_reason)
            self.form.lock()
        self._offer()
        self._read()
        self.rows.setFocus()

    def tint(self, ground: Ground) -> None:
        """Draw what is painted."""
        self.rows.tint(ground)
        self.preview.tint(ground)

    def done(self, result: int) -> None:
        """Save what is being typed, end a run, and close."""
        if not self.session.read_only:
            self.form.flush()
        self.run_.cancel()
        self.preview.leave()
        super().done(result)

    def _fill_body(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_S)
        for button in (self.add, self.remove):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        left = QVBoxLayout()
        left.setSpacing(SPACE_S)
        left.addWidget(self.rows, 1)
        left.addLayout(buttons)
        for part, (least, most) in (
            (self.rows, _LIST_WIDTHS),
            (self.preview, _PREVIEW_WIDTHS),
        ):
            part.setMinimumWidth(least)
            part.setMaximumWidth(most)
        page = QWidget()
        whole_page = QVBoxLayout(page)
        whole_page.setContentsMargins(0, 0, 0, 0)
        whole_page.addWidget(Beside(self.form, self.preview, _BESIDE_FROM), 1)
        whole_page.addWidget(self.run_)
        self._page = page
        self._pages.addWidget(page)
        self._pages.addWidget(self._none)
        row = QHBoxLayout()
        row.setSpacing(SPACE_L)
        row.addLayout(left, 1)
        row.addWidget(self._pages, 3)
        self.body.addLayout(row, 1)

    def _connect(self) -> None:
        self.rows.currentItemChanged.connect(self._on_chosen)
        self.rows.switched.connect(self._on_switched)
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._ask_delete)
        self.form.changed.connect(self._on_changed)
        self.form.terms.written.connect(self._on_written)
        self.form.terms.filled.connect(self._look)
        self.form.import_requested.connect(self._choose_file)
        self.run_.wanted.connect(self._run)
        self.run_.running_changed.connect(lambda _running: self._offer())
        self.session.refused.connect(self.show_error)

    # Reading

    def _read(self, chosen: int | None = None) -> None:
        project = self.session.project
        if chosen is not None:
            self._chosen = chosen
        self.session.run(
            lambda: stored.term_lists(project=project), done=self.while_open(self._show_lists)
        )

    def _show_lists(self, lists: tuple[TermList, ...]) -> None:
        self._lists = lists
        former = self.form.shown_list.id
        self.rows.set_lists(lists, self.session.scheme, self._chosen)
        current = self.rows.current_list
        self._pages.setCurrentWidget(self._none if current is None else self._page)
        self._offer()
        if current is None:
            return
        self._chosen = current.id
        if current.id != former:
            self._show_chosen(current)
        else:
            self.form.set_list(current, self.session.scheme, terms=False)

    def _on_chosen(self) -> None:
        current = self.rows.current_list
        if current is not None and current.id != self._chosen:
            self.form.flush()
            self._chosen = current.id
            self._show_chosen(current)

    def _show_chosen(self, current: TermList) -> None:
        project = self.session.project

        def show(read: TermList) -> None:
            if read.id == self._chosen:
                self.form.set_list(read, self.session.scheme, terms=True)

        self.form.set_list(current, self.session.scheme, terms=False)
        self.form.await_terms()
        self.session.run(
            lambda: stored.term_list(project=project, list_id=current.id),
            done=self.while_open(show),
        )

    def _look(self) -> None:
        """Show what the list finds in the record on the screen."""
        record = self.session.record
        current = self.form.shown_list
        colours = {label.name: label.colour for label in self.session.scheme.labels}
        self.preview.look(
            current,
            self.form.terms.toPlainText(),
            None if record is None else record.document,
            colours.get(current.label, ""),
        )

    def _offer(self) -> None:
        writable = not self.session.read_only
        self.add.setEnabled(writable and bool(self.session.scheme.labels))
        self.remove.setEnabled(writable and bool(self._lists) and not self.run_.running)
        self.run_.offer(writable and bool(self._lists))

    # Saving

    def _on_changed(self, term_list: TermList) -> None:
        self._save(term_list)
        self._look()

    def _on_switched(self, term_list: TermList) -> None:
        if term_list.id == self.form.shown_list.id:
            shown = replace(self.form.shown_list, enabled=term_list.enabled)
            self.form.set_list(shown, self.session.scheme, terms=False)
            term_list = shown
        self._save(term_list)

    def _save(self, term_list: TermList) -> None:
        project = self.session.project
        self._change(lambda: stored.change_list(project=project, term_list=term_list))

    def _on_written(self, text: str) -> None:
        project, key = self.session.project, self.form.shown_list.id
        self._change(
            lambda: stored.set_terms(
                project=project, list_id=key, terms=tidied_terms(text.split("\n"))
            )
        )
        self._look()

    def _change(self, work: Callable[[], ChangeSet]) -> None:
        self.error.clear()
        self.session.change(work)
        self._read()

    def _add(self) -> None:
        project, scheme = self.session.project, self.session.scheme
        taken = {one.name for one in self._lists}
        number = 1
        while (name := self.tr("List {0}").format(number)) in taken:
            number += 1
        made = TermList(name, scheme.names()[0])

        def show(added: tuple[TermList, ChangeSet]) -> None:
            self.session.announce(added[1])
            self._read(added[0].id)
            self.form.name.setFocus()
            self.form.name.selectAll()

        self.form.flush()
        self.session.run(
            lambda: stored.add_list(project=project, term_list=made), done=self.while_open(show)
        )

    def _ask_delete(self) -> None:
        current = self.rows.current_list
        if current is None:
            return
        project = self.session.project

        def ask(count: int) -> None:
            DeleteDialog(self.host, current, count, self.delete, over=self).open()

        self.session.run(
            lambda: stored.open_count(project=project, list_id=current.id),
            done=self.while_open(ask),
        )

    def delete(self, term_list: TermList) -> None:
        """Delete a list with its open suggestions."""
        project = self.session.project
        self.form.forget()
        self._change(lambda: stored.delete_list(project=project, list_id=term_list.id))

    # Importing and running

    def _choose_file(self) -> None:
        chooser = QFileDialog(self, self.tr("Import terms"), str(documents_folder()))
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setNameFilters(
            [self.tr("Terms (*.txt *.csv *.tsv *.tab)"), self.tr("All files (*)")]
        )
        chooser.fileSelected.connect(lambda name: self.import_terms(Path(name)))
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()

    def import_terms(self, file: Path) -> None:
        """Add the terms of a file to those of the list; a table asks for its column."""

        def show(read: TermFile) -> None:
            if read.dialect is not None and len(read.header) > 0:
                ColumnDialog(self.host, read, self._take_terms, over=self).open()
            else:
                self._take_lines(read)

        self.error.clear()
        self.session.run(
            lambda: read_term_file(file),
            done=self.while_open(show),
            failed=self.while_open(self.show_error),
            reading=True,
        )

    def _take_lines(self, read: TermFile) -> None:
        self.session.run(
            read.terms,
            done=self.while_open(self._take_terms),
            failed=self.while_open(self.show_error),
            reading=True,
        )

    def _take_terms(self, terms: tuple[str, ...]) -> None:
        project, key = self.session.project, self.form.shown_list.id
        text = self.form.terms.toPlainText()

        def save() -> TermList:
            joined = tidied_terms((*text.split("\n"), *terms))
            stored.set_terms(project=project, list_id=key, terms=joined)
            return stored.term_list(project=project, list_id=key)

        def show(saved: TermList) -> None:
            self.form.set_list(saved, self.session.scheme, terms=True)
            self._read()

        self.session.run(save, done=self.while_open(show))

    def _run(self, here: bool) -> None:
        self.form.flush()
        current = self.form.shown_list
        if not current.enabled:
            # Suggestions of a list that is off would not be seen.
            self._on_switched(replace(current, enabled=True))

        def begin(_nothing: None) -> None:
            self.run_.begin(current.id, here=here)

        # What was changed last is saved before the list is read to be run.
        self.session.run(lambda: None, done=self.while_open(begin))


def term_lists(window: MainWindow) -> None:
    """Edit the term lists and run them."""
    TermListsDialog(window).open()
