"""What is selected in a record: a stretch of text, a label, or a suggestion."""

from __future__ import annotations

from dataclasses import dataclass

from core.schema.documents import Piece


@dataclass(frozen=True, slots=True)
class Selection:
    """One thing at most is selected, in one piece or in several.

    Attributes:
        stretch: A stretch of text in code points, words whole unless Alt was held; None for none.
            The last one where several were selected.
        span_id: The selected label's key, 0 for none.
        suggestion_id: The selected suggestion's key, 0 for none.
        word: The word at the caret, which a verb takes where nothing is selected; None between
            words and in an empty record.
        pieces: All that is selected, in reading order: of a label its own pieces too.
        piece: The piece that was clicked, or that holds the caret while others are chosen.
        gathering: Whether other words are being chosen to join what was selected.
    """

    stretch: Piece | None = None
    span_id: int = 0
    suggestion_id: int = 0
    word: Piece | None = None
    pieces: tuple[Piece, ...] = ()
    piece: Piece | None = None
    gathering: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing is selected."""
        return not self.pieces and not self.span_id and not self.suggestion_id
