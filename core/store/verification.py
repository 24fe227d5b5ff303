"""Verification: whether a store is whole, and its audit tells how it came to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select, text

from core.schema.documents import SuggestionStatus
from core.store.attribute_rows import stored_attributes, stored_codes
from core.store.chain import first_break
from core.store.importing import identity
from core.store.models import ReviewRow, SuggestionRow, table_of
from core.store.project import Project
from core.store.recipes import stored_recipe
from core.store.replay import Past, replay
from core.store.rows import DOCUMENT, SPAN, stored_columns
from core.store.scheme import label_columns, live_labels
from core.store.term_list_rows import lists_with_other_terms, live_lists

_REVIEW = table_of(ReviewRow)
_SUGGESTION = table_of(SuggestionRow)


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
        findings += _texts(connection)
        broken = first_break(connection)
        if broken is not None:
            return [*findings, Finding("audit", f"the chain is broken at event {broken}")]
        findings += [
            Finding("terms", f"the terms of list {key} are not those that were saved")
            for key in lists_with_other_terms(connection)
        ]
        return findings + _codes(connection) + _replayed(connection)


def _texts(connection: Connection) -> list[Finding]:
    """Check every document's text against its length and its identity."""
    findings: list[Finding] = []
    columns = (DOCUMENT.c[name] for name in ("id", "source", "key", "text", "length", "identity"))
    for row in connection.execute(select(*columns).order_by(DOCUMENT.c.id)):
        if len(row.text) != row.length:
            findings.append(Finding("offsets", f"document {row.id} is not as long as it was"))
        if identity(source=row.source, key=row.key, text=row.text) != row.identity:
            findings.append(Finding("text", f"document {row.id} is not what was imported"))
    return findings


def _codes(connection: Connection) -> list[Finding]:
    """Check every look-up list against what its attribute says of it."""
    return [
        Finding("codes", f"the look-up list of attribute {key} is not the one that was loaded")
        for key, columns in sorted(stored_attributes(connection).items())
        if stored_codes(connection, key) != (columns["code_count"], columns["code_digest"])
    ]


def _replayed(connection: Connection) -> list[Finding]:
    """Compare all that is edited with what the audit alone says."""
    past = replay(connection)
    spans = {
        row.id: (row.document_id, stored_columns(row))
        for row in connection.execute(select(SPAN).where(~SPAN.c.hidden))
    }
    identities = {}
    splits = {}
    for row in connection.execute(select(DOCUMENT.c.id, DOCUMENT.c.identity, DOCUMENT.c.split)):
        identities[row.id] = row.identity
        if row.split:
            splits[row.id] = row.split
    reviews = {row.document_id: row.status for row in connection.execute(select(_REVIEW))}
    decided = select(_SUGGESTION).where(_SUGGESTION.c.status != "open")
    suggestions = {row.id: (row.status, row.span_id or 0) for row in connection.execute(decided)}
    labels = {label.id: label_columns(label) for label in live_labels(connection)}
    said_suggestions = {
        key: said for key, said in past.suggestions.items() if said[0] != SuggestionStatus.OPEN
    }
    return [
        *_differences("span", spans, past.spans),
        *_differences("document", identities, past.identities),
        *_differences("split of document", splits, past.splits),
        *_differences("review of document", reviews, past.statuses),
        *_differences("suggestion", suggestions, said_suggestions),
        *_differences("label", labels, past.labels),
        *_differences("attribute", stored_attributes(connection), past.attributes),
        *_differences("term list", live_lists(connection), past.term_lists),
        *_recipe(connection, past),
    ]


def _recipe(connection: Connection, past: Past) -> list[Finding]:
    """Check the project's own recipe, which decides what its models are made with."""
    if stored_recipe(connection) == past.recipe:
        return []
    return [Finding("audit", "the project's recipe is not as the audit says")]


def _differences(
    what: str, stored: Mapping[int, object], said: Mapping[int, object]
) -> list[Finding]:
    return [
        Finding("audit", f"{what} {key} is not as the audit says")
        for key in sorted(stored.keys() | said.keys())
        if stored.get(key) != said.get(key)
    ]
