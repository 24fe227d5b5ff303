"""Alembic migrations of the store, run when a project is opened."""

REVISIONS = ("0001", "0002", "0003", "0004", "0005")
"""Every revision, oldest first; so that opening a project of the last one needs no Alembic."""
