"""A thread for a dialog's own work: files to look at, a project to be made."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from app.store_thread import StoreThread

T = TypeVar("T")


class Background(StoreThread):
    """Runs a dialog's work in order; it may be left while something still runs.

    A dialog that closes must not wait for a slow disk, so ``leave`` lets what runs end by itself
    and drops its answer, where ``stop`` would wait for it.
    """

    def leave(self) -> None:
        """Drop what waits and all answers, without waiting."""
        self._stopped = True
        self._executor.shutdown(wait=False, cancel_futures=True)


class Latest:
    """Answers only to the last question asked: what is typed on makes the earlier ones stale."""

    def __init__(self, background: Background) -> None:
        """Ask on a dialog's thread."""
        self._background = background
        self._asked = 0

    def ask(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run ``work`` and answer, unless something else has been asked meanwhile."""
        self._asked += 1
        number = self._asked

        def answer(value: T) -> None:
            if number == self._asked:
                done(value)

        def fail(error: Exception) -> None:
            if number != self._asked:
                return
            if failed is None:
                raise error
            failed(error)

        self._background.run(work, done=answer, failed=fail)
