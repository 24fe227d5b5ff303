"""Which sections of a record are folded away, and what is hidden in them: no widget, no drawing."""

from __future__ import annotations

import bisect
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from PySide6.QtCore import QLocale

from app.editor.blocks import Blocks, Kind
from app.editor.finding import Hits
from app.editor.marks import Marks
from app.texts import QT_TRANSLATE_NOOP, translated
from core.schema.documents import Document, Piece
from core.text.sections import Section

_CONTEXT = "Sections"
_COUNTED = (
    (QT_TRANSLATE_NOOP("Sections", "1 line"), QT_TRANSLATE_NOOP("Sections", "{0} lines")),
    (QT_TRANSLATE_NOOP("Sections", "1 label"), QT_TRANSLATE_NOOP("Sections", "{0} labels")),
    (
        QT_TRANSLATE_NOOP("Sections", "1 suggestion"),
        QT_TRANSLATE_NOOP("Sections", "{0} suggestions"),
    ),
    (QT_TRANSLATE_NOOP("Sections", "1 hit"), QT_TRANSLATE_NOOP("Sections", "{0} hits")),
)
_FOLDED = QT_TRANSLATE_NOOP("Sections", "{0}, folded: {1}")
_UNFOLDED = QT_TRANSLATE_NOOP("Sections", "{0}, unfolded")


@dataclass(frozen=True, slots=True)
class Contents:
    """How much stands in a stretch of a record.

    Attributes:
        lines: Lines with text, as they are wrapped; about, where they were not in sight yet.
        labels: Labels that begin there.
        suggestions: Suggestions that begin there.
        hits: Hits of a search that begin there.
    """

    lines: int
    labels: int
    suggestions: int
    hits: int

    def words(self) -> str:
        """Return it as ``12 lines, 3 labels``; what there is none of is left out."""
        counts = (self.lines, self.labels, self.suggestions, self.hits)
        return ", ".join(
            translated(_CONTEXT, one if count == 1 else more).format(QLocale().toString(count))
            for count, (one, more) in zip(counts, _COUNTED, strict=True)
            if count
        )


def contents(stretch: Piece, marks: Marks, hits: Hits, *, lines: int = 0) -> Contents:
    """Count the marks and hits that begin in a stretch; ``lines`` is taken as it is."""
    start, end = stretch
    first = bisect.bisect_left(marks.ordered, start, key=lambda mark: mark.start)
    last = bisect.bisect_left(marks.ordered, end, first, key=lambda mark: mark.start)
    suggested = sum(mark.suggested for mark in marks.ordered[first:last])
    found = bisect.bisect_left(hits.places, (end, 0)) - bisect.bisect_left(hits.places, (start, 0))
    return Contents(lines, last - first - suggested, suggested, found)


class Folds:
    """The sections of one record by their blocks, and which of them are folded.

    A section's head is the block of its heading, its body the blocks after that up to the next
    heading; only bodies are hidden, so every heading can be seen.
    """

    def __init__(self, blocks: Blocks, folded: set[int]) -> None:
        """Take over which sections are folded.

        Args:
            blocks: The record's text.
            folded: Indices of the folded sections; kept up to date, so that who made it remembers.
        """
        self._blocks = blocks
        self._folded = folded
        self._heads = [blocks.at(section.start) for section in blocks.sections]

    @property
    def sections(self) -> tuple[Section, ...]:
        """The record's sections."""
        return self._blocks.sections

    @property
    def folded(self) -> AbstractSet[int]:
        """The folded sections."""
        return self._folded

    def head(self, section: int) -> int:
        """Return the block of a section's heading."""
        return self._heads[section]

    def body(self, section: int) -> range:
        """Return the blocks that folding the section hides."""
        last = section + 1 == len(self._heads)
        return range(
            self._heads[section] + 1, len(self._blocks) if last else self._heads[section + 1]
        )

    def hidden_stretch(self, section: int) -> Piece:
        """Return the text that folding the section hides."""
        body = self.body(section)
        end = self.sections[section].end
        return (self._blocks[body.start].start if body else end), end

    def section_of(self, block: int) -> int:
        """Return the section that a block belongs to, -1 for none."""
        return bisect.bisect_right(self._heads, block) - 1

    def section_at(self, position: int) -> int:
        """Return the section in which a position stands, -1 for none."""
        return self.section_of(self._blocks.at(position))

    def title_beside_text(self, block: int) -> Piece | None:
        """Return the title in a block that begins a section and goes on with text, or None."""
        at = self.section_of(block)
        if at < 0 or self._heads[at] != block or self.sections[at].alone:
            return None
        return self.sections[at].heading_start, self.sections[at].heading_end

    def foldable(self, section: int) -> bool:
        """Tell whether a section has anything to hide."""
        blocks = self._blocks
        return section >= 0 and any(
            blocks[index].kind is not Kind.BLANK for index in self.body(section)
        )

    def is_folded(self, section: int) -> bool:
        """Tell whether a section is folded."""
        return section in self._folded

    def set_folded(self, section: int, folded: bool) -> bool:
        """Fold or unfold a section; return whether anything changed."""
        if folded == (section in self._folded) or (folded and not self.foldable(section)):
            return False
        if folded:
            self._folded.add(section)
        else:
            self._folded.discard(section)
        return True

    def hides(self, block: int) -> bool:
        """Tell whether a block is folded away."""
        if not self._folded:
            return False
        section = self.section_of(block)
        return section in self._folded and block != self._heads[section]

    def hides_position(self, position: int) -> bool:
        """Tell whether a position is folded away."""
        return self.hides(self._blocks.at(position))

    def folded_over(self, start: int, end: int) -> list[int]:
        """Return the folded sections that hide a part of a stretch."""
        if not self._folded:
            return []
        first, last = self.section_at(start), self.section_at(max(start, end - 1))
        return [
            section
            for section in range(max(0, first), last + 1)
            if section in self._folded and max(start + 1, end) > self.hidden_stretch(section)[0]
        ]

    def shown(self, block: int) -> int:
        """Return a block, or the heading it is folded under."""
        return self._heads[self.section_of(block)] if self.hides(block) else block

    def beside(self, block: int, steps: int) -> int:
        """Return the next (1) or previous (-1) block that is not folded away."""
        block += steps
        if 0 <= block < len(self._blocks) and self.hides(block):
            section = self.section_of(block)
            return self.body(section).stop if steps > 0 else self._heads[section]
        return block

    def skipped(self, position: int, came_from: int) -> int:
        """Return where the caret goes instead of into a fold.

        Args:
            position: Where it would go.
            came_from: Where it is: beyond the fold is the side away from it.

        Returns:
            ``position`` if it can be seen; else the heading behind the fold, or the fold's own
            where nothing stands behind or the caret comes from there.
        """
        block = self._blocks.at(position)
        if not self.hides(block):
            return position
        if position > came_from:
            behind = self.beside(block, 1)
            if behind < len(self._blocks):
                return self.sections[self.section_of(behind)].heading_start
        return self.sections[self.section_of(block)].heading_start


class FoldMemory:
    """Which sections of each record were folded, while the window is open."""

    def __init__(self) -> None:
        """Begin with nothing folded."""
        self._folded: dict[tuple[int, int], set[int]] = {}

    def folds(self, document: Document, blocks: Blocks) -> Folds:
        """Return a record's folds as they were left; keys of other projects may be the same."""
        key = document.id, hash(document.text)
        return Folds(blocks, self._folded.setdefault(key, set()))


def folded_words(title: str, hidden: Contents) -> str:
    """Say that a section is folded, and what that hides."""
    return translated(_CONTEXT, _FOLDED).format(title, hidden.words())


def unfolded_words(title: str) -> str:
    """Say that a section is unfolded."""
    return translated(_CONTEXT, _UNFOLDED).format(title)
