"""Starts the worker process and carries messages to and from it; no torch on this side."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from core.schema.phrases import phrase
from core.worker.environment import OFFLINE
from core.worker.messages import (
    EXIT_DEVICE_LOST,
    AnyEvent,
    BackboneMade,
    Cancelled,
    CoverageMeasured,
    Evaluated,
    Failed,
    ModelExported,
    Opened,
    PointsMeasured,
    Request,
    Scored,
    SearchFinished,
    Shutdown,
    TrainFinished,
    decode_event,
    encode,
)

_log = logging.getLogger(__name__)

CANCEL_SECONDS = 2.0
"""How long a worker may take to end a job, or itself, before it is killed."""
SILENCE_SECONDS = 30.0
"""Without any word for so long a worker is held to be stuck: a beat is due each second."""


def describe_exit(code: int) -> str:
    """Put a process's exit code into plain words.

    Args:
        code: As ``subprocess`` gives it: negative for a signal.
    """
    if code == 0:
        return phrase("The worker ended.")
    if code == -getattr(signal, "SIGKILL", 9):
        return phrase(
            "The worker was stopped by the system, most often because memory ran out. "
            "Close other programs or choose a smaller batch, then resume."
        )
    if code == EXIT_DEVICE_LOST:
        return phrase(
            "The graphics processor failed and the worker had to start again; you can resume."
        )
    if code < 0:
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = str(-code)
        return phrase(
            "The worker crashed ({signal}). Nothing you labelled is affected; you can resume.",
            signal=name,
        )
    return phrase(
        "The worker ended with an error (code {code}). Nothing you labelled is affected; "
        "you can resume.",
        code=code,
    )


def ends_job(event: AnyEvent) -> bool:
    """Tell whether the worker says nothing more of a job after this event."""
    match event:
        case Scored():
            return event.done >= event.total
        case Opened() | TrainFinished() | Evaluated() | ModelExported() | SearchFinished():
            return True
        case PointsMeasured() | BackboneMade() | CoverageMeasured() | Cancelled() | Failed():
            return True
        case _:
            return False


def worker_command() -> list[str]:
    """Return the command that starts a worker; a frozen executable calls itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--worker"]
    return [sys.executable, "-m", "core.worker"]


def worker_environment() -> dict[str, str]:
    """Return the environment of a worker: offline whatever the user's shell says."""
    return {**os.environ, **OFFLINE, "PYTHONUTF8": "1"}


class WorkerClient:
    """One worker process and the pipe to it.

    The callbacks come on a thread of the client's own, in the order in which the worker spoke.
    ``on_exit`` is called once for each process that was started, after its last event.
    """

    def __init__(
        self,
        *,
        on_event: Callable[[AnyEvent], None],
        on_exit: Callable[[str, bool], None],
        log_folder: Path | None = None,
    ) -> None:
        """Remember whom to tell.

        Args:
            on_event: Gets each event.
            on_exit: Gets the exit in plain words, and whether it was asked for.
            log_folder: Where the worker keeps its rotating log; none by default.
        """
        self._on_event = on_event
        self._on_exit = on_exit
        self._log_folder = log_folder
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._sending = threading.Lock()
        self._stopping = False

    @property
    def running(self) -> bool:
        """Whether a worker process is alive."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """Process id of the worker, 0 before the first start."""
        return self._process.pid if self._process is not None else 0

    def start(self) -> None:
        """Start the process unless it runs; it answers with ``Ready`` when it has loaded."""
        if self.running:
            return
        command = worker_command()
        if self._log_folder is not None:
            command += ["--log-folder", str(self._log_folder.absolute())]
        self._stopping = False
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=worker_environment(),
            cwd=Path(__file__).resolve().parents[2],
        )
        self._reader = threading.Thread(
            target=self._read, args=(self._process,), name="worker-events", daemon=True
        )
        self._reader.start()

    def send(self, request: Request) -> bool:
        """Send a request.

        Returns:
            Whether a worker was there to take it; if not, ``on_exit`` has told or will tell why.
        """
        process = self._process
        if process is None or process.stdin is None:
            return False
        try:
            with self._sending:
                process.stdin.write(encode(request))
                process.stdin.flush()
        except (OSError, ValueError):
            return False
        return True

    def kill(self) -> None:
        """End the process at once, whatever it does."""
        if self._process is not None and self._process.poll() is None:
            self._stopping = True
            self._process.kill()

    def stop(self, timeout: float = CANCEL_SECONDS) -> None:
        """Ask the process to end, and kill it if it has not within ``timeout`` seconds."""
        process = self._process
        if process is None:
            return
        self._stopping = True
        self.send(Shutdown())
        try:
            process.wait(timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if self._reader is not None and self._reader is not threading.current_thread():
            self._reader.join()

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        if process.stdout is None:
            return
        for line in process.stdout:
            try:
                event = decode_event(line)
            except msgspec.MsgspecError:
                _log.warning("the worker sent a line that is no event (%d bytes)", len(line))
                continue
            self._on_event(event)
        code = process.wait()
        self._close_pipes(process)
        self._on_exit(describe_exit(code), self._stopping)

    def _close_pipes(self, process: subprocess.Popen[bytes]) -> None:
        with self._sending:
            for stream in (process.stdin, process.stdout):
                try:
                    if stream is not None:
                        stream.close()
                except OSError:
                    # What was written last had nobody to go to.
                    _log.debug("the worker had gone before its pipe was closed")
