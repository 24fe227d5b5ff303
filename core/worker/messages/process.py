"""Messages of the worker as such: its project, its life, how any job ends."""

from __future__ import annotations

from core.worker.messages.envelope import Event, Request

EXIT_NOT_LOADED, EXIT_DEVICE_LOST = 1, 3
"""Exit codes: the libraries could not be loaded; the device answers no more in this process."""


class OpenProject(Request, frozen=True, tag="open", kw_only=True):
    """Read records from this project from now on. The key travels only here.

    Attributes:
        folder: The project's folder, absolute.
        passphrase: The store's, or None.
        warm_up: Whether to get ready for a training once it is opened, as nobody waits yet.
    """

    folder: str
    passphrase: str | None = None
    warm_up: bool = False

    def __repr__(self) -> str:
        """Name the folder alone: the passphrase must not be printed by accident."""
        return f"OpenProject(job={self.job!r}, folder={self.folder!r})"


class Cancel(Request, frozen=True, tag="cancel"):
    """End whatever job runs, within two seconds, and keep nothing of it but checkpoints."""


class Shutdown(Request, frozen=True, tag="shutdown"):
    """End the process."""


class Ready(Event, frozen=True, tag="ready", kw_only=True):
    """The process has loaded its libraries.

    Attributes:
        pid: Process id.
        devices: What can train here, best first, as shown (``CPU (2 threads, bf16)``).
        versions: Of torch, transformers and the like.
    """

    pid: int
    devices: tuple[str, ...]
    versions: dict[str, str]


class Heartbeat(Event, frozen=True, tag="heartbeat", kw_only=True):
    """Sent every second, also while a job runs."""

    busy: bool


class Opened(Event, frozen=True, tag="opened"):
    """The project can be read."""


class Preparing(Event, frozen=True, tag="preparing", kw_only=True):
    """A training, scoring or export is at a step before or after its main work."""

    step: str


class Cancelled(Event, frozen=True, tag="cancelled", kw_only=True):
    """The job ended as asked; ``run_id`` is 0 where it was no training."""

    run_id: int = 0


class Failed(Event, frozen=True, tag="failed", kw_only=True):
    """The job ended with an error.

    Attributes:
        known: Whether the user can mend it; otherwise it is a bug.
        message: In plain words, without record text.
        remedy: What the user can do.
        run_id: The Run that failed, or 0 where it was no training.
    """

    known: bool
    message: str
    remedy: str = ""
    run_id: int = 0
