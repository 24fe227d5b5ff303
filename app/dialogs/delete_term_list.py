"""Asks before a term list goes, and says what goes with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from app.dialogs.dialog import Dialog, text_label
from app.quantities import whole
from core.schema.term_lists import TermList

if TYPE_CHECKING:
    from app.window.main_window import MainWindow


class DeleteDialog(Dialog):
    """Says what goes with a list, and deletes it on request."""

    def __init__(
        self,
        host: MainWindow,
        term_list: TermList,
        count: int,
        delete: Callable[[TermList], None],
        *,
        over: QWidget,
    ) -> None:
        """Ask.

        Args:
            host: The window.
            term_list: The list that goes.
            count: Its open suggestions.
            delete: Deletes it.
            over: The dialog above which it stands.
        """
        super().__init__(
            host,
            title=self.tr("Delete the list {0}?").format(term_list.name),
            lead="",
            primary=self.tr("Delete"),
            size=QSize(460, 0),
            over=over,
        )
        self._delete, self._list = delete, term_list
        self.sentence = text_label(
            self.tr("Open suggestions that go with it: {0}. Labels that came of it stay.").format(
                whole(count)
            ),
            "",
        )
        self.body.addWidget(self.sentence)
        self.body.addWidget(text_label(self.tr("Undo does not take this back."), "warning"))
        self.body.addStretch(1)

    def submit(self) -> None:
        """Delete."""
        self._delete(self._list)
        self.accept()
