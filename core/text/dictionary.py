"""Finding the terms of a list in a text: all at once, by an automaton over folded characters.

The automaton is Aho and Corasick's (1975, "Efficient string matching: an aid to bibliographic
search", Communications of the ACM 18(6)), from the library ahocorasick_rs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple, Protocol

from ahocorasick_rs import AhoCorasick, MatchKind

from core.schema.documents import Piece
from core.text.words import WordEdges

_TERMS_AT_ONCE = 6_000
"""Terms in one automaton. Building it keeps all other threads waiting, the window's among them,
which must not be felt; that a text goes through several costs little."""


class Match(NamedTuple):
    """A place where a term stands.

    Attributes:
        start: First code point.
        end: One past the last.
        term: Index of the term in the list.
    """

    start: int
    end: int
    term: int


class Matcher(Protocol):
    """Finds a list's terms or patterns."""

    def find(self, text: str, tokens: Sequence[Piece] | None = None) -> list[Match]:
        """Return the places where a term stands: the leftmost, of those the longest, no overlap.

        Args:
            text: Of a record.
            tokens: Its words where its source brought them, else None.

        Raises:
            TimeoutError: It took too long; terms, unlike patterns, never do.
        """


class _Folding(dict[int, int]):
    """Maps each code point to exactly one, so that places in folded text are places in the text.

    Full case folding may lengthen a text (``ß`` becomes ``ss``); such a character is put in lower
    case where that is one character, and else stays. Any blank or line end becomes a space.
    """

    def __init__(self, *, match_case: bool) -> None:
        super().__init__()
        self._match_case = match_case

    def __missing__(self, point: int) -> int:
        character = chr(point)
        if character.isspace():
            folded = " "
        elif self._match_case:
            folded = character
        else:
            choices = (character.casefold(), character.lower(), character)
            folded = next(choice for choice in choices if len(choice) == 1)
        self[point] = ord(folded)
        return ord(folded)


_FOLDINGS = {match_case: _Folding(match_case=match_case) for match_case in (False, True)}


def fold(text: str, *, match_case: bool = False) -> str:
    """Return a text as it is compared, character by character and just as long.

    Args:
        text: Any text.
        match_case: Whether capital letters count.
    """
    return text.translate(_FOLDINGS[match_case])


def fold_term(term: str, *, match_case: bool = False) -> str:
    """Return a term as it is compared: several blanks in it stand for a single one."""
    return fold(" ".join(term.split()), match_case=match_case)


class TermMatcher:
    """Finds terms; a blank in a term stands for any one blank or line end of the text."""

    def __init__(self, terms: Iterable[str], *, whole_words: bool, match_case: bool) -> None:
        """Build the automaton: about a second for 100,000 terms.

        Args:
            terms: The terms; blank ones stand nowhere.
            whole_words: Only places that begin and end where words do.
            match_case: Whether capital letters count.
        """
        self._match_case = match_case
        self._whole_words = whole_words
        folded: dict[str, int] = {}
        for index, term in enumerate(terms):
            if key := fold_term(term, match_case=match_case):
                folded.setdefault(key, index)
        items = iter(folded.items())
        # Every place is asked for, also those that overlap: a longer one that is no whole word
        # must not hide a shorter one that is.
        self._automata = [
            (
                [index for _, index in some],
                AhoCorasick([term for term, _ in some], matchkind=MatchKind.Standard),
            )
            for some in iter(lambda: list(islice(items, _TERMS_AT_ONCE)), [])
        ]

    def find(self, text: str, tokens: Sequence[Piece] | None = None) -> list[Match]:
        """Return the places where a term stands (see ``Matcher``)."""
        folded = fold(text, match_case=self._match_case)
        found = [
            Match(start, end, indices[index])
            for indices, automaton in self._automata
            for index, start, end in automaton.find_matches_as_indexes(folded, overlapping=True)
        ]
        if self._whole_words:
            edges = WordEdges(text, tokens)
            found = [match for match in found if edges.hold(match.start, match.end)]
        return leftmost_longest(found)


def leftmost_longest(matches: Iterable[Match]) -> list[Match]:
    """Return of matches that overlap the leftmost, and of those that begin alike the longest."""
    taken: list[Match] = []
    end = 0
    for match in sorted(matches, key=lambda match: (match.start, -match.end, match.term)):
        if match.start >= end:
            taken.append(match)
            end = match.end
    return taken
