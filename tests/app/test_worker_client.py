from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from app import worker_client
from app.worker_client import WorkerConnection
from core.schema.learning import Recipe
from core.worker import client
from core.worker.messages import (
    AnyEvent,
    Cancelled,
    Opened,
    OpenProject,
    Preparing,
    Ready,
    Train,
)
from tests.core.worker.test_client import FAKE


def train(job: int) -> Train:
    return Train(
        job=job,
        run_id=job + 100,
        snapshot_event=1,
        recipe=Recipe(),
        run_folder="",
        model_folder="",
    )


class Heard:
    """A connection to the fake worker, and what it told."""

    def __init__(self, qtbot: QtBot) -> None:
        self.events: list[AnyEvent] = []
        self.deaths: list[str] = []
        self.ready = 0
        self.connection = WorkerConnection()
        self.connection.event_received.connect(self.events.append)
        self.connection.died.connect(self.deaths.append)
        self.connection.became_ready.connect(self._count)
        self._qtbot = qtbot

    def _count(self, ready: Ready) -> None:
        assert ready.pid
        self.ready += 1

    def until(self, event: AnyEvent) -> None:
        self._qtbot.waitUntil(lambda: event in self.events)

    def until_ready(self, times: int = 1) -> None:
        self._qtbot.waitUntil(lambda: self.ready >= times)

    def open(self, folder: str = "clinic") -> None:
        self.connection.start(folder=Path(folder), passphrase=None)


@pytest.fixture
def heard(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    monkeypatch.setattr(client, "worker_command", lambda: [sys.executable, "-S", str(FAKE)])
    made = Heard(qtbot)
    yield made
    made.connection.stop()


def test_what_is_asked_before_the_worker_is_ready_waits_for_it(heard: Heard) -> None:
    heard.open()
    heard.connection.send(train(1))
    assert not heard.events
    heard.until(Preparing(job=1, step="begun"))
    kinds = [type(event) for event in heard.events]
    assert kinds == [Ready, Opened, Preparing]
    assert heard.connection.ready is not None
    assert heard.connection.ready.pid == heard.connection.pid


def test_another_project_is_opened_in_the_same_worker(heard: Heard) -> None:
    heard.open()
    heard.until_ready()
    pid = heard.connection.pid
    heard.open("other")
    heard.until(Opened())
    assert heard.connection.pid == pid


def test_a_waiting_request_that_is_cancelled_never_reaches_the_worker(heard: Heard) -> None:
    heard.open()
    heard.connection.send(train(1))
    heard.connection.send(train(2))
    heard.connection.cancel(1)
    heard.until(Preparing(job=2, step="begun"))
    assert Cancelled(job=1, run_id=101) in heard.events
    assert Preparing(job=1, step="begun") not in heard.events


def test_a_job_is_cancelled_and_its_worker_lives_on(
    heard: Heard, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_client, "CANCEL_SECONDS", 0.05)
    heard.open()
    heard.connection.send(train(1))
    heard.until(Preparing(job=1, step="begun"))
    pid = heard.connection.pid
    heard.connection.cancel(1)
    heard.until(Cancelled(job=1, run_id=101))
    # The same wish anew, while the timer of the first cancel still runs: it must not be killed.
    heard.connection.send(train(1))
    later: list[bool] = []
    QTimer.singleShot(100, lambda: later.append(True))
    qtbot.waitUntil(lambda: bool(later))
    assert heard.connection.pid == pid
    assert not heard.deaths


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals")
def test_a_worker_that_does_not_let_go_is_killed_and_the_job_counts_as_cancelled(
    heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_client, "CANCEL_SECONDS", 0.05)
    monkeypatch.setenv("FAKE_WORKER", "stubborn")
    heard.open()
    heard.connection.send(train(1))
    heard.until(Preparing(job=1, step="begun"))
    heard.connection.cancel()
    heard.until(Cancelled(job=1, run_id=101))
    heard.until_ready(2)
    assert not heard.deaths
    heard.connection.send(train(2))
    heard.until(Preparing(job=2, step="begun"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals")
def test_a_dead_worker_is_told_of_and_started_again_with_the_project(
    heard: Heard, qtbot: QtBot
) -> None:
    heard.open()
    heard.connection.send(train(1))
    heard.until(Preparing(job=1, step="begun"))
    heard.events.clear()
    os.kill(heard.connection.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: bool(heard.deaths))
    assert "memory ran out" in heard.deaths[0]
    heard.until_ready(2)
    heard.until(Opened())
    assert Preparing(job=1, step="begun") not in heard.events


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals")
def test_after_many_deaths_it_waits_for_the_next_request(heard: Heard, qtbot: QtBot) -> None:
    heard.open("die 7")
    qtbot.waitUntil(lambda: len(heard.deaths) == worker_client._MOST_RESTARTS + 1)
    assert heard.connection.ready is None
    assert "code 7" in heard.deaths[-1]
    heard.connection.start(folder=Path("clinic"), passphrase=None)
    heard.until(Opened())


def test_a_silent_worker_is_stopped(
    heard: Heard, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_client, "SILENCE_SECONDS", 0.1)
    monkeypatch.setenv("FAKE_WORKER", "deaf")
    heard.connection._watch.setInterval(20)
    heard.open()
    qtbot.waitUntil(lambda: bool(heard.deaths))
    assert heard.deaths[0] == "The worker did not answer and was stopped."


def test_after_a_stop_nothing_is_heard_of_the_old_worker(heard: Heard, qtbot: QtBot) -> None:
    heard.open()
    heard.until_ready()
    heard.connection.send(OpenProject(folder="x"))
    heard.connection.stop()
    assert heard.connection.ready is None
    told = len(heard.events)
    heard.open()
    assert len(heard.events) == told
    heard.until_ready(2)
    assert not heard.deaths
