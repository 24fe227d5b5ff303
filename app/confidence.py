"""Which suggestions are sure enough: to be shown, and to be accepted many at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.record import Record
from core.schema.documents import Suggestion


def percent(score: float) -> int:
    """Return a confidence in whole per cent, as it is shown; only certainty itself is 100."""
    return 100 if score >= 1 else min(99, max(0, round(score * 100)))


def with_sure(record: Record, least: int) -> Record:
    """Return the record with those suggestions alone that are at least so sure.

    What counts is the figure on the screen: a suggestion that says 80 % is there at 80.

    Args:
        record: With all its open suggestions.
        least: Per cent, 0 to 100; 0 leaves out none.
    """
    sure = tuple(item for item in record.suggestions if percent(item.score) >= least)
    return record if len(sure) == len(record.suggestions) else replace(record, suggestions=sure)


def best_apart(suggestions: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """Return the suggestions in reading order, of rivals for one stretch only the most confident.

    To accept two labels for one stretch at a blow would leave a mess; what is passed over stays
    open, to be judged by itself. Of equals the longer one is taken, then the earlier. Different
    labels of one model that nest or cross are no rivals: it has learnt such labels and means both.
    """
    ranked = sorted(
        suggestions, key=lambda item: (-item.score, item.start - item.end, item.start, item.id)
    )
    taken: list[Suggestion] = []
    for item in ranked:
        if not any(_rivals(item, other) for other in taken):
            taken.append(item)
    return tuple(sorted(taken, key=lambda item: (item.start, item.end, item.id)))


def _rivals(one: Suggestion, other: Suggestion) -> bool:
    if one.end <= other.start or other.end <= one.start:
        return False
    if not one.model_version_id or one.model_version_id != other.model_version_id:
        return True
    return one.label == other.label or (one.start, one.end) == (other.start, other.end)
