"""Finding the regular expressions of a list in a text, none of which may take too long."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence

import regex

from core.schema.documents import Piece
from core.schema.errors import KnownError
from core.text.dictionary import Match, leftmost_longest
from core.text.words import WordEdges

SECONDS_A_RECORD = 1.0
"""How long all patterns of a list may take over one record."""


class PatternMatcher:
    """Finds patterns; ``^`` and ``$`` stand for the beginning and the end of a line."""

    def __init__(self, patterns: Iterable[str], *, whole_words: bool, match_case: bool) -> None:
        """Compile the patterns.

        Args:
            patterns: Regular expressions of the library ``regex``, one a line of the list.
            whole_words: Only places that begin and end where words do.
            match_case: Whether capital letters count.

        Raises:
            KnownError: A pattern is invalid, or stands for an empty text; it names its line.
        """
        self._whole_words = whole_words
        flags = regex.MULTILINE | (0 if match_case else regex.IGNORECASE)
        self._patterns = [
            _compiled(pattern, flags, line) for line, pattern in enumerate(patterns, start=1)
        ]

    def find(self, text: str, tokens: Sequence[Piece] | None = None) -> list[Match]:
        """Return the places where a pattern stands (see ``Matcher``).

        Raises:
            TimeoutError: The patterns took over a second.
        """
        edges = WordEdges(text, tokens)
        until = time.monotonic() + SECONDS_A_RECORD
        found: list[Match] = []
        for index, pattern in enumerate(self._patterns):
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            for match in pattern.finditer(text, timeout=left):
                start, end = match.span()
                if start < end and (not self._whole_words or edges.hold(start, end)):
                    found.append(Match(start, end, index))
        return leftmost_longest(found)


def _compiled(pattern: str, flags: int, line: int) -> regex.Pattern[str]:
    try:
        compiled = regex.compile(pattern, flags)
        empty = compiled.search("", timeout=SECONDS_A_RECORD) is not None
    except (regex.error, OverflowError, RecursionError, TimeoutError) as error:
        raise KnownError(
            "Line {line} is not a regular expression: {reason}.",
            "Mend that line, or choose plain terms.",
            line=line,
            reason=getattr(error, "msg", "") or type(error).__name__,
        ) from None
    if empty:
        raise KnownError(
            "The pattern in line {line} matches an empty text.",
            "Let it ask for at least one character: + instead of *, say.",
            line=line,
        )
    return compiled
