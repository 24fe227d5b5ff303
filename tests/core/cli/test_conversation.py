"""Ctrl+C in the midst of a conversation with the worker: never lost, and raised where it may be."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from core.cli.conversation import Conversation
from core.worker.messages import (
    AnyEvent,
    Cancel,
    CheckpointSaved,
    MeasureCoverage,
    Opened,
    Request,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals")
REQUEST = MeasureCoverage(job=7, backbone="")
STEP = CheckpointSaved(job=7, run_id=1, step=1)


class Played:
    """A client that keeps what is sent."""

    def __init__(self) -> None:
        self.sent: list[Request] = []

    def send(self, request: Request) -> None:
        self.sent.append(request)


class Talk(Conversation):
    """A conversation with a worker that is played."""

    def __init__(self) -> None:
        super().__init__(None)
        self.client = Played()
        vars(self)["_client"] = self.client

    def hear(self, *events: CheckpointSaved | Opened) -> None:
        for event in events:
            self._events.put(event)


@pytest.fixture(autouse=True)
def usual_handler() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    signal.signal(signal.SIGINT, before)


def follow(talk: Talk, act: Callable[[AnyEvent], None]) -> None:
    for event in talk.ask(REQUEST):
        act(event)


def interrupt() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def test_what_is_done_with_an_event_is_done_to_its_end() -> None:
    talk, done = Talk(), list[AnyEvent]()
    talk.hear(STEP, STEP, STEP)

    def act(event: AnyEvent) -> None:
        interrupt()
        done.append(event)

    with pytest.raises(KeyboardInterrupt):
        follow(talk, act)
    assert done == [STEP]
    assert talk.client.sent == [REQUEST, Cancel(job=7)]


def test_it_is_not_lost_where_python_passes_errors_over() -> None:
    class Ending:
        def __del__(self) -> None:
            interrupt()

    talk = Talk()
    talk.hear(STEP, STEP)
    with pytest.raises(KeyboardInterrupt):
        follow(talk, lambda _: print(Ending()))
    assert talk.client.sent[-1] == Cancel(job=7)


def test_it_wakes_whoever_waits() -> None:
    talk = Talk()
    timer = threading.Timer(0.1, interrupt)
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        list(talk.ask(REQUEST))
    timer.join()


def test_a_second_one_is_raised_at_once() -> None:
    talk, done = Talk(), list[AnyEvent]()
    talk.hear(STEP)

    def act(event: AnyEvent) -> None:
        interrupt()
        interrupt()
        done.append(event)

    with pytest.raises(KeyboardInterrupt):
        follow(talk, act)
    assert done == []


def test_without_it_all_is_as_ever_also_beside_the_main_thread() -> None:
    talk = Talk()
    talk.hear(STEP, Opened(job=7), STEP, Opened(job=7))
    assert list(talk.ask(REQUEST)) == [STEP, Opened(job=7)]
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: list(talk.ask(REQUEST))).result() == [STEP, Opened(job=7)]


def test_who_is_deaf_to_it_stays_so() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    talk = Talk()
    talk.hear(STEP, Opened(job=7))
    for _ in talk.ask(REQUEST):
        interrupt()
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    signal.signal(signal.SIGINT, signal.default_int_handler)
