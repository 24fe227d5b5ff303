"""The first tables, full-text search, and the triggers that keep spans inside their text."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_CHECKS = {
    "label": (
        "length(name) > 0",
        f"colour GLOB '#{'[0-9A-Fa-f]' * 6}'",
        "length(hotkey) <= 1",
    ),
    "document": ("length >= 0", "split IN ('train', 'dev', 'test')"),
    "span": (
        '0 <= start AND start < "end"',
        "origin IN ('manual', 'imported', 'suggested', 'propagated')",
    ),
    "review": ("status IN ('todo', 'in_progress', 'done', 'flagged')", "seconds >= 0"),
    "run": ("status IN ('running', 'finished', 'stopped', 'cancelled', 'failed', 'interrupted')",),
    "suggestion": (
        '0 <= start AND start < "end"',
        "0 <= score AND score <= 1",
        "status IN ('open', 'accepted', 'rejected', 'corrected')",
    ),
}

_INSIDE_TEXT = tuple(
    f"""
    CREATE TRIGGER {table}_inside_text_{when} BEFORE {when} ON {table}
    WHEN NEW."end" > (SELECT length FROM document WHERE id = NEW.document_id)
    BEGIN SELECT RAISE(ABORT, '{table} reaches beyond its document'); END
    """
    for table in ("span", "suggestion")
    for when in ("INSERT", "UPDATE")
)
_TRIGGERS = (
    *_INSIDE_TEXT,
    """
    CREATE TRIGGER document_text_is_fixed
    BEFORE UPDATE OF text, length, identity, source, key ON document
    BEGIN SELECT RAISE(ABORT, 'the text of a document never changes'); END
    """,
    """
    CREATE TRIGGER audit_event_is_fixed BEFORE UPDATE ON audit_event
    BEGIN SELECT RAISE(ABORT, 'audit events never change'); END
    """,
    """
    CREATE TRIGGER audit_event_stays BEFORE DELETE ON audit_event
    BEGIN SELECT RAISE(ABORT, 'audit events are never deleted'); END
    """,
    """
    CREATE VIRTUAL TABLE document_search USING fts5(
        text, content = 'document', content_rowid = 'id', tokenize = 'trigram'
    )
    """,
    """
    CREATE TRIGGER document_search_add AFTER INSERT ON document
    BEGIN INSERT INTO document_search(rowid, text) VALUES (NEW.id, NEW.text); END
    """,
    """
    CREATE TRIGGER document_search_remove AFTER DELETE ON document
    BEGIN
        INSERT INTO document_search(document_search, rowid, text)
        VALUES ('delete', OLD.id, OLD.text);
    END
    """,
)


def _key(name: str = "id") -> sa.Column[int]:
    return sa.Column(name, sa.Integer, primary_key=True)


def _text(name: str, *, null: bool = False, unique: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=null, unique=unique)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _to(name: str, table: str, *, null: bool = False, key: bool = False) -> sa.Column[int]:
    target = sa.ForeignKey(f"{table}.id")
    return sa.Column(name, sa.Integer, target, nullable=null, primary_key=key)


def _json(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.JSON, nullable=null)


def _table(name: str, *parts: sa.schema.SchemaItem, autoincrement: bool = False) -> None:
    checks = [sa.CheckConstraint(rule) for rule in _CHECKS.get(name, ())]
    op.create_table(name, *parts, *checks, sqlite_autoincrement=autoincrement)


def upgrade() -> None:
    """Make the tables."""
    hidden = ("hidden", sa.Boolean)
    _table("setting", sa.Column("key", sa.String, primary_key=True), _text("value"))
    _table(
        "label",
        _key(),
        *(_text(name) for name in ("name", "colour", "hotkey", "description", "guideline")),
        _whole("position"),
        _to("merged_into", "label", null=True),
    )
    _table("label_former_name", _key(), _text("name"), _to("label_id", "label"))
    _table(
        "document",
        _key(),
        _text("identity", unique=True),
        _text("name"),
        _whole("length"),
        _text("patient_id"),
        _text("split", null=True),
        _text("source"),
        _text("key"),
        sa.Column(*hidden, nullable=False),
        _json("meta"),
        _json("tokens", null=True),
        _text("text"),
    )
    _table(
        "span",
        _key(),
        _to("document_id", "document"),
        _to("label_id", "label"),
        _whole("start"),
        _whole("end"),
        _json("attributes"),
        _json("pieces"),
        _text("origin"),
        sa.Column(*hidden, nullable=False),
    )
    _table(
        "review",
        _to("document_id", "document", key=True),
        _text("annotator"),
        _text("status"),
        sa.Column("seconds", sa.Float, nullable=False),
    )
    _table(
        "run",
        _key(),
        _text("status"),
        _json("recipe"),
        _text("backbone"),
        _whole("snapshot_event"),
        *(_text(name) for name in ("folder", "device", "started")),
        _text("finished", null=True),
        _text("message"),
    )
    _table("metric", _key(), _to("run_id", "run"), _text("at"), _text("kind"), _json("payload"))
    _table(
        "model_version",
        _key(),
        _to("run_id", "run"),
        _text("name", unique=True),
        _text("folder", unique=True),
        _text("created"),
        _json("report"),
        sa.Column("current", sa.Boolean, nullable=True, unique=True),
    )
    _table(
        "suggestion",
        _key(),
        _to("model_version_id", "model_version"),
        _to("document_id", "document"),
        _to("label_id", "label"),
        _whole("start"),
        _whole("end"),
        sa.Column("score", sa.Float, nullable=False),
        _text("status"),
        _to("span_id", "span", null=True),
        sa.UniqueConstraint(
            "model_version_id", "document_id", "start", "end", "label_id", name="suggestion_once"
        ),
        autoincrement=True,
    )
    _table(
        "uncertainty",
        _to("document_id", "document", key=True),
        sa.Column("strategy", sa.String, primary_key=True),
        _to("model_version_id", "model_version"),
        sa.Column("score", sa.Float, nullable=False),
    )
    _table(
        "audit_event",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        *(_text(name) for name in ("at", "annotator", "kind", "payload", "previous", "hash")),
    )
    _table("import_report", _key(), _text("at"), _json("payload"))
    for name, table, columns in (
        ("document_patient", "document", ["patient_id"]),
        ("span_of_label", "span", ["label_id"]),
        ("review_by_status", "review", ["status", "document_id"]),
        ("metric_of_run", "metric", ["run_id", "id"]),
        (
            "suggestion_of_document",
            "suggestion",
            ["document_id", "model_version_id", "status"],
        ),
        ("suggestion_of_label", "suggestion", ["label_id"]),
    ):
        op.create_index(name, table, columns)
    for name, table, columns, rule in (
        ("label_name", "label", ["name"], "merged_into IS NULL"),
        ("label_hotkey", "label", ["hotkey"], "hotkey <> ''"),
        ("span_once", "span", ["document_id", "start", "end", "label_id", "pieces"], "hidden = 0"),
    ):
        op.create_index(name, table, columns, unique=True, sqlite_where=sa.text(rule))
    for statement in _TRIGGERS:
        op.execute(statement)
