"""Undo and redo: edits that were made, as values that can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.schema.errors import KnownError
from core.store import edits
from core.store.changes import Applied, Edit
from core.store.project import Project

MOST_EDITS = 1000
"""Edits that can be taken back; older ones are forgotten, though never by the audit."""


@dataclass(frozen=True, slots=True)
class Saved:
    """An edit that is on disk.

    Attributes:
        name: What the user did.
        at: Local time of the commit.
        milliseconds: From asking for it to its durable commit.
    """

    name: str
    at: datetime
    milliseconds: float


@dataclass(frozen=True, slots=True)
class HistoryState:
    """What could be undone and redone next, by name; empty where there is nothing."""

    undo: str = ""
    redo: str = ""


class History:
    """The edits of one project since it was opened.

    It lives on the store thread, so that undo pressed right after a label takes back that label
    though its answer may not have reached the window yet.
    """

    def __init__(self, project: Project) -> None:
        """Begin with nothing to undo."""
        self._project = project
        self._made: list[Edit] = []
        self._undone: list[Edit] = []

    def state(self) -> HistoryState:
        """Return what could be undone and redone."""
        return HistoryState(
            undo=self._made[-1].name if self._made else "",
            redo=self._undone[-1].name if self._undone else "",
        )

    def add(self, edit: Edit) -> None:
        """Remember an edit that was made; what had been undone cannot be redone any more."""
        if not edit.changes:
            return
        self._made.append(edit)
        del self._made[:-MOST_EDITS]
        self._undone.clear()

    def undo(self) -> Applied:
        """Take back the last edit and save that.

        Raises:
            KnownError: There is none, or the store is no longer as it left it.
        """
        if not self._made:
            raise KnownError("There is nothing to undo.")
        edit = self._made.pop()
        applied = edits.apply(project=self._project, edit=edit.inverse(), kind="undo")
        self._undone.append(edit)
        return applied

    def redo(self) -> Applied:
        """Make the edit that was undone last again and save that.

        Raises:
            KnownError: There is none, or the store is no longer as the undo left it.
        """
        if not self._undone:
            raise KnownError("There is nothing to redo.")
        edit = self._undone.pop()
        applied = edits.apply(project=self._project, edit=edit, kind="redo")
        self._made.append(edit)
        return applied
