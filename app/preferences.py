"""What the window remembers between starts: settings that the user chooses, and its own state."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from app.design.tokens import Scheme
from app.texts import QT_TRANSLATE_NOOP
from core.schema.learning import Strategy

MOST_RECENT = 8
"""Projects kept in the list of recent ones."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A setting with a few possible values.

    Attributes:
        key: In the file of settings.
        title: Shown; to be translated in the context ``Preferences``.
        description: One sentence, to be translated likewise.
        default: Its value before the user chooses.
        choices: Each value with its title.
    """

    key: str
    title: str
    description: str
    default: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A setting that is a whole number from ``least`` to ``most``."""

    key: str
    title: str
    description: str
    default: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Switch:
    """A setting that is on or off."""

    key: str
    title: str
    description: str
    default: bool


@dataclass(frozen=True, slots=True)
class Folder:
    """A setting that is a folder on this machine, or a name; empty by default."""

    key: str
    title: str
    description: str


SCHEME = Choice(
    "look/scheme",
    QT_TRANSLATE_NOOP("Preferences", "Colours"),
    QT_TRANSLATE_NOOP("Preferences", "Light, dark, high contrast, or as the desktop is."),
    Scheme.SYSTEM,
    (
        (Scheme.SYSTEM, QT_TRANSLATE_NOOP("Preferences", "As the desktop")),
        (Scheme.LIGHT, QT_TRANSLATE_NOOP("Preferences", "Light")),
        (Scheme.DARK, QT_TRANSLATE_NOOP("Preferences", "Dark")),
        (Scheme.CONTRAST, QT_TRANSLATE_NOOP("Preferences", "High contrast")),
    ),
)
TEXT_SIZE = Number(
    "look/text_size",
    QT_TRANSLATE_NOOP("Preferences", "Size of the record's text"),
    QT_TRANSLATE_NOOP("Preferences", "In pixels; the controls keep their size."),
    17,
    11,
    40,
)
STRATEGY = Choice(
    "queue/strategy",
    QT_TRANSLATE_NOOP("Preferences", "Order of the queue"),
    QT_TRANSLATE_NOOP("Preferences", "Which unread records come first once a model has read them."),
    Strategy.MNLP,
    (
        (Strategy.MNLP, QT_TRANSLATE_NOOP("Preferences", "Most to learn, long records evened out")),
        (Strategy.LEAST_CONFIDENCE, QT_TRANSLATE_NOOP("Preferences", "Least confident")),
        (Strategy.MARGIN, QT_TRANSLATE_NOOP("Preferences", "Closest decision")),
        (Strategy.ENTROPY, QT_TRANSLATE_NOOP("Preferences", "Most undecided")),
        (Strategy.RANDOM, QT_TRANSLATE_NOOP("Preferences", "Random")),
    ),
)
REOPEN = Switch(
    "start/reopen",
    QT_TRANSLATE_NOOP("Preferences", "Open the last project at start"),
    QT_TRANSLATE_NOOP("Preferences", "An encrypted one asks for its passphrase first."),
    True,
)
DEVICE = Choice(
    "training/device",
    QT_TRANSLATE_NOOP("Preferences", "Train on"),
    QT_TRANSLATE_NOOP("Preferences", "The fastest device is found by itself."),
    "auto",
    (
        ("auto", QT_TRANSLATE_NOOP("Preferences", "The fastest device")),
        ("cpu", QT_TRANSLATE_NOOP("Preferences", "Processor (CPU)")),
        ("cuda", QT_TRANSLATE_NOOP("Preferences", "NVIDIA or AMD graphics (CUDA, ROCm)")),
        ("mps", QT_TRANSLATE_NOOP("Preferences", "Apple graphics (MPS)")),
        ("xpu", QT_TRANSLATE_NOOP("Preferences", "Intel graphics (XPU)")),
    ),
)
BACKBONE = Folder(
    "training/backbone",
    QT_TRANSLATE_NOOP("Preferences", "Backbone"),
    QT_TRANSLATE_NOOP(
        "Preferences",
        "Folder of a Hugging Face encoder to train from; empty for the one that comes with "
        "Chartmark.",
    ),
)
SEED = Number(
    "training/seed",
    QT_TRANSLATE_NOOP("Preferences", "Seed"),
    QT_TRANSLATE_NOOP("Preferences", "The same seed on the same records gives the same model."),
    13,
    0,
    2**31 - 1,
)
NETWORK = Switch(
    "training/network",
    QT_TRANSLATE_NOOP("Preferences", "Fetch a backbone by its name"),
    QT_TRANSLATE_NOOP(
        "Preferences",
        "Lets a backbone that is no folder be downloaded from Hugging Face. No record leaves "
        "this machine.",
    ),
    False,
)

Setting = Choice | Number | Switch | Folder

OFFERED: tuple[Setting, ...] = (
    SCHEME,
    TEXT_SIZE,
    STRATEGY,
    REOPEN,
    DEVICE,
    BACKBONE,
    SEED,
    NETWORK,
)
"""The settings of the window that the settings dialog offers, in its order."""


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

    def switch(self, setting: Switch) -> bool:
        """Return whether a setting is on."""
        raw = self._settings.value(setting.key, setting.default)
        return raw is True or str(raw).casefold() == "true"

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

    def layout(self, name: str) -> QByteArray:
        """Return a remembered geometry or arrangement of docks; empty where there is none."""
        value = self._settings.value(f"window/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_layout(self, name: str, value: QByteArray) -> None:
        """Remember a geometry or an arrangement of docks."""
        self._settings.setValue(f"window/{name}", value)
