"""What the queue says while it shows no record: why, and one button to go on with."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from app.design.tokens import SPACE_S, SPACE_XL


class EmptyQueue(QWidget):
    """A sentence and a button.

    Attributes:
        button: Imports records, or shows all of them where filters leave none.
    """

    def __init__(self) -> None:
        """Build the page for a project without records."""
        super().__init__()
        self._text = QLabel()
        self._text.setProperty("role", "note")
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = QToolButton()
        self.button.setProperty("role", "primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_XL)
        column.addStretch(1)
        column.addWidget(self._text)
        column.addSpacing(SPACE_S)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self.explain(filtered=False)

    def explain(self, *, filtered: bool) -> None:
        """Say why there is no record: filters leave none, or the project has none."""
        if filtered:
            self._text.setText(self.tr("No record matches the search and the filters."))
            self.button.setText(self.tr("Show all records"))
        else:
            self._text.setText(self.tr("There are no records yet."))
            self.button.setText(self.tr("Import records…"))
