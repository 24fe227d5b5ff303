"""A project's database: documents, labels, suggestions, runs, and the audit of all edits."""
