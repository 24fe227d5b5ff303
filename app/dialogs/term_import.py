"""Terms from a table: which of its columns they stand in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from app.dialogs.dialog import Dialog, text_label
from app.dialogs.fields import Field
from core.formats.term_file import TermFile
from core.schema.errors import KnownError

if TYPE_CHECKING:
    from app.window.main_window import MainWindow

_SHOWN = 60


class ColumnDialog(Dialog):
    """Asks for the column, showing what stands in it."""

    def __init__(
        self,
        host: MainWindow,
        file: TermFile,
        take: Callable[[tuple[str, ...]], None],
        *,
        over: QWidget,
    ) -> None:
        """Ask.

        Args:
            host: The window.
            file: The table.
            take: Gets the terms.
            over: The dialog above which it stands.
        """
        super().__init__(
            host,
            title=self.tr("Terms from {0}").format(file.name),
            lead=self.tr("Choose the column that holds the terms."),
            primary=self.tr("Import"),
            size=QSize(460, 0),
            over=over,
        )
        self._file, self._take = file, take
        self.column = QComboBox()
        for number, name in enumerate(file.header, start=1):
            self.column.addItem(name.strip() or self.tr("Column {0}").format(number))
        self.header = QCheckBox(self.tr("The first row is a &term as well"))
        self.sample = text_label("", "note")
        self.body.addWidget(Field(self.tr("&Column"), self.column))
        self.body.addWidget(self.header)
        self.body.addWidget(self.sample)
        self.column.currentIndexChanged.connect(self._show)
        self._show()

    def submit(self) -> None:
        """Take the terms."""
        try:
            terms = self._file.terms(
                self.column.currentIndex(), with_header=self.header.isChecked()
            )
        except KnownError as error:
            self.show_error(error)
            return
        self._take(terms)
        self.accept()

    def _show(self) -> None:
        column = self.column.currentIndex()
        cells = [row[column].strip() for row in self._file.sample if column < len(row)]
        shown = ", ".join(cell[:_SHOWN] for cell in cells if cell)
        self.sample.setText(self.tr("For example: {0}").format(shown) if shown else "")
