"""Look-up lists of codes: loaded as a whole, and searched while a code is being typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import ColumnElement, Connection, Select, delete, insert, or_, select, text

from core.schema.attributes import AttributeKind, Code
from core.schema.errors import KnownError
from core.store.attribute_rows import CODE, digest_of
from core.store.attributes import find_columns, write_definition
from core.store.changes import ChangeSet
from core.store.project import Project

MOST_HITS = 20
"""Entries that a search returns at most."""

_AT_ONCE = 5_000
_TRIGRAM = 3
_LAST = "\U0010ffff"
"""Sorts behind whatever may follow the beginning of a code."""


def load_codes(
    *,
    project: Project,
    attribute_id: int,
    codes: Sequence[Code],
    source: str,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> ChangeSet:
    """Give an attribute this look-up list in the place of the one that it had.

    The audit keeps where the list came from, how long it is and its SHA-256, not the list.

    Args:
        project: The open project.
        attribute_id: A definition of the kind ``code``.
        codes: The list in the order in which it is offered.
        source: Base name of its file.
        progress: Told how many entries are saved, and of how many; what it raises leaves the
            list as it was.

    Raises:
        KnownError: The attribute takes no codes.
        LookupError: There is no such attribute.
    """
    with project.write() as connection:
        before = find_columns(connection, attribute_id)
        if before["kind"] != AttributeKind.CODE.value:
            raise KnownError(
                "The attribute {name} takes no codes.",
                "Make it an attribute of the kind code first.",
                name=before["name"],
            )
        connection.execute(delete(CODE).where(CODE.c.attribute_id == attribute_id))
        for begin in range(0, len(codes), _AT_ONCE):
            progress(begin, len(codes))
            connection.execute(
                insert(CODE),
                [
                    {"attribute_id": attribute_id, "code": entry.code, "term": entry.term}
                    for entry in codes[begin : begin + _AT_ONCE]
                ],
            )
        progress(len(codes), len(codes))
        loaded = {
            "code_count": len(codes),
            "code_source": source,
            "code_digest": digest_of(codes) if codes else "",
        }
        return write_definition(project, connection, attribute_id, before, before | loaded)


def look_up(
    *, project: Project, attribute_id: int, query: str, limit: int = MOST_HITS
) -> tuple[Code, ...]:
    """Return entries for what has been typed: codes that begin so, then terms, then any part.

    Every word of the query stands in the code or the term, upper or lower case alike. An empty
    query finds the list's beginning.
    """
    words = query.split()
    with project.read() as connection:
        of_attribute = CODE.c.attribute_id == attribute_id
        # Not by an index, which the list would have to be sorted for: row by row, up to the limit.
        in_order = CODE.c.attribute_id + 0 == attribute_id
        if not words:
            return _found(connection, _entries(in_order).order_by(CODE.c.id), limit)
        typed = " ".join(words)
        hits: dict[Code, None] = {}
        for query_of_kind in (
            _entries(of_attribute, *_begins(CODE.c.code, typed)).order_by(CODE.c.code),
            _entries(of_attribute, *_begins(CODE.c.term, typed)).order_by(CODE.c.term),
            _parts(in_order, words),
        ):
            if len(hits) < limit:
                hits |= dict.fromkeys(_found(connection, query_of_kind, limit))
    return tuple(hits)[:limit]


def _entries(*conditions: ColumnElement[bool]) -> Select[tuple[str, str]]:
    return select(CODE.c.code, CODE.c.term).where(*conditions)


def _begins(column: ColumnElement[str], typed: str) -> tuple[ColumnElement[bool], ...]:
    return column >= typed, column < typed + _LAST


def _parts(in_order: ColumnElement[bool], words: Sequence[str]) -> Select[tuple[str, str]]:
    """Return what has every word somewhere; words shorter than a trigram are compared by row."""
    long = [word for word in words if len(word) >= _TRIGRAM and "\0" not in word]
    # SQLite's LIKE takes upper and lower case as alike, without a function a row.
    conditions = [
        or_(*(column.contains(word, autoescape=True) for column in (CODE.c.term, CODE.c.code)))
        for word in words
        if word not in long
    ]
    query = _entries(in_order, *conditions).order_by(CODE.c.id)
    if not long:
        return query
    phrases = " ".join('"' + word.replace('"', '""') + '"' for word in long)
    matching = text("code.id IN (SELECT rowid FROM code_search WHERE code_search MATCH :phrases)")
    return query.where(matching.bindparams(phrases=phrases))


def _found(connection: Connection, query: Select[tuple[str, str]], limit: int) -> tuple[Code, ...]:
    return tuple(Code(row.code, row.term) for row in connection.execute(query.limit(limit)))
