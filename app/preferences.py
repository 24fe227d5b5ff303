"""What the window remembers between starts: settings that the user chooses, and its own state."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from app.settings import WINDOW, Choice, Face, Folder, Number, Setting, Switch

MOST_RECENT = 8
"""Projects kept in the list of recent ones, and commands in that of the command palette."""

_KEY_BREAK = "; "
"""Between two keys of a command in the file; Qt writes lists of keys likewise."""


class Preferences(QObject):
    """Typed access to the file of settings of this user on this machine."""

    changed = Signal(str)
    """A setting has another value (its key)."""

    def __init__(self, settings: QSettings | None = None, parent: QObject | None = None) -> None:
        """Use the user's own file unless another one is given."""
        super().__init__(parent)
        self._settings = settings or QSettings("Chartmark", "Chartmark")

    def choice(self, setting: Choice) -> str:
        """Return a chosen value; the default where the file holds none that is possible."""
        value = str(self._settings.value(setting.key, setting.default))
        return value if value in {key for key, _ in setting.choices} else setting.default

    def number(self, setting: Number) -> int:
        """Return a number within its bounds."""
        raw = self._settings.value(setting.key, setting.default)
        try:
            value = int(str(raw))
        except ValueError:
            value = setting.default
        return min(max(value, setting.least), setting.most)

    def window_length(self) -> int | None:
        """Return the chosen length of the windows; None where the recipe decides."""
        value = self.choice(WINDOW)
        return int(value) if value.isdecimal() else None

    def switch(self, setting: Switch) -> bool:
        """Return whether a setting is on."""
        raw = self._settings.value(setting.key, setting.default)
        return raw is True or str(raw).casefold() == "true"

    def face(self, setting: Face) -> str:
        """Return a face of type; empty for the one that comes with Chartmark."""
        return str(self._settings.value(setting.key, "") or "")

    def folder(self, setting: Folder) -> str:
        """Return a folder or name as it was entered, without blanks around it."""
        return str(self._settings.value(setting.key, "") or "").strip()

    def set(self, setting: Setting, value: str | int | bool) -> None:
        """Choose a value and tell of it."""
        self._settings.setValue(setting.key, value)
        self.changed.emit(setting.key)

    def recent_projects(self) -> list[Path]:
        """Return the projects opened last that still are where they were, newest first."""
        raw = self._settings.value("start/recent", [])
        names = [raw] if isinstance(raw, str) else raw if isinstance(raw, list) else []
        folders = [Path(str(name)) for name in names if name]
        return [folder for folder in folders if folder.is_dir()]

    def remember_project(self, folder: Path) -> None:
        """Put a project at the head of the recent ones."""
        others = [other for other in self.recent_projects() if other != folder]
        names = [str(path) for path in (folder, *others)][:MOST_RECENT]
        self._settings.setValue("start/recent", names)
        self._settings.setValue("start/last", str(folder))

    def forget_last_project(self) -> None:
        """Open no project at the next start: the user closed it."""
        self._settings.remove("start/last")

    def last_project(self) -> Path | None:
        """Return the project that was open when the window was closed, if it is still there."""
        name = str(self._settings.value("start/last", ""))
        return Path(name) if name and Path(name).is_dir() else None

    def command_keys(self) -> dict[str, tuple[str, ...]]:
        """Return the keys that the user gave to commands, by id; only what was changed."""
        self._settings.beginGroup("keys")
        texts = {name: str(self._settings.value(name) or "") for name in self._settings.childKeys()}
        self._settings.endGroup()
        return {
            name: tuple(key for key in text.split(_KEY_BREAK) if key)
            for name, text in texts.items()
        }

    def set_command_keys(self, command_id: str, keys: tuple[str, ...] | None) -> None:
        """Remember the keys of a command in Qt's portable notation; None for its own ones."""
        if keys is None:
            self._settings.remove(f"keys/{command_id}")
        else:
            self._settings.setValue(f"keys/{command_id}", _KEY_BREAK.join(keys))

    def recent_commands(self) -> list[str]:
        """Return the ids of the commands run last from the command palette, newest first."""
        return str(self._settings.value("window/recent_commands") or "").split()

    def remember_command(self, command_id: str) -> None:
        """Put a command at the head of the recent ones."""
        others = [other for other in self.recent_commands() if other != command_id]
        self._settings.setValue(
            "window/recent_commands", " ".join((command_id, *others)[:MOST_RECENT])
        )

    def layout(self, name: str) -> QByteArray:
        """Return a remembered geometry or arrangement of docks; empty where there is none."""
        value = self._settings.value(f"window/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_layout(self, name: str, value: QByteArray) -> None:
        """Remember a geometry or an arrangement of docks."""
        self._settings.setValue(f"window/{name}", value)
