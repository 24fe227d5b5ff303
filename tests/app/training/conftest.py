"""A worker that is played by the test, and a small project to train on."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QSettings
from pytestqt.qtbot import QtBot

from app.preferences import Preferences
from app.session import Session
from app.training.conductor import Conductor
from app.worker_client import WorkerConnection
from core.schema.documents import ImportedDocument, Span
from core.schema.labels import Label, LabelScheme
from core.schema.learning import Report, Score
from core.store.documents import add_documents
from core.store.project import Project
from core.worker.messages import (
    AnyEvent,
    Ready,
    Request,
    TrainEvaluated,
    TrainFinished,
    TrainProgress,
    TrainStarted,
)

SCHEME = LabelScheme((Label("drug"), Label("disease")))


class PlayedConnection(WorkerConnection):
    """Takes requests and says what the test tells it to say; there is no process."""

    def __init__(self) -> None:
        super().__init__()
        self.requests: list[Request] = []
        self.cancelled: list[int] = []
        self.withdrawn: list[int] = []
        self.opened: tuple[Path, str | None] | None = None
        self.stopped = False

    def start(self, *, folder: Path, passphrase: str | None) -> None:
        self.opened = (folder, passphrase)

    def send(self, request: Request) -> None:
        self.requests.append(request)

    def cancel(self, job: int = 0) -> None:
        self.cancelled.append(job)

    def withdraw(self, job: int) -> None:
        self.withdrawn.append(job)

    def stop(self) -> None:
        self.stopped = True

    def get_ready(self) -> None:
        """Say that the worker has loaded."""
        self._ready = Ready(pid=1, devices=("CPU (2 threads)",), versions={})
        self.say(self._ready)

    def say(self, event: AnyEvent) -> None:
        """Say something as the worker."""
        self.event_received.emit(event)

    def die(self, words: str = "The worker crashed.") -> None:
        """End as a process does that is killed."""
        self._ready = None
        self.died.emit(words)


def report(f1: float) -> Report:
    """A report with this F1 everywhere but in recall."""
    score = Score(f1, f1 / 2, f1, 10)
    return Report(score, score, score, {"drug": score, "disease": Score(1.0, 0.5, 0.7, 4)})


def started(run_id: int = 1, *, resumed_step: int = 0) -> TrainStarted:
    """The begin of a training."""
    return TrainStarted(
        job=run_id,
        run_id=run_id,
        device="CPU (2 threads)",
        precision="fp32",
        train_documents=42,
        dev_documents=9,
        train_spans=120,
        total_steps=100,
        resumed_step=resumed_step,
    )


def progress(step: int, run_id: int = 1, *, loss: float = 0.5) -> TrainProgress:
    """Some updates."""
    return TrainProgress(
        job=run_id,
        run_id=run_id,
        step=step,
        total_steps=100,
        epoch=step / 10,
        loss=loss,
        learning_rate=3e-4,
        tokens_per_second=1234.0,
        seconds_left=150.0,
    )


def evaluated(step: int, f1: float, run_id: int = 1, *, best: bool = True) -> TrainEvaluated:
    """One evaluation."""
    return TrainEvaluated(
        job=run_id, run_id=run_id, step=step, epoch=1.0, report=report(f1), best=best
    )


def finished(
    project: Project, f1: float, current: float | None = None, run_id: int = 1
) -> TrainFinished:
    """The end of a training."""
    return TrainFinished(
        job=run_id,
        run_id=run_id,
        reason="completed",
        report=report(f1),
        model_folder=str(project.folder / "models" / f"run-{run_id}"),
        seconds=12.0,
        best_step=10,
        device="CPU (2 threads)",
        precision="fp32",
        current_report=None if current is None else report(current),
    )


@pytest.fixture(scope="package")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with six done records and three unread ones (keys 7, 8 and 9), to be copied."""
    documents = [
        ImportedDocument(
            key=str(key),
            name=f"record {key}",
            text="Metformin for diabetes.",
            spans=(Span(0, 9, "drug"),) if key <= 6 else (),
            reviewed=key <= 6,
            source="records.csv",
        )
        for key in range(1, 10)
    ]
    folder = tmp_path_factory.mktemp("made") / "p.chartmark"
    with Project.create(folder=folder, scheme=SCHEME, annotator="Ada") as made:
        add_documents(project=made, documents=documents)
    return folder


@pytest.fixture
def project(made_once: Path, tmp_path: Path) -> Iterator[Project]:
    """A copy of that project, open."""
    folder = tmp_path / made_once.name
    shutil.copytree(made_once, folder)
    with Project.open(folder=folder) as opened:
        yield opened


@pytest.fixture
def session(project: Project, qtbot: QtBot) -> Iterator[Session]:
    """The project as the window has it."""
    del qtbot
    opened = Session(project)
    yield opened
    opened.close()


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    """Settings of nobody."""
    return Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def worker(qtbot: QtBot) -> PlayedConnection:
    """A worker that is not ready yet."""
    del qtbot
    return PlayedConnection()


def leave(loop: QEventLoop, answer: object) -> None:
    """End a loop, whatever the answer."""
    del answer
    loop.quit()


@pytest.fixture
def settle(session: Session) -> Callable[[], None]:
    """Wait until the store threads have answered all they were asked, and what came of that."""

    def wait() -> None:
        for reading in (False, True) * 3:
            loop = QEventLoop()
            session.run(lambda: None, done=partial(leave, loop), reading=reading)
            loop.exec()

    return wait


@pytest.fixture
def conductor(
    session: Session,
    worker: PlayedConnection,
    preferences: Preferences,
    settle: Callable[[], None],
) -> Conductor:
    """A conductor that has started, with a worker that is ready."""
    made = Conductor(session, worker, preferences)
    made.start()
    settle()
    worker.get_ready()
    settle()
    return made
