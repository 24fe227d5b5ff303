from __future__ import annotations

from collections import Counter

from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from app.window.commands import COMMANDS, TOOLBAR, name_of


def test_no_key_has_two_meanings(qtbot: QtBot) -> None:
    keys = Counter(
        QKeySequence(key).toString() for command in COMMANDS.values() for key in command.keys
    )
    assert [key for key, count in keys.items() if count > 1] == []
    assert all(key for key in keys)


def test_toolbar_names_commands() -> None:
    assert all(name is None or name in COMMANDS for name in TOOLBAR)


def test_names_are_shown_without_signs() -> None:
    assert name_of("labels.edit") == "Labels and guideline"
    assert [name for name in COMMANDS if not name_of(name) or "&" in name_of(name)] == []
