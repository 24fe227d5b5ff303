"""The registry of actions: one QAction a command, its keys, and what it calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.design.icons import icon
from app.design.tokens import Ground
from app.texts import translated
from app.window.command import CONTEXT, Command, Where
from app.window.commands import COMMANDS


class Actions(QObject):
    """All actions of a window by the id of their command."""

    def __init__(self, window: QWidget, record: QWidget) -> None:
        """Make the actions; ``connect`` says what they do.

        Args:
            window: Where keys of ``Where.WINDOW`` count.
            record: Where keys of ``Where.RECORD`` count: the text, and no field near it.
        """
        super().__init__(window)
        self._actions: dict[str, QAction] = {}
        for command in COMMANDS.values():
            action = self._made(command)
            in_record = command.where is Where.RECORD
            (record if in_record else window).addAction(action)
            self._actions[command.id] = action

    def __getitem__(self, command_id: str) -> QAction:
        """Return the action of a command."""
        return self._actions[command_id]

    def connect_all(self, handlers: Mapping[str, Callable[[], object]]) -> None:
        """Say what commands do."""
        for command_id, handler in handlers.items():
            self._actions[command_id].triggered.connect(_without_checked(handler))

    def set_keys(self, command_id: str, keys: tuple[str, ...]) -> None:
        """Give a command other keys."""
        action = self._actions[command_id]
        action.setShortcuts([QKeySequence(key) for key in keys])
        command = COMMANDS[command_id]
        words = translated(CONTEXT, command.tip or command.text).replace("&", "").rstrip("…")
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{words}  ({shown})" if shown else words)

    def allow(self, present: frozenset[str]) -> None:
        """Enable the commands whose needs are all present."""
        for command_id, action in self._actions.items():
            action.setEnabled(COMMANDS[command_id].needs <= present)

    def tint(self, ground: Ground) -> None:
        """Draw the icons for a ground."""
        for command_id, action in self._actions.items():
            name = COMMANDS[command_id].icon
            if name:
                colour = ground.on_accent if command_id == "model.retrain" else None
                action.setIcon(icon(name, ground, colour))

    def _made(self, command: Command) -> QAction:
        action = QAction(translated(CONTEXT, command.text), self)
        action.setObjectName(command.id)
        action.setCheckable(command.checkable)
        if command.short:
            action.setIconText(translated(CONTEXT, command.short))
        if command.where is Where.RECORD:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        # A key held down must not accept one suggestion after the other.
        action.setAutoRepeat(command.id in _REPEATING)
        # macOS would move actions named Settings or Quit by guessing; these say it themselves.
        action.setMenuRole(_ROLES.get(command.id, QAction.MenuRole.NoRole))
        self._actions[command.id] = action
        self.set_keys(command.id, command.keys)
        return action


_REPEATING = {
    "edit.undo",
    "edit.redo",
    "record.next",
    "record.previous",
    "find.next",
    "find.previous",
    "suggestion.next",
    "suggestion.previous",
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
