from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import chain

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.preferences import Preferences
from app.window.actions import Actions
from app.window.command import Where
from app.window.commands import COMMANDS
from app.window.keymap import FIXED_KEYS, Keymap, canonical, in_force, refusal
from core.schema.errors import KnownError

_BASES = (*"ABCMN19?[.,;/ü中", "F1", "F9", "Return", "Del", "PgDown", "Left", "Space", "Tab")
_HELD = ("", "Ctrl+", "Shift+", "Alt+", "Ctrl+Shift+", "Ctrl+Alt+", "Meta+")
keys = st.builds("{}{}".format, st.sampled_from(_HELD), st.sampled_from(_BASES)) | st.sampled_from(
    sorted({key for command in COMMANDS.values() for key in command.keys})
)
ids = st.sampled_from(sorted(COMMANDS))
steps = st.lists(
    st.tuples(st.sampled_from(("give", "take over", "take", "reset")), ids, keys), max_size=12
)


def fresh(preferences: Preferences) -> Keymap:
    keymap = Keymap(preferences)
    keymap.reset_all()
    return keymap


def assert_unambiguous(keymap: Keymap) -> None:
    every = list(chain.from_iterable(keymap.keys(command_id) for command_id in COMMANDS))
    assert [key for key, count in Counter(every).items() if count > 1] == []
    for command_id in COMMANDS:
        for key in keymap.keys(command_id):
            assert canonical(key) == key
            assert refusal(command_id, key) is None
            assert keymap.holder(key) == command_id
            if len(key) == 1:
                assert not keymap.may_be_label_key(key)
                assert not keymap.may_be_label_key(key.lower())


def test_every_command_has_a_key_that_it_may_have(preferences: Preferences) -> None:
    keymap = Keymap(preferences)
    assert [name for name, command in COMMANDS.items() if not command.keys] == []
    assert [name for name in COMMANDS if len(keymap.keys(name)) != len(COMMANDS[name].keys)] == []
    assert_unambiguous(keymap)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps)
def test_no_sequence_of_changes_gives_a_key_two_meanings(
    preferences: Preferences, changes: list[tuple[str, str, str]]
) -> None:
    keymap = fresh(preferences)
    for what, command_id, key in changes:
        before = {name: keymap.keys(name) for name in COMMANDS}
        if what == "take":
            keymap.take(command_id, key)
        elif what == "reset":
            keymap.reset(command_id)
        else:
            try:
                keymap.give(command_id, key, take_over=what == "take over")
            except KnownError:
                assert before == {name: keymap.keys(name) for name in COMMANDS}
            else:
                assert keymap.holder(key) == command_id
        assert_unambiguous(keymap)
    again = Keymap(preferences)
    assert {name: again.keys(name) for name in COMMANDS} == {
        name: keymap.keys(name) for name in COMMANDS
    }
    differing = {name for name in COMMANDS if keymap.is_changed(name)}
    assert set(preferences.command_keys()) == differing


@given(st.dictionaries(ids | st.text(max_size=4), st.lists(keys | st.text(), max_size=3)))
def test_whatever_a_file_holds_the_keys_are_unambiguous(stored: dict[str, list[str]]) -> None:
    read = in_force({name: tuple(some) for name, some in stored.items()})
    assert set(read) == set(COMMANDS)
    every = list(chain.from_iterable(read.values()))
    assert len(every) == len(set(every))
    assert not set(every) & FIXED_KEYS


def test_keys_survive_a_restart(preferences: Preferences) -> None:
    keymap = Keymap(preferences)
    keymap.give("label.delete", "Ctrl+;")
    keymap.give("label.delete", ";")
    keymap.give("label.delete", ",")
    keymap.take("help.about", "Shift+F1")
    again = Keymap(Preferences(QSettings(preferences_file(preferences), _INI)))
    assert again.keys("label.delete") == ("Del", "Ctrl+;", ";", ",")
    assert again.keys("help.about") == ()
    assert set(preferences.command_keys()) == {"label.delete", "help.about"}
    keymap.reset_all()
    assert preferences.command_keys() == {}
    assert keymap.keys("help.about") == ("Shift+F1",)


_INI = QSettings.Format.IniFormat


def preferences_file(preferences: Preferences) -> str:
    preferences._settings.sync()
    return preferences._settings.fileName()


def test_a_taken_key_is_refused_with_its_holder_or_taken_over(preferences: Preferences) -> None:
    keymap = Keymap(preferences)
    with pytest.raises(KnownError) as refused:
        keymap.give("edit.undo", "Ctrl+L")
    assert refused.value.message == "Ctrl+L belongs to “Labels and guideline”."
    keymap.give("edit.undo", "Ctrl+L", take_over=True)
    assert keymap.keys("labels.edit") == ()
    assert keymap.reset("labels.edit") == ("Ctrl+L",)
    assert keymap.keys("edit.undo") == ("Ctrl+Z", "Ctrl+L")


def test_a_stored_choice_comes_before_a_default(preferences: Preferences) -> None:
    preferences.set_command_keys("help.about", ("Ctrl+K", "no key at all", "A, B"))
    preferences.set_command_keys("gone.command", ("Ctrl+J",))
    keymap = Keymap(preferences)
    assert keymap.holder("Ctrl+K") == "help.about"
    assert keymap.keys("help.commands") == ()
    assert keymap.holder("Ctrl+J") == ""


@pytest.mark.parametrize(
    ("key", "free"),
    [
        *((key, True) for key in "1dü"),
        *((key, False) for key in ("N", "n", "?", "", " ", "ab", "\t", "[")),
    ],
)
def test_keys_that_labels_may_have(preferences: Preferences, key: str, free: bool) -> None:
    assert Keymap(preferences).may_be_label_key(key) is free


def test_label_keys_follow_the_keys_in_force(preferences: Preferences) -> None:
    keymap = Keymap(preferences)
    assert all(keymap.may_be_label_key(digit) for digit in "123456789")
    keymap.give("label.delete", "D")
    assert not keymap.may_be_label_key("d")
    keymap.take("attribute.negated", "N")
    assert keymap.may_be_label_key("n")
    keymap.give("label.repeat", "Shift+W")
    assert keymap.may_be_label_key("w")


@pytest.mark.parametrize(
    ("command_id", "key"),
    [
        ("edit.undo", "Left"),
        ("edit.undo", "Tab"),
        ("edit.undo", "Alt+F"),
        ("edit.undo", "Return"),
        ("edit.undo", "Ctrl"),
        ("edit.undo", "Ctrl+K, Ctrl+L"),
        ("label.delete", "Shift+Up"),
        ("label.delete", "Esc"),
    ],
)
def test_keys_that_no_command_may_have(command_id: str, key: str) -> None:
    why = refusal(command_id, key)
    assert why is not None
    assert why.remedy


def test_shift_is_left_out_where_the_sign_tells_it() -> None:
    assert canonical("Shift+?") == canonical("?") == "?"
    assert canonical("Ctrl+Shift++") == "Ctrl++"
    assert canonical("Shift+M") == "Shift+M"
    assert canonical("Shift+F3") == "Shift+F3"


class Bench(QWidget):
    """A window with a record and a field, and all actions on them."""

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self.record = QWidget(self)
        self.record.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.addWidget(self.record)
        column.addWidget(QLineEdit())
        self.actions_ = Actions(self, self.record, keymap)
        self.run: list[str] = []
        self.actions_.connect_all({name: self._noting(name) for name in COMMANDS})

    def _noting(self, name: str) -> Callable[[], object]:
        return lambda: self.run.append(name)

    def press(self, key: str) -> list[str]:
        """Press a key in the record, and return what it ran."""
        self.run = []
        QTest.keySequence(self.record, QKeySequence(key))
        return self.run


@pytest.fixture
def keymap(preferences: Preferences) -> Keymap:
    return Keymap(preferences)


@pytest.fixture
def bench(keymap: Keymap, qtbot: QtBot) -> Bench:
    made = Bench(keymap)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.record.setFocus()
    made.actions_.allow(frozenset({"project", "record", "writable"}))
    return made


def test_every_default_key_runs_its_one_command(bench: Bench, keymap: Keymap) -> None:
    for command_id in COMMANDS:
        for key in keymap.keys(command_id):
            assert bench.press(key) == [command_id]


def test_changed_keys_count_at_once(bench: Bench, keymap: Keymap) -> None:
    keymap.give("label.delete", "Ctrl+K", take_over=True)
    assert bench.press("Ctrl+K") == ["label.delete"]
    keymap.give("help.commands", "F9")
    assert bench.press("F9") == ["help.commands"]
    assert "F9" in bench.actions_["help.commands"].toolTip()
    keymap.reset_all()
    assert bench.press("Ctrl+K") == ["help.commands"]
    assert bench.press("F9") == []


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=20
)
@given(st.lists(st.tuples(ids, keys.filter(str.isascii)), max_size=5))
def test_no_remap_leaves_a_key_without_effect(
    bench: Bench, keymap: Keymap, changes: list[tuple[str, str]]
) -> None:
    keymap.reset_all()
    for command_id, key in changes:
        if refusal(command_id, key) is None:
            keymap.give(command_id, key, take_over=True)
    for _, key in changes:
        holder = keymap.holder(key)
        if holder:
            assert bench.press(canonical(key)) == [holder]


def test_keys_of_the_record_are_no_keys_of_the_window(bench: Bench) -> None:
    field = bench.findChild(QLineEdit)
    assert field is not None
    field.setFocus()
    QTest.keyClicks(field, "nd")
    assert field.text() == "nd"
    assert bench.run == []
    assert COMMANDS["attribute.negated"].where is Where.RECORD
