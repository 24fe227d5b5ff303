"""Runs that learn from a bigger model version, as a distilling does."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the column, empty: every run so far learned from labels alone."""
    # No foreign key: SQLite cannot add one to a table that other rows point to.
    op.add_column("run", sa.Column("teacher_model_id", sa.Integer, nullable=True))
