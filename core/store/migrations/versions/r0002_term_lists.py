"""Term lists, suggestions that come from one, and labels that such a suggestion became.

SQLite cannot change a check or let a column be null in place, so two tables are made anew. The
suggestions, which point to spans, are set aside first: no reference is ever left in the air, and
foreign keys stay on.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_SPAN_COLUMNS = (
    "id",
    "document_id",
    "label_id",
    "start",
    "end",
    "attributes",
    "pieces",
    "origin",
    "hidden",
)
_SUGGESTION_COLUMNS = (
    "id",
    "model_version_id",
    "document_id",
    "label_id",
    "start",
    "end",
    "score",
    "status",
    "span_id",
)


def _key() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _column(name: str, kind: type[sa.types.TypeEngine[Any]]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _to(name: str, table: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{table}.id"), nullable=null)


def upgrade() -> None:
    """Make the lists' table; give spans and suggestions the new origin, keeping every row."""
    _make_lists()
    connection = op.get_bind()
    last_key = connection.execute(
        sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'suggestion'")
    ).scalar()
    op.execute("CREATE TABLE suggestion_before AS SELECT * FROM suggestion")
    op.execute("DROP TABLE suggestion")
    _remake_spans()
    _make_suggestions()
    columns = ", ".join(f'"{name}"' for name in _SUGGESTION_COLUMNS)
    op.execute(
        f"INSERT INTO suggestion ({columns}) SELECT {columns} FROM suggestion_before ORDER BY id"
    )
    op.execute("DROP TABLE suggestion_before")
    # The keys of suggestions that are gone must not come again either.
    op.execute("DELETE FROM sqlite_sequence WHERE name = 'suggestion'")
    if last_key is not None:
        insert = "INSERT INTO sqlite_sequence (name, seq) VALUES ('suggestion', :seq)"
        connection.execute(sa.text(insert), {"seq": last_key})


def _make_lists() -> None:
    op.create_table(
        "term_list",
        _key(),
        _column("name", sa.String),
        _to("label_id", "label"),
        _column("kind", sa.String),
        _column("whole_words", sa.Boolean),
        _column("match_case", sa.Boolean),
        _column("enabled", sa.Boolean),
        _column("later", sa.Boolean),
        _column("hidden", sa.Boolean),
        _column("term_count", sa.Integer),
        _column("term_digest", sa.String),
        _column("terms", sa.JSON),
        sa.CheckConstraint("length(name) > 0"),
        sa.CheckConstraint("kind IN ('terms', 'patterns')"),
        sa.CheckConstraint("term_count >= 0"),
    )
    op.create_index(
        "term_list_name", "term_list", ["name"], unique=True, sqlite_where=sa.text("hidden = 0")
    )


def _remake_spans() -> None:
    op.create_table(
        "span_anew",
        _key(),
        _to("document_id", "document"),
        _to("label_id", "label"),
        _column("start", sa.Integer),
        _column("end", sa.Integer),
        _column("attributes", sa.JSON),
        _column("pieces", sa.JSON),
        _column("origin", sa.String),
        _column("hidden", sa.Boolean),
        sa.CheckConstraint('0 <= start AND start < "end"'),
        sa.CheckConstraint(
            "origin IN ('manual', 'imported', 'suggested', 'propagated', 'dictionary')"
        ),
    )
    columns = ", ".join(f'"{name}"' for name in _SPAN_COLUMNS)
    op.execute(f"INSERT INTO span_anew ({columns}) SELECT {columns} FROM span ORDER BY id")
    op.execute("DROP TABLE span")
    op.rename_table("span_anew", "span")
    op.create_index("span_of_label", "span", ["label_id"])
    op.create_index(
        "span_once",
        "span",
        ["document_id", "start", "end", "label_id", "pieces"],
        unique=True,
        sqlite_where=sa.text("hidden = 0"),
    )
    _keep_inside_text("span")


def _make_suggestions() -> None:
    place = ("document_id", "start", "end", "label_id")
    op.create_table(
        "suggestion",
        _key(),
        _to("model_version_id", "model_version", null=True),
        _to("term_list_id", "term_list", null=True),
        _to("document_id", "document"),
        _to("label_id", "label"),
        _column("start", sa.Integer),
        _column("end", sa.Integer),
        _column("score", sa.Float),
        _column("status", sa.String),
        _to("span_id", "span", null=True),
        sa.UniqueConstraint("model_version_id", *place, name="suggestion_once"),
        sa.UniqueConstraint("term_list_id", *place, name="suggestion_once_of_a_list"),
        sa.CheckConstraint("(model_version_id IS NULL) <> (term_list_id IS NULL)"),
        sa.CheckConstraint('0 <= start AND start < "end"'),
        sa.CheckConstraint("0 <= score AND score <= 1"),
        sa.CheckConstraint("status IN ('open', 'accepted', 'rejected', 'corrected')"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "suggestion_of_document", "suggestion", ["document_id", "model_version_id", "status"]
    )
    op.create_index("suggestion_of_label", "suggestion", ["label_id"])
    _keep_inside_text("suggestion")


def _keep_inside_text(table: str) -> None:
    """Put back the triggers that went with the table (see revision 0001)."""
    for when in ("INSERT", "UPDATE"):
        op.execute(
            f"""
            CREATE TRIGGER {table}_inside_text_{when} BEFORE {when} ON {table}
            WHEN NEW."end" > (SELECT length FROM document WHERE id = NEW.document_id)
            BEGIN SELECT RAISE(ABORT, '{table} reaches beyond its document'); END
            """
        )
