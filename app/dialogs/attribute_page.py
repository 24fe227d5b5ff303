"""The attributes of a project in the label editor: added, changed, removed, their codes loaded."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.design.tokens import CONTROL_HEIGHT, SPACE_L, SPACE_M, SPACE_S
from app.dialogs.attribute_form import KIND_TEXTS, AttributeForm
from app.dialogs.dialog import text_label
from app.dialogs.progress import CancelledError, Progress
from app.texts import translated
from core.operations.code_lists import load_code_list
from core.schema.attributes import AttributeDefinition, check_definitions
from core.schema.errors import KnownError
from core.schema.labels import LabelScheme
from core.store import attributes as stored_attributes
from core.store.changes import ChangeSet

if TYPE_CHECKING:
    from app.session import Session

_LIST_WIDTH = 250
_COMMAS = re.compile(r"[,;\s]+")
_COLON = re.compile("[:\uff1a]")
"""Between what a kind is called and what it means, in English and in Chinese."""


class AttributePage(QWidget):
    """Lists the attributes that the project defines; every change is saved at once."""

    failed = Signal(object)
    """Something could not be done (KnownError)."""

    def __init__(self, session: Session) -> None:
        """Show a project's attributes."""
        super().__init__()
        self._session = session
        self._wanted = ""
        self._finished = False
        self._uses: dict[int, int] = {}
        self._progress: Progress | None = None
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Attributes"))
        self.list.setFixedWidth(_LIST_WIDTH)
        self.add = QLineEdit()
        self.add.setFixedWidth(_LIST_WIDTH)
        self.add.setPlaceholderText(self.tr("Add: type a name, then Enter"))
        self.add.setAccessibleName(self.tr("Add attributes; names parted by commas"))
        self.form = AttributeForm()
        self._none = text_label(
            self.tr(
                "No attributes yet. Every label can be negated, historical, family, uncertain "
                "and conditional; add on the left what else you want to say of labels: "
                "a severity, a side, an ICD-10 code."
            ),
            "note",
        )
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.form)
        self._pages.addWidget(self._none)
        left = QVBoxLayout()
        left.setSpacing(SPACE_S)
        left.addWidget(self.list, 1)
        left.addWidget(self.add)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, SPACE_M, 0, 0)
        row.setSpacing(SPACE_L)
        row.addLayout(left)
        row.addWidget(self._pages, 1)
        self.list.currentItemChanged.connect(self._show_current)
        self.add.returnPressed.connect(self._on_add)
        self.form.changed.connect(self._on_form)
        self.form.remove_requested.connect(self._on_remove)
        self.form.codes_requested.connect(self._ask_codes)
        self.form.cancel_requested.connect(self.cancel)
        session.scheme_changed.connect(self.set_scheme)
        self.set_scheme(session.scheme)
        self.count()

    @property
    def current(self) -> AttributeDefinition | None:
        """The chosen attribute."""
        row = self.list.currentRow()
        if row < 0:
            return None
        definition: AttributeDefinition = self.list.item(row).data(Qt.ItemDataRole.UserRole)
        return definition

    def set_scheme(self, scheme: LabelScheme) -> None:
        """Show the attributes of a scheme; the chosen one stays chosen, a new one is."""
        current = self.current
        chosen = current.id if current else 0
        added = [one.id for one in scheme.attributes if one.name == self._wanted]
        if added:
            chosen, self._wanted = added[0], ""
        self.list.blockSignals(True)
        self.list.clear()
        for number, one in enumerate(scheme.attributes):
            kind = _COLON.split(translated("AttributeForm", KIND_TEXTS[one.kind]))[0]
            item = QListWidgetItem(self.tr("{0}  ·  {1}").format(one.name, kind))
            item.setData(Qt.ItemDataRole.UserRole, one)
            item.setSizeHint(QSize(0, CONTROL_HEIGHT))
            item.setToolTip(one.description)
            self.list.addItem(item)
            if one.id == chosen or number == 0:
                self.list.setCurrentRow(number)
        self.list.blockSignals(False)
        self._pages.setCurrentWidget(self.form if scheme.attributes else self._none)
        self._show_current()

    def show_stored(self) -> None:
        """Show what is stored in the place of what was refused."""
        self.set_scheme(self._session.scheme)

    def finish(self) -> None:
        """Save what is being typed, and stop a loading: the page is being closed."""
        self.form.flush()
        self.cancel()
        self._finished = True

    def load_codes(self, attribute_id: int, path: Path) -> None:
        """Load a look-up list from a file, with progress in the form."""
        project = self._session.project
        # It outlives the page, which may be closed meanwhile.
        progress = Progress(self._session)
        self._progress = progress
        progress.told.connect(self._on_progress, Qt.ConnectionType.QueuedConnection)
        self.form.show_progress((0, 0))
        self._session.run(
            lambda: load_code_list(
                project=project, attribute_id=attribute_id, path=path, progress=progress.tell
            ),
            done=self._on_loaded,
            failed=self._on_load_failed,
        )

    def cancel(self) -> None:
        """Stop a loading; the list that was there stays."""
        if self._progress is not None:
            self._progress.cancel()

    def _show_current(self) -> None:
        current = self.current
        if current is not None:
            self.form.set_definition(current, self._session.scheme)
            self.form.show_uses(self._uses.get(current.id, 0))
            if self._progress is not None:
                self.form.show_progress((0, 0))

    def count(self) -> None:
        """Count anew how many labels hold each attribute."""
        project = self._session.project
        self._session.run(
            lambda: stored_attributes.use_counts(project=project),
            done=self._show_uses,
            reading=True,
        )

    def _show_uses(self, uses: dict[int, int]) -> None:
        self._uses = uses
        if not self._finished and (current := self.current) is not None:
            self.form.show_uses(uses.get(current.id, 0))

    def _on_add(self) -> None:
        names = list(dict.fromkeys(part for part in _COMMAS.split(self.add.text()) if part))
        made = [AttributeDefinition(name) for name in names]
        try:
            check_definitions((*self._session.scheme.attributes, *made))
        except KnownError as error:
            self.failed.emit(error)
            return
        self.add.clear()
        for definition in made:
            self._wanted = definition.name
            self._change(stored_attributes.add_attribute, definition)

    def _on_form(self, definition: AttributeDefinition) -> None:
        self._change(stored_attributes.change_attribute, definition)

    def _change(self, verb: stored_attributes.Verb, definition: AttributeDefinition) -> None:
        project = self._session.project
        self._session.change(lambda: verb(project=project, definition=definition))

    def _on_remove(self, definition: AttributeDefinition) -> None:
        project = self._session.project
        self._session.change(
            lambda: stored_attributes.remove_attribute(project=project, attribute_id=definition.id)
        )

    def _ask_codes(self, definition: AttributeDefinition) -> None:
        chooser = QFileDialog(self, self.tr("Codes of {0}").format(definition.name))
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setNameFilters([self.tr("Tables (*.csv *.tsv *.txt)"), self.tr("All files (*)")])
        chooser.fileSelected.connect(lambda name: self.load_codes(definition.id, Path(name)))
        chooser.open()

    def _on_progress(self, _step: str, done: int, total: int) -> None:
        if self._progress is not None:
            self.form.show_progress((done, total))

    def _on_loaded(self, changes: ChangeSet) -> None:
        self._end_loading()
        self._session.announce(changes)

    def _end_loading(self) -> None:
        if self._progress is not None:
            self._progress.deleteLater()
            self._progress = None
        if not self._finished:
            self.form.show_progress(None)

    def _on_load_failed(self, error: Exception) -> None:
        self._end_loading()
        if isinstance(error, CancelledError):
            return
        if not isinstance(error, KnownError):
            raise error
        if not self._finished:
            self.failed.emit(error)
