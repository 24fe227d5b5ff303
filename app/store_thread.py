"""One thread that runs store verbs in order and answers on the thread of the window."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

T = TypeVar("T")
_SWITCH_SECONDS = 0.0005
"""How long a thread that runs Python keeps another from it: the store must not wait 5 ms, which
is Python's own measure, for a paint or a read to let go."""


class StoreThread(QObject):
    """Runs callables one after the other on a thread of its own.

    What they return or raise comes back on the thread that made this object, in the same order.
    A coroutine on the window's loop may await one: ``await asyncio.wrap_future(submit(work))``.
    """

    _answered = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        """Start idle; the thread begins with the first work.

        Args:
            name: Of the thread, seen in debuggers and crash reports.
            parent: Qt's owner.
        """
        super().__init__(parent)
        sys.setswitchinterval(_SWITCH_SECONDS)
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._stopped = False
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        *,
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run ``work`` after all that was asked before.

        Args:
            work: Called on the thread; touches no widget.
            done: Gets what it returned, on the window's thread.
            failed: Gets what it raised, on the window's thread; without it the error is raised
                there, which makes a crash report.
        """

        def answer(future: Future[T]) -> None:
            if future.cancelled() or self._stopped:
                return
            self._answered.emit(lambda: _deliver(future, done, failed))

        self.submit(work).add_done_callback(answer)

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Run ``work`` after all that was asked before, and return its future."""
        return self._executor.submit(work)

    def stop(self, *, drop_waiting: bool = False) -> None:
        """Finish what was asked, and end the thread; answers that come now are not delivered.

        Args:
            drop_waiting: Leave out what has not begun: right for reads, never for edits.
        """
        self._stopped = True
        self._executor.shutdown(wait=True, cancel_futures=drop_waiting)

    @Slot(object)
    def _on_answered(self, deliver: Callable[[], None]) -> None:
        if not self._stopped:
            deliver()


def _deliver(
    future: Future[T],
    done: Callable[[T], None] | None,
    failed: Callable[[Exception], None] | None,
) -> None:
    error = future.exception()
    if error is None:
        if done is not None:
            done(future.result())
    elif failed is not None and isinstance(error, Exception):
        failed(error)
    else:
        raise error
