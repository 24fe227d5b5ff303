"""A process of a training by several: the first leads and tells, the others read and follow.

Each opens the project by itself, with its own key, so that neither records nor passphrase are sent
between them. What is sent is the order to train, which names runs, models and numbers of records.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Self

import msgspec

from core.schema.documents import Split
from core.schema.errors import KnownError
from core.store.project import Project
from core.training.control import Control, StoppedByUserError
from core.training.faults import is_peer_lost
from core.training.group import join, leave
from core.training.run import Documents, assist
from core.worker.environment import network
from core.worker.failure import failure
from core.worker.jobs import Jobs
from core.worker.messages import Event, OpenProject, Train
from core.worker.snapshot import learned_documents, read_snapshot

Send = Callable[[Event], None]

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class PeerLostError(KnownError):
    """Another process of the training ended, so this one cannot go on."""


class _Task(msgspec.Struct, frozen=True):
    """What the first process tells the others: its project's folder, and what is to be trained."""

    folder: str
    request: Train


class Member:
    """This process among those that train; a context manager that leaves them at the end.

    Ctrl+C and the system's wish that it ends (SIGTERM) end the training between two layers.
    """

    def __init__(self, device: str) -> None:
        """Join the others; it waits for all of them.

        Args:
            device: ``auto`` or a device's name.

        Raises:
            KnownError: They cannot train together there.
        """
        self._group, self._device = join(device)
        self._control = Control()
        self._told = False
        self._before: dict[signal.Signals, Any] = {}

    @property
    def leads(self) -> bool:
        """Whether this process writes, evaluates and speaks for all."""
        return self._group.leads

    def __enter__(self) -> Self:
        """Listen to signals."""
        self._before = {number: signal.signal(number, self._end) for number in _SIGNALS}
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let the others go where no training came of it, and leave the group."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        if self.leads and not self._told:
            # One that has ended need not be told.
            with suppress(RuntimeError):
                self._group.share(b"")
        leave()

    def lead(self, request: Train, *, project: Project, send: Send) -> None:
        """Train; what ends it is sent, but for what lets it go on later.

        Args:
            request: What is to be trained.
            project: Open here.
            send: Gets the events.

        Raises:
            PeerLostError: Another process ended.
            KeyboardInterrupt: A signal ended it.
        """
        task = _Task(folder=str(project.folder), request=request)
        self._told = True
        with _named_ends():
            self._group.share(msgspec.json.encode(task))
        own = msgspec.structs.replace(request, device=str(self._device))
        jobs = Jobs(self._group)
        open_it = OpenProject(folder=task.folder, passphrase=project.passphrase)
        jobs.run(open_it, self._control, lambda _: None)
        try:
            with _named_ends():
                jobs.run(own, self._control, send)
        except PeerLostError:
            raise
        except Exception as error:
            send(failure(error, job=request.job, run_id=request.run_id))

    def follow(self, folder: Path, open_project: Callable[[], Project]) -> None:
        """Do a share of what the first process leads; nothing where it gave up before.

        Args:
            folder: The project's, as this machine has it.
            open_project: Opens it for reading.

        Raises:
            KnownError: Something hinders this process or another one.
            KeyboardInterrupt: A signal ended it.
        """
        with _named_ends():
            told = self._group.share()
        if not told:
            return
        task = msgspec.json.decode(told, type=_Task)
        request = task.request

        def here(path: str) -> Path:
            """Find what lies in the first one's project in this one's."""
            within = Path(path)
            if within.is_relative_to(task.folder):
                return folder.absolute() / within.relative_to(task.folder)
            return within

        def read() -> Documents:
            with open_project() as project:
                by_split, names = read_snapshot(project=project, event=request.snapshot_event)
            return learned_documents(request, by_split), by_split[Split.DEV], names

        with _named_ends(), network(allowed=request.allow_network):
            assist(
                read=read,
                recipe=request.recipe,
                run_folder=here(request.run_folder),
                control=self._control,
                group=self._group,
                backbone=str(here(request.backbone)) if request.backbone else None,
                start_model=here(request.start_model) if request.start_model else None,
                device=str(self._device),
                resume=request.resume,
                allow_network=request.allow_network,
            )

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        self._control.cancel()


@contextmanager
def _named_ends() -> Iterator[None]:
    """Name what ends a training by several from outside."""
    try:
        yield
    except StoppedByUserError:
        raise KeyboardInterrupt from None
    except RuntimeError as error:
        if not is_peer_lost(error):
            raise
        raise PeerLostError(
            "Another process of this training ended.",
            "See what it said; --resume goes on from the last checkpoint.",
        ) from error
