"""Where the reader stands and what is selected: the rules, without a widget."""

from __future__ import annotations

from app.editor.marks import Mark
from app.editor.selection import Selection
from app.editor.word_steps import WordSteps
from core.schema.documents import Piece


class ReadingCursor:
    """The caret (a word) and at most one selected thing.

    Attributes:
        caret: The caret, a code point; mostly a word's first.
        stretch: The selected stretch, or None.
        mark: The selected label or suggestion, or None.
    """

    def __init__(self, steps: WordSteps) -> None:
        """Stand at the first word."""
        self._steps = steps
        self._anchor: Piece | None = None
        self.stretch: Piece | None = None
        self.mark: Mark | None = None
        word = steps.nearest(0)
        self.caret = word[0] if word else 0

    @property
    def word(self) -> Piece | None:
        """The word at the caret, or None."""
        return self._steps.at(self.caret)

    @property
    def here(self) -> Piece:
        """The word at the caret, or the empty stretch there."""
        return self.word or (self.caret, self.caret)

    @property
    def extent(self) -> Piece | None:
        """From the first to the last code point of what is selected, or None."""
        if self.mark is not None:
            return self.mark.start, self.mark.end
        return self.stretch

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The stretches that are selected, none where nothing is."""
        if self.mark is not None:
            return self.mark.pieces
        return (self.stretch,) if self.stretch is not None else ()

    def selection(self) -> Selection:
        """Return what is selected as a value."""
        mark = self.mark
        return Selection(
            stretch=self.stretch,
            span_id=mark.id if mark is not None and not mark.suggested else 0,
            suggestion_id=mark.id if mark is not None and mark.suggested else 0,
            word=self.word,
        )

    def clear(self) -> None:
        """Select nothing; the caret stays."""
        self._anchor = self.stretch = self.mark = None

    def move(self, position: int) -> None:
        """Put the caret somewhere, and select nothing."""
        self.clear()
        self.caret = position

    def extend(self, position: int) -> None:
        """Move the caret and select from where it stood, words whole."""
        anchor = self._anchor or self.extent or self.here
        self.mark = None
        self._anchor = anchor
        self.caret = position
        here = self.here
        start, end = min(anchor[0], here[0]), max(anchor[1], here[1])
        self.stretch = self._steps.snap(start, end) if anchor[0] == anchor[1] else (start, end)

    def anchored_at(self) -> Piece:
        """Return what an extension goes out from."""
        return self._anchor or self.stretch or self.here

    def select_stretch(self, start: int, end: int, *, anchor: Piece | None = None) -> None:
        """Select exactly this stretch; the caret goes to its first word."""
        self.mark = None
        self.stretch = (start, end)
        self._anchor = anchor or (start, end)
        self.caret = start

    def select_mark(self, mark: Mark) -> None:
        """Select a label or a suggestion; the caret goes to its first word."""
        self.clear()
        self.mark = mark
        self.caret = mark.start

    def nudged(self, *, start: int, end: int) -> Piece | None:
        """Return what is selected, or the word at the caret, with its ends moved by characters.

        Args:
            start: Characters by which the start moves, -1, 0 or 1.
            end: The same for the end.

        Returns:
            The new stretch, or None where nothing would be left or nothing is there to move.
        """
        extent = self.extent or self.word
        if extent is None:
            return None
        moved = self._step(extent[0], start), self._step(extent[1], end)
        return moved if moved[0] < moved[1] and moved != extent else None

    def _step(self, position: int, steps: int) -> int:
        if steps > 0:
            return self._steps.character_after(position)
        return self._steps.character_before(position) if steps < 0 else position
