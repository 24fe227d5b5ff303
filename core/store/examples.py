"""Examples of a label from the records themselves: what was labelled so, and what was refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from core.schema.documents import SuggestionStatus
from core.store.models import SuggestionRow, table_of
from core.store.project import Project
from core.store.rows import DOCUMENT, SPAN

_SUGGESTION = table_of(SuggestionRow)
LONGEST = 60
"""Code points of an example; longer ones teach little at a glance."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Texts of a label, the most frequent first, each once whatever its case.

    Attributes:
        labelled: Texts that have the label.
        refused: Texts for which a suggestion of the label was rejected and that nowhere have it.
    """

    labelled: tuple[str, ...]
    refused: tuple[str, ...]


def label_examples(*, project: Project, label_id: int, most: int = 8) -> Examples:
    """Return up to ``most`` texts of either kind from all records."""
    labelled = _texts(SPAN.c, _of_label(SPAN.c, label_id), ~SPAN.c.hidden, SPAN.c.pieces == [])
    refused = _texts(
        _SUGGESTION.c,
        _of_label(_SUGGESTION.c, label_id),
        _SUGGESTION.c.status == SuggestionStatus.REJECTED.value,
    )
    with project.read() as connection:
        has = {str(row.text).casefold(): str(row.text) for row in connection.execute(labelled)}
        not_so = [str(row.text) for row in connection.execute(refused)]
    return Examples(
        labelled=tuple(has.values())[:most],
        refused=tuple(text for text in not_so if text.casefold() not in has)[:most],
    )


def _of_label(columns: Any, label_id: int) -> ColumnElement[bool]:
    return and_(columns.label_id == label_id, columns.end - columns.start <= LONGEST)


def _texts(columns: Any, *where: ColumnElement[bool]) -> Select[Any]:
    """Select the texts of stretches, most frequent first, one of each whatever its case."""
    text = func.substr(DOCUMENT.c.text, columns.start + 1, columns.end - columns.start)
    return (
        select(func.min(text).label("text"))
        .join_from(columns.id.table, DOCUMENT, DOCUMENT.c.id == columns.document_id)
        .where(~DOCUMENT.c.hidden, ~text.contains("\n"), *where)
        .group_by(func.lower(text))
        .order_by(func.count().desc(), func.min(text))
    )
