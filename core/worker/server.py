"""The worker's loop: listens on one thread, runs one job at a time on another."""

from __future__ import annotations

import logging
import os
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol

import msgspec

from core.schema.errors import KnownError, describe_bug
from core.schema.phrases import phrase
from core.training.control import Control, StoppedByUserError
from core.worker.failure import failure
from core.worker.messages import (
    EXIT_DEVICE_LOST,
    EXIT_NOT_LOADED,
    AnyRequest,
    Cancel,
    Cancelled,
    Event,
    Failed,
    Heartbeat,
    Pause,
    Resume,
    Shutdown,
    StopKeepBest,
    Train,
    decode_request,
)
from core.worker.process import MessagePipe

_log = logging.getLogger(__name__)

_HEARTBEAT_SECONDS = 1.0
_GRACE_SECONDS = 1.5
"""How long a job may take to notice that the process is to end."""


class DeviceLostError(KnownError):
    """The device failed in a way that only a new process mends."""


class JobRunner(Protocol):
    """Whatever does the jobs."""

    def run(self, request: AnyRequest, control: Control, send: Callable[[Event], None]) -> None:
        """Do a job, sending its events; raises StoppedByUserError when ``control`` says cancel."""


@dataclass(eq=False, slots=True)
class _Job:
    request: AnyRequest
    control: Control = field(default_factory=Control)

    @property
    def run_id(self) -> int:
        return self.request.run_id if isinstance(self.request, Train) else 0


class Server:
    """Reads requests from a pipe and answers with events.

    It listens, and its heart beats, before the libraries have loaded. Requests that steer (pause,
    cancel ...) act at once on the job that runs or waits; the others run in the order in which
    they came. When the pipe closes, its window is gone: the worker ends too.
    """

    def __init__(
        self,
        *,
        pipe: MessagePipe,
        requests: BinaryIO,
        load: Callable[[], tuple[JobRunner, Event]],
    ) -> None:
        """Prepare to serve; nothing is read before ``serve``.

        Args:
            pipe: Takes events.
            requests: Gives requests, a line each.
            load: Loads the libraries; returns what does the jobs, and the greeting to send.
        """
        self._pipe = pipe
        self._requests = requests
        self._load = load
        self._waiting: deque[_Job] = deque()
        self._running: _Job | None = None
        self._changed = threading.Condition()
        self._ended = threading.Event()
        self._leave = threading.Timer(_GRACE_SECONDS, os._exit, args=(0,))
        self._leave.daemon = True

    def serve(self) -> int:
        """Load, send the greeting, and serve until told to end; the calling thread runs the jobs.

        Returns:
            The exit code of the process.
        """
        threading.Thread(target=self._listen, name="requests", daemon=True).start()
        threading.Thread(target=self._beat, name="heartbeat", daemon=True).start()
        try:
            return self._serve()
        finally:
            self._ended.set()
            self._leave.cancel()

    def _serve(self) -> int:
        try:
            jobs, greeting = self._load()
        except Exception as error:
            bug = describe_bug(error)
            _log.error("the libraries cannot be loaded: %s", bug)
            self._pipe.send(
                Failed(
                    known=False,
                    message=phrase("The learning libraries cannot be loaded: {bug}.", bug=bug),
                    remedy=phrase(
                        "Install Chartmark again (make setup). Labelling works without them."
                    ),
                )
            )
            return EXIT_NOT_LOADED
        self._pipe.send(greeting)
        while (job := self._take()) is not None:
            if not self._do(jobs, job):
                return EXIT_DEVICE_LOST
        return 0

    def _take(self) -> _Job | None:
        """Wait for the next job; None when the process is to end."""
        with self._changed:
            self._running = None
            self._changed.wait_for(lambda: self._waiting or self._ended.is_set())
            if self._ended.is_set():
                return None
            self._running = self._waiting.popleft()
            return self._running

    def _do(self, jobs: JobRunner, job: _Job) -> bool:
        """Do a job and tell how it ended; returns whether this process can do another."""
        name = type(job.request).__name__
        try:
            jobs.run(job.request, job.control, self._pipe.send)
        except StoppedByUserError:
            self._pipe.send(Cancelled(job=job.request.job, run_id=job.run_id))
        except KnownError as error:
            _log.info("job %s ended with a known error", name)
            self._pipe.send(failure(error, job=job.request.job, run_id=job.run_id))
            return not isinstance(error, DeviceLostError)
        except Exception as error:  # a bug ends the job, never the worker
            _log.error("job %s: %s", name, describe_bug(error))
            self._pipe.send(failure(error, job=job.request.job, run_id=job.run_id))
        return True

    def _listen(self) -> None:
        for line in self._requests:
            try:
                request = decode_request(line)
            except msgspec.MsgspecError:
                _log.error("a line of %d bytes is no request", len(line))
                continue
            match request:
                case Shutdown():
                    break
                case Cancel():
                    self._cancel(request.job)
                case Pause() | Resume() | StopKeepBest():
                    self._steer(request)
                case _:
                    with self._changed:
                        self._waiting.append(_Job(request))
                        self._changed.notify()
        self._end()

    def _steer(self, request: Pause | Resume | StopKeepBest) -> None:
        with self._changed:
            jobs = [*self._waiting, *([self._running] if self._running else [])]
            concerned = [job for job in jobs if request.job in {0, job.request.job}]
        for job in concerned:
            match request:
                case Pause():
                    job.control.pause()
                case Resume():
                    job.control.resume()
                case StopKeepBest():
                    job.control.stop_keep_best()

    def _cancel(self, wanted: int) -> None:
        """Cancel what runs, and answer at once for what has not begun."""
        with self._changed:
            dropped = [job for job in self._waiting if wanted in {0, job.request.job}]
            for job in dropped:
                self._waiting.remove(job)
            running = self._running
        for job in dropped:
            self._pipe.send(Cancelled(job=job.request.job, run_id=job.run_id))
        if running is not None and wanted in {0, running.request.job}:
            running.control.cancel()

    def _beat(self) -> None:
        while not self._ended.wait(_HEARTBEAT_SECONDS):
            with self._changed:
                busy = self._running is not None or bool(self._waiting)
            self._pipe.send(Heartbeat(busy=busy))

    def _end(self) -> None:
        """Cancel what runs and let the loop return; leave anyway if a library does not let go."""
        self._leave.start()
        with self._changed:
            self._waiting.clear()
            self._ended.set()
            if self._running is not None:
                self._running.control.cancel()
            self._changed.notify()
