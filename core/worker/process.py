"""What makes a process a worker: its pipe, its log, its modest priority."""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import os
import signal
import sys
import threading
from pathlib import Path
from typing import BinaryIO

import psutil

from core.schema.errors import describe_bug
from core.worker.messages import Event, encode

_NICENESS = 10
"""Low enough that a window on the same cores always goes first (Unix; Windows: below normal)."""

_log = logging.getLogger(__name__)


class MessagePipe:
    """The real standard output, kept for events; safe to use from any thread."""

    def __init__(self, stream: BinaryIO) -> None:
        """Write events to ``stream`` from now on."""
        self._stream = stream
        self._writing = threading.Lock()

    def send(self, event: Event) -> None:
        """Write an event; one that nobody reads any more is dropped, for the process ends then."""
        line = memoryview(encode(event))
        with self._writing:
            try:
                while line:
                    # A raw stream may take less than it is given.
                    line = line[self._stream.write(line) :]
                self._stream.flush()
            except (OSError, ValueError):
                _log.info("nobody reads events any more")


class DiscreetFormatter(logging.Formatter):
    """Writes Chartmark's own messages, and of libraries only where they had something to say.

    What a library is moved to print may quote a record; so may the words of an exception.
    """

    def __init__(self) -> None:
        """Begin each line with time, level and logger."""
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line to write."""
        own = record.name == "core" or record.name.startswith("core.")
        words = record.getMessage() if own else f"(from {record.filename}:{record.lineno})"
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            words += f": {describe_bug(error)}"
        discreet = logging.LogRecord(
            record.name, record.levelno, record.pathname, record.lineno, words, None, None
        )
        discreet.created, discreet.msecs = record.created, record.msecs
        return super().format(discreet)


def take_stdout() -> MessagePipe:
    """Keep standard output for messages, and send every stray print to standard error instead."""
    kept = os.dup(1)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return MessagePipe(os.fdopen(kept, "wb", buffering=0))


def start_logging(folder: Path | None) -> None:
    """Log to a rotating file, or to standard error where there is no folder.

    No line holds record text. Beside the log, ``worker-crash.log`` gets the places in the code
    at which the interpreter itself crashed.
    """
    handler: logging.Handler
    if folder is None:
        handler = logging.StreamHandler()
    else:
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            folder / "worker.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8"
        )
        # Kept open to the end of the process: a crash leaves no time to open it.
        faulthandler.enable((folder / "worker-crash.log").open("w", encoding="utf-8"))
    handler.setFormatter(DiscreetFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("core").setLevel(logging.INFO)


def ignore_interrupts() -> None:
    """Leave Ctrl+C to the window or command line, which cancels jobs in its own way."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def lower_priority() -> None:
    """Let labelling go first, on the same cores and on the same disk."""
    process = psutil.Process()
    try:
        if sys.platform == "win32":
            process.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
            process.ionice(psutil.IOPRIO_LOW)
        else:
            process.nice(max(process.nice(), _NICENESS))
            if sys.platform == "linux":
                process.ionice(psutil.IOPRIO_CLASS_IDLE)
                # Of all policies only this one lets the window interrupt a computing thread at
                # once; lower niceness alone leaves it waiting for milliseconds at each waking.
                os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    except (psutil.AccessDenied, OSError):
        _log.warning("the system does not let the priority be lowered")
