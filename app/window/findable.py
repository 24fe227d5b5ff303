"""What the command palette finds: commands, labels, recent projects, records by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.texts import QT_TRANSLATE_NOOP, translated
from app.window.commands import MENUS, name_of, plain_text
from app.window.matching import score

if TYPE_CHECKING:
    from app.window.main_window import MainWindow
    from core.store.documents import QueueRow

_CONTEXT = "Findable"
_LABEL = QT_TRANSLATE_NOOP("Findable", "Label")
_LABEL_AS = QT_TRANSLATE_NOOP("Findable", "Label as {0}")
_RECORD = QT_TRANSLATE_NOOP("Findable", "Record")
_OPEN_PROJECT = QT_TRANSLATE_NOOP("Findable", "Open project {0}")
_RECENT_PROJECT = QT_TRANSLATE_NOOP("Findable", "Recent project")
_MOST_RECORDS = 8
_LEAST_FOR_RECORDS = 2
"""Letters from which on records are looked for: one letter stands in most names."""
_UNUSABLE = 0.3
"""Taken from the score of what cannot be run now."""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that can be run.

    Attributes:
        id: The command's, or empty.
        text: In the window's language.
        english: As the program calls it.
        group: The menu it is in, or what it is.
        key: As this system writes it; empty for none.
        why_not: Why it cannot be run now; empty where it can.
        run: Runs it.
        icon: File name in resources/icons, or empty.
        colour: A label's colour, or empty.
    """

    id: str
    text: str
    english: str
    group: str
    key: str
    why_not: str
    run: Callable[[], object]
    icon: str = ""
    colour: str = ""


class Findable:
    """All that can be found in a window as it is when this is made."""

    def __init__(self, window: MainWindow) -> None:
        """Collect what there is; records are read from the queue when first asked for."""
        self._window = window
        self._things = [*_labels(window), *_commands(window), *_projects(window)]
        self._recent = {
            name: place for place, name in enumerate(window.preferences.recent_commands())
        }
        self._names: list[str] | None = None

    def find(self, query: str) -> list[Found]:
        """Return what a query names, best first; recent commands come before their equals."""
        scored = []
        for place, thing in enumerate(self._things):
            names = ((thing.text, 1.0), (thing.english, 0.95), (thing.group, 0.5))
            value = score(query, names)
            if value:
                worth = value - (_UNUSABLE if thing.why_not and query.strip() else 0.0)
                recent = self._recent.get(thing.id, len(self._recent))
                scored.append((-worth, recent, place, thing))
        scored.sort(key=lambda item: item[:3])
        return [thing for *_, thing in scored] + self._records(query)

    def _records(self, query: str) -> list[Found]:
        wanted = query.strip().casefold()
        session = self._window.session
        if session is None or len(wanted) < _LEAST_FOR_RECORDS:
            return []
        rows = session.queue.rows
        if self._names is None:
            self._names = [row.name.casefold() for row in rows]
        found: list[Found] = []
        for row, name in zip(rows, self._names, strict=False):
            if wanted in name:
                found.append(self._record(row))
                if len(found) == _MOST_RECORDS:
                    break
        return found

    def _record(self, row: QueueRow) -> Found:
        def show() -> None:
            if self._window.session is not None:
                self._window.session.open_record(row.document_id)

        group = translated(_CONTEXT, _RECORD)
        return Found("", row.name, row.name, group, "", "", show, icon="queue")


def _commands(window: MainWindow) -> Sequence[Found]:
    actions, keymap = window.actions_, window.keymap
    return [
        Found(
            id=command.id,
            text=name_of(command.id),
            english=command.text.replace("&", ""),
            group=plain_text(menu.text),
            key=keymap.shown(command.id),
            why_not=actions.why_not(command.id),
            run=actions[command.id].trigger,
            icon=command.icon,
        )
        for menu in MENUS
        for command in menu.commands
        if command is not None and command.id != "help.commands"
    ]


def _labels(window: MainWindow) -> Sequence[Found]:
    if window.session is None:
        return []
    why_not = window.actions_.why_not("label.relabel")
    return [
        Found(
            id="",
            text=translated(_CONTEXT, _LABEL_AS).format(label.name),
            english=_LABEL_AS.format(label.name),
            group=translated(_CONTEXT, _LABEL),
            key=label.hotkey.upper() if window.keymap.may_be_label_key(label.hotkey) else "",
            why_not=why_not,
            run=_bound(window.verbs.apply_label, label.name),
            colour=label.colour,
        )
        for label in window.session.scheme.labels
    ]


def _projects(window: MainWindow) -> Sequence[Found]:
    present = window.session.project.folder if window.session is not None else None
    return [
        Found(
            id="",
            text=translated(_CONTEXT, _OPEN_PROJECT).format(folder.stem),
            english=_OPEN_PROJECT.format(folder.stem),
            group=translated(_CONTEXT, _RECENT_PROJECT),
            key="",
            why_not="",
            run=_bound(window.open_project, folder),
            icon="folder",
        )
        for folder in window.preferences.recent_projects()
        if folder != present
    ]


def _bound(verb: Callable[..., object], *arguments: object) -> Callable[[], object]:
    return lambda: verb(*arguments)
