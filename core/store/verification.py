"""Verification: whether a store is whole, and its audit tells how it came to be."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, text

from core.store.audit import verify_chain
from core.store.models import ReviewRow, table_of
from core.store.project import Project
from core.store.replay import spans_as_of
from core.store.rows import SPAN

_REVIEW = table_of(ReviewRow)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not in order; never holds record text."""

    kind: str
    detail: str


def verify(*, project: Project) -> list[Finding]:
    """Check the file, the constraints, all offsets and the audit; an empty list means good."""
    findings: list[Finding] = []
    with project.read() as connection:
        for row in connection.execute(text("PRAGMA integrity_check")):
            if row[0] != "ok":
                findings.append(Finding("file", str(row[0])))
        findings += [
            Finding("reference", f"{row[0]} row {row[1]} points to a missing {row[2]}")
            for row in connection.execute(text("PRAGMA foreign_key_check"))
        ]
        for table in ("span", "suggestion"):
            outside = text(
                f"SELECT t.id FROM {table} t JOIN document d ON d.id = t.document_id "
                'WHERE t.start < 0 OR t.start >= t."end" OR t."end" > d.length'
            )
            findings += [
                Finding("offsets", f"{table} {row[0]} lies outside its document")
                for row in connection.execute(outside)
            ]
        # length() stops at a NUL, which importers refuse.
        wrong = text("SELECT id FROM document WHERE length(text) <> length")
        findings += [
            Finding("offsets", f"document {row[0]} is not as long as it was")
            for row in connection.execute(wrong)
        ]
    broken = verify_chain(project=project)
    if broken is not None:
        return [*findings, Finding("audit", f"the chain is broken at event {broken}")]
    return findings + _replayed(project)


def _replayed(project: Project) -> list[Finding]:
    """Compare spans and reviews with what the audit alone says."""
    past = spans_as_of(project=project)
    findings = []
    with project.read() as connection:
        stored = {
            row.id: (
                row.document_id,
                {
                    "label_id": row.label_id,
                    "start": row.start,
                    "end": row.end,
                    "attributes": row.attributes,
                    "pieces": row.pieces,
                    "origin": row.origin,
                },
            )
            for row in connection.execute(select(SPAN).where(~SPAN.c.hidden))
        }
        statuses = {row.document_id: row.status for row in connection.execute(select(_REVIEW))}
    for key in sorted(set(stored) | set(past.spans)):
        if stored.get(key) != past.spans.get(key):
            findings.append(Finding("audit", f"span {key} is not as the audit says"))
    for key in sorted(set(statuses) | set(past.statuses)):
        said = past.statuses.get(key)
        if said is None or said.value != statuses.get(key):
            findings.append(Finding("audit", f"review {key} is not as the audit says"))
    return findings
