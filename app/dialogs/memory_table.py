"""What a training takes of memory, by length of the windows, for the backbone that is chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.design.tokens import SPACE_S, SPACE_XL, SPACE_XS
from app.dialogs.dialog import set_role, text_label
from app.preferences import Preferences
from app.quantities import size, whole
from app.settings import BACKBONE, WINDOW
from app.texts import message_of, remedy_of
from core.learning.encoder_shape import EncoderShape, read_shape
from core.learning.memory_table import EMBEDDED, MemoryRow, memory_table
from core.schema.errors import KnownError
from core.schema.learning import Recipe
from core.worker.environment import computing_threads


class MemoryTable(QWidget):
    """A row for each length; follows the preferences while it is shown."""

    def __init__(
        self, preferences: Preferences, free: Callable[[], int], parent: QWidget | None = None
    ) -> None:
        """Show the table for what is preferred now.

        Args:
            preferences: Say the backbone and the length.
            free: Returns the bytes that a training could still take.
            parent: Its owner.
        """
        super().__init__(parent)
        self._preferences = preferences
        self._free = free
        self.summary = text_label("", "small")
        self.warning = text_label("", "warning")
        self.cells: list[tuple[QLabel, ...]] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE_XL)
        self._grid.setVerticalSpacing(SPACE_XS)
        self._table = QWidget()
        self._table.setLayout(self._grid)
        self._grid.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        column.addWidget(QLabel(self.tr("Memory that a training takes at most")))
        column.addWidget(self._table)
        column.addWidget(self.summary)
        column.addWidget(self.warning)
        self._head()
        preferences.changed.connect(self._on_preference_changed)
        self._show()

    def _head(self) -> None:
        titles = (
            self.tr("Window"),
            self.tr("On the processor"),
            self.tr("On a graphics card"),
            self.tr("At a time here"),
        )
        for index, title in enumerate(titles):
            self._grid.addWidget(_cell(title, index, "section"), 0, index)
            self._grid.setColumnStretch(index, 1)

    def _on_preference_changed(self, key: str) -> None:
        if key in {BACKBONE.key, WINDOW.key}:
            self._show()

    def _show(self) -> None:
        for shown in self.cells:
            for cell in shown:
                self._grid.removeWidget(cell)
                cell.deleteLater()
        self.cells = []
        try:
            shape = self._shape()
        except KnownError as error:
            self._show_only(f"{message_of(error)} {remedy_of(error)}".strip())
            return
        if shape is None:
            self._show_only(self.tr("It is known once the backbone is a folder on this machine."))
            return
        recipe, free = Recipe(), self._free()
        length = self._preferences.window_length() or recipe.max_length
        rows = memory_table(shape, recipe=recipe, free=free, threads=computing_threads())
        for number, row in enumerate(rows, start=1):
            cells = tuple(
                _cell(text, index, "" if row.length == length else "small")
                for index, text in enumerate(self._texts(row))
            )
            for index, cell in enumerate(cells):
                self._grid.addWidget(cell, number, index)
            self.cells.append(cells)
        self._table.show()
        self.summary.setText(
            self.tr(
                "{0} are free. An update has up to {1} windows; as many of them go through the "
                "model at a time as fit, which changes the speed and not the model."
            ).format(size(free), whole(recipe.batch_size))
        )
        chosen = next((row for row in rows if row.length == length), None)
        self.warning.setVisible(chosen is not None and not chosen.windows)
        if chosen is not None and not chosen.windows:
            self.warning.setText(
                self.tr(
                    "Not even one window fits. Choose shorter windows or a smaller backbone, or "
                    "close other programs."
                )
            )

    def _show_only(self, text: str) -> None:
        self._table.hide()
        self.warning.hide()
        self.summary.setText(text)

    def _shape(self) -> EncoderShape | None:
        """Return the shape of the backbone; None where it is a name that is yet to be fetched."""
        wanted = self._preferences.folder(BACKBONE)
        if not wanted:
            return EMBEDDED
        folder = Path(wanted)
        return read_shape(folder) if folder.is_dir() else None

    def _texts(self, row: MemoryRow) -> tuple[str, ...]:
        fits = whole(row.windows) if row.windows else self.tr("none fits")
        # What it takes here, which is no more than is free, and not what it would take elsewhere.
        return whole(row.length), size(row.taken), size(row.device), fits


def _cell(text: str, column: int, role: str) -> QLabel:
    cell = QLabel(text)
    cell.setTextFormat(Qt.TextFormat.PlainText)
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    cell.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
    if role:
        set_role(cell, role)
    return cell
