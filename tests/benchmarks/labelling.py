"""How long a label takes to its durable commit, while a training keeps all cores busy."""

from __future__ import annotations

import os
import random
import re
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer

from app.history import Saved
from app.record import Record
from app.session import Session
from app.worker_client import WorkerConnection
from core.operations import training
from core.operations.sample import LABELS, sample_notes
from core.schema.documents import ImportedDocument, ReviewStatus, Split
from core.schema.labels import LabelScheme
from core.schema.learning import Recipe
from core.store import documents
from core.store.project import Project
from core.worker.messages import AnyEvent, CheckpointSaved, Failed, TrainFinished, TrainProgress
from tests.benchmarks.figures import Figure, at_most, publish

LIMIT_MILLISECONDS = 10.0
RECORDS = 200
DONE = 120
"""Records that the training is given; the rest are labelled meanwhile."""
LABELS_GIVEN = 600
PAUSE_MILLISECONDS = 15
"""Between two labels: some forty a second, a multiple of what hands can do."""
IN_A_RECORD = 20
"""Labels before the next record is opened."""


def run() -> bool:
    """Measure with and without a training, and publish; returns whether the goal is met."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QCoreApplication.instance() or QCoreApplication(sys.argv)
    with tempfile.TemporaryDirectory() as folder:
        project = make_project(Path(folder) / "labelling.chartmark")
        session = Session(project)
        session.start()
        labeller = Labeller(session)
        alone = labeller.label(lambda given: given >= LABELS_GIVEN)
        trainer = Trainer(session)
        trainer.begin()
        # Evaluations and checkpoints belong to a training, so at least one must fall within.
        beside = labeller.label(
            lambda given: given >= LABELS_GIVEN and (trainer.dead or trainer.checkpoints > 0)
        )
        trainer.end()
        session.close()
    application.processEvents()
    if trainer.dead:
        raise RuntimeError("the training ended while labels were measured")
    return publish(
        "labelling",
        {
            "label_p99_while_training": at_most(_p99(beside), LIMIT_MILLISECONDS, "ms"),
            "label_p50_while_training": at_most(
                statistics.median(beside), LIMIT_MILLISECONDS, "ms"
            ),
            "label_p99_against_no_training": _compared(_p99(beside), _p99(alone)),
            "label_p50_against_no_training": _compared(
                statistics.median(beside), statistics.median(alone)
            ),
            "label_slowest_while_training": _compared(max(beside), max(alone)),
        },
    )


def make_project(folder: Path) -> Project:
    """Make a project of 200 sample notes, the first of them done, and open it."""
    notes = [note.document for note in sample_notes()]
    project = Project.create(folder=folder, scheme=LabelScheme(LABELS))
    chosen = [
        _record(notes[number % len(notes)], number, done=number < DONE) for number in range(RECORDS)
    ]
    documents.add_documents(project=project, documents=chosen)
    return project


def _record(note: ImportedDocument, number: int, *, done: bool) -> ImportedDocument:
    split = (Split.DEV if number % 6 == 0 else Split.TRAIN) if done else None
    name = f"{note.name} {number}"
    return replace(
        note,
        key=name,
        name=name,
        patient_id=name,
        split=split,
        reviewed=done,
        spans=note.spans if done else (),
    )


class Labeller(QObject):
    """Labels words of open records through the session, as the window does, one by one."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._random = random.Random(13)
        self._record: Record | None = None
        self._opening = False
        self._enough: Callable[[int], bool] = bool
        self._in_record = 0
        self._took: list[float] = []
        self._loop = QEventLoop()
        session.saved.connect(self._on_saved)
        session.record_opened.connect(self._on_opened)
        session.refused.connect(self._on_refused)

    def label(self, enough: Callable[[int], bool]) -> list[float]:
        """Label until so many are enough; returns the milliseconds of each from asking to commit.

        Args:
            enough: Gets how many labels there are.
        """
        self._enough, self._took = enough, []
        QTimer.singleShot(0, self._open_another)
        self._loop.exec()
        return self._took

    def _open_another(self) -> None:
        unread = [
            row.document_id
            for row in self._session.queue.rows
            if row.status in {ReviewStatus.TODO, ReviewStatus.IN_PROGRESS}
        ]
        if not unread:
            QTimer.singleShot(PAUSE_MILLISECONDS, self._open_another)
            return
        self._in_record = 0
        self._opening = True
        self._session.open_record(self._random.choice(unread))

    def _on_opened(self, record: Record) -> None:
        self._record = record
        # The session opens its first record by itself; nobody asked for that one here.
        if self._opening:
            self._opening = False
            self._label()

    def _label(self) -> None:
        record = self._record
        if record is None:
            return
        words = [match.span() for match in re.finditer(r"\w+", record.document.text)]
        label = self._random.choice(LABELS).name
        self._session.label_stretch(stretches=[self._random.choice(words)], label=label)
        # What is labelled so already saves nothing and says nothing.
        QTimer.singleShot(PAUSE_MILLISECONDS, self._next)

    def _next(self) -> None:
        self._in_record += 1
        if self._enough(len(self._took)):
            self._loop.quit()
        elif self._in_record >= IN_A_RECORD:
            self._open_another()
        else:
            self._label()

    def _on_saved(self, saved: Saved) -> None:
        if saved.name == "Label":
            self._took.append(saved.milliseconds)

    def _on_refused(self, error: Exception) -> None:
        raise error


class Trainer(QObject):
    """Has the worker train the embedded backbone, and books what it says as the window does.

    Attributes:
        checkpoints: How many were saved since ``begin`` returned.
        dead: Whether the training has ended by itself.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._connection = WorkerConnection()
        self._connection.event_received.connect(self._on_event)
        self._loop = QEventLoop()
        self.checkpoints = 0
        self.dead = False
        self._connection.died.connect(self._on_died)

    def begin(self) -> None:
        """Begin a long training; returns when its first updates are done."""
        project = self._session.project
        _, request = training.begin_retrain(
            project=project, recipe=Recipe(epochs=10_000, patience=10_000)
        )
        self._connection.start(folder=project.folder, passphrase=None)
        self._connection.send(request)
        self._loop.exec()
        self.checkpoints = 0

    def end(self) -> None:
        """End the worker."""
        self._connection.stop()

    def _on_event(self, event: AnyEvent) -> None:
        self._session.run(lambda: training.book(project=self._session.project, event=event))
        if isinstance(event, Failed | TrainFinished):
            self.dead = True
        if isinstance(event, CheckpointSaved):
            self.checkpoints += 1
        if isinstance(event, TrainProgress | Failed):
            self._loop.quit()

    def _on_died(self, words: str) -> None:
        self.dead = True
        self._loop.quit()


def _p99(values: list[float]) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[98]


def _compared(value: float, peer: float) -> Figure:
    return Figure(value, "ms", peer, value / peer, "for comparison", met=True)


if __name__ == "__main__":
    sys.exit(0 if run() else 1)
