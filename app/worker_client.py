"""The worker as the window sees it: signals, restarts, and a watch on its heartbeats."""

from __future__ import annotations

import time
from collections import deque
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from core.worker.client import CANCEL_SECONDS, SILENCE_SECONDS, WorkerClient, ends_job
from core.worker.messages import (
    AnyEvent,
    Cancel,
    Cancelled,
    Evaluate,
    ExportModel,
    Heartbeat,
    OpenProject,
    Ready,
    Request,
    ScoreDocuments,
    SearchRecipe,
    Train,
)

_WATCH_MILLISECONDS = 2000
_MOST_RESTARTS = 3
"""Restarts within a minute before the window stops trying by itself."""

_Job = Train | Evaluate | ScoreDocuments | ExportModel | SearchRecipe


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

    # From the client's thread to this object's, with the number of the client.
    _arrived = Signal(int, object)
    _exited = Signal(int, str, bool)

    def __init__(self, *, log_folder: Path | None = None, parent: QObject | None = None) -> None:
        """Prepare a connection; ``start`` makes the process."""
        super().__init__(parent)
        self._log_folder = log_folder
        self._clients = 0
        self._client = self._new_client()
        self._ready: Ready | None = None
        self._project: OpenProject | None = None
        self._waiting: list[Request] = []
        self._under_way: list[_Job] = []
        self._cancelled: list[_Job] = []
        self._last_word = time.monotonic()
        self._restarts: deque[float] = deque(maxlen=_MOST_RESTARTS)
        self._watch = QTimer(self)
        self._watch.setInterval(_WATCH_MILLISECONDS)
        self._watch.timeout.connect(self._on_watch)
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
        self._exited.connect(self._on_exited, Qt.ConnectionType.QueuedConnection)

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
        self._project = OpenProject(folder=str(folder), passphrase=passphrase, warm_up=True)
        if self._ready is not None:
            self._client.send(self._project)
        else:
            self._start_process()

    def send(self, request: Request) -> None:
        """Send a request, now or as soon as the worker is ready."""
        if self._ready is not None:
            self._send_now(request)
            return
        self._waiting.append(request)
        if self._project is not None:
            self._start_process()

    def withdraw(self, job: int) -> None:
        """Take back a request that still waits for a worker."""
        self._waiting = [request for request in self._waiting if request.job != job]

    def cancel(self, job: int = 0) -> None:
        """End a job, or with 0 whatever there is; each answers with ``Cancelled``.

        A worker that does not let go of its job within two seconds is killed and started again.
        """
        waiting = [r for r in self._waiting if isinstance(r, _Job) and job in {0, r.job}]
        self._waiting = [request for request in self._waiting if request not in waiting]
        for request in waiting:
            self._arrived.emit(self._clients, _cancelled(request))
        concerned = [request for request in self._under_way if job in {0, request.job}]
        if concerned:
            self._client.send(Cancel(job=job))
            milliseconds = int(CANCEL_SECONDS * 1000)
            QTimer.singleShot(milliseconds, self, lambda: self._insist(concerned))

    def stop(self) -> None:
        """End the worker for good."""
        self._watch.stop()
        self._project = None
        self._ready = None
        self._waiting.clear()
        self._under_way.clear()
        self._client.stop()
        # What the old one has said and nobody has heard yet must not be taken for the next one's.
        self._client = self._new_client()

    def _new_client(self) -> WorkerClient:
        self._clients += 1
        number = self._clients
        return WorkerClient(
            on_event=lambda event: self._arrived.emit(number, event),
            on_exit=lambda words, asked: self._exited.emit(number, words, asked),
            log_folder=self._log_folder,
        )

    def _start_process(self) -> None:
        if not self._client.running:
            self._last_word = time.monotonic()
            self._client.start()
        self._watch.start()

    def _send_now(self, request: Request) -> None:
        if isinstance(request, _Job):
            self._under_way.append(request)
        self._client.send(request)

    def _insist(self, concerned: list[_Job]) -> None:
        # Compared as objects: the same wish may have been sent anew meanwhile.
        still = [r for r in concerned if any(r is other for other in self._under_way)]
        if still and self._client.running:
            self._cancelled = still
            self._client.kill()

    def _on_arrived(self, client: int, event: AnyEvent) -> None:
        if client != self._clients or self._project is None:
            return
        self._last_word = time.monotonic()
        if isinstance(event, Heartbeat):
            return
        if ends_job(event):
            ended = next((r for r in self._under_way if r.job == event.job), None)
            if ended is not None:
                self._under_way.remove(ended)
        if isinstance(event, Ready):
            self._ready = event
            self._client.send(self._project)
            waiting, self._waiting = self._waiting, []
            for request in waiting:
                self._send_now(request)
            self.became_ready.emit(event)
        self.event_received.emit(event)

    def _on_exited(self, client: int, words: str, asked: bool) -> None:
        if client != self._clients or self._project is None:
            return
        self._ready = None
        self._under_way.clear()
        cancelled, self._cancelled = self._cancelled, []
        if cancelled:
            for request in cancelled:
                self.event_received.emit(_cancelled(request))
            self._start_process()
            return
        self.died.emit(self.tr("The worker did not answer and was stopped.") if asked else words)
        now = time.monotonic()
        if len(self._restarts) == _MOST_RESTARTS and now - self._restarts[0] < 60:
            self._watch.stop()
            return
        self._restarts.append(now)
        self._start_process()

    def _on_watch(self) -> None:
        if self._client.running and time.monotonic() - self._last_word > SILENCE_SECONDS:
            self._client.kill()


def _cancelled(request: _Job) -> Cancelled:
    return Cancelled(job=request.job, run_id=request.run_id if isinstance(request, Train) else 0)
