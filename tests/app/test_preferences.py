from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from pytestqt.qtbot import QtBot

from app.preferences import MOST_RECENT, Preferences
from app.settings import OFFERED, REOPEN, SCHEME, STRATEGY, TEXT_SIZE, Choice, Number


def test_defaults_hold_until_something_is_chosen(preferences: Preferences, qtbot: QtBot) -> None:
    assert preferences.choice(STRATEGY) == "mnlp"
    assert preferences.switch(REOPEN)
    with qtbot.waitSignal(preferences.changed) as changed:
        preferences.set(REOPEN, False)
    assert changed.args == [REOPEN.key]
    assert not preferences.switch(REOPEN)


def test_settings_survive_a_restart(tmp_path: Path) -> None:
    def opened() -> Preferences:
        return Preferences(QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))

    first = opened()
    first.set(TEXT_SIZE, 21)
    first.set(SCHEME, "dark")
    first.set_layout("geometry", QByteArray(b"\x01\x02"))
    del first
    second = opened()
    assert second.number(TEXT_SIZE) == 21
    assert second.choice(SCHEME) == "dark"
    assert second.layout("geometry") == QByteArray(b"\x01\x02")


def test_nonsense_in_the_file_falls_back(preferences: Preferences) -> None:
    preferences.set(TEXT_SIZE, 4000)
    assert preferences.number(TEXT_SIZE) == TEXT_SIZE.most
    preferences.set(TEXT_SIZE, "large")
    assert preferences.number(TEXT_SIZE) == TEXT_SIZE.default
    preferences.set(SCHEME, "plaid")
    assert preferences.choice(SCHEME) == SCHEME.default


def test_every_setting_has_words_and_a_default_in_bounds() -> None:
    assert len({setting.key for setting in OFFERED}) == len(OFFERED)
    for setting in OFFERED:
        assert setting.title
        assert setting.description.endswith(".")
        if isinstance(setting, Choice):
            assert setting.default in dict(setting.choices)
        if isinstance(setting, Number):
            assert setting.least <= setting.default <= setting.most


def test_recent_projects_are_those_that_exist(preferences: Preferences, tmp_path: Path) -> None:
    folders = [tmp_path / f"p{n}.chartmark" for n in range(MOST_RECENT + 2)]
    for folder in folders:
        folder.mkdir()
        preferences.remember_project(folder)
    preferences.remember_project(folders[5])
    recent = preferences.recent_projects()
    assert recent[:2] == [folders[5], folders[-1]]
    assert len(recent) == MOST_RECENT
    assert preferences.last_project() == folders[5]
    folders[5].rmdir()
    assert preferences.last_project() is None
    assert folders[5] not in preferences.recent_projects()


def test_keys_are_kept_as_they_were_given(preferences: Preferences) -> None:
    given: dict[str, tuple[str, ...]] = {
        "edit.undo": ("Ctrl+;", ";", ","),
        "edit.redo": (),
        "app.quit": ("Ctrl+Ü", '"', "%", "\\"),
    }
    for command_id, keys in given.items():
        preferences.set_command_keys(command_id, keys)
    assert preferences.command_keys() == given
    preferences.set_command_keys("edit.undo", None)
    assert set(preferences.command_keys()) == {"edit.redo", "app.quit"}


def test_recent_commands_are_few_and_newest_first(preferences: Preferences) -> None:
    assert preferences.recent_commands() == []
    for number in range(MOST_RECENT + 2):
        preferences.remember_command(f"command.{number}")
    preferences.remember_command("command.5")
    assert preferences.recent_commands()[:2] == ["command.5", f"command.{MOST_RECENT + 1}"]
    assert len(preferences.recent_commands()) == MOST_RECENT
