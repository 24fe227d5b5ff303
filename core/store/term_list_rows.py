"""Term lists as rows, and what the audit keeps of them: of the terms a digest, not the text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from core.schema.term_lists import ListKind, TermList
from core.store.models import TermListRow, table_of
from core.store.rows import LabelNames

LIST = table_of(TermListRow)
HEAD = tuple(column for column in LIST.c if column.name != "terms")
"""All columns but the terms, which may be a hundred thousand."""
_AUDITED = (
    "name",
    "label_id",
    "kind",
    "whole_words",
    "match_case",
    "enabled",
    "later",
    "term_count",
    "term_digest",
)


def head_columns(term_list: TermList, labels: LabelNames) -> dict[str, Any]:
    """Return what a list's row holds besides its key and its terms.

    Raises:
        ValueError: The label is not in the scheme.
    """
    return {
        "name": term_list.name,
        "label_id": labels.key(term_list.label),
        "kind": term_list.kind.value,
        "whole_words": term_list.whole_words,
        "match_case": term_list.match_case,
        "enabled": term_list.enabled,
        "later": term_list.later,
        "hidden": False,
    }


def term_columns(terms: Sequence[str]) -> dict[str, Any]:
    """Return what a list's row holds of its terms."""
    return {"term_count": len(terms), "term_digest": digest(terms), "terms": list(terms)}


def to_list(row: Row[Any], labels: LabelNames, *, terms: Sequence[str] = ()) -> TermList:
    """Return a row (``HEAD`` is enough) as a value."""
    return TermList(
        name=row.name,
        label=labels.name(row.label_id),
        terms=tuple(terms),
        kind=ListKind(row.kind),
        whole_words=row.whole_words,
        match_case=row.match_case,
        enabled=row.enabled,
        later=row.later,
        term_count=row.term_count,
        id=row.id,
    )


def audited(columns: Row[Any] | dict[str, Any]) -> dict[str, Any]:
    """Return what the audit keeps of a list's columns."""
    held = columns if isinstance(columns, dict) else columns._asdict()
    return {name: held[name] for name in _AUDITED}


def live_lists(connection: Connection) -> dict[int, dict[str, Any]]:
    """Return what the audit keeps of every list that has not been deleted, by its key."""
    rows = connection.execute(select(*HEAD).where(~LIST.c.hidden))
    return {row.id: audited(row) for row in rows}


def lists_with_other_terms(connection: Connection) -> list[int]:
    """Return the keys of lists whose terms are not what count and digest say."""
    rows = connection.execute(select(LIST).order_by(LIST.c.id))
    return [
        row.id
        for row in rows
        if (len(row.terms), digest(row.terms)) != (row.term_count, row.term_digest)
    ]


def digest(terms: Sequence[str]) -> str:
    """Return the SHA-256 of terms in their order."""
    text = json.dumps(list(terms), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
