"""A worker process spoken to in turn: send a request, take the events until it is answered."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from core.schema.errors import KnownError
from core.store.project import Project
from core.worker.client import WorkerClient
from core.worker.messages import (
    AnyEvent,
    Cancel,
    Cancelled,
    Evaluated,
    Event,
    Failed,
    Heartbeat,
    ModelExported,
    Opened,
    OpenProject,
    Request,
    Scored,
    TrainFinished,
)


class WorkerDiedError(KnownError):
    """The worker process ended in the midst of a job."""


class Conversation:
    """A worker that has the project open; a context manager that ends it."""

    def __init__(self, project: Project) -> None:
        """Start a worker for this project."""
        self._events: queue.SimpleQueue[AnyEvent | str] = queue.SimpleQueue()
        self._client = WorkerClient(
            on_event=self._events.put, on_exit=lambda words, _asked: self._events.put(words)
        )
        self._project = project

    def __enter__(self) -> Self:
        """Start the process and open the project in it."""
        self._client.start()
        request = OpenProject(folder=str(self._project.folder), passphrase=self._project.passphrase)
        for event in self.ask(request):
            if isinstance(event, Opened):
                break
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the process."""
        self._client.stop()

    def ask(self, request: Request) -> Iterator[AnyEvent]:
        """Send a request and yield its events, the last one included.

        Ctrl+C cancels the job, and is raised again once the worker has let go of it.

        Raises:
            KnownError: The worker says that the job failed, or died.
        """
        self._client.send(request)
        with self._cancelling(request):
            while True:
                event = self._events.get()
                if isinstance(event, str):
                    raise WorkerDiedError(event)
                if isinstance(event, Heartbeat):
                    continue
                if isinstance(event, Failed) and not event.run_id:
                    raise KnownError(event.message, event.remedy)
                yield event
                if _is_last(event):
                    return

    @contextmanager
    def _cancelling(self, request: Request) -> Iterator[None]:
        try:
            yield
        except KeyboardInterrupt:
            self._client.send(Cancel(job=request.job))
            raise


def _is_last(event: Event) -> bool:
    match event:
        case Scored():
            return event.done >= event.total
        case Opened() | TrainFinished() | Evaluated() | ModelExported() | Cancelled() | Failed():
            return True
        case _:
            return False
