"""Connections: SQLite or SQLCipher with the pragmas that make an edit durable."""

from __future__ import annotations

import importlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import QueuePool

from core.schema.errors import KnownError

_BUSY_MILLISECONDS = 10_000
_SQLITE_HEADER = b"SQLite format 3\x00"


def is_encrypted(file: Path) -> bool:
    """Tell whether a store is encrypted: a plain one begins with SQLite's header.

    Raises:
        KnownError: There is no store.
    """
    try:
        with file.open("rb") as stream:
            header = stream.read(len(_SQLITE_HEADER))
    except FileNotFoundError:
        raise KnownError(
            f"There is no project in {file.parent}.", "Choose a folder that ends in .chartmark."
        ) from None
    return header != _SQLITE_HEADER


def make_engine(file: Path, *, passphrase: str | None, read_only: bool) -> Engine:
    """Return an engine whose every connection is keyed, durable and held to foreign keys.

    Args:
        file: The database.
        passphrase: SQLCipher's, with its default key derivation; None for plain SQLite.
        read_only: Open so that nothing can be written.
    """
    mode = "ro" if read_only else "rwc"
    # sqlcipher3 has no type stubs; imported by name it is as untyped as it is.
    module: Any = sqlite3 if passphrase is None else importlib.import_module("sqlcipher3.dbapi2")
    # A file name may hold ? and #, which a URI would cut off.
    uri = f"{file.resolve().as_uri()}?mode={mode}"

    def connect() -> Any:
        connection = module.connect(uri, uri=True, check_same_thread=False, isolation_level=None)
        if passphrase is not None:
            quoted = passphrase.replace("'", "''")
            connection.execute(f"PRAGMA key = '{quoted}'")
            connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
        connection.execute("PRAGMA foreign_keys = ON")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
        else:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
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
