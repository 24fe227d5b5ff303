"""What the window waits for without waiting: coroutines on its loop, work on another thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from core.schema.errors import KnownError

T = TypeVar("T")


class Background:
    """Runs coroutines of one window; what they do on its thread happens in their order."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, failed: Callable[[KnownError], None]
    ) -> None:
        """Use the window's loop.

        Args:
            loop: Where the coroutines run.
            failed: Gets a KnownError that leaves one; any other error goes to the loop's handler.
        """
        self._loop = loop
        self._failed = failed
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="project-opening")
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, coroutine: Coroutine[Any, Any, None]) -> None:
        """Run a coroutine on the loop."""

        async def guarded() -> None:
            try:
                await coroutine
            except KnownError as error:
                self._failed(error)

        task = self._loop.create_task(guarded())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def run(self, work: Callable[[], T]) -> T:
        """Run ``work`` on the thread and return what it returns."""
        return await asyncio.wrap_future(self._thread.submit(work), loop=self._loop)

    def prepare(self, work: Callable[[], None]) -> None:
        """Run ``work`` on the thread ahead of its need; what it raises shows when it is needed."""
        self._thread.submit(work)

    def stop(self) -> None:
        """Finish what the thread does, and end it."""
        self._thread.shutdown()
