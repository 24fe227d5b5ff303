"""The keys of all commands, to be changed: a table by menu, and a field that takes new keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from app.design.tokens import SPACE_M, SPACE_S, SPACE_XS, Ground
from app.dialogs.dialog import Dialog, announce, text_label
from app.dialogs.key_capture import KeyCaps, KeyCapture
from app.texts import shown
from app.window.commands import COMMANDS, MENUS, name_of, plain_text
from app.window.keymap import native, refusal
from core.schema.labels import Label

if TYPE_CHECKING:
    from app.window.main_window import MainWindow

_ID_ROLE = Qt.ItemDataRole.UserRole
_KEYS_WIDTH = 220
_CAPTURE_WIDTH = 180


class KeysDialog(Dialog):
    """Shows every command with its keys; each change holds as soon as it is made.

    A key that something else has is named with its holder, and is taken over only when that is
    asked for.
    """

    def __init__(self, host: MainWindow) -> None:
        """Show the keys in force."""
        super().__init__(
            host,
            title=self.tr("Change keys"),
            lead=self.tr("Choose a command, then press its new keys. A change holds at once."),
            primary=self.tr("Done"),
            cancel="",
            name="keys",
            enter=False,
            size=QSize(680, 620),
        )
        self._keymap = host.keymap
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Filter by name or key"))
        self.filter.setAccessibleName(self.tr("Filter by name or key"))
        self.filter.setClearButtonEnabled(True)
        self.table = QTreeWidget()
        self.table.setAccessibleName(self.tr("Commands and their keys"))
        self.name = QLabel()
        self.name.setProperty("role", "lead")
        self.caps = KeyCaps(self.ground)
        self.capture = KeyCapture()
        self.capture.setFixedWidth(_CAPTURE_WIDTH)
        self.reset = self.button(self.tr("&Default keys"))
        self.reset_all = self.button(self.tr("&Reset all…"))
        self.question = _Question(self)
        self._items: dict[str, QTreeWidgetItem] = {}
        self._fill()
        self._lay_out_body()
        self.tint(self.ground)
        self.filter.textChanged.connect(self._show_filtered)
        self.table.currentItemChanged.connect(self._show_chosen)
        self.table.itemActivated.connect(self._to_capture)
        self.caps.dropped.connect(self._drop)
        self.capture.captured.connect(self._on_captured)
        self.reset.clicked.connect(self._reset)
        self.reset_all.clicked.connect(self._ask_reset_all)
        self._keymap.changed.connect(self._show_keys)
        self._show_keys()
        self.choose(next(iter(COMMANDS)))
        self.filter.setFocus()

    @property
    def chosen(self) -> str:
        """The id of the command whose keys are shown below; empty for none."""
        item = self.table.currentItem()
        return str(item.data(0, _ID_ROLE) or "") if item is not None else ""

    def choose(self, command_id: str) -> None:
        """Show the keys of a command below."""
        self.table.setCurrentItem(self._items[command_id])
        self.table.scrollToItem(self._items[command_id])

    def tint(self, ground: Ground) -> None:
        """Draw the icons."""
        self.caps.tint(ground)

    # Within

    def _fill(self) -> None:
        self.table.setColumnCount(2)
        self.table.setHeaderLabels([self.tr("Command"), self.tr("Keys")])
        self.table.setRootIsDecorated(False)
        self.table.setItemsExpandable(False)
        self.table.setUniformRowHeights(True)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.table.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(1, _KEYS_WIDTH)
        for menu in MENUS:
            group = QTreeWidgetItem(self.table, [plain_text(menu.text)])
            font = group.font(0)
            font.setBold(True)
            group.setFont(0, font)
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            group.setFirstColumnSpanned(True)
            for command in menu.commands:
                if command is not None:
                    item = QTreeWidgetItem(group, [name_of(command.id)])
                    item.setData(0, _ID_ROLE, command.id)
                    self._items[command.id] = item
        self.table.expandAll()

    def _lay_out_body(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        row.addWidget(self.caps)
        row.addStretch(1)
        row.addWidget(self.capture)
        row.addWidget(self.reset)
        below = QVBoxLayout()
        below.setSpacing(SPACE_XS)
        below.addWidget(self.name)
        below.addLayout(row)
        self.body.setSpacing(SPACE_M)
        self.body.addWidget(self.filter)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(below)
        self.body.addWidget(self.question)
        self.footer.insertWidget(0, self.reset_all)

    def _show_keys(self) -> None:
        for command_id, item in self._items.items():
            item.setText(1, "   ".join(native(key) for key in self._keymap.keys(command_id)))
            font = item.font(1)
            font.setBold(self._keymap.is_changed(command_id))
            item.setFont(1, font)
        self._show_chosen()

    def _show_chosen(self) -> None:
        command_id = self.chosen
        self.question.clear()
        for control in (self.capture, self.reset):
            control.setEnabled(bool(command_id))
        self.name.setText(name_of(command_id) if command_id else "")
        self.caps.set_keys(self._keymap.keys(command_id) if command_id else ())
        if command_id:
            self.reset.setEnabled(self._keymap.is_changed(command_id))
            self.capture.setAccessibleDescription(self.name.text())

    def _to_capture(self) -> None:
        self.capture.setFocus()

    def _show_filtered(self, text: str) -> None:
        wanted = text.strip().casefold()
        for command_id, item in self._items.items():
            told = f"{item.text(0)} {item.text(1)} {COMMANDS[command_id].text}".casefold()
            item.setHidden(wanted not in told)
        listed = [command_id for command_id, item in self._items.items() if not item.isHidden()]
        for place in range(self.table.topLevelItemCount()):
            group = self.table.topLevelItem(place)
            if group is not None:
                rows = [group.child(row) for row in range(group.childCount())]
                group.setHidden(all(row.isHidden() for row in rows if row is not None))
        if listed and self.chosen not in listed:
            self.choose(listed[0])

    def _on_captured(self, key: str) -> None:
        command_id = self.chosen
        why = refusal(command_id, key)
        if why is not None:
            self.question.tell(shown(why))
            return
        holder = self._keymap.holder(key)
        if holder == command_id:
            self.question.tell(self.tr("It has {0} already.").format(native(key)))
        elif holder:
            self.question.ask(
                self.tr("{0} belongs to “{1}”. Take it over, or press another key.").format(
                    native(key), name_of(holder)
                ),
                self.tr("&Take it over"),
                lambda: self._keymap.give(command_id, key, take_over=True),
            )
        else:
            self._with_labels([key], lambda: self._keymap.give(command_id, key))

    def _drop(self, key: str) -> None:
        self._keymap.take(self.chosen, key)
        self.capture.setFocus()

    def _reset(self) -> None:
        command_id = self.chosen

        def reset() -> None:
            held = self._keymap.reset(command_id)
            if held:
                holders = ", ".join(f"“{name_of(self._keymap.holder(key))}”" for key in held)
                self.question.ask(
                    self.tr("{0} belongs to {1} now.").format(
                        ", ".join(native(key) for key in held), holders
                    ),
                    self.tr("&Take it over"),
                    lambda: self._take_over(command_id, held),
                )

        self._with_labels(COMMANDS[command_id].keys, reset)

    def _take_over(self, command_id: str, keys: Iterable[str]) -> None:
        for key in keys:
            self._keymap.give(command_id, key, take_over=True)

    def _ask_reset_all(self) -> None:
        keys = [key for command in COMMANDS.values() for key in command.keys]
        labels = self._labels_with(keys)
        words = self.tr("Every command gets its default keys.")
        if labels:
            names = ", ".join(label.name for label in labels)
            words += " " + self.tr("These labels have no key then: {0}.").format(names)
        self.question.ask(
            words, self.tr("&Reset all"), lambda: self._free(labels, self._keymap.reset_all)
        )

    def _with_labels(self, keys: Iterable[str], act: Callable[[], object]) -> None:
        """Act at once, or ask first where a label has one of the keys."""
        labels = self._labels_with(keys)
        if not labels:
            act()
            return
        label = labels[0]
        words = self.tr("{0} is the key of the label {1}.").format(label.hotkey.upper(), label.name)
        if self.session.read_only:
            self.question.tell(" ".join((words, self.tr("Press another key."))))
            return
        remedy = self.tr("Take it over and leave the label without a key, or press another one.")
        self.question.ask(
            f"{words} {remedy}", self.tr("&Take it over"), lambda: self._free(labels, act)
        )

    def _labels_with(self, keys: Iterable[str]) -> list[Label]:
        """Return the labels of the open project that have one of the keys and would lose it."""
        session = self.host.session
        single = {key.casefold() for key in keys if len(key) == 1}
        if session is None:
            return []
        return [
            label
            for label in session.scheme.labels
            if label.hotkey.casefold() in single and self._keymap.may_be_label_key(label.hotkey)
        ]

    def _free(self, labels: Iterable[Label], act: Callable[[], object]) -> None:
        """Take their keys from labels, and act."""
        session = self.host.session
        if session is not None and not session.read_only:
            for label in labels:
                session.change_label(replace(label, hotkey=""))
        act()


class _Question(QFrame):
    """A strip that says what stands in the way, with a button that does it all the same."""

    def __init__(self, dialog: Dialog) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.words = text_label("", "")
        self.yes = dialog.button("")
        self._act: Callable[[], object] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_S)
        row.setSpacing(SPACE_M)
        row.addWidget(self.words, 1)
        row.addWidget(self.yes)
        self.yes.clicked.connect(self._do)
        self.hide()

    def ask(self, words: str, yes: str, act: Callable[[], object]) -> None:
        """Ask whether something is to be done."""
        self._act = act
        self.yes.setText(yes)
        self._say(words)

    def tell(self, words: str) -> None:
        """Say why something is not done."""
        self._act = None
        self._say(words)

    def clear(self) -> None:
        """Ask nothing any more."""
        self._act = None
        self.hide()

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self.yes.setVisible(self._act is not None)
        self.show()
        announce(self.words, words)

    def _do(self) -> None:
        act = self._act
        self.clear()
        if act is not None:
            act()


def keys(window: MainWindow) -> None:
    """Let the user give commands other keys."""
    KeysDialog(window).open()
