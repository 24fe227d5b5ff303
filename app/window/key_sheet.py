"""The sheet of all keys, and the word on what Chartmark is."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.design.icons import pixmap
from app.design.room import fitted
from app.design.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL, SPACE_XS
from app.texts import QT_TRANSLATE_NOOP, translated
from app.window.command import CONTEXT
from app.window.commands import MENUS, name_of, plain_text
from app.window.keymap import Keymap, native
from core.schema.labels import Label

_COLUMNS = 4
_COLUMN_WIDTH = 310
_WIDTH = 1320
_HEIGHT = 760
_LINE = 44
"""At first; the whole sheet is seen on a screen of 1366 by 768; what has more letters than a
line takes two."""

_TEXT_KEYS = (
    (("Left", "Right"), QT_TRANSLATE_NOOP("Commands", "Go by word")),
    (("Shift+Left", "Shift+Right"), QT_TRANSLATE_NOOP("Commands", "Select by word")),
    (
        ("Alt+Shift+Left", "Alt+Shift+Right"),
        QT_TRANSLATE_NOOP("Commands", "Move the end by character"),
    ),
    (
        ("Ctrl+Alt+Left", "Ctrl+Alt+Right"),
        QT_TRANSLATE_NOOP("Commands", "Move the start by character"),
    ),
    (("Tab", "Shift+Tab"), QT_TRANSLATE_NOOP("Commands", "Next and previous label or suggestion")),
    (("Esc",), QT_TRANSLATE_NOOP("Commands", "Select nothing")),
)
"""Keys of the text itself, which are no commands of a menu."""


class KeySheet(QDialog):
    """Lists every command with its keys, by menu, and the keys of the labels."""

    change_requested = Signal()
    """Other keys are wanted."""

    def __init__(self, labels: Sequence[Label], keymap: Keymap, parent: QWidget) -> None:
        """Build the sheet.

        Args:
            labels: Of the open project.
            keymap: The keys in force.
            parent: The window.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keys"))
        self._keymap = keymap
        size = fitted(QSize(_WIDTH, _HEIGHT))
        count = min(max(size.width() // _COLUMN_WIDTH, 1), _COLUMNS)
        groups = [
            (
                plain_text(menu.text),
                [
                    (plain_text(command.text), _shown(keymap.keys(command.id)))
                    for command in menu.commands
                    if command is not None and keymap.keys(command.id)
                ],
            )
            for menu in MENUS
        ]
        text_keys = [(translated(CONTEXT, words), _shown(keys)) for keys, words in _TEXT_KEYS]
        own = [(label.name, self._key_of(label)) for label in labels if label.hotkey]
        groups.insert(0, (self.tr("Your labels"), own))
        groups.insert(1, (self.tr("In the text"), text_keys))
        columns = QHBoxLayout()
        columns.setSpacing(SPACE_XL)
        for column in _balanced([group for group in groups if group[1]], count):
            columns.addLayout(column)
        page = QWidget()
        page.setLayout(columns)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(page)
        title = QLabel(self.tr("Keys"))
        title.setProperty("role", "title")
        change = QPushButton(self.tr("&Change keys…"))
        change.setAutoDefault(False)
        change.clicked.connect(self.accept)
        change.clicked.connect(self.change_requested)
        close = QPushButton(self.tr("Close"))
        close.setProperty("role", "primary")
        close.setDefault(True)
        close.clicked.connect(self.reject)
        head = QHBoxLayout()
        head.setSpacing(SPACE_S)
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(change)
        head.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE_XL, SPACE_L, SPACE_XL, SPACE_L)
        whole.setSpacing(SPACE_M)
        whole.addLayout(head)
        whole.addWidget(scroll, 1)
        self.resize(size)

    def _key_of(self, label: Label) -> str:
        """Return a label's key; where a command has it, the command's name in brackets."""
        key, command_id = label.hotkey.upper(), self._keymap.verb_with(label.hotkey)
        if not command_id:
            return key
        return self.tr("{0} is with “{1}”").format(key, name_of(command_id))


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
    """Lay groups out in columns of about the same height, in order within a column."""
    heights = [
        2 + sum(1 if len(words) + len(keys) < _LINE else 2 for words, keys in rows)
        for _, rows in groups
    ]
    # The highest first, each to the column that is lowest by then.
    held: list[list[int]] = [[] for _ in range(columns)]
    for place in sorted(range(len(groups)), key=lambda place: -heights[place]):
        min(held, key=lambda places: sum(heights[other] for other in places)).append(place)
    made = []
    for places in sorted(filter(None, held), key=min):
        column = QVBoxLayout()
        column.setSpacing(SPACE_M)
        for place in sorted(places):
            column.addLayout(_group(*groups[place]))
        column.addStretch(1)
        made.append(column)
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
    # Return and Enter are one key in some languages.
    return "  ".join(dict.fromkeys(native(key) for key in keys))
