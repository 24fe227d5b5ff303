"""What a note says about a mention besides naming it: negated, uncertain, historical, and so on.

Rules in the tradition of NegEx (Chapman, Bridewell, Hanbury, Cooper, Buchanan: A simple algorithm
for identifying negated findings and diseases in discharge summaries, J Biomed Inform 2001, 34:
301-310), ConText (Harkema, Dowling, Thornblade, Chapman: ConText: an algorithm for determining
negation, experiencer, and temporal status from clinical reports, J Biomed Inform 2009, 42:
839-851) and pyConText (Chapman, Lee, Kang, Chapman: Document-level classification of CT pulmonary
angiography reports based on an extension of the ConText algorithm, J Biomed Inform 2011, 44:
728-737). A cue speaks of what stands in its scope: from the cue to the sentence's end, to a
termination, or so many words. No parsing and no model, so the answer can be explained and is
always the same.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from core.schema.documents import Attribute
from core.text.assertion_cues import Cue, Look, Meaning, Stop, phrases
from core.text.section_titles import SectionKind
from core.text.sections import Section
from core.text.sentences import sentence_around

_TOKEN = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+(?:['’][^\W_]+)*|[^\w\s]")
_YEAR = re.compile(r"(?:19[3-9]|20[0-4])\d")
_OVER = re.compile("past|previous|former|pmh|pmsh|psh|oncolog|既往|过去")
"""In the title of a section whose mentions are over."""
_UNDECIDED = ("differential", "ddx", "鉴别诊断")
_LASTING = re.compile(
    r"diabet|\b(?:t[12]|dm|iddm|niddm|t[12]dm|afib|af|hf|chf|ccf|hf[pr]ef|cad|ihd|copd|ckd|htn)\b|"
    r"hypertens|fibrill?ation|heart failure|asthma|stenosis|regurgitation|prolapse|cardiomyopathy|"
    r"糖尿病|高血压|房颤|冠心病|心力衰竭|哮喘",
    re.IGNORECASE,
)
"""What seldom ends, so that a list of past illnesses alone does not make it history."""
_LATER = 4
"""So many tokens behind a mention may say that what stands under 'Past history' goes on."""


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str
    """In lower case; a year is ``<year>``."""

    @property
    def counts(self) -> bool:
        """Whether it is a word and no sign."""
        return self.word[0].isalnum() or self.word == "<year>"


@dataclass(frozen=True, slots=True)
class _Found:
    """A phrase of the lexicon in a sentence, by its tokens."""

    first: int
    last: int
    meanings: tuple[Meaning, ...]


@dataclass(slots=True)
class _Node:
    """A word of the lexicon's phrases, and the words that may follow it."""

    following: dict[str, _Node] = field(default_factory=dict)
    meanings: list[Meaning] = field(default_factory=list)


def assertions(
    text: str, start: int, end: int, context: Attribute | None = None
) -> frozenset[Attribute]:
    """Return what the sentence around a mention, and its section, say about it.

    Only the neighbourhood of the mention is read, so the cost does not grow with the note.

    Args:
        text: The note.
        start: First code point of the mention.
        end: One past its last.
        context: What the section that it stands in says of it (see ``context_at``).
    """
    begin, until = sentence_around(text, start, end)
    tokens, found = _read(text[begin:until])
    first = next((n for n, t in enumerate(tokens) if t.end > start - begin), len(tokens))
    last = next((n for n, t in enumerate(tokens) if t.start >= end - begin), len(tokens))
    said = {
        meaning.attribute
        for phrase in found
        for meaning in phrase.meanings
        if isinstance(meaning, Cue) and _speaks_of(phrase, meaning, first, last, tokens, found)
    }
    if context is not None and not (
        context is Attribute.HISTORICAL
        and (_goes_on(last, found) or _LASTING.search(text, start, end))
    ):
        said.add(context)
    if Attribute.FAMILY in said:
        # What a relative once had is told of the relative: one attribute says it.
        said.discard(Attribute.HISTORICAL)
    if Attribute.NEGATED in said:
        said -= {Attribute.HISTORICAL, Attribute.UNCERTAIN}
    return frozenset(said)


def context_at(text: str, sections: Sequence[Section], position: int) -> Attribute | None:
    """Return what the section at a position says of every mention in it, or None.

    A heading with text behind it on its own line speaks of that line only; one that stands alone
    of all up to the next heading. A list of what is wrong now ('Background', 'Comorbidities') is
    no history, though it stands in the same place of a note.

    Args:
        text: The note.
        sections: Its sections, from ``find_sections``.
        position: A code point.
    """
    order = bisect_right(sections, position, key=lambda section: section.start) - 1
    if order < 0 or position >= sections[order].end:
        return None
    section = sections[order]
    if not section.alone:
        _, spoken = sentence_around(text, section.heading_start, section.heading_end)
        if position >= max(spoken, text.find("\n", section.start)):
            return None
    if section.kind is SectionKind.FAMILY:
        return Attribute.FAMILY
    title = section.title.casefold()
    if section.kind is SectionKind.PAST and _OVER.search(title):
        return Attribute.HISTORICAL
    return Attribute.UNCERTAIN if title.startswith(_UNDECIDED) else None


def _goes_on(last: int, found: tuple[_Found, ...]) -> bool:
    """Tell whether words behind a mention take back that it is over: 'diabetes, on insulin'."""
    return any(
        isinstance(meaning, Stop)
        and Attribute.HISTORICAL in meaning.attributes
        and meaning.look is Look.BOTH
        and len(meaning.attributes) < len(Attribute)
        for phrase in found
        if last <= phrase.first < last + _LATER
        for meaning in phrase.meanings
    )


def _speaks_of(
    phrase: _Found,
    cue: Cue,
    first: int,
    last: int,
    tokens: tuple[_Token, ...],
    found: tuple[_Found, ...],
) -> bool:
    """Tell whether the tokens from ``first`` up to ``last`` stand in a cue's scope."""
    if phrase.last <= first:
        look, between = Look.FORWARD, range(phrase.last, first)
    elif phrase.first >= last:
        look, between = Look.BACKWARD, range(last, phrase.first)
    elif phrase.first == first and phrase.last < last:
        # The mention was marked with its cue: 'no angina'; but 'non-Hodgkin lymphoma' is a name.
        return bool(cue.look & Look.FORWARD) and cue.reach > 0
    else:
        return False
    if not look & cue.look or sum(tokens[n].counts for n in between) > cue.reach:
        return False
    return not any(
        isinstance(meaning, Stop) and cue.attribute in meaning.attributes and look & meaning.look
        for other in found
        if other.first in between
        for meaning in other.meanings
    )


@lru_cache(maxsize=4096)
def _read(sentence: str) -> tuple[tuple[_Token, ...], tuple[_Found, ...]]:
    """Cut a sentence into tokens, and find the lexicon's phrases in it, the longest first."""
    tokens = tuple(_tokens(sentence))
    found: list[_Found] = []
    at = 0
    while at < len(tokens):
        node: _Node | None = _lexicon()
        longest = at
        meanings: list[Meaning] = []
        for place in range(at, len(tokens)):
            node = node.following.get(tokens[place].word) if node is not None else None
            if node is None:
                break
            if node.meanings:
                longest, meanings = place + 1, node.meanings
        if longest > at:
            found.append(_Found(at, longest, tuple(meanings)))
        at = max(longest, at + 1)
    return tokens, tuple(found)


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        word = match[0].casefold().replace("’", "'")
        yield _Token(match.start(), match.end(), "<year>" if _YEAR.fullmatch(word) else word)


@lru_cache(maxsize=1)
def _lexicon() -> _Node:
    """Return the phrases as a tree of words."""
    root = _Node()
    for phrase, meaning in phrases():
        node = root
        for part in phrase.split():
            words = [part] if part == "<year>" else [token.word for token in _tokens(part)]
            for word in words:
                node = node.following.setdefault(word, _Node())
        node.meanings.append(meaning)
    return root
