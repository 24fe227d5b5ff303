"""brat standoff: NAME.txt with NAME.ann beside it, text-bound annotations read into spans.

The format: Stenetorp et al. 2012, brat: a Web-based Tool for NLP-Assisted Text Annotation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from core.formats.brat_attributes import attribute_of
from core.formats.brat_offsets import Mapping, best_mapping
from core.formats.brat_writing import write
from core.formats.opening import open_source
from core.formats.tally import Tally
from core.formats.values import FileReading, ReadOptions, Source
from core.schema.documents import ImportedDocument, Origin, Piece, Span
from core.schema.phrases import phrase

__all__ = ["companion", "read", "recognises", "write"]

_LINE = re.compile(r"(?:[TEARMN][^\s]*|#[^\s]*|\*)\t")
_TEXT_BOUND = re.compile(r"(T[^\s]*)\t(\S.*?) (\d+ \d+(?:;\d+ \d+)*) *(?:\t(.*))?")
_ATTRIBUTE = re.compile(r"[AM][^\s]*\t(\S+) (\S+)(?: (.*?))?\s*")
_LEFT_OUT = {
    "E": phrase("events were left out"),
    "R": phrase("relations were left out"),
    "*": phrase("equivalences were left out"),
    "N": phrase("codes (normalisations) were left out"),
    "#": phrase("notes of annotators were left out"),
}


@dataclass(slots=True)
class _Mention:
    """A text-bound annotation before its offsets are mapped."""

    line: int
    label: str
    pieces: list[Piece]
    surface: str | None
    attributes: set[str] = field(default_factory=set)


def companion(path: Path) -> Path | None:
    """Return the other file of a pair, or None where it is not there."""
    suffix = {".txt": ".ann", ".ann": ".txt"}.get(path.suffix.lower())
    other = path.with_suffix(suffix) if suffix else None
    return other if other is not None and other.is_file() else None


def recognises(source: Source) -> bool:
    """Tell a text with annotations beside it, or the annotations themselves."""
    if source.path.suffix.lower() == ".ann":
        first = next((line for line in source.text.split("\n", 50) if line.strip()), None)
        if first is None:
            return companion(source.path) is not None
        return _LINE.match(first) is not None
    return source.path.suffix.lower() == ".txt" and companion(source.path) is not None


def read(source: Source, options: ReadOptions) -> FileReading:
    """Read the pair of which ``source`` is either file; it gives the same document for both.

    Returns:
        One document, reviewed where there are annotations, if only an empty file of them.
        Offsets hold even where the annotation quotes another text: that is noted. Offsets
        outside the text are faults. What is not a label of text is counted as left out.
    """
    annotated = source.path.suffix.lower() == ".ann"
    other = companion(source.path)
    if annotated and other is None:
        tally = Tally(source.name)
        tally.fault(
            0,
            phrase(
                "the text it speaks of ({file}) is not beside it", file=f"{source.path.stem}.txt"
            ),
        )
        return FileReading(faults=tally.faults)
    if other is None:
        return FileReading((_document(source, (), reviewed=False),))
    opened = open_source(other, options)
    if opened.source is None:
        return FileReading(faults=(opened.fault,) if opened.fault else ())
    text, notes = (opened.source, source) if annotated else (source, opened.source)
    tally = Tally(notes.name)
    mentions = _mentions(notes.text, tally)
    mapping = best_mapping(text, [(m.pieces, m.surface) for m in mentions])
    if mapping.remark:
        tally.note(0, mapping.remark)
    spans = tuple(
        span for mention in mentions if (span := _span(mention, text.text, mapping, tally))
    )
    document = _document(text, spans, reviewed=True)
    return FileReading((document,), tally.faults, (*opened.notes, *tally.notes))


def _document(text: Source, spans: tuple[Span, ...], *, reviewed: bool) -> ImportedDocument:
    stem = text.path.stem
    return ImportedDocument(
        key=stem,
        name=stem,
        text=text.text,
        spans=spans,
        reviewed=reviewed,
        source=text.name,
        meta=dict(text.meta),
    )


def _mentions(annotations: str, tally: Tally) -> list[_Mention]:
    """Read the text-bound annotations with their attributes; count all else."""
    mentions: dict[str, _Mention] = {}
    attributes: list[tuple[int, str]] = []
    for number, line in enumerate(annotations.split("\n"), start=1):
        if not line.strip():
            continue
        if not _LINE.match(line):
            tally.fault(number, phrase("it is no line of brat; the line is left out"))
        elif line[0] == "T":
            found = _TEXT_BOUND.fullmatch(line)
            if found is None:
                tally.fault(number, phrase("no label with offsets; the line is left out"))
            elif found[1] in mentions:
                tally.fault(
                    number, phrase("its id is taken by a line before; the line is left out")
                )
            else:
                pieces = [_piece(text) for text in found[3].split(";")]
                mentions[found[1]] = _Mention(number, found[2], pieces, found[4])
        elif line[0] in "AM":
            attributes.append((number, line))
        else:
            tally.note(number, _LEFT_OUT[line[0]])
    for number, line in attributes:
        _attach(number, line, mentions, tally)
    return list(mentions.values())


def _piece(text: str) -> Piece:
    start, end = text.split(" ")
    return int(start), int(end)


def _attach(number: int, line: str, mentions: dict[str, _Mention], tally: Tally) -> None:
    """Give an attribute to its mention."""
    found = _ATTRIBUTE.fullmatch(line)
    if found is None:
        tally.fault(number, phrase("no attribute with what it belongs to; the line is left out"))
        return
    name, target, value = found.groups()
    if target in mentions:
        attribute = attribute_of(name, value or "")
        if attribute is None:
            tally.note(number, phrase("attributes that say no were left out"))
        else:
            mentions[target].attributes.add(attribute)
    elif target.startswith("T"):
        tally.note(number, phrase("attributes of annotations that are not there were left out"))
    else:
        tally.note(number, phrase("attributes of events and relations were left out"))


def _span(mention: _Mention, text: str, mapping: Mapping, tally: Tally) -> Span | None:
    """Return the span of a mention, or None where its offsets are at fault."""
    pieces = [(mapping(start), mapping(end)) for start, end in mention.pieces]
    if any(end > len(text) for _, end in pieces):
        tally.fault(mention.line, phrase("offsets outside the text; the line is left out"))
        return None
    if any(start >= end for start, end in pieces):
        tally.fault(mention.line, phrase("offsets that hold no character; the line is left out"))
        return None
    if mention.surface is not None and mention.surface != _surface(text, pieces):
        tally.note(
            mention.line,
            phrase("quoted text is not the text at its offsets; the offsets are taken"),
        )
    merged = _merge(pieces, text)
    whole = Span(
        start=merged[0][0],
        end=merged[-1][1],
        label=mention.label,
        attributes=tuple(sorted(mention.attributes)),
        origin=Origin.IMPORTED,
    )
    return replace(whole, pieces=tuple(merged)) if len(merged) > 1 else whole


def _surface(text: str, pieces: list[Piece]) -> str:
    """Return the text of pieces as brat quotes it: parted by blanks, line ends as blanks."""
    return " ".join(text[start:end] for start, end in pieces).replace("\n", " ")


def _merge(pieces: list[Piece], text: str) -> list[Piece]:
    """Order pieces and join those that touch, or that only a line end parts.

    brat cannot hold a line end inside a piece and writes one on either side of it.
    """
    merged: list[Piece] = []
    for start, end in sorted(pieces):
        if merged:
            gap = text[merged[-1][1] : start]
            if not gap or ("\n" in gap and gap.isspace()):
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
                continue
        merged.append((start, end))
    return merged
