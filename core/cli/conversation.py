"""A worker process spoken to in turn: send a request, take the events until it is answered."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from core.schema.errors import KnownError
from core.store.project import Project
from core.worker.client import SILENCE_SECONDS, WorkerClient, ends_job
from core.worker.messages import AnyEvent, Cancel, Failed, Heartbeat, OpenProject, Ready, Request


class WorkerDiedError(KnownError):
    """The worker process ended in the midst of a job."""


class Conversation:
    """A worker that has the project open, if there is one; a context manager that ends it."""

    def __init__(self, project: Project | None) -> None:
        """Start a worker for this project, or for work that needs none."""
        self._events: queue.SimpleQueue[AnyEvent | str] = queue.SimpleQueue()
        self._client = WorkerClient(
            on_event=self._events.put, on_exit=lambda words, _asked: self._events.put(words)
        )
        self._project = project

    def __enter__(self) -> Self:
        """Start the process and open the project in it."""
        self._client.start()
        if self._project is None:
            return self
        request = OpenProject(folder=str(self._project.folder), passphrase=self._project.passphrase)
        try:
            for _ in self.ask(request):
                pass
        except BaseException:
            self._client.stop()
            raise
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

        Ctrl+C sends a cancel before it is raised again; the worker ends with the conversation.

        Raises:
            WorkerDiedError: The worker died, or has been silent for long.
            KnownError: The worker says that the job failed; the failure of a Run is yielded.
        """
        self._client.send(request)
        with self._cancelling(request):
            while True:
                event = self._next()
                if isinstance(event, Failed) and not event.run_id:
                    raise KnownError(event.message, event.remedy)
                yield event
                if ends_job(event):
                    return

    def _next(self) -> AnyEvent:
        """Wait for the next event that is more than a sign of life."""
        while True:
            try:
                event = self._events.get(timeout=SILENCE_SECONDS)
            except queue.Empty:
                self._client.kill()
                raise WorkerDiedError("The worker did not answer and was stopped.") from None
            if isinstance(event, str):
                raise WorkerDiedError(event)
            if not isinstance(event, Heartbeat | Ready):
                return event

    @contextmanager
    def _cancelling(self, request: Request) -> Iterator[None]:
        try:
            yield
        except KeyboardInterrupt:
            self._client.send(Cancel(job=request.job))
            raise
