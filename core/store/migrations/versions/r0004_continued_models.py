"""Runs that continue the weights of a model version, as quick updates do."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column, empty: every run so far began from its backbone."""
    # No foreign key: SQLite cannot add one to a table that other rows point to.
    op.add_column("run", sa.Column("start_model_id", sa.Integer, nullable=True))
