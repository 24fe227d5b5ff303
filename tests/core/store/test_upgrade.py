from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from core.schema.documents import Span
from core.schema.errors import KnownError
from core.store import documents, edits, migrations, upgrade
from core.store.models import Base
from core.store.project import Project
from core.store.verification import verify
from tests.core.store.conftest import PASSPHRASE, SCHEME, imported

_LATER = '''"""A later revision."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{previous}"


def upgrade() -> None:
    """Add a column and fill it."""
    op.add_column("document", sa.Column("ward", sa.String, nullable=True))
    op.execute("UPDATE document SET ward = 'A'")
    {fault}
'''


def later_chartmark(home: Path, monkeypatch: pytest.MonkeyPatch, fault: str = "") -> None:
    """Make this the Chartmark of a later revision."""
    scripts = home / "migrations 100%"
    shutil.copytree(Path(migrations.__file__).parent, scripts)
    previous = migrations.REVISIONS[-1]
    later = _LATER.format(previous=previous, fault=fault)
    (scripts / "versions" / "r9999_later.py").write_text(later)
    monkeypatch.setattr(upgrade, "_SCRIPTS", scripts)
    monkeypatch.setattr(migrations, "REVISIONS", (*migrations.REVISIONS, "9999"))


def make(folder: Path, passphrase: str | None) -> None:
    with Project.create(folder=folder, scheme=SCHEME, passphrase=passphrase) as project:
        documents.add_documents(project=project, documents=[imported("one")])
        edits.add_spans(project=project, document_id=1, spans=[Span(0, 9, "drug")])


def wards(project: Project) -> list[str]:
    with project.read() as connection:
        return list(connection.execute(text("SELECT ward FROM document")).scalars())


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
def test_older_project_is_copied_then_migrated(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, passphrase: str | None
) -> None:
    make(folder, passphrase)
    later_chartmark(tmp_path, monkeypatch)
    with pytest.raises(KnownError, match="older"):
        Project.open(folder=folder, passphrase=passphrase, read_only=True)
    with Project.open(folder=folder, passphrase=passphrase) as project:
        assert wards(project) == ["A"]
        assert verify(project=project) == []
    (copy,) = (folder / "backups").iterdir()
    assert [*migrations.REVISIONS][-2] in copy.name
    monkeypatch.undo()
    restored = tmp_path / "restored.chartmark"
    restored.mkdir()
    shutil.copy(copy, restored / "store.db")
    with Project.open(folder=restored, passphrase=passphrase) as project:
        assert len(documents.spans(project=project, document_id=1)) == 1
        assert verify(project=project) == []


def test_migrated_project_is_not_copied_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(folder, None)
    later_chartmark(tmp_path, monkeypatch)
    for _ in range(3):
        Project.open(folder=folder).close()
    assert len(list((folder / "backups").iterdir())) == 1


def test_copy_holds_what_is_still_in_the_log(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(folder, None)
    with Project.open(folder=folder, read_only=True) as reader, reader.read() as connection:
        connection.execute(text("SELECT count(*) FROM document"))
        with Project.open(folder=folder) as project:
            edits.add_spans(project=project, document_id=1, spans=[Span(10, 13, "drug")])
        later_chartmark(tmp_path, monkeypatch)
        Project.open(folder=folder).close()
        monkeypatch.undo()
    (copy,) = (folder / "backups").iterdir()
    restored = tmp_path / "restored.chartmark"
    restored.mkdir()
    shutil.copy(copy, restored / "store.db")
    with Project.open(folder=restored) as project:
        assert len(documents.spans(project=project, document_id=1)) == 2


def test_failed_migration_leaves_the_project_as_it_was(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(folder, None)
    later_chartmark(tmp_path, monkeypatch, fault="raise ArithmeticError")
    with pytest.raises(ArithmeticError):
        Project.open(folder=folder)
    monkeypatch.undo()
    with Project.open(folder=folder) as project:
        assert not project.read_only
        assert verify(project=project) == []


def test_newer_project_is_refused_unchanged(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(folder, None)
    later_chartmark(tmp_path, monkeypatch)
    Project.open(folder=folder).close()
    monkeypatch.undo()
    before = (folder / "store.db").read_bytes()
    for read_only in (False, True):
        with pytest.raises(KnownError, match="newer Chartmark"):
            Project.open(folder=folder, read_only=read_only)
    assert (folder / "store.db").read_bytes() == before


def test_revisions_named_are_those_that_exist() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    scripts = ScriptDirectory.from_config(config)
    assert tuple(script.revision for script in scripts.walk_revisions())[::-1] == (
        migrations.REVISIONS
    )


def test_migrations_make_the_tables_that_the_models_say(project: Project) -> None:
    def ours(_item: object, name: str | None, kind: str, *_rest: object) -> bool:
        return kind != "table" or name is None or name in Base.metadata.tables

    with project.read() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": ours, "compare_type": True}
        )
        assert compare_metadata(context, Base.metadata) == []
        made = connection.execute(text("SELECT sql FROM sqlite_master WHERE type = 'table'"))
        sql = "\n".join(str(statement) for statement in made.scalars())
    for table in Base.metadata.tables.values():
        for constraint in table.constraints:
            rule = getattr(constraint, "sqltext", None)
            assert rule is None or str(rule).replace(" < end", ' < "end"') in sql
