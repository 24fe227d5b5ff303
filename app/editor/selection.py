"""What is selected in a record: a stretch of text, a label, or a suggestion."""

from __future__ import annotations

from dataclasses import dataclass

from core.schema.documents import Piece


@dataclass(frozen=True, slots=True)
class Selection:
    """One thing at most is selected.

    Attributes:
        stretch: A stretch of text in code points, words whole unless Alt was held; None for none.
        span_id: The selected label's key, 0 for none.
        suggestion_id: The selected suggestion's key, 0 for none.
        word: The word at the caret, which a verb takes where nothing is selected; None between
            words and in an empty record.
    """

    stretch: Piece | None = None
    span_id: int = 0
    suggestion_id: int = 0
    word: Piece | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is selected."""
        return self.stretch is None and not self.span_id and not self.suggestion_id
