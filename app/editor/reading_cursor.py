"""Where the reader stands and what is selected: the rules, without a widget."""

from __future__ import annotations

from app.editor.marks import Mark
from app.editor.selection import Selection
from app.editor.word_steps import WordSteps
from core.schema.documents import Piece
from core.text.pieces import joined


class ReadingCursor:
    """The caret (a word) and at most one selected thing, which may be in several pieces.

    Attributes:
        caret: The caret, a code point; mostly a word's first.
        stretch: The selected stretch, or None.
        kept: Stretches that were selected before it and stay selected with it.
        mark: The selected label or suggestion, or None.
        pointed: The piece of it that was clicked or added last, or None.
        gathering: Whether words are being chosen that shall join ``mark`` or ``kept``: moves of
            the caret leave both alone.
    """

    def __init__(self, steps: WordSteps) -> None:
        """Stand at the first word."""
        self._steps = steps
        self._anchor: Piece | None = None
        self.pointed: Piece | None = None
        self.stretch: Piece | None = None
        self.kept: tuple[Piece, ...] = ()
        self.mark: Mark | None = None
        self.gathering = False
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
    def resizable(self) -> Mark | None:
        """The selected mark whose ends keys and handles move; None while words are chosen."""
        return None if self.gathering else self.mark

    @property
    def extent(self) -> Piece | None:
        """From the first to the last code point of what moves and extensions act on, or None."""
        mark = self.resizable
        return (mark.start, mark.end) if mark is not None else self.stretch

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The stretches that are selected, none where nothing is."""
        own = self.mark.pieces if self.mark is not None else ()
        more = (*self.kept, *((self.stretch,) if self.stretch is not None else ()))
        return joined((*own, *more), self._steps.text) if more else own

    @property
    def piece(self) -> Piece | None:
        """The piece that was clicked, or that holds the caret while others are chosen."""
        if not self.gathering:
            return self.pointed
        return next((p for p in self.pieces if p[0] <= self.caret < p[1]), None)

    def selection(self) -> Selection:
        """Return what is selected as a value."""
        mark = self.mark
        return Selection(
            stretch=self.stretch,
            span_id=mark.id if mark is not None and not mark.suggested else 0,
            suggestion_id=mark.id if mark is not None and mark.suggested else 0,
            word=self.word,
            pieces=self.pieces,
            piece=self.piece,
            gathering=self.gathering,
        )

    def clear(self) -> None:
        """Select nothing; the caret stays."""
        self._anchor = self.pointed = self.stretch = self.mark = None
        self.kept = ()
        self.gathering = False

    def move(self, position: int) -> None:
        """Put the caret somewhere, and select nothing; what words are gathered for stays."""
        if self.gathering:
            self._anchor = self.stretch = None
        else:
            self.clear()
        self.caret = position

    def extend(self, position: int) -> None:
        """Move the caret and select from where it stood, words whole."""
        anchor = self._anchor or self.extent or self.here
        if not self.gathering:
            self.mark = self.pointed = None
        self._anchor = anchor
        self.caret = position
        here = self.here
        start, end = min(anchor[0], here[0]), max(anchor[1], here[1])
        self.stretch = self._steps.snap(start, end) if anchor[0] == anchor[1] else (start, end)

    def anchored_at(self) -> Piece:
        """Return what an extension goes out from."""
        return self._anchor or self.stretch or self.here

    def select_stretch(
        self, start: int, end: int, *, anchor: Piece | None = None, adding: bool = False
    ) -> None:
        """Select exactly this stretch; the caret goes to its first word.

        Args:
            start: First code point.
            end: One past the last.
            anchor: What an extension goes out from; the stretch itself by default.
            adding: Whether what was kept, or the selected label, stays selected with it.
        """
        if not adding and not self.gathering:
            self.clear()
        self.stretch = (start, end)
        self._anchor = anchor or (start, end)
        self.caret = start

    def select_mark(self, mark: Mark, at: int | None = None) -> None:
        """Select a label or a suggestion; the caret goes to its first word.

        Args:
            mark: The label or suggestion.
            at: Where it was clicked: the caret goes to that piece.
        """
        self.clear()
        self.mark = mark
        if at is not None:
            self.pointed = next((p for p in mark.pieces if p[0] <= at < p[1]), None)
        self.caret = self.pointed[0] if self.pointed is not None else mark.start

    def keep(self) -> None:
        """Keep the selected text beside what is selected next; a suggestion is let go."""
        if self.mark is not None and self.mark.suggested:
            self.clear()
        if self.stretch is not None:
            self.kept = joined((*self.kept, self.stretch), self._steps.text)
        self._anchor = self.stretch = None

    def drop_stretch(self) -> None:
        """Select no stretch any more; what was kept, or the label, stays."""
        self._anchor = self.stretch = None

    def let_go(self, piece: Piece) -> None:
        """Take a piece out of the selected text."""
        pieces = tuple(other for other in self.pieces if other != piece)
        self.clear()
        if pieces:
            self.select_stretch(*pieces[-1])
            self.kept = pieces[:-1]

    def gather(self) -> None:
        """Begin to choose words that shall join the selected label or text."""
        self.keep()
        self.pointed = None
        self.gathering = True

    def stop_gathering(self, *, joining: bool = False) -> None:
        """End it; the label, or the text as it was, stays selected.

        Args:
            joining: Whether the words chosen last stay selected with the text.
        """
        mark, pieces = self.mark, self.pieces if joining else self.kept
        caret = self.caret
        self.clear()
        if mark is not None:
            self.select_mark(mark, caret)
        elif pieces:
            self.select_stretch(*pieces[-1])
            self.kept = pieces[:-1]

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
