"""Attributes that a project defines, and the look-up lists of those that take a code."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_SEARCH = (
    """
    CREATE VIRTUAL TABLE code_search USING fts5(
        code, term, content = 'code', content_rowid = 'id', tokenize = 'trigram'
    )
    """,
    """
    CREATE TRIGGER code_search_add AFTER INSERT ON code
    BEGIN INSERT INTO code_search(rowid, code, term) VALUES (NEW.id, NEW.code, NEW.term); END
    """,
    """
    CREATE TRIGGER code_search_remove AFTER DELETE ON code
    BEGIN
        INSERT INTO code_search(code_search, rowid, code, term)
        VALUES ('delete', OLD.id, OLD.code, OLD.term);
    END
    """,
)


def upgrade() -> None:
    """Make the tables, empty."""
    op.create_table(
        "attribute_definition",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String, nullable=False, unique=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("choices", sa.JSON, nullable=False),
        sa.Column("label_ids", sa.JSON, nullable=False),
        sa.Column("description", sa.String, nullable=False),
        sa.Column("code_count", sa.Integer, nullable=False),
        sa.Column("code_source", sa.String, nullable=False),
        sa.Column("code_digest", sa.String, nullable=False),
        sa.CheckConstraint("length(name) > 0"),
        sa.CheckConstraint("kind IN ('flag', 'choice', 'text', 'code')"),
        sa.CheckConstraint("code_count >= 0"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "code",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "attribute_id", sa.Integer, sa.ForeignKey("attribute_definition.id"), nullable=False
        ),
        sa.Column("code", sa.String(collation="NOCASE"), nullable=False),
        sa.Column("term", sa.String(collation="NOCASE"), nullable=False),
    )
    op.create_index("code_of_attribute", "code", ["attribute_id", "code"])
    op.create_index("term_of_attribute", "code", ["attribute_id", "term"])
    for statement in _SEARCH:
        op.execute(statement)
