"""Revisions of the store: newer ones are refused, older ones migrated after a copy."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, inspect, text

from core.schema.errors import KnownError
from core.store import migrations
from core.store.engine import BARE, WRITING

_SCRIPTS = Path(__file__).parent / "migrations"


def is_current(engine: Engine) -> bool:
    """Tell whether a store is of this Chartmark's revision (False: it is older or empty).

    Raises:
        KnownError: It is newer.
    """
    revision = _revision(engine)
    if revision is not None and revision not in migrations.REVISIONS:
        raise KnownError("A newer Chartmark made this project.", "Update Chartmark to open it.")
    return revision == migrations.REVISIONS[-1]


def upgrade(engine: Engine, *, folder: Path) -> None:
    """Bring a store to this Chartmark's revision; one with data is copied to backups/ first.

    Raises:
        KnownError: A newer Chartmark made it, or there is no room for the copy.
    """
    if is_current(engine):
        return
    revision = _revision(engine)
    if revision is not None:
        backups = folder / "backups"
        backups.mkdir(exist_ok=True)
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        copy_store(engine, backups / f"store-{stamp}-revision-{revision}.db")
    # Alembic takes a quarter of a second to load, and most openings migrate nothing.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    with engine.connect().execution_options(**WRITING) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def copy_store(engine: Engine, file: Path) -> None:
    """Write the store, as it is committed now and encrypted as it is, into a new file."""
    with engine.connect().execution_options(**BARE) as connection:
        query_only = connection.execute(text("PRAGMA query_only")).scalar()
        # A project open for reading can be copied too: only the new file is written to.
        connection.execute(text("PRAGMA query_only = OFF"))
        try:
            connection.execute(text("VACUUM INTO :file"), {"file": str(file)})
        finally:
            connection.execute(text(f"PRAGMA query_only = {query_only}"))


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if revision is None else str(revision)
