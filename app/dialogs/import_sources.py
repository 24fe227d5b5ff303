"""What is to be imported: files and folders, added by button or by dropping them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.design.icons import icon
from app.design.tokens import SPACE_S, SPACE_XL, Ground

_PATH_ROLE = Qt.ItemDataRole.UserRole


class SourceList(QWidget):
    """Lists the chosen paths, one of them current."""

    changed = Signal()
    """Other paths are chosen."""
    current_changed = Signal(object)
    """Another path is current (Path, or None)."""

    def __init__(self, ground: Ground) -> None:
        """Begin empty."""
        super().__init__()
        self.list = _Paths(ground)
        self.list.setAccessibleName(self.tr("Files and folders to import"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.files = self._button(self.tr("Add &files…"), self._choose_files)
        self.folder = self._button(self.tr("Add f&older…"), self._choose_folder)
        self.remove = self._button(self.tr("Remove"), self.remove_current)
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        for button in (self.files, self.folder, self.remove):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        self.list.removed.connect(self.remove_current)
        self.list.currentItemChanged.connect(lambda: self.current_changed.emit(self.current()))
        self.remove.setEnabled(False)
        self.tint(ground)

    def paths(self) -> list[Path]:
        """Return what is chosen, in the order of adding."""
        return [self.list.item(row).data(_PATH_ROLE) for row in range(self.list.count())]

    def current(self) -> Path | None:
        """Return the current path."""
        row = self.list.currentRow()
        if row < 0:
            return None
        path: Path = self.list.item(row).data(_PATH_ROLE)
        return path

    def add(self, paths: Sequence[Path]) -> None:
        """Add paths that are not there yet; the first of them becomes current."""
        present = set(self.paths())
        fresh = [path for path in dict.fromkeys(paths) if path not in present]
        for path in fresh:
            item = QListWidgetItem(path.name or str(path))
            item.setData(_PATH_ROLE, path)
            item.setToolTip(str(path))
            self.list.addItem(item)
        if fresh:
            self.list.setCurrentRow(self.list.count() - len(fresh))
        self._tell()

    def set_kind(self, path: Path, kind: str) -> None:
        """Show beside a path what it was recognised as."""
        for row in range(self.list.count()):
            item = self.list.item(row)
            if item.data(_PATH_ROLE) == path:
                name = path.name or str(path)
                item.setText(f"{name}  ·  {kind}" if kind else name)

    def remove_current(self) -> None:
        """Take the current path out."""
        row = self.list.currentRow()
        if row >= 0:
            self.list.takeItem(row)
            self._tell()

    def tint(self, ground: Ground) -> None:
        """Draw the icons for a ground."""
        self.list.ground = ground
        self.list.viewport().update()
        self.files.setIcon(icon("add", ground, ground.quiet))

    def _tell(self) -> None:
        self.remove.setEnabled(self.list.count() > 0)
        self.changed.emit()

    def _button(self, text: str, pressed: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(pressed)
        return button

    def _choose_files(self) -> None:
        chooser = QFileDialog(self, self.tr("Files to import"))
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
        chooser.filesSelected.connect(lambda names: self.add([Path(name) for name in names]))
        chooser.open()

    def _choose_folder(self) -> None:
        chooser = QFileDialog(self, self.tr("Folder to import"))
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.fileSelected.connect(lambda name: self.add([Path(name)]))
        chooser.open()


class _Paths(QListWidget):
    """Says what to do while it is empty; Delete takes a path out."""

    removed = Signal()

    def __init__(self, ground: Ground) -> None:
        super().__init__()
        self.ground = ground

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.count():
            return
        painter = QPainter(self.viewport())
        painter.setPen(QColor(self.ground.quiet))
        area = self.viewport().rect().adjusted(SPACE_XL, SPACE_XL, -SPACE_XL, -SPACE_XL)
        painter.drawText(
            area,
            Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
            self.tr("Drop files or folders here, or add them below."),
        )
