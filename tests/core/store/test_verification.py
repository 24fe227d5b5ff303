from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from core.schema.documents import PredictedSpan, ReviewStatus, Span
from core.schema.labels import Label
from core.store import audit, documents, edits, labels
from core.store.project import Project
from core.store.verification import verify
from tests.core.store.conftest import TEXT, add_model, imported, suggest


@pytest.fixture
def worked(project: Project) -> Project:
    """A project with a bit of everything in it."""
    item = imported("three", TEXT, Span(0, 9, "drug"), reviewed=True)
    documents.add_documents(project=project, documents=[item])
    model = add_model(project)
    suggest(project, model, 1, PredictedSpan(0, 9, "drug", 0.9), PredictedSpan(1, 2, "drug", 0.1))
    (first, _) = documents.suggestions(project=project, document_id=1)
    edits.accept_suggestions(project=project, suggestion_ids=[first.id])
    edits.set_review(project=project, document_id=2, status=ReviewStatus.FLAGGED)
    documents.assign_splits(project=project)
    labels.add_label(project=project, label=Label("finding"))
    assert verify(project=project) == []
    return project


def tamper(project: Project, *statements: str) -> None:
    """Change the store as somebody would who knows SQL and drops what stands in the way."""
    with project.write() as connection:
        triggers = connection.execute(text("SELECT name FROM sqlite_master WHERE type='trigger'"))
        for name in list(triggers.scalars()):
            connection.execute(text(f"DROP TRIGGER {name}"))
        for statement in statements:
            connection.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE span SET start = 1 WHERE id = 1", "audit"),
        ("UPDATE span SET label_id = 2", "audit"),
        ("UPDATE span SET attributes = '[\"negated\"]'", "audit"),
        ("UPDATE span SET hidden = 1", "audit"),
        ('UPDATE span SET "end" = 500 WHERE id = 1', "offsets"),
        ("UPDATE review SET status = 'done'", "audit"),
        ("UPDATE document SET split = 'test'", "audit"),
        ("UPDATE document SET text = replace(text, 'diabetes', 'migraine')", "text"),
        ("UPDATE document SET text = text || '.'", "offsets"),
        ("UPDATE document SET identity = 'x' WHERE id = 1", "text"),
        ("UPDATE label SET name = 'poison' WHERE id = 1", "audit"),
        ("UPDATE suggestion SET status = 'rejected', span_id = NULL", "audit"),
        ("UPDATE audit_event SET annotator = 'Eve' WHERE id = 2", "audit"),
        ("UPDATE audit_event SET payload = replace(payload, '9', '8') WHERE id = 3", "audit"),
        ("UPDATE audit_event SET at = '2020' WHERE id = 1", "audit"),
        ("DELETE FROM audit_event WHERE id = 3", "audit"),
        ("DELETE FROM audit_event WHERE id = (SELECT max(id) FROM audit_event)", "audit"),
        (
            "INSERT INTO span VALUES (99, 1, 1, 3, 4, '[]', '[]', 'manual', 0)",
            "audit",
        ),
    ],
)
def test_tampering_is_found(worked: Project, statement: str, kind: str) -> None:
    tamper(worked, statement)
    findings = verify(project=worked)
    assert kind in {finding.kind for finding in findings}
    assert not any("diabetes" in finding.detail for finding in findings)


def test_broken_event_is_named(worked: Project) -> None:
    assert audit.verify_chain(project=worked) is None
    tamper(worked, "UPDATE audit_event SET kind = 'undo' WHERE id = 3")
    assert audit.verify_chain(project=worked) == 3
    assert verify(project=worked)[0].detail == "the chain is broken at event 3"


def test_missing_rows_are_found(worked: Project) -> None:
    with worked.read() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.rollback()
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("DELETE FROM document WHERE id = 3")
        raw.execute("PRAGMA foreign_keys = ON")
    assert {finding.kind for finding in verify(project=worked)} >= {"reference", "audit"}


_SPAN = "INSERT INTO span VALUES (99, {document}, {label}, {start}, {end}, '[]', '[]', {origin}, 0)"


@pytest.mark.parametrize(
    "fault",
    [
        {"start": 5, "end": 5},
        {"start": 6, "end": 5},
        {"start": -1},
        {"end": len(TEXT) + 1},
        {"origin": "'guessed'"},
        {"document": 9},
        {"label": 9},
        {"start": 0, "end": 9},
    ],
)
def test_database_itself_refuses_wrong_spans(worked: Project, fault: dict[str, object]) -> None:
    good = {"document": 1, "label": 1, "start": 1, "end": 5, "origin": "'manual'"}
    with worked.write() as connection:
        connection.execute(text(_SPAN.format(**good)))
        connection.execute(text("DELETE FROM span WHERE id = 99"))
    with pytest.raises(IntegrityError), worked.write() as connection:
        connection.execute(text(_SPAN.format(**(good | fault))))
    assert verify(project=worked) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE label SET colour = '#12345Z' WHERE id = 1",
        "UPDATE label SET colour = 'red' WHERE id = 1",
        "UPDATE label SET name = 'disease' WHERE id = 1",
        "UPDATE label SET name = '' WHERE id = 1",
        "UPDATE label SET hotkey = 'd' WHERE id = 1",
        "UPDATE review SET status = 'lost'",
        "UPDATE review SET seconds = -1",
        "UPDATE document SET split = 'half'",
        "UPDATE document SET text = 'x'",
        "UPDATE document SET identity = 'x'",
        "INSERT INTO document SELECT 9, identity, name, length, patient_id, split, source, key, "
        "hidden, meta, tokens, text FROM document WHERE id = 1",
        'UPDATE span SET "end" = 1000',
        "UPDATE suggestion SET score = 2",
        "UPDATE suggestion SET status = 'lost'",
        'UPDATE suggestion SET start = 2, "end" = 1',
        "UPDATE run SET status = 'lost'",
        "UPDATE audit_event SET annotator = 'Eve'",
        "DELETE FROM audit_event",
        'INSERT INTO suggestion (model_version_id, document_id, label_id, start, "end", score, '
        "status) VALUES (1, 1, 1, 1, 2, 0.5, 'open')",
    ],
)
def test_database_itself_refuses_what_must_not_be(worked: Project, statement: str) -> None:
    with pytest.raises(IntegrityError), worked.write() as connection:
        connection.execute(text(statement))
    assert verify(project=worked) == []


def test_events_tell_who_did_what(worked: Project) -> None:
    events = audit.events(project=worked)
    assert [event.id for event in events] == list(range(1, len(events) + 1))
    assert [event.kind for event in events] == [
        "create",
        "import",
        "import",
        "promote",
        "edit",
        "edit",
        "splits",
        "scheme",
    ]
    assert {event.annotator for event in events} == {"Ada"}
    assert audit.events(project=worked, after=events[-2].id) == events[-1:]
    assert not any("Metformin" in str(event.payload) for event in events)
