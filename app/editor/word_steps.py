"""Steps through a record by words and by characters, splitting only the text around them."""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QTextBoundaryFinder

from core.schema.documents import Document, Piece
from core.text.offsets import Utf16Map
from core.text.words import document_words, snap_to_words, split_words, word_at

_PART = 2_000
"""About how much text is split at a time."""

_BLANK = re.compile(r"\s(?=\w)")
"""Where the text may be cut: no mark that combines with a blank stands behind it."""


class WordSteps:
    """Words and characters of one document, found when they are asked for.

    No word holds a blank, so a text cut after blanks has the same words as the whole: opening a
    record of any length splits nothing.
    """

    def __init__(self, document: Document) -> None:
        """Look at a document; its own tokens are its words where it has them."""
        self._text = document.text
        self._tokens = document_words(document) if document.tokens is not None else None
        self._cuts = [0]
        self._known: dict[int, Sequence[Piece]] = {}

    @property
    def text(self) -> str:
        """The text."""
        return self._text

    @property
    def length(self) -> int:
        """Code points of the text."""
        return len(self._text)

    def at(self, position: int) -> Piece | None:
        """Return the word that holds a position, or None between words."""
        words = self._part_words(self._part(position))
        index = word_at(words, position)
        return words[index] if index >= 0 else None

    def snap(self, start: int, end: int) -> Piece | None:
        """Widen a stretch to the words that it touches; None where it touches none."""
        first = self._first_ending_after(start)
        last = self._last_starting_before(end)
        if first is None or last is None or first[0] >= end or last[1] <= start:
            return None
        part = self._part(first[0])
        if part == self._part(last[0]):
            return snap_to_words(self._part_words(part), start, end)
        return first[0], last[1]

    def nearest(self, position: int) -> Piece | None:
        """Return the word at a position, else the next one, else the one before, else None."""
        return (
            self.at(position)
            or self._first_ending_after(position)
            or self._last_starting_before(position)
        )

    def after(self, position: int) -> Piece | None:
        """Return the first word that begins at or after a position, bare punctuation left out."""
        word = self._first_starting_at(position)
        while word is not None and not self._worth_a_stop(word):
            word = self._first_starting_at(word[1])
        return word

    def before(self, position: int) -> Piece | None:
        """Return the last word that ends at or before a position, bare punctuation left out."""
        word = self._last_ending_at(position)
        while word is not None and not self._worth_a_stop(word):
            word = self._last_ending_at(word[0])
        return word

    def character_after(self, position: int) -> int:
        """Return the next position between characters as a reader sees them."""
        if position >= self.length:
            return self.length
        return self._boundary(position, position, forwards=True)

    def character_before(self, position: int) -> int:
        """Return the position before between characters as a reader sees them."""
        if position <= 0:
            return 0
        return self._boundary(position - 1, position, forwards=False)

    def between_characters(self, position: int) -> int:
        """Return ``position``, moved back where it stands within a character."""
        if not 0 < position < self.length:
            return max(0, min(position, self.length))
        return self.character_before(position + 1)

    def _worth_a_stop(self, word: Piece) -> bool:
        """Tell whether the caret stops at a word: not at bare marks of punctuation or rules."""
        text = self._text[word[0] : word[1]]
        return any(
            char.isalnum() or (char > "\x7f" and unicodedata.category(char)[0] != "P")
            for char in text
        )

    def _boundary(self, inside: int, position: int, *, forwards: bool) -> int:
        start, end = self._bounds(self._part(inside))
        text = self._text[start:end]
        units = Utf16Map(text)
        finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
        finder.setPosition(units.to_utf16(position - start))
        unit = finder.toNextBoundary() if forwards else finder.toPreviousBoundary()
        if unit < 0:
            return end if forwards else start
        return start + units.to_code_point(unit)

    def _bounds(self, part: int) -> Piece:
        start = self._cuts[part]
        end = self._cuts[part + 1] if part + 1 < len(self._cuts) else self.length
        return start, end

    def _part(self, position: int) -> int:
        """Return the part of the text that holds a position, cutting as far as needed."""
        while self._cuts[-1] <= position and self._cuts[-1] < self.length:
            cut = _BLANK.search(self._text, min(self._cuts[-1] + _PART, self.length))
            self._cuts.append(cut.end() if cut else self.length)
        return min(
            max(0, bisect.bisect_right(self._cuts, position) - 1), max(0, len(self._cuts) - 2)
        )

    def _part_words(self, part: int) -> Sequence[Piece]:
        words = self._known.get(part)
        if words is None:
            start, end = self._bounds(part)
            if self._tokens is not None:
                first = bisect.bisect_left(self._tokens, start, key=lambda word: word[0])
                last = bisect.bisect_left(self._tokens, end, key=lambda word: word[0])
                words = self._tokens[first:last]
            else:
                words = tuple(
                    (start + begin, start + stop)
                    for begin, stop in split_words(self._text[start:end])
                )
            self._known[part] = words
        return words

    def _first_ending_after(self, position: int) -> Piece | None:
        part = self._part(position)
        if self._tokens is not None and part:
            part -= 1  # a source's token may reach over a cut
        while True:
            words = self._part_words(part)
            index = bisect.bisect_right(words, position, key=lambda word: word[1])
            if index < len(words):
                return words[index]
            part += 1
            if part >= len(self._cuts) - 1 and self._no_part_after(part):
                return None

    def _first_starting_at(self, position: int) -> Piece | None:
        part = self._part(position)
        while True:
            words = self._part_words(part)
            index = bisect.bisect_left(words, position, key=lambda word: word[0])
            if index < len(words):
                return words[index]
            part += 1
            if part >= len(self._cuts) - 1 and self._no_part_after(part):
                return None

    def _last_starting_before(self, position: int) -> Piece | None:
        part = self._part(max(0, position - 1))
        while part >= 0:
            words = self._part_words(part)
            index = bisect.bisect_left(words, position, key=lambda word: word[0])
            if index:
                return words[index - 1]
            part -= 1
        return None

    def _last_ending_at(self, position: int) -> Piece | None:
        part = self._part(max(0, position - 1))
        while part >= 0:
            words = self._part_words(part)
            index = bisect.bisect_right(words, position, key=lambda word: word[1])
            if index:
                return words[index - 1]
            part -= 1
        return None

    def _no_part_after(self, part: int) -> bool:
        """Tell whether the text has no part of that index, cutting one more if it has."""
        if self._cuts[-1] < self.length:
            self._part(self._cuts[-1])
        return part >= len(self._cuts) - 1
