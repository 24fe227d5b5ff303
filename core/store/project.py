"""A project: its folder, its lock, and the transactions in which its store is read and changed."""

from __future__ import annotations

import getpass
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, insert, select, text
from sqlalchemy.exc import DatabaseError

from core.schema.errors import KnownError
from core.schema.labels import LabelScheme, complete_labels
from core.schema.phrases import phrase
from core.store.attribute_rows import insert_attributes
from core.store.chain import append
from core.store.engine import WRITING, Mode, is_encrypted, known_errors, make_engine
from core.store.models import SettingRow, table_of
from core.store.scheme import check_labels, insert_labels
from core.store.upgrade import copy_store, is_current, upgrade

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
        self._closed = False

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
            scheme: Its first labels and attributes; colours and hotkeys are filled in where they
                are missing.
            passphrase: Encrypts the store if given; without it nobody can open it again.
            annotator: Who labels; the user's name on this machine by default.

        Raises:
            KnownError: The folder exists or cannot be made, or a label is there twice.
        """
        folder = folder.absolute()
        labels = complete_labels(scheme.labels)
        check_labels(labels)
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            raise KnownError(
                "{out} is there already.", "Choose another name.", out=folder
            ) from None
        except OSError as error:
            raise KnownError(
                "{folder} cannot be made ({reason}).",
                "Choose another place.",
                folder=folder,
                reason=error.strerror,
            ) from error
        try:
            project = cls._open(folder, passphrase or None, mode="rwc")
            project.annotator = annotator or project.annotator
            settings = {"guideline": scheme.guideline, "annotator": annotator}
            with project.write() as connection:
                connection.execute(
                    insert(SettingRow),
                    [{"key": key, "value": value} for key, value in settings.items()],
                )
                append(
                    connection,
                    annotator=project.annotator,
                    kind="create",
                    payload={
                        "labels": insert_labels(connection, labels),
                        "guideline": scheme.guideline,
                        "attributes": insert_attributes(connection, scheme.attributes),
                    },
                )
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
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
        return cls._open(folder, passphrase or None, mode="ro" if read_only else "rw")

    @classmethod
    def _open(cls, folder: Path, passphrase: str | None, *, mode: Mode) -> Self:
        lock, reason = None, phrase("It was opened for reading.")
        if mode != "ro":
            lock, reason = _take_lock(folder)
        engine = make_engine(
            folder / _STORE, passphrase=passphrase, mode="ro" if lock is None else mode
        )
        try:
            with known_errors():
                _check_key(engine)
                if lock is not None:
                    upgrade(engine, folder=folder)
                elif not is_current(engine):
                    raise KnownError(
                        "An older Chartmark made this project.",
                        "Open it once for writing, which brings it up to date.",
                    )
                annotator = _annotator(engine)
        except BaseException:
            engine.dispose()
            if lock is not None:
                lock.release()
            raise
        return cls(
            folder=folder,
            engine=engine,
            lock=lock,
            annotator=annotator,
            passphrase=passphrase,
            read_only_reason="" if lock is not None else reason,
        )

    def close(self) -> None:
        """Close the store and give up the lock; closing twice does no harm."""
        with self._writing:
            self._closed = True
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
        with known_errors(), self._connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a connection in a transaction, durable when left, undone when an error leaves it.

        Raises:
            KnownError: The project is read-only, the disk is full, or the store is busy.
        """
        if self.read_only:
            raise KnownError("This project is open for reading only.", self.read_only_reason)
        with self._writing, known_errors(), self._connect() as plain:
            connection = plain.execution_options(**WRITING)
            with connection.begin():
                yield connection

    def copy_store(self, file: Path) -> None:
        """Write the store, as it is committed now and encrypted as it is, into a new file."""
        with known_errors():
            copy_store(self._engine, file)

    def _connect(self) -> Connection:
        if self._closed:
            raise RuntimeError("the project is closed")
        return self._engine.connect()


def _take_lock(folder: Path) -> tuple[FileLock | None, str]:
    lock = FileLock(folder / "lock", timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        reason = phrase("Another Chartmark has this project open; it can be read here meanwhile.")
        return None, reason
    except OSError:
        return None, phrase("Its folder cannot be written in; it can be read only.")
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


def _annotator(engine: Engine) -> str:
    """Return who was named when the project was made, else the user's name on this machine."""
    setting = table_of(SettingRow)
    with engine.connect() as connection:
        query = select(setting.c.value).where(setting.c.key == "annotator")
        named = connection.execute(query).scalar()
    if named:
        return str(named)
    try:
        return getpass.getuser()
    # The account may have no name (Python before 3.13 lets KeyError and ImportError through).
    except (OSError, KeyError, ImportError):
        return "annotator"
