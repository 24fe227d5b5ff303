"""Connections: SQLite or SQLCipher with the pragmas that make an edit durable."""

from __future__ import annotations

import importlib
import os
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import QueuePool

from core.schema.errors import KnownError

_BUSY_MILLISECONDS = 10_000
_CHECKPOINT_PAGES = 4_000
"""Pages (16 MiB) in the write-ahead log before a commit moves them into the store: seldom enough
that one edit in many hundreds pays for it."""
Mode = Literal["ro", "rw", "rwc"]
_SQLITE_HEADER = b"SQLite format 3\x00"


def is_encrypted(file: Path) -> bool:
    """Tell whether a store is encrypted: a plain one begins with SQLite's header.

    Raises:
        KnownError: There is no store, or it cannot be read.
    """
    try:
        with file.open("rb") as stream:
            header = stream.read(len(_SQLITE_HEADER))
    except (FileNotFoundError, NotADirectoryError):
        header = b""
    except OSError as error:
        raise KnownError(
            "The project in {folder} cannot be read ({reason}).",
            "Ask for the right to read its folder.",
            folder=file.parent,
            reason=error.strerror,
        ) from error
    if not header:
        raise KnownError(
            "There is no project in {folder}.",
            "Choose a folder that ends in .chartmark.",
            folder=file.parent,
        )
    return header != _SQLITE_HEADER


def make_engine(file: Path, *, passphrase: str | None, mode: Mode) -> Engine:
    """Return an engine whose every connection is keyed, durable and held to foreign keys.

    Args:
        file: The database.
        passphrase: SQLCipher's, with its default key derivation; None for plain SQLite.
        mode: SQLite's: ``ro`` writes nothing, ``rw`` opens what is there, ``rwc`` creates.
    """
    # sqlcipher3 has no type stubs; imported by name it is as untyped as it is.
    module: Any = sqlite3 if passphrase is None else importlib.import_module("sqlcipher3.dbapi2")
    # A file name may hold ? and #, which a URI would cut off.
    uri = f"{file.resolve().as_uri()}?mode={mode}"

    def connect() -> Any:
        address = f"{uri}&immutable=1" if mode == "ro" and _cannot_change(file) else uri
        connection = module.connect(
            address, uri=True, check_same_thread=False, isolation_level=None
        )
        if passphrase is not None:
            # The same characters may be typed composed or not, as the keyboard has it.
            quoted = unicodedata.normalize("NFC", passphrase).replace("'", "''")
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = '{quoted}'")
        connection.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
        connection.execute("PRAGMA foreign_keys = ON")
        # Sorting and the like must leave no record text in temporary files.
        connection.execute("PRAGMA temp_store = MEMORY")
        if mode == "ro":
            connection.execute("PRAGMA query_only = ON")
        else:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
        return connection

    engine = create_engine(
        "sqlite://",
        creator=connect,
        module=module,
        poolclass=QueuePool,
        pool_size=4,
        # An error's words must not quote what was to be written.
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        statement = connection.get_execution_options().get("begin", "BEGIN")
        if statement:
            connection.exec_driver_sql(statement)

    return engine


def _cannot_change(file: Path) -> bool:
    """Tell whether a store lies closed in a folder where SQLite could not make its own files."""
    log = file.with_name(f"{file.name}-wal")
    return not log.exists() and not os.access(file.parent, os.W_OK)


WRITING = {"begin": "BEGIN IMMEDIATE"}
"""Options of a connection that writes: it waits for its turn before it reads anything."""
BARE = {"begin": ""}
"""Options of a connection for statements that stand outside transactions, VACUUM say."""


@contextmanager
def known_errors() -> Iterator[None]:
    """Turn what a database says of disk and locks into words the user can act on."""
    try:
        yield
    except OperationalError as error:
        words = str(error.orig).lower()
        if "full" in words:
            raise KnownError("The disk is full.", "Free some space, then try again.") from error
        if "locked" in words or "busy" in words:
            raise KnownError(
                "The project is busy in another program.", "Close it there, then try again."
            ) from error
        if "disk i/o" in words or "unable to open" in words:
            raise KnownError(
                "The project's file cannot be read or written.",
                "See that its disk is connected and that its folder is yours, then try again.",
            ) from error
        if "readonly" in words or "read-only" in words:
            raise KnownError(
                "The project can only be read.", "Ask for the right to write in its folder."
            ) from error
        raise
    except DatabaseError as error:
        if "malformed" in str(error.orig).lower():
            raise KnownError(
                "The project's file is damaged.", "Restore the latest backup."
            ) from error
        raise
