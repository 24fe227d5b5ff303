"""Search in all records: FTS5 with trigrams, so that parts of words and Chinese are found."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Connection, select, text

from core.schema.documents import Piece
from core.store.project import Project
from core.store.rows import DOCUMENT, chunks

_TRIGRAM = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """A document with the places, in code points, at which the query stands."""

    document_id: int
    ranges: tuple[Piece, ...]


def search(*, project: Project, query: str, limit: int = 200) -> list[Hit]:
    """Return documents that hold the query, upper or lower case alike, in import order."""
    if not query.strip():
        return []
    find = re.compile(re.escape(query), re.IGNORECASE)
    hits: list[Hit] = []
    with project.read() as connection:
        for keys in chunks(sorted(matching(connection, query))):
            texts = select(DOCUMENT.c.id, DOCUMENT.c.text).where(DOCUMENT.c.id.in_(keys))
            for row in connection.execute(texts.order_by(DOCUMENT.c.id)):
                ranges = tuple(match.span() for match in find.finditer(row.text))
                if ranges:
                    hits.append(Hit(row.id, ranges))
                if len(hits) == limit:
                    return hits
    return hits


def matching(connection: Connection, query: str) -> set[int]:
    """Return the keys of documents that hold a text; shorter than a trigram, all are scanned."""
    if len(query) >= _TRIGRAM and "\0" not in query:
        phrase = '"' + query.replace('"', '""') + '"'
        statement = text(
            "SELECT d.id FROM document_search s JOIN document d ON d.id = s.rowid "
            "WHERE document_search MATCH :query AND NOT d.hidden"
        )
        return set(connection.execute(statement, {"query": phrase}).scalars())
    wanted = query.casefold()
    rows = connection.execute(select(DOCUMENT.c.id, DOCUMENT.c.text).where(~DOCUMENT.c.hidden))
    return {row.id for row in rows if wanted in row.text.casefold()}
