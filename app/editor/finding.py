"""Finding a text within a record: every hit, and the one at which the reader stands."""

from __future__ import annotations

import bisect
import re
from typing import TYPE_CHECKING

from core.schema.documents import Piece

if TYPE_CHECKING:
    from app.editor.record_view import RecordView


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


class Search:
    """What is looked for in a view, and the way from one hit to the next."""

    def __init__(self, view: RecordView) -> None:
        """Look for nothing."""
        self._view = view
        self._sought = ""

    def seek(self, sought: str, *, scroll: bool) -> int:
        """Look for a text and return how often it stands there; see ``RecordView.set_find``."""
        self._sought = sought
        self._find(at=self._view.reading.caret, scroll=scroll)
        return len(self._view.scene.hits)

    def renew(self) -> None:
        """Look for the same text in another record, and go nowhere."""
        self._find(at=0, scroll=False)

    def step(self, steps: int) -> None:
        """Go to the next (1) or previous (-1) hit, round at the ends."""
        self._show(self._view.scene.hits.step(steps))

    def _find(self, *, at: int, scroll: bool) -> None:
        view = self._view
        text = view.record.document.text if view.record is not None else ""
        view.scene.hits = Hits(text, self._sought)
        place = view.scene.hits.stand_at(at)
        view.strip.show_hits(view.scene.hits)
        self._show(place if scroll else None)

    def _show(self, place: Piece | None) -> None:
        view, hits = self._view, self._view.scene.hits
        if place is not None:
            view.reading.move(place[0])
            view.announce_selection()
            view.ensure_visible(*place)
        view.viewport().update()
        view.strip.update()
        view.found_changed.emit(hits.current + 1, len(hits))
