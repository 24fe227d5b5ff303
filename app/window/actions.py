"""The registry of actions: one QAction a command, its keys, and what it calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.design.icons import icon
from app.design.tokens import Ground
from app.texts import translated, without_mnemonic
from app.window.command import CONTEXT, Command, Where
from app.window.commands import COMMANDS, plain_text
from app.window.keymap import Keymap

_ON_ACCENT = "model.retrain"
"""The command whose button is filled; in a menu the icon that is drawn for it could not be seen."""


class Actions(QObject):
    """All actions of a window by the id of their command."""

    def __init__(self, window: QWidget, record: QWidget, keymap: Keymap) -> None:
        """Make the actions; ``connect`` says what they do.

        Args:
            window: Where keys of ``Where.WINDOW`` count.
            record: Where keys of ``Where.RECORD`` count: the text, and no field near it.
            keymap: The keys in force.
        """
        super().__init__(window)
        self.keymap = keymap
        self._actions: dict[str, QAction] = {}
        self._present: frozenset[str] = frozenset()
        for command in COMMANDS.values():
            action = self._made(command)
            in_record = command.where is Where.RECORD
            (record if in_record else window).addAction(action)
            self._actions[command.id] = action
        self._show_keys()
        keymap.changed.connect(self._show_keys)

    def __getitem__(self, command_id: str) -> QAction:
        """Return the action of a command."""
        return self._actions[command_id]

    def connect_all(self, handlers: Mapping[str, Callable[[], object]]) -> None:
        """Say what commands do."""
        for command_id, handler in handlers.items():
            self._actions[command_id].triggered.connect(_without_checked(handler))

    def allow(self, present: frozenset[str]) -> None:
        """Enable the commands whose needs are all present."""
        self._present = present
        for command_id, action in self._actions.items():
            action.setEnabled(COMMANDS[command_id].needs <= present)

    def why_not(self, command_id: str) -> str:
        """Return why a command cannot be run now; empty where it can."""
        if self[command_id].isEnabled():
            return ""
        missing = COMMANDS[command_id].needs - self._present
        if "project" in missing:
            return self.tr("no project is open")
        if "record" in missing:
            return self.tr("no record is open")
        if "writable" in missing:
            return self.tr("the project is read only")
        return self.tr("there is nothing to do it to")

    def tint(self, ground: Ground) -> None:
        """Draw the icons for a ground."""
        for command_id, action in self._actions.items():
            name = COMMANDS[command_id].icon
            if name:
                colour = ground.on_accent if command_id == _ON_ACCENT else None
                action.setIcon(icon(name, ground, colour))

    def _made(self, command: Command) -> QAction:
        action = QAction(translated(CONTEXT, command.text), self)
        action.setObjectName(command.id)
        action.setCheckable(command.checkable)
        action.setIconVisibleInMenu(command.id != _ON_ACCENT)
        # Qt's own guess for buttons leaves the letter of a Chinese text, (R), in it.
        action.setIconText(without_mnemonic(translated(CONTEXT, command.short or command.text)))
        if command.where is Where.RECORD:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        # A key held down must not accept one suggestion after the other.
        action.setAutoRepeat(command.id in _REPEATING)
        # macOS would move actions named Settings or Quit by guessing; these say it themselves.
        action.setMenuRole(_ROLES.get(command.id, QAction.MenuRole.NoRole))
        return action

    def _show_keys(self) -> None:
        """Give every command the keys in force."""
        wanted = {
            command_id: [QKeySequence(key) for key in self.keymap.keys(command_id)]
            for command_id in self._actions
        }
        changed = [name for name, keys in wanted.items() if self[name].shortcuts() != keys]
        # First all are taken away: a key that changes hands is with two commands at no time.
        for command_id in changed:
            self[command_id].setShortcuts([])
        for command_id in changed:
            self[command_id].setShortcuts(wanted[command_id])
        for command_id, action in self._actions.items():
            command = COMMANDS[command_id]
            words, shown = plain_text(command.tip or command.text), self.keymap.shown(command_id)
            action.setToolTip(f"{words}  ({shown})" if shown else words)


_REPEATING = {
    "edit.undo",
    "edit.redo",
    "record.next",
    "record.previous",
    "find.next",
    "find.previous",
    "section.next",
    "section.previous",
    "suggestion.next",
    "suggestion.previous",
    "suggestion.fewer",
    "suggestion.more",
    "view.larger",
    "view.smaller",
}
_ROLES = {
    "app.settings": QAction.MenuRole.PreferencesRole,
    "app.quit": QAction.MenuRole.QuitRole,
    "help.about": QAction.MenuRole.AboutRole,
}


def _without_checked(handler: Callable[[], object]) -> Callable[[bool], None]:
    def slot(checked: bool = False) -> None:
        del checked
        handler()

    return slot
