"""CoNLL: one word a line with its tag in IOB1, IOB2 or IOBES, read into records.

The layout is that of the CoNLL-2003 shared task (Tjong Kim Sang & De Meulder 2003), with the
comments of CoNLL-U where a file has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from core.formats.conll_layout import (
    DOCUMENT_MARK,
    Layout,
    LayoutError,
    find_layout,
    looks_tagged,
)
from core.formats.conll_writing import write
from core.formats.tally import Tally
from core.formats.values import FileReading, ReadOptions, Source
from core.schema.documents import ImportedDocument, Piece, Span
from core.schema.phrases import phrase
from core.text.iob import TagScheme, detect_scheme, tags_to_runs
from core.text.words import has_unspaced_script

__all__ = ["read", "recognises", "write"]

_OWN_SUFFIXES = frozenset({".conll", ".conll2003", ".iob", ".iob2", ".bio", ".bioes"})
_SHARED_SUFFIXES = frozenset({".tsv", ".txt", ""})
_SAMPLE = 300
_TEXT = re.compile(r"# ?text ?= ?(.*)", re.DOTALL)
_SENTENCE_ID = re.compile(r"# ?sent_id ?= ?(.*)", re.DOTALL)
_NEW_DOCUMENT = re.compile(r"# ?newdoc\b(?:\s+id)?(?:\s*=\s*(.*))?", re.DOTALL)


@dataclass(slots=True)
class _Sentence:
    """A sentence as its lines say it; left out of everything when a line is at fault."""

    line: int
    words: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    text: str | None = None
    id: str = ""
    sound: bool = True


@dataclass(slots=True)
class _Record:
    """Sentences that make a document."""

    key: str
    name: str
    line: int
    sentences: list[_Sentence] = field(default_factory=list)


def recognises(source: Source) -> bool:
    """Tell whether a file is words with tags: by its suffix and columns, or its columns alone."""
    suffix = source.path.suffix.lower()
    if suffix not in _OWN_SUFFIXES | _SHARED_SUFFIXES:
        return False
    own = suffix in _OWN_SUFFIXES
    head = source.text[: 200 * _SAMPLE].split("\n")[:_SAMPLE]
    rows = [line for line in head if line.strip() and not line.startswith("#")]
    if not own and len(rows) < 3:
        return False
    return looks_tagged(head, least=0.8 if own else 0.95)


def read(source: Source, options: ReadOptions) -> FileReading:
    """Read tagged sentences: a document a document mark, else ``options.group`` sentences a one.

    The text of a sentence is its ``# text`` comment where that holds its words, else the words
    joined by blanks (Chinese and the like without). Sentences are parted by a line end.

    Returns:
        Documents with their words as tokens. A line with the wrong number of columns or without
        a tag is a fault and leaves out its sentence; tags that break the scheme are noted.
    """
    tally = Tally(source.name)
    lines = source.text.split("\n")
    try:
        layout = find_layout(lines, options)
    except LayoutError as error:
        tally.fault(0, str(error))
        return FileReading(faults=tally.faults)
    sentences = _Lines(layout, tally)
    records = sentences.records(lines, source.path.stem, max(1, options.group))
    sound = [item for record in records for item in record.sentences if item.sound]
    scheme = detect_scheme(item.tags for item in sound)
    documents = tuple(
        _document(record, source, scheme, tally)
        for record in records
        if any(item.sound for item in record.sentences)
    )
    if not documents and not tally.faults:
        tally.fault(0, phrase("no line holds a word"))
    return FileReading(documents, tally.faults, tally.notes)


class _Lines:
    """Goes through the lines of a file and gathers its sentences."""

    def __init__(self, layout: Layout, tally: Tally) -> None:
        self._layout = layout
        self._tally = tally
        self._marked = False

    def records(self, lines: Sequence[str], stem: str, group: int) -> list[_Record]:
        """Return the sentences by document, faulty ones among them so that keys are stable."""
        records = [_Record("0", stem, 1)]
        for item in self._items(lines):
            if isinstance(item, _Record):
                records.append(item)
            else:
                records[-1].sentences.append(item)
        if not self._marked:
            spoken = [item for item in records[0].sentences if item.words or not item.sound]
            return list(_groups(spoken, stem, group))
        records = [record for record in records if record.sentences]
        taken: dict[str, int] = {}
        for number, record in enumerate(records, start=1):
            named = record.key or str(number)
            taken[named] = taken.get(named, 0) + 1
            record.key = named if taken[named] == 1 else f"{named}#{taken[named]}"
            record.name = record.name or f"{stem} {number}"
        return records

    def _items(self, lines: Sequence[str]) -> Iterator[_Record | _Sentence]:
        """Yield every document mark and every sentence."""
        sentence: _Sentence | None = None
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                if sentence is not None:
                    yield from self._finished(sentence)
                    sentence = None
            elif line.startswith(DOCUMENT_MARK) or (
                line.startswith("#") and _NEW_DOCUMENT.match(line)
            ):
                if sentence is not None:
                    yield from self._finished(sentence)
                    sentence = None
                self._marked = True
                found = _NEW_DOCUMENT.match(line)
                name = (found[1] or "").strip() if found else ""
                yield _Record(name, name, number)
            else:
                sentence = sentence or _Sentence(number)
                if self._layout.is_comment(line):
                    _take_comment(sentence, line)
                else:
                    self._take_word(sentence, line, number)
        if sentence is not None:
            yield from self._finished(sentence)

    def _finished(self, sentence: _Sentence) -> Iterator[_Sentence]:
        """Yield a sentence, unless it is but comments."""
        if sentence.words or not sentence.sound:
            yield sentence
        elif sentence.text is not None:
            if not sentence.text.strip():
                # An empty line of a text, as this program writes it.
                yield sentence
            else:
                self._tally.note(sentence.line, phrase("text comments without words were left out"))

    def _take_word(self, sentence: _Sentence, line: str, number: int) -> None:
        layout = self._layout
        cells = layout.cells(line)
        if len(cells) != layout.width:
            words = phrase(
                "not {wanted} columns but {found}; its sentence is left out",
                wanted=layout.width,
                found=len(cells),
            )
            self._fault(sentence, number, words)
            return
        tag = layout.tag_of(cells[layout.tag])
        if tag is None:
            words = phrase(
                "no tag in column {column} (from 0); its sentence is left out", column=layout.tag
            )
            self._fault(sentence, number, words)
        elif not cells[layout.word]:
            words = phrase(
                "no word in column {column} (from 0); its sentence is left out", column=layout.word
            )
            self._fault(sentence, number, words)
        else:
            sentence.words.append(cells[layout.word])
            sentence.tags.append(tag)
            sentence.lines.append(number)

    def _fault(self, sentence: _Sentence, number: int, reason: str) -> None:
        sentence.sound = False
        self._tally.fault(number, reason)


def _take_comment(sentence: _Sentence, line: str) -> None:
    if found := _TEXT.fullmatch(line):
        sentence.text = found[1]
    elif found := _SENTENCE_ID.fullmatch(line):
        sentence.id = found[1].strip()


def _groups(sentences: Sequence[_Sentence], stem: str, group: int) -> Iterator[_Record]:
    """Yield documents of ``group`` sentences each, faulty ones counted."""
    for first in range(0, len(sentences), group):
        chosen = list(sentences[first : first + group])
        key = str(first + 1) if group == 1 else f"{first + 1}-{first + len(chosen)}"
        yield _Record(key, f"{stem} {key}", chosen[0].line, chosen)


def _document(record: _Record, source: Source, scheme: TagScheme, tally: Tally) -> ImportedDocument:
    """Build the document of a record's sound sentences."""
    parts: list[str] = []
    tokens: list[Piece] = []
    spans: list[Span] = []
    base = 0
    sound = [item for item in record.sentences if item.sound]
    for sentence in sound:
        text, pieces = _text_of(sentence, tally)
        placed = [(base + start, base + end) for start, end in pieces]
        runs, broken = tags_to_runs(sentence.tags, scheme)
        for index in broken:
            tally.note(sentence.lines[index], _broken(scheme))
        spans += [Span(placed[a][0], placed[b - 1][1], label) for a, b, label in runs]
        tokens += placed
        parts.append(text)
        base += len(text) + 1
    meta = {**source.meta, "tags": scheme.value}
    if len(sound) == 1 and sound[0].id:
        meta["sent_id"] = sound[0].id
    return ImportedDocument(
        key=record.key,
        name=record.name,
        text="\n".join(parts),
        spans=tuple(spans),
        reviewed=True,
        source=source.name,
        line=record.line,
        tokens=tuple(tokens),
        meta=meta,
    )


def _broken(scheme: TagScheme) -> str:
    if scheme is TagScheme.IOBES:
        return phrase("tag that breaks IOBES; read as if it opened or ended an entity")
    return phrase("I tag without its B; read as if it opened an entity")


def _text_of(sentence: _Sentence, tally: Tally) -> tuple[str, list[Piece]]:
    """Return a sentence's text and where its words stand in it."""
    if sentence.text is not None:
        pieces = _align(sentence.text, sentence.words)
        if pieces is not None:
            return sentence.text, pieces
        tally.note(sentence.line, phrase("text comment that does not hold the words; words joined"))
    return _join(sentence.words)


def _align(text: str, words: Sequence[str]) -> list[Piece] | None:
    """Find the words in a text that has nothing but them and blanks, or return None."""
    pieces: list[Piece] = []
    at = 0
    for word in words:
        while not text.startswith(word, at):
            if at >= len(text) or not text[at].isspace():
                return None
            at += 1
        pieces.append((at, at + len(word)))
        at += len(word)
    return None if text[at:].strip() else pieces


def _join(words: Sequence[str]) -> tuple[str, list[Piece]]:
    """Join words by blanks, but without where a script does without.

    A sentence tagged by the character (each word one, some of such a script) has no blank at all.
    """
    unspaced = has_unspaced_script("".join(words))
    by_character = unspaced and all(len(word) == 1 for word in words)
    parts: list[str] = []
    pieces: list[Piece] = []
    at = 0
    for index, word in enumerate(words):
        if index and not by_character:
            edges = words[index - 1][-1] + word[0]
            if not unspaced or not has_unspaced_script(edges):
                parts.append(" ")
                at += 1
        parts.append(word)
        pieces.append((at, at + len(word)))
        at += len(word)
    return "".join(parts), pieces
