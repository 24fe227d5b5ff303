"""The worker as the window sees it: signals, restarts, and a watch on its heartbeats."""

from __future__ import annotations

import time
from collections import deque
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from core.worker.client import CANCEL_SECONDS, WorkerClient
from core.worker.messages import (
    AnyEvent,
    Cancel,
    Cancelled,
    Failed,
    Heartbeat,
    OpenProject,
    Ready,
    Request,
)

_SILENCE_SECONDS = 30.0
"""Without any word for so long the worker is held to be stuck: a beat is due each second."""
_MOST_RESTARTS = 3
"""Restarts within a minute before the window stops trying by itself."""


class WorkerConnection(QObject):
    """Keeps one worker warm for the open project.

    Requests sent before the worker is ready wait for it. A worker that dies is started again; the
    request it was working on is not repeated, for the user decides about that.
    """

    event_received = Signal(object)
    """Anything the worker said but heartbeats (AnyEvent)."""
    became_ready = Signal(object)
    """The worker has loaded (Ready)."""
    died = Signal(str)
    """The worker ended without being asked; in plain words."""

    _arrived = Signal(object)
    _exited = Signal(str, bool)

    def __init__(self, *, log_folder: Path | None = None, parent: QObject | None = None) -> None:
        """Prepare a connection; ``start`` makes the process."""
        super().__init__(parent)
        self._log_folder = log_folder
        self._client = self._new_client()
        self._ready: Ready | None = None
        self._project: OpenProject | None = None
        self._waiting: list[Request] = []
        self._last_word = time.monotonic()
        self._restarts: deque[float] = deque(maxlen=_MOST_RESTARTS)
        self._cancelling = 0
        self._watch = QTimer(self)
        self._watch.setInterval(2000)
        self._watch.timeout.connect(self._on_watch)
        self._arrived.connect(self._on_arrived)
        self._exited.connect(self._on_exited)

    @property
    def ready(self) -> Ready | None:
        """What the worker said of itself when it had loaded, or None while it has not."""
        return self._ready

    @property
    def pid(self) -> int:
        """Process id of the worker."""
        return self._client.pid

    def start(self, *, folder: Path, passphrase: str | None) -> None:
        """Have a worker for this project; the passphrase goes through its pipe only."""
        self._project = OpenProject(folder=str(folder), passphrase=passphrase)
        if self._ready is not None:
            self._client.send(self._project)
            return
        self._last_word = time.monotonic()
        self._client.start()
        self._watch.start()

    def send(self, request: Request) -> None:
        """Send a request, now or as soon as the worker is ready."""
        if self._ready is None:
            self._waiting.append(request)
        else:
            self._client.send(request)

    def cancel(self, job: int = 0) -> None:
        """End a job; a worker that does not let go of it within two seconds is killed."""
        self._waiting = [request for request in self._waiting if job and request.job != job]
        self.send(Cancel(job=job))
        self._cancelling += 1
        mine = self._cancelling
        QTimer.singleShot(int(CANCEL_SECONDS * 1000), self, lambda: self._insist(mine))

    def stop(self) -> None:
        """End the worker for good."""
        self._watch.stop()
        self._project = None
        self._ready = None
        self._client.stop()

    def _new_client(self) -> WorkerClient:
        return WorkerClient(
            on_event=self._arrived.emit, on_exit=self._exited.emit, log_folder=self._log_folder
        )

    def _insist(self, cancelling: int) -> None:
        if cancelling == self._cancelling and self._client.running:
            self._client.kill()

    def _on_arrived(self, event: AnyEvent) -> None:
        self._last_word = time.monotonic()
        if isinstance(event, Heartbeat):
            if not event.busy:
                self._cancelling += 1
            return
        if isinstance(event, Cancelled | Failed):
            self._cancelling += 1
        if isinstance(event, Ready):
            self._ready = event
            if self._project is not None:
                self._client.send(self._project)
            waiting, self._waiting = self._waiting, []
            for request in waiting:
                self._client.send(request)
            self.became_ready.emit(event)
        self.event_received.emit(event)

    def _on_exited(self, words: str, asked: bool) -> None:
        self._ready = None
        if self._project is None:
            return
        if not asked:
            self.died.emit(words)
        else:
            self.died.emit(self.tr("The worker did not answer and was stopped."))
        now = time.monotonic()
        if len(self._restarts) == _MOST_RESTARTS and now - self._restarts[0] < 60:
            self._watch.stop()
            return
        self._restarts.append(now)
        self._last_word = now
        self._client.start()

    def _on_watch(self) -> None:
        if self._client.running and time.monotonic() - self._last_word > _SILENCE_SECONDS:
            self._client.kill()
