"""What a command and a menu are, and what a command may need to be there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

CONTEXT = "Commands"
"""Translation context of the texts below."""


class Where(Enum):
    """Where a command's keys count."""

    WINDOW = "window"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the user can do.

    Attributes:
        id: Its name in the program and in the settings.
        text: Shown, to be translated; ``&`` marks the menu's letter.
        keys: Default keys in Qt's portable notation, the first one shown.
        where: Where the keys count. In the record a lone letter is a verb; in fields it is text.
        icon: File name in resources/icons.
        short: On a button; the text where empty.
        tip: What it does, for its tooltip; the text where empty.
        needs: What must be there for it: ``project``, ``record``, ``writable``.
        checkable: Whether it is on or off.
    """

    id: str
    text: str
    keys: tuple[str, ...] = ()
    where: Where = Where.WINDOW
    icon: str = ""
    short: str = ""
    tip: str = ""
    needs: frozenset[str] = frozenset()
    checkable: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu of the menu bar; None stands for a line between groups."""

    id: str
    text: str
    commands: tuple[Command | None, ...]


NEEDS_PROJECT = frozenset({"project"})
NEEDS_WRITABLE = frozenset({"project", "writable"})
NEEDS_RECORD = frozenset({"project", "record"})
NEEDS_EDITABLE = frozenset({"project", "record", "writable"})
"""What commands need to be there."""
