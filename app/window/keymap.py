"""The keys in force: the defaults of the commands, changed by what the user chose.

A key has one command at most, wherever its keys count: the record lies within the window, so a
key with two commands would be dead in the record. This is also the one place that knows which
single keys are left to labels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from PySide6.QtCore import QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence

from app.preferences import Preferences
from app.window.command import Where
from app.window.commands import COMMANDS, name_of
from core.schema.errors import KnownError

_PORTABLE = QKeySequence.SequenceFormat.PortableText
_NATIVE = QKeySequence.SequenceFormat.NativeText
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_MODIFIER_KEYS = frozenset(
    {
        Qt.Key.Key_unknown,
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
    }
)
_FIRST_NAMED_KEY = 0x01000000
"""From here on Qt's keys are no characters."""

FIXED_KEYS = frozenset(
    QKeySequence(key).toString(_PORTABLE)
    for key in (
        *(f"{held}{way}" for way in ("Left", "Right") for held in ("", "Shift+", "Ctrl+")),
        *(f"{held}{way}" for way in ("Left", "Right") for held in ("Ctrl+Shift+", "Alt+Shift+")),
        *(f"Ctrl+Alt+{way}" for way in ("Left", "Right")),
        *(f"{held}{way}" for way in ("Up", "Down", "PgUp", "PgDown") for held in ("", "Shift+")),
        *(f"{held}{way}" for way in ("Home", "End") for held in ("", "Shift+", "Ctrl+")),
        *(f"Ctrl+Shift+{way}" for way in ("Home", "End")),
        *("Tab", "Shift+Tab", "Backtab", "Shift+Backtab", "Ctrl+Tab", "Ctrl+Shift+Tab"),
        *("Ctrl+Shift+Backtab", "Esc", "Menu", "Shift+F10", "Alt+F4", "Alt+Tab"),
        *("Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X"),
    )
)
"""Keys of the text, of fields and of the desktop, which no command may have."""

_NEEDED_BY_CONTROLS = frozenset({"Return", "Enter", "Space", "Backspace", "Del"})
"""Keys that fields and buttons live on; only commands of the record may have them."""


def canonical(key: str) -> str:
    """Return the one portable spelling of a key; empty for what is not one key.

    Shift is left out where the sign alone tells it ("?" and never "Shift+?"): Qt would find both
    when the key is pressed, and run neither.
    """
    sequence = QKeySequence.fromString(key, _PORTABLE)
    if sequence.count() != 1:
        return ""
    combination = _combination(sequence)
    return of_event(combination.key(), combination.keyboardModifiers())


def of_event(key: Qt.Key, held: Qt.KeyboardModifier) -> str:
    """Return the spelling of a key as it is pressed; empty where it is only a modifier."""
    if key in _MODIFIER_KEYS:
        return ""
    held &= ~_KEYPAD
    if held & _SHIFT and key < _FIRST_NAMED_KEY and key != Qt.Key.Key_Space:
        sign = chr(key)
        if sign.upper() == sign.lower():
            held &= ~_SHIFT
    return QKeySequence(QKeyCombination(held, key)).toString(_PORTABLE)


def native(key: str) -> str:
    """Return a key as this system writes it."""
    return QKeySequence.fromString(key, _PORTABLE).toString(_NATIVE)


def refusal(command_id: str, key: str) -> KnownError | None:
    """Return why a command may not have a key, whoever has it now; None if it may."""
    spelled = canonical(key)
    if not spelled:
        return KnownError("This is no key that a command can have.", "Press another one.")
    if spelled in FIXED_KEYS:
        return KnownError(
            "{key} belongs to the text, to fields or to the desktop.",
            "Press another key.",
            key=native(spelled),
        )
    combination = _combination(QKeySequence.fromString(spelled, _PORTABLE))
    if combination.keyboardModifiers() == _ALT and combination.key() < _FIRST_NAMED_KEY:
        return KnownError(
            "{key} may open a menu.",
            "Add Ctrl or Shift, or press another key.",
            key=native(spelled),
        )
    if COMMANDS[command_id].where is Where.WINDOW and spelled in _NEEDED_BY_CONTROLS:
        return KnownError(
            "Fields and buttons need {key}.", "Add Ctrl, or press another key.", key=native(spelled)
        )
    return None


class Keymap(QObject):
    """Which keys every command has now; what the user changes is remembered at once."""

    changed = Signal()
    """Some command has other keys."""

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        """Read what the user has changed."""
        super().__init__(parent)
        self._preferences = preferences
        self._keys = in_force(preferences.command_keys())

    def keys(self, command_id: str) -> tuple[str, ...]:
        """Return the keys of a command in Qt's portable notation, the first one shown."""
        return self._keys[command_id]

    def shown(self, command_id: str) -> str:
        """Return the first key of a command as this system writes it; empty for none."""
        keys = self._keys[command_id]
        return native(keys[0]) if keys else ""

    def holder(self, key: str) -> str:
        """Return the id of the command that has a key; empty for none."""
        spelled = canonical(key)
        return next((name for name, keys in self._keys.items() if spelled in keys), "")

    def is_changed(self, command_id: str) -> bool:
        """Tell whether a command has other keys than by default."""
        return self._keys[command_id] != _defaults(command_id)

    def give(self, command_id: str, key: str, *, take_over: bool = False) -> None:
        """Give a command one key more.

        Args:
            command_id: The command.
            key: In Qt's portable notation.
            take_over: Take it from the command that has it.

        Raises:
            KnownError: The key is not for commands, or another command has it.
        """
        why = refusal(command_id, key)
        if why is not None:
            raise why
        spelled, holder = canonical(key), self.holder(key)
        if holder == command_id:
            return
        if holder and not take_over:
            raise KnownError(
                "{key} belongs to “{command}”.",
                "Take it over, or press another key.",
                key=native(spelled),
                command=name_of(holder),
            )
        changes = {command_id: (*self._keys[command_id], spelled)}
        if holder:
            changes[holder] = tuple(other for other in self._keys[holder] if other != spelled)
        self._change(changes)

    def take(self, command_id: str, key: str) -> None:
        """Take a key from a command."""
        spelled = canonical(key)
        kept = tuple(other for other in self._keys[command_id] if other != spelled)
        self._change({command_id: kept})

    def reset(self, command_id: str) -> tuple[str, ...]:
        """Give a command its default keys and no others.

        Returns:
            Those of its default keys that another command has; it keeps them.
        """
        defaults = _defaults(command_id)
        held = tuple(key for key in defaults if self.holder(key) not in ("", command_id))
        self._change({command_id: tuple(key for key in defaults if key not in held)})
        return held

    def reset_all(self) -> None:
        """Give every command its default keys."""
        self._change({command_id: _defaults(command_id) for command_id in COMMANDS})

    def may_be_label_key(self, key: str) -> bool:
        """Tell whether a label may have ``key`` (one character) as its hotkey."""
        return len(key) == 1 and key.isprintable() and not key.isspace() and not self.verb_with(key)

    def verb_with(self, character: str) -> str:
        """Return the id of the command that a single character calls; empty for none."""
        wanted = character.casefold()
        for command_id, keys in self._keys.items():
            if any(len(key) == 1 and key.casefold() == wanted for key in keys):
                return command_id
        return ""

    def _change(self, changes: Mapping[str, tuple[str, ...]]) -> None:
        differing = {name: keys for name, keys in changes.items() if self._keys[name] != keys}
        self._keys.update(differing)
        for command_id, keys in differing.items():
            stored = None if keys == _defaults(command_id) else keys
            self._preferences.set_command_keys(command_id, stored)
        if differing:
            self.changed.emit()


def in_force(chosen: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the keys of every command, given those that the user chose.

    What names no command, or no key a command may have, is passed over. Where two commands claim
    a key the user's choice comes before a default, and then the order of the menus counts.
    """
    taken: set[str] = set()
    keys: dict[str, tuple[str, ...]] = {}
    for own in (True, False):
        for command_id in COMMANDS:
            if (command_id in chosen) is not own:
                continue
            wanted = chosen[command_id] if own else COMMANDS[command_id].keys
            usable = [canonical(key) for key in wanted if refusal(command_id, key) is None]
            keys[command_id] = tuple(key for key in dict.fromkeys(usable) if key not in taken)
            taken.update(keys[command_id])
    return {command_id: keys[command_id] for command_id in COMMANDS}


def _combination(sequence: QKeySequence) -> QKeyCombination:
    # It can be indexed, which its type does not say.
    return cast("Sequence[QKeyCombination]", sequence)[0]


def _defaults(command_id: str) -> tuple[str, ...]:
    return tuple(canonical(key) for key in COMMANDS[command_id].keys)
