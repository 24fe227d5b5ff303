"""How a running job is steered from another thread: paused, stopped early, cancelled."""

from __future__ import annotations

import threading
from typing import Protocol

HOLD, GO_ON = b"h", b"g"
"""How wishes are put for a process that trains beside."""


class StoppedByUserError(Exception):
    """The user cancelled the job."""


class Follower(Protocol):
    """What pauses and goes on with a job; its methods may be called from any thread."""

    def pause(self) -> None:
        """Hold."""

    def resume(self) -> None:
        """Go on."""


class Control:
    """Wishes concerning one job; every method may be called from any thread."""

    def __init__(self) -> None:
        """Begin without any wish."""
        self._cancelled = threading.Event()
        self._stopping = threading.Event()
        self._going = threading.Event()
        self._going.set()
        self._followers: tuple[Follower, ...] = ()

    def pause(self) -> None:
        """Hold the job at its next check."""
        self._going.clear()
        for follower in self._followers:
            follower.pause()

    def resume(self) -> None:
        """Let a held job go on."""
        self._going.set()
        for follower in self._followers:
            follower.resume()

    def lead(self, *followers: Follower) -> None:
        """Pause and go on together with these, and no longer with those before them."""
        self._followers = followers
        if self.paused:
            for follower in followers:
                follower.pause()

    def stop_keep_best(self) -> None:
        """End a training at its next update and finish with the best model so far."""
        self._stopping.set()
        self.resume()

    def cancel(self) -> None:
        """End the job at its next check."""
        self._cancelled.set()
        self._going.set()

    @property
    def paused(self) -> bool:
        """Whether the job is to hold."""
        return not self._going.is_set()

    @property
    def stopping(self) -> bool:
        """Whether the training is to finish early."""
        return self._stopping.is_set()

    def check(self) -> None:
        """End the job if that is wished; called often, between short steps.

        Raises:
            StoppedByUserError: The job was cancelled.
        """
        if self._cancelled.is_set():
            raise StoppedByUserError

    def hold(self) -> None:
        """Wait while the job is paused.

        Raises:
            StoppedByUserError: The job was cancelled meanwhile.
        """
        self._going.wait()
        self.check()
