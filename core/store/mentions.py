"""Finding every place where a text stands, to label them all at once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import Connection, select

from core.schema.documents import Origin, Piece, Span
from core.store.project import Project
from core.store.rows import DOCUMENT, SPAN, LabelNames, chunks, to_document
from core.store.search import matching
from core.text.words import WordEdges


def find_mentions(
    *,
    project: Project,
    text: str,
    label: str,
    document_ids: Sequence[int] | None = None,
    whole_words: bool = True,
    match_case: bool = False,
) -> list[tuple[int, Span]]:
    """Find where a text stands and does not have a label yet.

    Args:
        project: The open project.
        text: What to look for, exactly (but for case).
        label: The label to be given; places it covers already, even in part, are left out.
        document_ids: Where to look; everywhere if None.
        whole_words: Only places that begin and end where the document's words do.
        match_case: Whether case counts.
    """
    if not text.strip():
        return []
    find = re.compile(re.escape(text), 0 if match_case else re.IGNORECASE)
    mentions: list[tuple[int, Span]] = []
    with project.read() as connection:
        keys = matching(connection, text) if document_ids is None else set(document_ids)
        label_id = LabelNames(connection).key(label)
        for some in chunks(sorted(keys)):
            taken = _taken(connection, some, label_id)
            query = select(DOCUMENT).where(DOCUMENT.c.id.in_(some), ~DOCUMENT.c.hidden)
            for row in connection.execute(query.order_by(DOCUMENT.c.id)):
                places = [match.span() for match in find.finditer(row.text)]
                if whole_words and places:
                    edges = WordEdges(row.text, to_document(row).tokens)
                    places = [place for place in places if edges.hold(*place)]
                mentions += [
                    (row.id, Span(start, end, label, origin=Origin.PROPAGATED))
                    for start, end in places
                    if not any(
                        start < other_end and other_start < end
                        for other_start, other_end in taken.get(row.id, ())
                    )
                ]
    return mentions


def _taken(
    connection: Connection, document_ids: list[int], label_id: int
) -> dict[int, list[Piece]]:
    """Return the stretches that have the label already, by document."""
    query = select(SPAN).where(
        SPAN.c.document_id.in_(document_ids), SPAN.c.label_id == label_id, ~SPAN.c.hidden
    )
    taken: dict[int, list[Piece]] = {}
    for row in connection.execute(query):
        taken.setdefault(row.document_id, []).append((row.start, row.end))
    return taken
