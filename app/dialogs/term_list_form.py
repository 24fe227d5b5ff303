"""What one term list is: name, label, options, terms; each change is told at once."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.design.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XS
from app.dialogs.fields import Field
from app.dialogs.term_editor import TermEditor
from core.schema.labels import LabelScheme
from core.schema.term_lists import ListKind, TermList


class TermListForm(QWidget):
    """Shows a list and tells of each change."""

    changed = Signal(object)
    """The user changed something but the terms (the whole TermList, to be saved)."""
    import_requested = Signal()
    """Terms are to come from a file."""

    def __init__(self) -> None:
        """Begin without a list."""
        super().__init__()
        self._list = TermList("", "")
        self._locked = False
        self.name = QLineEdit()
        self.name_field = Field(self.tr("&Name"), self.name)
        self.label = QComboBox()
        self.kind = QComboBox()
        self.kind.addItem(self.tr("Terms"), ListKind.TERMS.value)
        self.kind.addItem(self.tr("Regular expressions"), ListKind.PATTERNS.value)
        self.whole_words = QCheckBox(self.tr("&Whole words only"))
        self.match_case = QCheckBox(self.tr("&Match capital letters"))
        self.later = QCheckBox(self.tr("Also for records imported &later"))
        self.terms = TermEditor()
        self.terms.setPlaceholderText(self.tr("One term a line"))
        self.terms_field = Field(self.tr("&Terms, one a line"), self.terms)
        self.import_ = QPushButton(self.tr("&Import from file…"))
        self.import_.setAutoDefault(False)
        self._lay_out()
        self.name.editingFinished.connect(self._on_name)
        self.label.activated.connect(self._on_choice)
        self.kind.activated.connect(self._on_choice)
        for box in (self.whole_words, self.match_case, self.later):
            box.clicked.connect(self._on_choice)
        self.import_.clicked.connect(self.import_requested)

    @property
    def shown_list(self) -> TermList:
        """The list that is shown, as it stands in the form but for its terms."""
        return self._list

    def set_list(self, term_list: TermList, scheme: LabelScheme, *, terms: bool) -> None:
        """Show a list; its terms only where they are given and wanted."""
        self._list = replace(term_list, terms=())
        if not self.name.hasFocus():
            self.name.setText(term_list.name)
        self.label.clear()
        self.label.addItems(scheme.names())
        self.label.setCurrentText(term_list.label)
        self.kind.setCurrentIndex(self.kind.findData(term_list.kind.value))
        self.whole_words.setChecked(term_list.whole_words)
        self.match_case.setChecked(term_list.match_case)
        self.later.setChecked(term_list.later)
        patterns = term_list.kind is ListKind.PATTERNS
        self.terms_field.caption.setText(
            self.tr("&Patterns, one a line") if patterns else self.tr("&Terms, one a line")
        )
        if terms:
            self.terms.lock(self._locked)
            self.terms.set_terms(term_list.terms)

    def await_terms(self) -> None:
        """Show no terms, and let none be typed, until those of the list have been read."""
        self.terms.set_terms(())
        self.terms.lock(True)

    def forget(self) -> None:
        """Show no list, and tell nothing more of the one that was shown."""
        self._list = TermList("", "")
        self.await_terms()

    def flush(self) -> None:
        """Tell of what is typed and not told yet."""
        if self._list.id:
            self._on_name()
            self.terms.flush()

    def lock(self) -> None:
        """Let nothing be changed."""
        self._locked = True
        self.terms.lock(True)
        for part in (
            *(self.name, self.label, self.kind, self.import_),
            *(self.whole_words, self.match_case, self.later),
        ):
            part.setEnabled(False)

    def _lay_out(self) -> None:
        top = QGridLayout()
        top.setHorizontalSpacing(SPACE_M)
        top.addWidget(self.name_field, 0, 0)
        top.addWidget(Field(self.tr("La&bel"), self.label), 0, 1)
        top.addWidget(Field(self.tr("&Kind"), self.kind), 0, 2)
        top.setColumnStretch(0, 1)
        top.setColumnStretch(1, 1)
        # In two rows, for the dialog must fit on a small screen.
        boxes = QGridLayout()
        boxes.setHorizontalSpacing(SPACE_L)
        boxes.setVerticalSpacing(SPACE_XS)
        boxes.addWidget(self.whole_words, 0, 0)
        boxes.addWidget(self.match_case, 0, 1)
        boxes.addWidget(self.later, 1, 0, 1, 2)
        boxes.setColumnStretch(2, 1)
        under = QHBoxLayout()
        under.addWidget(self.import_)
        under.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        column.addLayout(top)
        column.addLayout(boxes)
        column.addWidget(self.terms_field, 1)
        column.addLayout(under)

    def _on_name(self) -> None:
        name = " ".join(self.name.text().split())
        if not name:
            self.name.setText(self._list.name)
        elif name != self._list.name:
            self._change(replace(self._list, name=name))

    def _on_choice(self) -> None:
        self._change(
            replace(
                self._list,
                label=self.label.currentText(),
                kind=ListKind(self.kind.currentData()),
                whole_words=self.whole_words.isChecked(),
                match_case=self.match_case.isChecked(),
                later=self.later.isChecked(),
            )
        )

    def _change(self, term_list: TermList) -> None:
        if term_list != self._list:
            self._list = term_list
            self.changed.emit(term_list)
