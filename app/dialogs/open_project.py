"""Opening a project: the ones opened last, and any other folder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.design.icons import pixmap
from app.design.tokens import (
    RADIUS,
    SPACE_M,
    SPACE_S,
    SPACE_XS,
    TYPE_BODY,
    TYPE_SMALL,
    Ground,
)
from app.dialogs.background import Background, Latest
from app.dialogs.dialog import Dialog, text_label
from app.dialogs.fields import Field, PathField
from app.texts import message_of, remedy_of
from core.schema.errors import KnownError
from core.store.project import SUFFIX, Project

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from app.window.main_window import MainWindow

_ROLE = Qt.ItemDataRole.UserRole
_ROW_HEIGHT = 44


@dataclass(frozen=True, slots=True)
class _Seen:
    """A project's folder as it is on the disk."""

    folder: Path
    encrypted: bool
    changed: datetime


class OpenProjectDialog(Dialog):
    """Lists recent projects and takes any other folder."""

    def __init__(self, host: MainWindow) -> None:
        """Show the recent projects."""
        super().__init__(
            host,
            title=self.tr("Open project"),
            lead=self.tr("Choose one that you had open before, or its folder."),
            primary=self.tr("Open"),
            name="open_project",
            size=QSize(560, 440),
        )
        self._background = Background("open-project", self)
        self._look = Latest(self._background)
        recent = host.preferences.recent_projects()
        self.recent = QListWidget()
        self.recent.setAccessibleName(self.tr("Recent projects"))
        self.recent.setItemDelegate(_ProjectDelegate(self.ground, self.recent))
        self.recent.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.recent.setMouseTracking(True)
        place = recent[0] if recent else Path()
        self.place = PathField(place, caption=self.tr("Folder of the project"))
        self.place.edit.setPlaceholderText(self.tr("A folder that ends in {0}").format(SUFFIX))
        self.field = Field(self.tr("&Folder"), self.place, focus=self.place.edit)
        self._heading = text_label(self.tr("Recent projects"), "section")
        self.body.setSpacing(SPACE_S)
        self.body.addWidget(self._heading)
        self.body.addWidget(self.recent, 1)
        self.body.addSpacing(SPACE_S)
        self.body.addWidget(self.field)
        for part in (self._heading, self.recent):
            part.setVisible(bool(recent))
        if not recent:
            self.body.addStretch(1)
            self.resize(self.width(), 0)
        self.recent.currentItemChanged.connect(self._on_current)
        self.recent.itemActivated.connect(self.submit)
        self.place.changed.connect(self._on_path)
        self.primary.setEnabled(bool(recent))
        self._background.run(lambda: _seen(recent), done=self.while_open(self._show))
        (self.recent if recent else self.place.edit).setFocus()

    def tint(self, ground: Ground) -> None:
        """Draw the list."""
        self.recent.setItemDelegate(_ProjectDelegate(ground, self.recent))

    def submit(self) -> None:
        """Open what is chosen, if there is a project."""
        if self.place.empty:
            return
        folder = self.place.path
        self._look.ask(
            lambda: (Project.is_encrypted(folder), folder)[1], self._open, self._on_no_project
        )

    def done(self, result: int) -> None:
        """Close."""
        self._background.leave()
        super().done(result)

    def _show(self, seen: list[_Seen]) -> None:
        for project in seen:
            item = QListWidgetItem(project.folder.name.removesuffix(SUFFIX))
            item.setData(_ROLE, project)
            lock = self.tr(", encrypted") if project.encrypted else ""
            name = f"{item.text()}{lock}, {project.folder.parent}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, name)
            item.setToolTip(str(project.folder))
            self.recent.addItem(item)
        if seen and self.place.path == seen[0].folder:
            self.recent.setCurrentRow(0)

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.place.set_path(item.data(_ROLE).folder)

    def _on_path(self) -> None:
        self.field.show_hint("")
        self.primary.setEnabled(not self.place.empty)

    def _open(self, folder: Path) -> None:
        self.accept()
        self.host.open_project(folder)

    def _on_no_project(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self.field.show_error(message_of(error), remedy_of(error))
        self.place.edit.setFocus()


class _ProjectDelegate(QStyledItemDelegate):
    """Paints a project: its name, where it lies, when it was changed, whether it is locked."""

    def __init__(self, ground: Ground, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = ground

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        del option, index
        return QSize(200, _ROW_HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        area, state = option.rect, option.state
        ground, project = self._ground, index.data(_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = area.adjusted(SPACE_XS, 2, -SPACE_XS, -2)
        flag = type(state)
        if state & (flag.State_Selected | flag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            chosen = state & flag.State_Selected
            painter.setBrush(QColor(ground.selected if chosen else ground.hover))
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        inner = box.adjusted(SPACE_S, 3, -SPACE_S, -3)
        font = painter.font()
        font.setPixelSize(TYPE_SMALL)
        painter.setFont(font)
        painter.setPen(QColor(ground.quiet))
        when = QLocale().toString(project.changed.date(), QLocale.FormatType.ShortFormat)
        width = painter.fontMetrics().horizontalAdvance(when) + SPACE_M
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, when)
        where = painter.fontMetrics().elidedText(
            str(project.folder.parent), Qt.TextElideMode.ElideMiddle, inner.width()
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, where)
        font.setPixelSize(TYPE_BODY)
        painter.setFont(font)
        painter.setPen(QColor(ground.text))
        left = inner.adjusted(0, 0, -width, 0)
        if project.encrypted:
            painter.drawPixmap(inner.left(), inner.top(), pixmap("lock", ground.quiet, 16, 2.0))
            left.adjust(16 + SPACE_XS, 0, 0, 0)
        name = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, left.width()
        )
        painter.drawText(left, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, name)
        painter.restore()


def open_project(window: MainWindow) -> None:
    """Ask for a project's folder and open it."""
    OpenProjectDialog(window).open()


def _seen(folders: list[Path]) -> list[_Seen]:
    """Look at the folders; one that holds no project any more is left out."""
    seen = []
    for folder in folders:
        try:
            encrypted = Project.is_encrypted(folder)
            changed = datetime.fromtimestamp(max(path.stat().st_mtime for path in folder.iterdir()))
        except (KnownError, OSError, ValueError):
            continue
        seen.append(_Seen(folder, encrypted, changed))
    return seen
