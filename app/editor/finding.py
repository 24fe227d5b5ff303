"""Finding a text within a record: every hit, and the one at which the reader stands."""

from __future__ import annotations

import bisect
import re

from core.schema.documents import Piece


class Hits:
    """The places where a text stands in a record, without regard to case."""

    def __init__(self, text: str = "", sought: str = "") -> None:
        """Find all of them; blanks in ``sought`` match any run of blanks and line ends."""
        words = sought.split()
        self.places: list[Piece] = []
        self.current = -1
        if words:
            pattern = re.compile(r"\s+".join(re.escape(word) for word in words), re.IGNORECASE)
            self.places = [match.span() for match in pattern.finditer(text)]

    def __len__(self) -> int:
        return len(self.places)

    def stand_at(self, position: int) -> Piece | None:
        """Make the first hit at or after a position the current one, past the end the first."""
        if self.places:
            starts = bisect.bisect_left(self.places, (position, 0))
            self.current = starts % len(self.places)
        return self.place

    def step(self, steps: int) -> Piece | None:
        """Go some hits on or back, round at the ends."""
        if self.places:
            self.current = (self.current + steps) % len(self.places)
        return self.place

    @property
    def place(self) -> Piece | None:
        """The current hit, or None."""
        return self.places[self.current] if self.places else None

    def within(self, start: int, end: int) -> list[tuple[Piece, bool]]:
        """Return the hits that touch a stretch, and whether each is the current one."""
        if not self.places:
            return []
        first = bisect.bisect_right(self.places, start, key=lambda place: place[1])
        found: list[tuple[Piece, bool]] = []
        for index in range(first, len(self.places)):
            if self.places[index][0] >= end:
                break
            found.append((self.places[index], index == self.current))
        return found
