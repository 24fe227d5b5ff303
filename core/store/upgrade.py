"""Revisions of the store: newer ones are refused, older ones migrated after a copy."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from core.schema.errors import KnownError
from core.store.engine import BARE, WRITING

_SCRIPTS = Path(__file__).parent / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    return config


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def check_revision(engine: Engine) -> bool:
    """Tell whether a store is of this Chartmark's revision (False: it is older).

    Raises:
        KnownError: It is newer.
    """
    revision = _revision(engine)
    scripts = ScriptDirectory.from_config(_config())
    known = {script.revision for script in scripts.walk_revisions()}
    if revision is not None and revision not in known:
        raise KnownError("A newer Chartmark made this project.", "Update Chartmark to open it.")
    return revision == scripts.get_current_head()


def upgrade(engine: Engine, *, folder: Path, store: Path) -> None:
    """Bring a store to this Chartmark's revision; one with data is copied to backups/ first.

    Raises:
        KnownError: A newer Chartmark made it.
    """
    if check_revision(engine):
        return
    revision = _revision(engine)
    if revision is not None:
        backups = folder / "backups"
        backups.mkdir(exist_ok=True)
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        copy = backups / f"store-{stamp}-revision-{revision}.db"
        with engine.connect().execution_options(**BARE) as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        copy.write_bytes(store.read_bytes())
    config = _config()
    with engine.connect().execution_options(**WRITING) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
