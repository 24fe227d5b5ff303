"""Every command of the window, and which keys are left to labels.

Digits and free letters belong to labels. The letters of the record's commands, and the signs,
belong to verbs: a label may not have them (``RESERVED_KEYS``).
"""

from __future__ import annotations

from app.window.record_commands import LABEL, RECORD, SUGGESTION
from app.window.window_commands import EDIT, FILE, HELP, MODEL, VIEW

MENUS = (FILE, EDIT, RECORD, LABEL, SUGGESTION, MODEL, VIEW, HELP)
"""The menus with all commands, in the order of the menu bar."""

COMMANDS = {
    command.id: command for menu in MENUS for command in menu.commands if command is not None
}
"""All commands by id."""

TOOLBAR = (
    "project.open",
    "data.import",
    "data.export",
    None,
    "edit.undo",
    "edit.redo",
    "find.record",
    None,
    "model.retrain",
    "model.export",
    "app.settings",
)
"""The toolbar's commands; the last three stand at its far end, None is a gap."""

RESERVED_KEYS = frozenset(
    key.casefold() for command in COMMANDS.values() for key in command.keys if len(key) == 1
)
"""Single keys of verbs, in lower case, that no label may have."""


def may_be_label_key(key: str) -> bool:
    """Tell whether a label may have ``key`` (one character) as its hotkey."""
    return (
        len(key) == 1
        and key.isprintable()
        and not key.isspace()
        and (key.casefold() not in RESERVED_KEYS)
    )
