"""Every command of the window: its name, its keys, its menu and where its keys count.

Digits and free letters belong to labels. The letters taken here, and the signs, belong to verbs:
a label may not have them (``RESERVED_KEYS``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from app.texts import QT_TRANSLATE_NOOP
from core.schema.documents import Attribute

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


_PROJECT = frozenset({"project"})
_WRITABLE = frozenset({"project", "writable"})
_RECORD = frozenset({"project", "record"})
_EDIT = frozenset({"project", "record", "writable"})


ATTRIBUTE_KEYS = {
    Attribute.NEGATED: "N",
    Attribute.HISTORICAL: "H",
    Attribute.FAMILY: "F",
    Attribute.UNCERTAIN: "U",
}
"""One key for each attribute: its first letter."""

ATTRIBUTE_TEXTS = {
    Attribute.NEGATED: QT_TRANSLATE_NOOP("Commands", "Negated"),
    Attribute.HISTORICAL: QT_TRANSLATE_NOOP("Commands", "Historical"),
    Attribute.FAMILY: QT_TRANSLATE_NOOP("Commands", "Family"),
    Attribute.UNCERTAIN: QT_TRANSLATE_NOOP("Commands", "Uncertain"),
}

MENUS = (
    Menu(
        "file",
        QT_TRANSLATE_NOOP("Commands", "&File"),
        (
            Command(
                "project.new",
                QT_TRANSLATE_NOOP("Commands", "&New project…"),
                ("Ctrl+N",),
                icon="new",
            ),
            Command(
                "project.open",
                QT_TRANSLATE_NOOP("Commands", "&Open project…"),
                ("Ctrl+O",),
                icon="open",
                short=QT_TRANSLATE_NOOP("Commands", "Open"),
            ),
            Command(
                "project.sample", QT_TRANSLATE_NOOP("Commands", "&Sample project"), icon="sample"
            ),
            Command(
                "project.close",
                QT_TRANSLATE_NOOP("Commands", "&Close project"),
                ("Ctrl+W",),
                needs=_PROJECT,
            ),
            None,
            Command(
                "data.import",
                QT_TRANSLATE_NOOP("Commands", "&Import records…"),
                ("Ctrl+I",),
                icon="import",
                short=QT_TRANSLATE_NOOP("Commands", "Import"),
                needs=_WRITABLE,
            ),
            Command(
                "data.export",
                QT_TRANSLATE_NOOP("Commands", "&Export labels…"),
                ("Ctrl+E",),
                icon="export",
                short=QT_TRANSLATE_NOOP("Commands", "Export"),
                needs=_PROJECT,
            ),
            None,
            Command(
                "app.settings",
                QT_TRANSLATE_NOOP("Commands", "Se&ttings…"),
                ("Ctrl+,",),
                icon="settings",
                short=QT_TRANSLATE_NOOP("Commands", "Settings"),
            ),
            Command("app.quit", QT_TRANSLATE_NOOP("Commands", "&Quit"), ("Ctrl+Q",)),
        ),
    ),
    Menu(
        "edit",
        QT_TRANSLATE_NOOP("Commands", "&Edit"),
        (
            Command(
                "edit.undo",
                QT_TRANSLATE_NOOP("Commands", "&Undo"),
                ("Ctrl+Z",),
                icon="undo",
                needs=_WRITABLE,
            ),
            Command(
                "edit.redo",
                QT_TRANSLATE_NOOP("Commands", "&Redo"),
                ("Ctrl+Shift+Z", "Ctrl+Y"),
                icon="redo",
                needs=_WRITABLE,
            ),
            None,
            Command(
                "find.record",
                QT_TRANSLATE_NOOP("Commands", "&Find in record"),
                ("Ctrl+F",),
                icon="find",
                short=QT_TRANSLATE_NOOP("Commands", "Find"),
                needs=_RECORD,
            ),
            Command(
                "find.next",
                QT_TRANSLATE_NOOP("Commands", "Find &next"),
                ("F3", "Ctrl+G"),
                needs=_RECORD,
            ),
            Command(
                "find.previous",
                QT_TRANSLATE_NOOP("Commands", "Find &previous"),
                ("Shift+F3", "Ctrl+Shift+G"),
                needs=_RECORD,
            ),
            Command(
                "find.project",
                QT_TRANSLATE_NOOP("Commands", "&Search all records"),
                ("Ctrl+Shift+F",),
                needs=_PROJECT,
            ),
            None,
            Command(
                "labels.edit",
                QT_TRANSLATE_NOOP("Commands", "&Labels and guideline…"),
                ("Ctrl+L",),
                icon="edit",
                needs=_PROJECT,
            ),
        ),
    ),
    Menu(
        "record",
        QT_TRANSLATE_NOOP("Commands", "&Record"),
        (
            Command(
                "record.next",
                QT_TRANSLATE_NOOP("Commands", "&Next record"),
                ("Alt+Down", "]"),
                icon="next",
                needs=_PROJECT,
            ),
            Command(
                "record.previous",
                QT_TRANSLATE_NOOP("Commands", "&Previous record"),
                ("Alt+Up", "["),
                icon="previous",
                needs=_PROJECT,
            ),
            None,
            Command(
                "record.done",
                QT_TRANSLATE_NOOP("Commands", "&Done and next"),
                ("Ctrl+Return", "Ctrl+Enter"),
                icon="done",
                needs=_EDIT,
            ),
            Command(
                "record.reopen",
                QT_TRANSLATE_NOOP("Commands", "&Reopen record"),
                ("Ctrl+Shift+Return",),
                needs=_EDIT,
            ),
            Command(
                "record.flag",
                QT_TRANSLATE_NOOP("Commands", "&Flag for a second look"),
                ("Ctrl+B",),
                icon="flag",
                needs=_EDIT,
            ),
        ),
    ),
    Menu(
        "label",
        QT_TRANSLATE_NOOP("Commands", "&Label"),
        (
            *(
                Command(
                    f"attribute.{attribute.value}",
                    ATTRIBUTE_TEXTS[attribute],
                    (key,),
                    Where.RECORD,
                    needs=_EDIT,
                )
                for attribute, key in ATTRIBUTE_KEYS.items()
            ),
            None,
            Command(
                "label.relabel",
                QT_TRANSLATE_NOOP("Commands", "Change &label…"),
                ("R",),
                Where.RECORD,
                needs=_EDIT,
            ),
            Command(
                "label.delete",
                QT_TRANSLATE_NOOP("Commands", "&Delete label"),
                ("Delete",),
                Where.RECORD,
                icon="delete",
                needs=_EDIT,
            ),
            None,
            Command(
                "mentions.record",
                QT_TRANSLATE_NOOP("Commands", "Label all identical mentions in this record…"),
                ("M",),
                Where.RECORD,
                icon="mentions",
                needs=_EDIT,
            ),
            Command(
                "mentions.project",
                QT_TRANSLATE_NOOP("Commands", "Label all identical mentions in all records…"),
                ("Shift+M",),
                Where.RECORD,
                needs=_EDIT,
            ),
        ),
    ),
    Menu(
        "suggestion",
        QT_TRANSLATE_NOOP("Commands", "&Suggestion"),
        (
            Command(
                "suggestion.next",
                QT_TRANSLATE_NOOP("Commands", "&Next suggestion"),
                ("J",),
                Where.RECORD,
                needs=_RECORD,
            ),
            Command(
                "suggestion.previous",
                QT_TRANSLATE_NOOP("Commands", "&Previous suggestion"),
                ("K",),
                Where.RECORD,
                needs=_RECORD,
            ),
            None,
            Command(
                "suggestion.accept",
                QT_TRANSLATE_NOOP("Commands", "&Accept"),
                ("Return", "Enter", "A"),
                Where.RECORD,
                needs=_EDIT,
            ),
            Command(
                "suggestion.reject",
                QT_TRANSLATE_NOOP("Commands", "&Reject"),
                ("X", "Backspace"),
                Where.RECORD,
                needs=_EDIT,
            ),
            None,
            Command(
                "suggestion.accept_all",
                QT_TRANSLATE_NOOP("Commands", "Accept all in this record"),
                ("Shift+A",),
                Where.RECORD,
                needs=_EDIT,
            ),
            Command(
                "suggestion.reject_all",
                QT_TRANSLATE_NOOP("Commands", "Reject all in this record"),
                ("Shift+X",),
                Where.RECORD,
                needs=_EDIT,
            ),
        ),
    ),
    Menu(
        "model",
        QT_TRANSLATE_NOOP("Commands", "&Model"),
        (
            Command(
                "model.retrain",
                QT_TRANSLATE_NOOP("Commands", "&Retrain"),
                ("Ctrl+T",),
                icon="retrain",
                tip=QT_TRANSLATE_NOOP("Commands", "Train the model on the records that are done"),
                needs=_WRITABLE,
            ),
            Command(
                "model.export",
                QT_TRANSLATE_NOOP("Commands", "&Export model…"),
                ("Ctrl+Shift+E",),
                icon="model",
                short=QT_TRANSLATE_NOOP("Commands", "Export model"),
                needs=_PROJECT,
            ),
        ),
    ),
    Menu(
        "view",
        QT_TRANSLATE_NOOP("Commands", "&View"),
        (
            Command(
                "view.larger", QT_TRANSLATE_NOOP("Commands", "&Larger text"), ("Ctrl+=", "Ctrl++")
            ),
            Command("view.smaller", QT_TRANSLATE_NOOP("Commands", "&Smaller text"), ("Ctrl+-",)),
            Command("view.usual", QT_TRANSLATE_NOOP("Commands", "&Usual text size"), ("Ctrl+0",)),
            None,
            Command(
                "view.next_part",
                QT_TRANSLATE_NOOP("Commands", "Go to the next &part"),
                ("F6",),
                needs=_PROJECT,
            ),
            None,
            Command("view.light", QT_TRANSLATE_NOOP("Commands", "Light colours"), checkable=True),
            Command("view.dark", QT_TRANSLATE_NOOP("Commands", "Dark colours"), checkable=True),
            Command(
                "view.contrast", QT_TRANSLATE_NOOP("Commands", "High contrast"), checkable=True
            ),
            Command(
                "view.system",
                QT_TRANSLATE_NOOP("Commands", "Colours of the desktop"),
                checkable=True,
            ),
        ),
    ),
    Menu(
        "help",
        QT_TRANSLATE_NOOP("Commands", "&Help"),
        (
            Command("help.keys", QT_TRANSLATE_NOOP("Commands", "&Keys"), ("F1", "?")),
            Command("help.about", QT_TRANSLATE_NOOP("Commands", "&About Chartmark")),
        ),
    ),
)
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
