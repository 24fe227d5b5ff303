"""A project of the first revision, with all that points to what is made anew, becomes of today."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from core.schema.documents import Origin, PredictedSpan, Span
from core.schema.term_lists import TermList
from core.store import documents, edits, migrations, term_lists, upgrade
from core.store.engine import make_engine
from core.store.models import SpanRow, SuggestionRow, table_of
from core.store.project import Project
from core.store.verification import verify
from tests.core.store.conftest import SCHEME, add_model, imported, suggest

_TABLES = (
    *("setting", "label", "label_former_name", "document", "span", "review", "run", "metric"),
    *("model_version", "suggestion", "uncertainty", "audit_event", "import_report"),
)


def worked_on(folder: Path) -> None:
    """Make a project of today in which every sort of row is there."""
    with Project.create(folder=folder, scheme=SCHEME, annotator="Ada") as project:
        documents.add_documents(project=project, documents=[imported("one"), imported("two")])
        model = add_model(project)
        places = [PredictedSpan(0, 9, "drug", 0.9), PredictedSpan(21, 29, "disease", 0.6)]
        suggest(project, model, 1, *places, PredictedSpan(61, 70, "drug", 0.4))
        suggest(project, model, 2, *places)
        suggest(project, model, 2, places[0])
        first, second, _ = documents.suggestions(project=project, document_id=1)
        edits.accept_suggestions(project=project, suggestion_ids=[first.id])
        edits.reject_suggestions(project=project, suggestion_ids=[second.id])
        added = edits.add_spans(project=project, document_id=2, spans=[Span(10, 13, "drug")])
        [change] = [c for c in added.edit.changes if hasattr(c, "span_id")]
        edits.delete_spans(project=project, span_ids=[change.span_id])


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same project as the first revision would have it."""
    today, older = tmp_path / "today.chartmark", tmp_path / "older.chartmark"
    worked_on(today)
    shutil.copytree(today, older)
    (older / "store.db").unlink()
    scripts = tmp_path / "scripts"
    shutil.copytree(Path(migrations.__file__).parent, scripts)
    for script in (scripts / "versions").glob("r000[2-9]*.py"):
        script.unlink()
    with monkeypatch.context() as first:
        first.setattr(upgrade, "_SCRIPTS", scripts)
        first.setattr(migrations, "REVISIONS", ("0001",))
        engine = make_engine(older / "store.db", passphrase=None, mode="rwc")
        upgrade.upgrade(engine, folder=older)
        engine.dispose()
    store = sqlite3.connect(older / "store.db")
    store.execute("ATTACH ? AS today", (str(today / "store.db"),))
    for table in _TABLES:
        names = [f'"{row[1]}"' for row in store.execute(f"PRAGMA main.table_info({table})")]
        columns = ", ".join(names)
        store.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM today.{table}")
    store.execute(
        "UPDATE sqlite_sequence SET seq = (SELECT seq FROM today.sqlite_sequence"
        " WHERE name = 'suggestion') WHERE name = 'suggestion'"
    )
    store.commit()
    store.close()
    return older


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    store = sqlite3.connect(folder / "store.db")
    found = store.execute(query).fetchall()
    store.close()
    return found


def test_every_row_and_rule_is_kept(older: Path, tmp_path: Path) -> None:
    spans = "SELECT * FROM span ORDER BY id"
    suggestions = (
        "SELECT id, model_version_id, document_id, label_id, start, end, score, status, span_id"
        " FROM suggestion ORDER BY id"
    )
    before = rows(older, spans), rows(older, suggestions)
    [(last_key,)] = rows(older, "SELECT seq FROM sqlite_sequence WHERE name = 'suggestion'")
    assert len(before[0]) == 2
    assert len(before[1]) == 4
    with Project.open(folder=older) as project:
        assert verify(project=project) == []
        assert not project.read_only
    assert (rows(older, spans), rows(older, suggestions)) == before
    assert rows(older, "SELECT seq FROM sqlite_sequence WHERE name = 'suggestion'") == [(last_key,)]
    assert rows(older, "SELECT count(*) FROM sqlite_master WHERE name LIKE '%_before'") == [(0,)]
    made = "SELECT type, name, sql FROM sqlite_master ORDER BY name"
    assert rows(older, made) == rows(tmp_path / "today.chartmark", made)


def test_the_upgraded_project_takes_lists_and_still_guards_its_text(older: Path) -> None:
    with Project.open(folder=older) as project:
        made, _ = term_lists.add_list(
            project=project, term_list=TermList("drugs", "drug", ("metformin",))
        )
        term_lists.add_matches(project=project, list_id=made.id, places={2: [(61, 70)]})
        item = documents.suggestions(project=project, document_id=2)[-1]
        edits.accept_suggestions(project=project, suggestion_ids=[item.id])
        assert documents.spans(project=project, document_id=2)[-1].origin is Origin.DICTIONARY
        assert verify(project=project) == []
        for table in (SpanRow, SuggestionRow):
            beyond = table_of(table).update().values(end=10_000)
            with pytest.raises(IntegrityError, match="beyond its document"), project.write() as own:
                own.execute(beyond)
        neither = table_of(SuggestionRow).update().values(term_list_id=None, model_version_id=None)
        with pytest.raises(IntegrityError, match="CHECK"), project.write() as own:
            own.execute(neither)
