"""What is drawn besides the record itself: the selection, hits, previews and hints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.design.tokens import Ground
from app.editor.finding import Hits
from app.editor.ink import Inks
from app.editor.marks import Mark
from app.editor.reading_cursor import ReadingCursor
from core.schema.documents import Piece


@dataclass(slots=True)
class Scene:
    """What is drawn besides the record itself.

    Attributes:
        ground: The colours.
        inks: The labels' colours.
        selected: The selected mark.
        hovered: The mark under the pointer.
        stretch: The selected stretch, or the one that a drag would take.
        kept: Stretches that are selected beside it.
        gathering: Whether words are being chosen to join what is selected.
        word: The word at the caret.
        focused: Whether the view has the keyboard.
        handles: Whether the selected mark's ends can be dragged.
        hits: What was sought and found.
        previewed: Keys of suggestions that are drawn as the labels they would become.
        dimmed: Whether all but the lines of the selected mark stands back.
        hints: Attributes that are suggested, by the key of a label or the negative one of a
            suggestion.
    """

    ground: Ground
    inks: Inks
    selected: Mark | None = None
    hovered: Mark | None = None
    stretch: Piece | None = None
    kept: tuple[Piece, ...] = ()
    gathering: bool = False
    word: Piece | None = None
    focused: bool = False
    handles: bool = False
    hits: Hits = field(default_factory=Hits)
    previewed: frozenset[int] = frozenset()
    dimmed: bool = False
    hints: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    def hints_of(self, mark: Mark) -> tuple[str, ...]:
        """Return the attributes that are suggested for a mark."""
        return self.hints.get(-mark.id if mark.suggested else mark.id, ())

    def becomes_label(self, mark: Mark) -> bool:
        """Tell whether a mark is a suggestion drawn as the label it would become."""
        return mark.suggested and mark.id in self.previewed

    def show(self, reading: ReadingCursor, *, editable: bool) -> bool:
        """Take over what is selected; return whether anything is drawn otherwise now."""
        before = self._chosen()
        self.selected, self.word = reading.mark, reading.word
        self.stretch, self.kept = reading.stretch, reading.kept
        self.gathering = reading.gathering
        self.handles = editable and not reading.gathering
        return before != self._chosen()

    def _chosen(self) -> tuple[object, ...]:
        drawn = (self.selected, self.word, self.stretch, self.kept)
        return *drawn, self.gathering, self.handles
