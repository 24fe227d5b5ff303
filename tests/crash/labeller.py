"""A process that labels as fast as it can, to be killed.

``python -m tests.crash.labeller PROJECT`` forks a process of its own for each number that it
reads, so that the libraries are loaded only once. That one opens the project, says ``Began``, and
labels until it is killed; each edit is acknowledged after its commit. ``Ended`` follows when it
is gone. Each word is a line of JSON.
"""

from __future__ import annotations

import os
import random
import sqlite3
import sys
from pathlib import Path

import msgspec

from app.history import History
from core.schema.documents import ReviewStatus, Span
from core.schema.errors import KnownError
from core.store import documents, edits
from core.store.changes import Applied
from core.store.project import Project
from tests.crash.ledger import Acknowledgement

CHECKPOINT_EVERY = 7
"""Edits between two checkpoints of the write-ahead log: far more often than in earnest."""


class Began(msgspec.Struct, frozen=True, tag="began"):
    """The project is open; ``pid`` is to be killed."""

    pid: int


class Ended(msgspec.Struct, frozen=True, tag="ended"):
    """The process is gone; ``code`` is minus the signal that ended it."""

    pid: int
    code: int


Word = Began | Acknowledgement | Ended


def say(line: Word) -> None:
    """Write a line at once and in one piece, as several processes share the pipe."""
    os.write(1, msgspec.json.encode(line) + b"\n")


class Labeller:
    """Labels at random: adds, accepts, rejects, deletes, marks as done, undoes and redoes."""

    def __init__(self, project: Project, seed: int) -> None:
        """Begin with nothing to undo."""
        self._project = project
        self._random = random.Random(seed)
        self._history = History(project)
        self._documents = documents.documents(project=project)

    def edit(self) -> Applied:
        """Do one thing; returns what is then on disk."""
        chosen = self._random.random()
        try:
            if chosen < 0.15:
                return self._history.undo()
            if chosen < 0.2:
                return self._history.redo()
        except KnownError:
            return self._remember(self._label())
        if chosen < 0.35:
            return self._remember(self._decide())
        if chosen < 0.45:
            return self._remember(self._delete())
        if chosen < 0.5:
            return self._remember(self._review())
        return self._remember(self._label())

    def _remember(self, applied: Applied) -> Applied:
        self._history.add(applied.edit)
        return applied

    def _label(self) -> Applied:
        document = self._random.choice(self._documents)
        start = self._random.randrange(len(document.text) - 12)
        span = Span(start, start + self._random.randint(1, 12), self._random.choice(("a", "b")))
        return edits.add_spans(project=self._project, document_id=document.id, spans=[span])

    def _decide(self) -> Applied:
        document = self._random.choice(self._documents)
        offered = documents.suggestions(project=self._project, document_id=document.id)
        if not offered:
            return self._label()
        verb = self._random.choice((edits.accept_suggestions, edits.reject_suggestions))
        return verb(project=self._project, suggestion_ids=[self._random.choice(offered).id])

    def _delete(self) -> Applied:
        document = self._random.choice(self._documents)
        present = documents.spans(project=self._project, document_id=document.id)
        if not present:
            return self._label()
        return edits.delete_spans(project=self._project, span_ids=[self._random.choice(present).id])

    def _review(self) -> Applied:
        return edits.set_review(
            project=self._project,
            document_id=self._random.choice(self._documents).id,
            status=self._random.choice((ReviewStatus.DONE, ReviewStatus.IN_PROGRESS)),
        )


def label_until_killed(folder: Path, seed: int) -> None:
    """Open the project and label, saying each edit once it is durable."""
    project = Project.open(folder=folder)
    labeller = Labeller(project, seed)
    beside = sqlite3.connect(folder / "store.db")
    say(Began(os.getpid()))
    count = 0
    while True:
        applied = labeller.edit()
        say(Acknowledgement.of(event=applied.changes.event_id, changes=applied.edit.changes))
        count += 1
        if count % CHECKPOINT_EVERY == 0:
            beside.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def main() -> int:
    """Fork a labeller for every seed that is read."""
    folder = Path(sys.argv[1])
    while line := sys.stdin.readline():
        pid = os.fork()
        if pid == 0:
            try:
                label_until_killed(folder, int(line))
            finally:
                os._exit(1)
        _, status = os.waitpid(pid, 0)
        say(Ended(pid, os.waitstatus_to_exitcode(status)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
