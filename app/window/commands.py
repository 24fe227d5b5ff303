"""Every command of the window, and what the toolbar shows of them.

The keys here are the defaults; ``app.window.keymap`` says which are in force, and which single
keys are left to labels.
"""

from __future__ import annotations

from app.texts import translated, without_mnemonic
from app.window.command import CONTEXT
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
    "model.retrain",
    "model.export",
    "view.queue",
    "view.labels",
    "app.settings",
)
"""The toolbar's commands; the last five stand at its far end, None is a gap."""


def plain_text(text: str) -> str:
    """Return the text of a menu or command in the window's language, without its signs."""
    return without_mnemonic(translated(CONTEXT, text))


def name_of(command_id: str) -> str:
    """Return what a command is called on the screen."""
    return plain_text(COMMANDS[command_id].text)
