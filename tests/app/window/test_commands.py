from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from app.window.commands import COMMANDS, RESERVED_KEYS, TOOLBAR, may_be_label_key


def test_no_key_has_two_meanings(qtbot: QtBot) -> None:
    keys = Counter(
        QKeySequence(key).toString() for command in COMMANDS.values() for key in command.keys
    )
    assert [key for key, count in keys.items() if count > 1] == []
    assert all(key for key in keys)


def test_toolbar_names_commands() -> None:
    assert all(name is None or name in COMMANDS for name in TOOLBAR)


@pytest.mark.parametrize(
    ("key", "free"),
    [
        *((key, True) for key in "1dü"),
        *((key, False) for key in ("N", "n", "?", "", " ", "ab", "\t", "[")),
    ],
)
def test_keys_that_labels_may_have(key: str, free: bool) -> None:
    assert may_be_label_key(key) is free


def test_digits_stay_free_for_labels() -> None:
    assert not RESERVED_KEYS & set("0123456789")
