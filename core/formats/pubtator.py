"""PubTator: title and abstract of a record on a line each, annotations in tab-separated lines.

The format: Wei, Kao & Lu 2013, PubTator: a web-based text mining tool for assisting biocuration.
Offsets run over title and abstract with one character between them, here a line end. A label in
pieces has them in a seventh column, in brat's notation (``0 4;10 14``); programs that do not know
it read the stretch from its first to its last character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from core.formats.naming import safe_names
from core.formats.tally import Losses, Tally
from core.formats.values import FileReading, LeftOut, ReadOptions, Source
from core.schema.documents import ImportedDocument, LabelledDocument, Origin, Piece, Span
from core.schema.phrases import phrase

_PASSAGE = re.compile(r"([^|\t]+)\|([ta])\|(.*)", re.DOTALL)
_TITLE = re.compile(r"[^|\t\n]{1,64}\|t\|")
_TO_BLANK = str.maketrans("\n\t", "  ")
_NOT_IN_IDS = re.compile(r"[\s|]+")
_NOT_IN_LABELS = re.compile(r"[\t\n]+")
_PIECES = re.compile(r"[0-9]{1,9} [0-9]{1,9}(?:;[0-9]{1,9} [0-9]{1,9})+")
_NO_CODE = frozenset({"", "-", "-1"})


@dataclass(slots=True)
class _Record:
    """The lines of a record."""

    id: str
    line: int
    title: str
    abstract: str = ""
    annotations: list[tuple[int, list[str]]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return f"{self.title}\n{self.abstract}" if self.abstract else self.title


def recognises(source: Source) -> bool:
    """Tell a file whose first line is a title in PubTator's manner."""
    first = next((line for line in source.text[:4096].split("\n") if line.strip()), "")
    return _TITLE.match(first) is not None


def read(source: Source, options: ReadOptions) -> FileReading:
    """Read records; the title is the first line of the text, the abstract the second.

    A record that stands twice is read once. Where the quoted text differs from that at the
    offsets, the offsets are taken and the difference is noted. Codes (MeSH, OMIM) and relations
    are counted as left out.

    Returns:
        Documents, reviewed where the file has any annotation at all.
    """
    tally = Tally(source.name)
    records: dict[str, _Record] = {}
    for record in _records(source.text.split("\n"), tally):
        known = records.get(record.id)
        if known is None:
            records[record.id] = record
        elif known.text == record.text:
            same = _contents(known) == _contents(record)
            reason = (
                phrase("record that came before; only the first is read")
                if same
                else phrase(
                    "record that came before, with other annotations; only the first is read"
                )
            )
            tally.note(record.line, reason)
        else:
            tally.fault(
                record.line, phrase("its id is taken by another record; this one is left out")
            )
    reviewed = any(record.annotations for record in records.values())
    documents = tuple(
        ImportedDocument(
            key=record.id,
            name=record.id,
            text=record.text,
            spans=tuple(_spans(record, tally)),
            reviewed=reviewed,
            source=source.name,
            line=record.line,
            meta=dict(source.meta),
        )
        for record in records.values()
    )
    if not documents and not tally.faults:
        tally.fault(0, phrase("no line holds a title (ID|t|...)"))
    return FileReading(documents, tally.faults, tally.notes)


def _contents(record: _Record) -> list[list[str]]:
    return [cells for _, cells in record.annotations]


def _records(lines: Sequence[str], tally: Tally) -> Iterator[_Record]:
    """Yield the records of a file with all their lines."""
    record: _Record | None = None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        passage = _PASSAGE.fullmatch(line)
        if passage and passage[2] == "t":
            if record is not None:
                yield record
            record = _Record(passage[1], number, passage[3])
        elif passage:
            if record is None or record.id != passage[1] or record.abstract:
                tally.fault(number, phrase("abstract without its title; the line is left out"))
            else:
                record.abstract = passage[3]
        else:
            cells = line.split("\t")
            if len(cells) < 4:
                tally.fault(number, phrase("neither text nor an annotation; the line is left out"))
            elif record is None or record.id != cells[0]:
                tally.fault(number, phrase("annotation of another record; the line is left out"))
            else:
                record.annotations.append((number, cells))
    if record is not None:
        yield record


def _spans(record: _Record, tally: Tally) -> Iterator[Span]:
    """Yield the spans of a record's annotations."""
    text = record.text
    for number, cells in record.annotations:
        if not (cells[1].isdecimal() and cells[2].isdecimal()):
            if cells[1][:1].isalpha() and not cells[2].isdecimal():
                tally.note(number, phrase("relations were left out"))
            else:
                tally.fault(number, phrase("no offsets; the line is left out"))
            continue
        start, end = int(cells[1]), int(cells[2])
        if len(cells) < 5 or not cells[4].strip():
            tally.fault(number, phrase("no label; the line is left out"))
        elif end > len(text):
            tally.fault(number, phrase("offsets outside the text; the line is left out"))
        elif start >= end:
            tally.fault(number, phrase("offsets that hold no character; the line is left out"))
        else:
            if difference := _difference(cells[3], text[start:end].translate(_TO_BLANK)):
                tally.note(number, difference)
            pieces = _pieces(cells[6], start, end) if len(cells) > 6 else ()
            codes = cells[5:6] + cells[7:] if pieces else cells[5:]
            if any(cell.strip() not in _NO_CODE for cell in codes):
                tally.note(number, phrase("codes were left out"))
            yield Span(start, end, cells[4].strip(), pieces=pieces, origin=Origin.IMPORTED)


def _pieces(cell: str, start: int, end: int) -> tuple[Piece, ...]:
    """Return the pieces that a cell tells of a label from start to end; empty if it tells none."""
    if not _PIECES.fullmatch(cell.strip()):
        return ()
    edges = [int(edge) for piece in cell.split(";") for edge in piece.split()]
    pieces = tuple(zip(edges[::2], edges[1::2], strict=True))
    ordered = edges == sorted(edges) and all(first < last for first, last in pieces)
    return pieces if ordered and (edges[0], edges[-1]) == (start, end) else ()


def _difference(quoted: str, there: str) -> str:
    """Say how a quoted text differs from the text at its offsets; empty where it does not."""
    if quoted == there:
        return ""
    if quoted.strip() == there.strip():
        return phrase("quoted text has other blanks around it than the text; the offsets are taken")
    return phrase("quoted text is not the text at its offsets; the offsets are taken")


def write(documents: Sequence[LabelledDocument], out: Path) -> tuple[LeftOut, ...]:
    """Write documents to one file; the first line of a text is the title, the rest the abstract.

    Returns:
        What PubTator cannot hold (further line ends, attributes), and labels in pieces, which it
        holds only for who knows its seventh column.
    """
    losses = Losses()
    ids = _ids([item.document.name for item in documents])
    spans = (span for item in documents for span in item.spans)
    labels = safe_names((span.label for span in spans), _NOT_IN_LABELS, "label")
    with out.open("w", encoding="utf-8", newline="\n") as stream:
        for item, id_ in zip(documents, ids, strict=True):
            for line in _lines(item, id_, labels, losses):
                stream.write(f"{line}\n")
            stream.write("\n")
    return losses.told()


def _ids(names: Sequence[str]) -> list[str]:
    """Return an id for each document, none twice."""
    taken: dict[str, int] = {}
    ids: list[str] = []
    for name in names:
        plain = _NOT_IN_IDS.sub("_", name)[:60] or "record"
        while plain in taken:
            taken[plain] += 1
            plain = f"{plain}-{taken[plain]}"
        taken[plain] = 1
        ids.append(plain)
    return ids


def _lines(
    item: LabelledDocument, id_: str, labels: dict[str, str], losses: Losses
) -> Iterator[str]:
    """Yield the lines of a document."""
    document = item.document
    title, line_end, rest = document.text.partition("\n")
    dropped = rest.count("\n") + (1 if line_end and not rest else 0)
    losses.add(document.name, phrase("line ends after the first, written as blanks"), dropped)
    yield f"{id_}|t|{title}"
    yield f"{id_}|a|{rest.replace(chr(10), ' ')}"
    for span in item.spans:
        losses.add(document.name, phrase("attributes of spans"), len(span.attributes))
        if span.pieces:
            told = phrase("discontinuous spans; other programs may read each as one stretch")
            losses.add(document.name, told)
        renamed = int(labels[span.label] != span.label)
        losses.add(document.name, phrase("labels with tabs, written with _"), renamed)
        quoted = document.text[span.start : span.end].translate(_TO_BLANK)
        cells = [id_, str(span.start), str(span.end), quoted, labels[span.label], "-"]
        if span.pieces:
            cells.append(";".join(f"{first} {last}" for first, last in span.pieces))
        yield "\t".join(cells)
