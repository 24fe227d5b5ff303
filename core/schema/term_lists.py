"""Term lists: what a project's own dictionary says should be labelled, as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class ListKind(StrEnum):
    """What the lines of a list are."""

    TERMS = "terms"
    PATTERNS = "patterns"


@dataclass(frozen=True, slots=True)
class TermList:
    """Terms, or regular expressions, wherever which stand a label is suggested.

    Attributes:
        name: What the user calls it; no two lists of a project have the same.
        label: Name of the label that is suggested.
        terms: One term or pattern each, without blanks around it, none twice. Empty where only
            the list's head was read; ``term_count`` then says how many there are.
        kind: Terms or patterns.
        whole_words: Only what begins and ends where words of the record do.
        match_case: Whether capital letters count.
        enabled: Whether its suggestions are shown and made.
        later: Whether records that are imported later are looked through as well.
        term_count: How many terms it has.
        id: Key in the store; 0 while it is not stored.
    """

    name: str
    label: str
    terms: tuple[str, ...] = ()
    kind: ListKind = ListKind.TERMS
    whole_words: bool = True
    match_case: bool = False
    enabled: bool = True
    later: bool = True
    term_count: int = 0
    id: int = 0


def tidied_terms(lines: Iterable[str]) -> tuple[str, ...]:
    """Return terms without the blanks around them, without empty ones, each once, in order."""
    return tuple(dict.fromkeys(term for line in lines if (term := line.strip())))
