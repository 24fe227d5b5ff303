"""A project: its folder, its lock, and the transactions in which its store is read and changed."""

from __future__ import annotations

import getpass
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, insert, text
from sqlalchemy.exc import DatabaseError

from core.schema.errors import KnownError
from core.schema.labels import LabelScheme, complete_labels
from core.store.engine import BARE, WRITING, is_encrypted, known_errors, make_engine
from core.store.models import LabelRow, SettingRow
from core.store.upgrade import check_revision, upgrade

SUFFIX = ".chartmark"
"""How a project's folder is named."""

_STORE = "store.db"


class Project:
    """An open project; a context manager that closes it.

    Any thread may read. Writing goes through one lock, a transaction at a time, and is on disk
    when ``write`` has been left.

    Attributes:
        folder: The project's folder, absolute.
        annotator: Who edits are booked to.
        read_only: Whether changes are refused.
        read_only_reason: Why, in a sentence.
        passphrase: The store's, or None.
    """

    def __init__(
        self,
        *,
        folder: Path,
        engine: Engine,
        lock: FileLock | None,
        annotator: str,
        passphrase: str | None,
        read_only_reason: str = "",
    ) -> None:
        """Use ``Project.create`` or ``Project.open`` instead."""
        self.folder = folder
        self.annotator = annotator
        self.passphrase = passphrase
        self.read_only_reason = read_only_reason
        self._engine = engine
        self._lock = lock
        self._writing = threading.RLock()

    @property
    def name(self) -> str:
        """The project's name, as its folder has it."""
        return self.folder.name.removesuffix(SUFFIX)

    @property
    def read_only(self) -> bool:
        """Whether changes are refused."""
        return self._lock is None

    @staticmethod
    def is_encrypted(folder: Path) -> bool:
        """Tell whether a project asks for a passphrase.

        Raises:
            KnownError: There is no project in the folder.
        """
        return is_encrypted(folder / _STORE)

    @classmethod
    def create(
        cls,
        *,
        folder: Path,
        scheme: LabelScheme,
        passphrase: str | None = None,
        annotator: str = "",
    ) -> Self:
        """Make a project and open it.

        Args:
            folder: Its folder, which must not exist yet.
            scheme: Its first labels; colours and hotkeys are filled in where they are missing.
            passphrase: Encrypts the store if given; without it nobody can open it again.
            annotator: Who labels; the user's name on this machine by default.

        Raises:
            KnownError: The folder exists or cannot be made, or a label is there twice.
        """
        folder = folder.absolute()
        names = scheme.names()
        if len(set(names)) != len(names) or not all(name.strip() for name in names):
            raise KnownError("Each label needs a name of its own.", "Change the names.")
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            raise KnownError(f"{folder} is there already.", "Choose another name.") from None
        except OSError as error:
            raise KnownError(
                f"{folder} cannot be made ({error.strerror}).", "Choose another place."
            ) from error
        project = cls._open(folder, passphrase, annotator, create=True)
        with project.write() as connection:
            connection.execute(
                insert(SettingRow), [{"key": "guideline", "value": scheme.guideline}]
            )
            rows = [
                {
                    "name": label.name,
                    "colour": label.colour,
                    "hotkey": label.hotkey,
                    "description": label.description,
                    "guideline": label.guideline,
                    "position": position,
                }
                for position, label in enumerate(complete_labels(scheme.labels))
            ]
            if rows:
                connection.execute(insert(LabelRow), rows)
            from core.store.audit import append

            append(
                connection,
                annotator=project.annotator,
                kind="create",
                payload={"labels": list(names)},
            )
        return project

    @classmethod
    def open(cls, *, folder: Path, passphrase: str | None = None, read_only: bool = False) -> Self:
        """Open a project; an older one is upgraded after a copy of its store is made.

        Where another process has it open for writing, this one reads only and says so.

        Raises:
            KnownError: There is none, the passphrase is wrong or missing, or a newer Chartmark
                made it.
        """
        folder = folder.absolute()
        encrypted = cls.is_encrypted(folder)
        if encrypted and not passphrase:
            raise KnownError("This project is encrypted.", "Give its passphrase.")
        if not encrypted and passphrase:
            raise KnownError("This project is not encrypted.", "Open it without a passphrase.")
        return cls._open(folder, passphrase, "", read_only=read_only)

    @classmethod
    def _open(
        cls,
        folder: Path,
        passphrase: str | None,
        annotator: str,
        *,
        create: bool = False,
        read_only: bool = False,
    ) -> Self:
        lock, reason = (None, "It was opened for reading.") if read_only else _take_lock(folder)
        engine = make_engine(
            folder / _STORE, passphrase=passphrase, read_only=lock is None and not create
        )
        try:
            _check_key(engine)
            if lock is not None:
                upgrade(engine, folder=folder, store=folder / _STORE)
            else:
                check_revision(engine)
        except BaseException:
            engine.dispose()
            if lock is not None:
                lock.release()
            raise
        return cls(
            folder=folder,
            engine=engine,
            lock=lock,
            annotator=annotator or getpass.getuser(),
            passphrase=passphrase,
            read_only_reason="" if lock is not None else reason,
        )

    def close(self) -> None:
        """Close the store and give up the lock; closing twice does no harm."""
        with self._writing:
            self._engine.dispose()
            if self._lock is not None:
                self._lock.release()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one committed state."""
        with known_errors(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a connection in a transaction, durable when left, undone when an error leaves it.

        Raises:
            KnownError: The project is read-only, the disk is full, or the store is busy.
        """
        if self.read_only:
            raise KnownError("This project is open for reading only.", self.read_only_reason)
        with self._writing, known_errors(), self._engine.connect() as plain:
            connection = plain.execution_options(**WRITING)
            with connection.begin():
                yield connection

    @contextmanager
    def bare(self) -> Iterator[Connection]:
        """Give a connection without a transaction, for VACUUM and the like."""
        with known_errors(), self._engine.connect() as plain:
            yield plain.execution_options(**BARE)


def _take_lock(folder: Path) -> tuple[FileLock | None, str]:
    lock = FileLock(folder / "lock", timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        return None, "Another Chartmark has this project open; it can be read here meanwhile."
    except OSError:
        return None, "Its folder cannot be written in; it can be read only."
    return lock, ""


def _check_key(engine: Engine) -> None:
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT count(*) FROM sqlite_master"))
    except DatabaseError as error:
        if "not a database" in str(error.orig).lower():
            raise KnownError(
                "The passphrase does not open this project.",
                "Type it again; capital letters count. Nothing was changed.",
            ) from error
        raise
