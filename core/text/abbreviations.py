"""Abbreviations that a text explains: "breast cancer (BC)", or "BC (breast cancer)".

Schwartz & Hearst 2003, "A simple algorithm for identifying abbreviation definitions in biomedical
text", on words instead of characters, so that what is found can be given to a model. Only the
standard library is used: exported models carry this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.schema.documents import Piece

_LEAST_LETTERS, _MOST_LETTERS = 2, 10
"""Characters of an abbreviation, blanks not counted."""
_MOST_SHORT_WORDS = 5
"""Words of an abbreviation: hyphens, and strokes between letters, are words."""
_OPENING = frozenset("([")
_CLOSING = frozenset(")];,")
_SENTENCE_ENDS = frozenset(".;?!")


@dataclass(frozen=True, slots=True)
class Definition:
    """An abbreviation with what it stands for.

    Attributes:
        short: Its words as they stand.
        long: First word of the long form, and one past the last.
    """

    short: tuple[str, ...]
    long: tuple[int, int]


def find_definitions(text: str, words: Sequence[Piece]) -> list[Definition]:
    """Return the abbreviations that a text explains, each once, in the order of the text.

    Args:
        text: Of a document.
        words: Start and end of each of its words.
    """
    if "(" not in text and "[" not in text:
        return []
    spelled = [text[start:end] for start, end in words]
    found: dict[tuple[str, ...], Definition] = {}
    for at, word in enumerate(spelled):
        if word in _OPENING:
            definition = _behind(spelled, at) or _before(spelled, at)
            if definition is not None:
                found.setdefault(definition.short, definition)
    return list(found.values())


def find_uses(
    words: Sequence[str], definitions: Sequence[Definition]
) -> list[tuple[int, int, int]]:
    """Return where abbreviations stand: first word, one past the last, and which definition it is.

    Args:
        words: Of the text, as they are spelled.
        definitions: What was found in it.

    Returns:
        Ordered by first word.
    """
    beginning: dict[str, list[int]] = {}
    for number, definition in enumerate(definitions):
        beginning.setdefault(definition.short[0], []).append(number)
    uses = []
    for at, word in enumerate(words):
        for number in beginning.get(word, ()):
            short = definitions[number].short
            end = at + len(short)
            if tuple(words[at:end]) == short:
                uses.append((at, end, number))
    return uses


def _behind(words: Sequence[str], bracket: int) -> Definition | None:
    """Return what is meant by "long form (short form)"."""
    end = bracket + 1
    while end < len(words) and end - bracket <= _MOST_SHORT_WORDS and words[end] not in _CLOSING:
        end += 1
    short = tuple(words[bracket + 1 : end])
    if end == len(words) or words[end] not in _CLOSING or not _may_be_short(short):
        return None
    first = _long_form(short, words, bracket)
    return None if first is None else Definition(short, (first, bracket))


def _before(words: Sequence[str], bracket: int) -> Definition | None:
    """Return what is meant by "short form (long form)"."""
    short = tuple(words[max(bracket - 1, 0) : bracket])
    if not _may_be_short(short):
        return None
    farthest = bracket + 2 + _most_words(short)
    end = next(
        (at for at in range(bracket + 1, min(farthest, len(words))) if words[at] in _CLOSING), None
    )
    if end is None or end - bracket <= 2:
        return None
    if _long_form(short, words, end) != bracket + 1:
        return None
    return Definition(short, (bracket + 1, end))


def _may_be_short(words: Sequence[str]) -> bool:
    spelled = "".join(words)
    return (
        _LEAST_LETTERS <= len(spelled) <= _MOST_LETTERS
        and spelled[0].isalnum()
        and any(character.isupper() for character in spelled)
        and _OPENING.isdisjoint(words)
    )


def _most_words(short: Sequence[str]) -> int:
    """Return how many words a long form may have, twice as many as of blanks alone."""
    letters = sum(character.isalnum() for character in "".join(short))
    return 2 * min(letters + 5, 2 * letters)


def _long_form(short: Sequence[str], words: Sequence[str], end: int) -> int | None:
    """Return the first word of the shortest long form that ends before ``end``.

    Each letter of the abbreviation, from the last to the first, is looked for to the left; the
    first one has to begin a word.
    """
    letters = [character for character in "".join(short).casefold() if character.isalnum()]
    farthest = max(0, end - _most_words(short))
    word, place = end, 0
    for at in range(len(letters) - 1, -1, -1):
        while True:
            place -= 1
            if place < 0:
                word -= 1
                if word < farthest or words[word] in _SENTENCE_ENDS:
                    return None
                place = len(words[word]) - 1
            if words[word][place].casefold() == letters[at] and (at > 0 or place == 0):
                break
    long = words[word:end]
    # "BRCA1 (BRCA1)" explains nothing, nor does a word that hides the letters by chance.
    if len(long) == 1 and len(long[0]) <= len("".join(short)) + 1:
        return None
    return None if "".join(long).casefold() == "".join(short).casefold() else word
