from __future__ import annotations

import io
import os
import queue
import threading
from collections.abc import Callable, Iterator
from typing import BinaryIO

import pytest

from core.schema.errors import KnownError
from core.schema.learning import Recipe
from core.training.control import Control
from core.worker.messages import (
    EXIT_DEVICE_LOST,
    EXIT_NOT_LOADED,
    AnyEvent,
    AnyRequest,
    Cancel,
    Cancelled,
    Evaluate,
    Event,
    Failed,
    Heartbeat,
    Opened,
    OpenProject,
    Pause,
    Preparing,
    Ready,
    Request,
    Resume,
    Shutdown,
    StopKeepBest,
    Train,
    decode_event,
    encode,
)
from core.worker.process import MessagePipe
from core.worker.server import DeviceLostError, JobRunner, Server

READY = Ready(pid=1, devices=("CPU",), versions={})
SECRET = "Mrs Example has diabetes"


def train(job: int) -> Train:
    return Train(
        job=job,
        run_id=job + 100,
        snapshot_event=1,
        recipe=Recipe(),
        run_folder="",
        model_folder="",
    )


class FakeJobs:
    """Jobs without a library: what they do is in the folder's name."""

    def __init__(self) -> None:
        self.control: Control | None = None

    def run(self, request: AnyRequest, control: Control, send: Callable[[Event], None]) -> None:
        match request:
            case OpenProject(folder="known"):
                raise KnownError("The passphrase is wrong.", "Type it again.")
            case OpenProject(folder="bug"):
                raise ValueError(SECRET)
            case OpenProject(folder="device"):
                raise DeviceLostError("The graphics processor failed.")
            case OpenProject():
                send(Opened(job=request.job))
            case Train():
                self.control = control
                send(Preparing(job=request.job, step="begun"))
                # As the trainer does: small steps, each with a look at the user's wishes.
                while not control.stopping:
                    if control.paused:
                        send(Preparing(job=request.job, step="held"))
                        control.hold()
                        send(Preparing(job=request.job, step="went on"))
                    control.check()
                    threading.Event().wait(0.001)
                send(Preparing(job=request.job, step="stopped"))
            case _:
                raise TypeError(type(request).__name__)


class Line:
    """A server on a thread, with both ends of its pipes."""

    def __init__(self, load: Callable[[], tuple[JobRunner, Event]]) -> None:
        requests, self._to_server = os.pipe()
        events, from_server = os.pipe()
        self._requests: BinaryIO = os.fdopen(requests, "rb")
        self._from_server: BinaryIO = os.fdopen(from_server, "wb", buffering=0)
        self._events: BinaryIO = os.fdopen(events, "rb")
        self.said: queue.SimpleQueue[AnyEvent] = queue.SimpleQueue()
        self.code: int | None = None
        self._server = Server(
            pipe=MessagePipe(self._from_server), requests=self._requests, load=load
        )
        self._threads = [
            threading.Thread(target=self._serve, name="serve"),
            threading.Thread(target=self._read, name="read"),
        ]
        for thread in self._threads:
            thread.start()
        self._open = True

    def _serve(self) -> None:
        self.code = self._server.serve()
        self._from_server.close()

    def _read(self) -> None:
        for line in self._events:
            event = decode_event(line)
            if not isinstance(event, Heartbeat):
                self.said.put(event)

    def send(self, *requests: Request) -> None:
        os.write(self._to_server, b"".join(encode(request) for request in requests))

    def write(self, line: bytes) -> None:
        os.write(self._to_server, line)

    def next(self) -> AnyEvent:
        return self.said.get(timeout=5)

    def hang_up(self) -> int | None:
        if self._open:
            self._open = False
            os.close(self._to_server)
        own = [t for t in threading.enumerate() if t.name in {"requests", "heartbeat"}]
        for thread in (*self._threads, *own):
            thread.join(5)
            assert not thread.is_alive()
        self._events.close()
        self._requests.close()
        return self.code


@pytest.fixture
def line() -> Iterator[Line]:
    made = Line(lambda: (FakeJobs(), READY))
    assert made.next() == READY
    yield made
    made.hang_up()


def test_jobs_are_done_in_order(line: Line) -> None:
    line.send(*[OpenProject(job=job, folder="") for job in range(1, 6)])
    assert [line.next() for _ in range(5)] == [Opened(job=job) for job in range(1, 6)]


def test_a_known_error_is_told_with_its_remedy(line: Line) -> None:
    line.send(OpenProject(job=4, folder="known"), OpenProject(job=5, folder=""))
    assert line.next() == Failed(
        job=4, known=True, message="The passphrase is wrong.", remedy="Type it again."
    )
    assert line.next() == Opened(job=5)


def test_a_bug_ends_the_job_only_and_its_words_are_not_told(line: Line) -> None:
    line.send(OpenProject(job=4, folder="bug"), OpenProject(job=5, folder=""))
    failed = line.next()
    assert isinstance(failed, Failed)
    assert not failed.known
    assert "ValueError at test_server.py" in failed.message
    assert SECRET not in failed.message
    assert line.next() == Opened(job=5)


def test_a_line_that_is_no_request_is_passed_over(line: Line) -> None:
    line.write(b"nonsense\n\n{}\n")
    line.send(OpenProject(job=1, folder=""))
    assert line.next() == Opened(job=1)


def test_a_running_job_is_cancelled(line: Line) -> None:
    line.send(train(1))
    assert line.next() == Preparing(job=1, step="begun")
    line.send(Cancel(job=1))
    assert line.next() == Cancelled(job=1, run_id=101)


def test_a_waiting_job_is_cancelled_at_once_and_never_begins(line: Line) -> None:
    line.send(train(1), train(2), train(3))
    assert line.next() == Preparing(job=1, step="begun")
    line.send(Cancel(job=2))
    assert line.next() == Cancelled(job=2, run_id=102)
    line.send(StopKeepBest(job=1))
    assert line.next() == Preparing(job=1, step="stopped")
    assert line.next() == Preparing(job=3, step="begun")
    line.send(Cancel())
    assert line.next() == Cancelled(job=3, run_id=103)


def test_cancelling_without_a_job_ends_everything(line: Line) -> None:
    line.send(train(1), train(2))
    assert line.next() == Preparing(job=1, step="begun")
    line.send(Cancel())
    assert {line.next() for _ in range(2)} == {
        Cancelled(job=1, run_id=101),
        Cancelled(job=2, run_id=102),
    }
    line.send(OpenProject(job=3, folder=""))
    assert line.next() == Opened(job=3)


def test_a_job_is_held_goes_on_and_can_be_cancelled_while_held(line: Line) -> None:
    line.send(train(1))
    assert line.next() == Preparing(job=1, step="begun")
    for _ in range(2):
        line.send(Pause(job=1))
        assert line.next() == Preparing(job=1, step="held")
        line.send(Resume(job=1))
        assert line.next() == Preparing(job=1, step="went on")
    line.send(Pause())
    assert line.next() == Preparing(job=1, step="held")
    line.send(Cancel(job=1))
    assert line.next() == Cancelled(job=1, run_id=101)


def test_a_wish_concerns_only_the_job_it_names(line: Line) -> None:
    line.send(train(1))
    assert line.next() == Preparing(job=1, step="begun")
    line.send(Cancel(job=2), Pause(job=2), StopKeepBest(job=1))
    assert line.next() == Preparing(job=1, step="stopped")


def test_an_unknown_kind_of_job_is_told_as_a_bug(line: Line) -> None:
    line.send(Evaluate(job=9, model_folder="", split="test"))
    failed = line.next()
    assert isinstance(failed, Failed)
    assert failed.job == 9
    assert failed.message.startswith("Something unexpected went wrong in the worker: TypeError")


def test_a_worker_whose_device_is_lost_ends_so_that_another_can_begin(line: Line) -> None:
    line.send(OpenProject(job=1, folder="device"))
    assert line.next() == Failed(
        job=1, known=True, message="The graphics processor failed.", remedy=""
    )
    assert line.hang_up() == EXIT_DEVICE_LOST


@pytest.mark.parametrize("running", [False, True])
def test_shutdown_ends_it(line: Line, *, running: bool) -> None:
    if running:
        line.send(train(1), train(2))
        assert line.next() == Preparing(job=1, step="begun")
    line.send(Shutdown())
    assert line.hang_up() == 0


def test_a_closed_pipe_ends_it_in_the_midst_of_a_job(line: Line) -> None:
    line.send(train(1))
    assert line.next() == Preparing(job=1, step="begun")
    assert line.hang_up() == 0


def test_it_listens_while_the_libraries_load() -> None:
    loaded = threading.Event()

    def load() -> tuple[JobRunner, Event]:
        assert loaded.wait(5)
        return FakeJobs(), READY

    slow = Line(load)
    slow.send(train(1), OpenProject(job=2, folder=""), Cancel(job=1))
    assert slow.next() == Cancelled(job=1, run_id=101)
    loaded.set()
    assert [slow.next(), slow.next()] == [READY, Opened(job=2)]
    assert slow.hang_up() == 0


def test_libraries_that_do_not_load_are_told_of() -> None:
    def load() -> tuple[JobRunner, Event]:
        raise ImportError("libtorch.so")

    broken = Line(load)
    failed = broken.next()
    assert isinstance(failed, Failed)
    assert failed.message.startswith("The learning libraries cannot be loaded: ImportError at")
    assert broken.hang_up() == EXIT_NOT_LOADED


def test_events_that_nobody_reads_are_dropped() -> None:
    closed = io.BytesIO()
    closed.close()
    MessagePipe(closed).send(READY)


def test_a_stream_that_takes_little_at_a_time_gets_everything() -> None:
    class Narrow(io.BytesIO):
        def write(self, data: object) -> int:
            assert isinstance(data, memoryview)
            return super().write(data[:7])

    stream = Narrow()
    MessagePipe(stream).send(READY)
    assert decode_event(stream.getvalue()) == READY
