"""The sheet of all keys, and the word on what Chartmark is."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.design.icons import pixmap
from app.design.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL, SPACE_XS
from app.texts import QT_TRANSLATE_NOOP, translated
from app.window.command import CONTEXT
from app.window.commands import MENUS, may_be_label_key
from core.schema.labels import Label

_COLUMNS = 3
_TEXT_KEYS = (
    ("Left  Right", QT_TRANSLATE_NOOP("Commands", "Go by word")),
    ("Shift+Left  Shift+Right", QT_TRANSLATE_NOOP("Commands", "Select by word")),
    ("Alt+Shift+Left  Alt+Shift+Right", QT_TRANSLATE_NOOP("Commands", "Move the end by character")),
    ("Tab  Shift+Tab", QT_TRANSLATE_NOOP("Commands", "Next and previous label or suggestion")),
    ("Escape", QT_TRANSLATE_NOOP("Commands", "Select nothing")),
)
"""Keys of the text itself, which are no commands of a menu."""


class KeySheet(QDialog):
    """Lists every command with its keys, by menu, and the keys of the labels."""

    def __init__(self, labels: Sequence[Label], parent: QWidget) -> None:
        """Build the sheet."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keys"))
        groups = [
            (
                translated(CONTEXT, menu.text).replace("&", ""),
                [
                    (_plain(translated(CONTEXT, command.text)), _shown(command.keys))
                    for command in menu.commands
                    if command is not None and command.keys
                ],
            )
            for menu in MENUS
        ]
        text_keys = [(translated(CONTEXT, words), keys) for keys, words in _TEXT_KEYS]
        own = [(label.name, label.hotkey.upper()) for label in labels if _usable(label)]
        groups.insert(0, (self.tr("Your labels"), own))
        groups.insert(1, (self.tr("In the text"), text_keys))
        columns = QHBoxLayout()
        columns.setSpacing(SPACE_XL)
        for column in _balanced([group for group in groups if group[1]], _COLUMNS):
            columns.addLayout(column)
        page = QWidget()
        page.setLayout(columns)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(page)
        title = QLabel(self.tr("Keys"))
        title.setProperty("role", "title")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE_XL, SPACE_L, SPACE_XL, SPACE_L)
        whole.setSpacing(SPACE_M)
        whole.addWidget(title)
        whole.addWidget(scroll, 1)
        whole.addWidget(buttons)
        self.resize(980, 640)


class AboutSheet(QDialog):
    """Says what Chartmark is, which version, and what to beware of."""

    def __init__(self, parent: QWidget) -> None:
        """Build the sheet."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About Chartmark"))
        sign = QLabel()
        sign.setPixmap(pixmap("chartmark", "#000", 48, self.devicePixelRatioF()))
        title = QLabel(self.tr("Chartmark {0}").format(version("chartmark")))
        title.setProperty("role", "title")
        words = QLabel(
            self.tr(
                "Label entities in clinical records while a model learns beside you. Records, "
                "labels and models stay on this machine.\n\nA model may memorise parts of the "
                "records it saw: treat an exported model as you treat the records. Chartmark is "
                "no medical device.\n\nApache License 2.0. The face of records is Atkinson "
                "Hyperlegible Next, SIL Open Font License 1.1."
            )
        )
        words.setWordWrap(True)
        words.setMinimumWidth(420)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        text = QVBoxLayout()
        text.setSpacing(SPACE_S)
        text.addWidget(title)
        text.addWidget(words)
        row = QHBoxLayout()
        row.setSpacing(SPACE_L)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(text, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        whole.setSpacing(SPACE_L)
        whole.addLayout(row)
        whole.addWidget(buttons)


def _balanced(
    groups: Sequence[tuple[str, Sequence[tuple[str, str]]]], columns: int
) -> list[QVBoxLayout]:
    """Lay groups out in columns of about the same height, in order."""
    heights = [len(rows) + 2 for _, rows in groups]
    each = sum(heights) / columns
    made = [QVBoxLayout() for _ in range(columns)]
    passed = 0.0
    for (title, rows), height in zip(groups, heights, strict=True):
        column = made[min(int((passed + height / 2) / each), columns - 1)]
        passed += height
        column.addLayout(_group(title, rows))
        column.addSpacing(SPACE_M)
    for column in made:
        column.addStretch(1)
    return made


def _group(title: str, rows: Sequence[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(SPACE_M)
    grid.setVerticalSpacing(SPACE_XS)
    head = QLabel(title)
    head.setProperty("role", "section")
    grid.addWidget(head, 0, 0, 1, 2)
    for number, (words, keys) in enumerate(rows, start=1):
        name = QLabel(words)
        name.setWordWrap(True)
        grid.addWidget(name, number, 0)
        cap = QLabel(keys)
        cap.setProperty("role", "key")
        grid.addWidget(cap, number, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    grid.setColumnStretch(0, 1)
    return grid


def _shown(keys: Sequence[str]) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return "  ".join(QKeySequence(key).toString(native) for key in keys[:2])


def _plain(text: str) -> str:
    return text.replace("&", "").rstrip("…")


def _usable(label: Label) -> bool:
    return bool(label.hotkey) and may_be_label_key(label.hotkey)
