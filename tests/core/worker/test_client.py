from __future__ import annotations

import os
import queue
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from core.worker import client
from core.worker.client import WorkerClient, describe_exit, ends_job, worker_environment
from core.worker.messages import (
    EXIT_DEVICE_LOST,
    AnyEvent,
    Cancelled,
    Evaluating,
    Failed,
    Opened,
    OpenProject,
    Ready,
    Scored,
)

FAKE = Path(__file__).with_name("fake_worker.py")


class Line:
    """A client of the fake worker, and what it heard."""

    def __init__(self) -> None:
        self.heard: queue.SimpleQueue[AnyEvent | tuple[str, bool]] = queue.SimpleQueue()
        self.client = WorkerClient(
            on_event=self.heard.put,
            on_exit=lambda words, asked: self.heard.put((words, asked)),
        )

    def alive(self) -> bool:
        return self.client.running

    def next(self) -> AnyEvent | tuple[str, bool]:
        return self.heard.get(timeout=10)


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    monkeypatch.setattr(client, "worker_command", lambda: [sys.executable, "-S", str(FAKE)])
    made = Line()
    yield made
    made.client.kill()
    made.client.stop()


def test_a_worker_greets_answers_and_ends_when_asked(line: Line) -> None:
    assert not line.alive()
    assert not line.client.send(OpenProject(folder="x"))
    line.client.start()
    ready = line.next()
    assert isinstance(ready, Ready)
    assert ready.pid == line.client.pid
    assert line.alive()
    assert line.client.send(OpenProject(job=3, folder="x"))
    assert line.next() == Opened(job=3)
    line.client.stop()
    assert line.next() == ("The worker ended.", True)
    assert not line.alive()
    line.client.stop()


def test_starting_twice_starts_one(line: Line) -> None:
    line.client.start()
    pid = line.client.pid
    line.client.start()
    assert line.client.pid == pid


def test_a_stray_line_is_passed_over(line: Line, caplog: pytest.LogCaptureFixture) -> None:
    line.client.start()
    line.client.send(OpenProject(job=1, folder="nonsense"))
    assert isinstance(line.next(), Ready)
    assert line.next() == Opened(job=1)
    assert caplog.messages == ["the worker sent a line that is no event (19 bytes)"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals")
@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("signal SIGKILL", "most often because memory ran out"),
        ("signal SIGSEGV", "The worker crashed (SIGSEGV)."),
        ("7", "The worker ended with an error (code 7)."),
        (str(EXIT_DEVICE_LOST), "The graphics processor failed"),
        ("0", "The worker ended."),
    ],
)
def test_a_death_is_told_in_plain_words_and_another_can_start(
    line: Line, how: str, words: str
) -> None:
    line.client.start()
    assert isinstance(line.next(), Ready)
    line.client.send(OpenProject(folder=f"die {how}"))
    told = line.next()
    assert isinstance(told, tuple)
    assert words in told[0]
    assert not told[1]
    assert not line.client.send(OpenProject(folder="x"))
    line.client.start()
    assert isinstance(line.next(), Ready)


def test_a_worker_that_does_not_end_is_killed(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAKE_WORKER", "deaf")
    line.client.start()
    began = time.monotonic()
    line.client.stop(timeout=0.2)
    assert time.monotonic() - began < 2
    told = line.next()
    assert isinstance(told, tuple)
    assert told[1]


def test_words_for_a_signal_without_a_name() -> None:
    assert "(999)" in describe_exit(-999)
    if sys.platform != "win32":
        assert "SIGBUS" in describe_exit(-signal.SIGBUS)


def test_a_worker_is_offline_whatever_the_shell_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    monkeypatch.setenv("CLINIC", "west")
    environment = worker_environment()
    assert environment["HF_HUB_OFFLINE"] == environment["TRANSFORMERS_OFFLINE"] == "1"
    assert environment["CLINIC"] == "west"


def test_a_frozen_executable_calls_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.worker_command() == [sys.executable, "-m", "core.worker"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert client.worker_command() == [sys.executable, "--worker"]


def test_the_passphrase_is_neither_in_the_command_nor_in_the_environment(line: Line) -> None:
    secret = "correct horse battery"
    line.client.start()
    line.client.send(OpenProject(folder="x", passphrase=secret))
    assert isinstance(line.next(), Ready)
    assert line.next() == Opened()
    process = psutil.Process(line.client.pid)
    assert secret not in " ".join(process.cmdline())
    assert secret not in "".join(process.environ().values())
    assert secret not in "".join(os.environ.values())


def test_what_ends_a_job() -> None:
    assert ends_job(Opened())
    assert ends_job(Cancelled())
    assert ends_job(Failed(known=True, message=""))
    assert ends_job(Scored(documents=(), done=3, total=3))
    assert not ends_job(Scored(documents=(), done=2, total=3))
    assert not ends_job(Evaluating(done=3, total=3))
