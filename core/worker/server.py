"""The worker's loop: listens on one thread, runs one job at a time on another."""

from __future__ import annotations

import logging
import os
import queue
import threading
from collections.abc import Callable
from typing import BinaryIO, Protocol

import msgspec

from core.schema.errors import KnownError, describe_bug
from core.training.control import Control, StoppedByUserError
from core.worker.messages import (
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


class JobRunner(Protocol):
    """Whatever does the jobs."""

    def run(self, request: AnyRequest, control: Control, send: Callable[[Event], None]) -> None:
        """Do a job, sending its events; raises StoppedByUserError when ``control`` says cancel."""


class Server:
    """Reads requests from a pipe and answers with events.

    Requests that steer (pause, cancel ...) act at once on the job that runs or waits; the others
    run in the order in which they came. When the pipe closes, its window is gone: the worker
    ends too.
    """

    def __init__(self, *, pipe: MessagePipe, requests: BinaryIO, jobs: JobRunner) -> None:
        """Prepare to serve; nothing is read before ``serve``."""
        self._pipe = pipe
        self._requests = requests
        self._jobs = jobs
        self._waiting: queue.SimpleQueue[tuple[AnyRequest, Control]] = queue.SimpleQueue()
        self._controls: dict[int, tuple[int, Control]] = {}
        self._guard = threading.Lock()
        self._ended = threading.Event()
        self._busy = False

    def serve(self, greeting: Event) -> None:
        """Send the greeting, then serve until told to end; the calling thread runs the jobs."""
        threading.Thread(target=self._listen, name="requests", daemon=True).start()
        threading.Thread(target=self._beat, name="heartbeat", daemon=True).start()
        self._pipe.send(greeting)
        while True:
            request, control = self._waiting.get()
            if isinstance(request, Shutdown):
                return
            self._busy = True
            self._do(request, control)
            self._busy = False
            with self._guard:
                self._controls.pop(id(control), None)

    def _do(self, request: AnyRequest, control: Control) -> None:
        run_id = request.run_id if isinstance(request, Train) else 0
        try:
            control.check()
            self._jobs.run(request, control, self._pipe.send)
        except StoppedByUserError:
            self._pipe.send(Cancelled(job=request.job, run_id=run_id))
        except KnownError as error:
            _log.info("job %s ended with a known error", type(request).__name__)
            self._pipe.send(
                Failed(
                    job=request.job,
                    known=True,
                    message=error.message,
                    remedy=error.remedy,
                    run_id=run_id,
                )
            )
        except Exception as error:  # a bug ends the job, never the worker
            bug = describe_bug(error)
            _log.error("job %s: %s", type(request).__name__, bug)
            self._pipe.send(
                Failed(
                    job=request.job,
                    known=False,
                    message=f"Something unexpected went wrong in the worker: {bug}.",
                    remedy="Your labels are safe. Try again; if it recurs, report this line.",
                    run_id=run_id,
                )
            )

    def _listen(self) -> None:
        for line in self._requests:
            try:
                request = decode_request(line)
            except msgspec.MsgspecError:
                _log.error("a line of %d bytes is no request", len(line))
                continue
            if isinstance(request, Shutdown):
                break
            if isinstance(request, Pause | Resume | StopKeepBest | Cancel):
                self._steer(request)
                continue
            control = Control()
            with self._guard:
                self._controls[id(control)] = (request.job, control)
            self._waiting.put((request, control))
        self._end()

    def _steer(self, request: Pause | Resume | StopKeepBest | Cancel) -> None:
        with self._guard:
            concerned = [c for job, c in self._controls.values() if request.job in {0, job}]
        for control in concerned:
            match request:
                case Pause():
                    control.pause()
                case Resume():
                    control.resume()
                case StopKeepBest():
                    control.stop_keep_best()
                case Cancel():
                    control.cancel()

    def _beat(self) -> None:
        while not self._ended.wait(_HEARTBEAT_SECONDS):
            self._pipe.send(Heartbeat(busy=self._busy))

    def _end(self) -> None:
        """Cancel what runs and let the loop return; leave anyway if a library does not let go."""
        self._ended.set()
        self._steer(Cancel())
        self._waiting.put((Shutdown(), Control()))
        leave = threading.Timer(_GRACE_SECONDS, os._exit, args=(0,))
        leave.daemon = True
        leave.start()
