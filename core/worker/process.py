"""What makes a process a worker: its pipe, its log, its modest priority."""

from __future__ import annotations

import logging
import logging.handlers
import os
import sys
import threading
from pathlib import Path
from typing import BinaryIO

import psutil

from core.worker.messages import Event, encode

_NICENESS = 10
"""Low enough that a window on the same cores always goes first (Unix; Windows: below normal)."""


class MessagePipe:
    """The real standard output, kept for events; safe to use from any thread."""

    def __init__(self, stream: BinaryIO) -> None:
        """Write events to ``stream`` from now on."""
        self._stream = stream
        self._writing = threading.Lock()

    def send(self, event: Event) -> None:
        """Write an event; one that nobody reads any more is dropped, for the process ends then."""
        with self._writing:
            try:
                self._stream.write(encode(event))
                self._stream.flush()
            except (BrokenPipeError, ValueError):
                logging.getLogger(__name__).info("nobody reads events any more")


def take_stdout() -> MessagePipe:
    """Keep standard output for messages, and send every stray print to standard error instead."""
    kept = os.dup(1)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return MessagePipe(os.fdopen(kept, "wb", buffering=0))


def start_logging(folder: Path | None) -> None:
    """Log to a rotating file, or to standard error where there is no folder.

    The worker's own messages never hold record text; those of libraries are kept only from
    warnings on, without the objects that they were asked to print.
    """
    handler: logging.Handler
    if folder is None:
        handler = logging.StreamHandler()
    else:
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            folder / "worker.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8"
        )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("core").setLevel(logging.INFO)


def lower_priority() -> None:
    """Let labelling go first on the same cores."""
    process = psutil.Process()
    try:
        if sys.platform == "win32":
            process.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        else:
            process.nice(max(process.nice(), _NICENESS))
    except psutil.AccessDenied:
        logging.getLogger(__name__).warning("the system does not let the priority be lowered")
