"""Which suggestions are shown: the current model's and those of the lists that are switched on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Row, or_, select

from core.store.models import ModelVersionRow, SuggestionRow, TermListRow, table_of

_SUGGESTION = table_of(SuggestionRow)
_MODEL = table_of(ModelVersionRow)
_LIST = table_of(TermListRow)


def shown() -> ColumnElement[bool]:
    """Return the condition that a row of ``suggestion`` is shown, whatever became of it."""
    current = select(_MODEL.c.id).where(_MODEL.c.current.is_(True)).scalar_subquery()
    enabled = select(_LIST.c.id).where(_LIST.c.enabled, ~_LIST.c.hidden)
    return or_(_SUGGESTION.c.model_version_id == current, _SUGGESTION.c.term_list_id.in_(enabled))


def without_twins(rows: Iterable[Row[Any]]) -> list[Row[Any]]:
    """Return of the suggestions with the same place and label one, in the order given.

    The model's stands before a list's, for its score says something; of two lists' the earlier.
    """
    chosen: dict[tuple[int, int, int, int], Row[Any]] = {}
    for row in rows:
        place = (row.document_id, row.start, row.end, row.label_id)
        other = chosen.get(place)
        if other is None or _rank(row) < _rank(other):
            chosen[place] = row
    return list(chosen.values())


def _rank(row: Row[Any]) -> tuple[bool, int]:
    return row.model_version_id is None, row.id
