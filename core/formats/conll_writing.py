"""CoNLL written: word, tab, IOB2 tag, with comments from which records are restored exactly."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from core.formats.naming import safe_names
from core.formats.tally import Losses
from core.formats.values import LeftOut
from core.schema.documents import Document, LabelledDocument, Piece, Span
from core.schema.phrases import phrase
from core.text.iob import spans_to_tags
from core.text.words import document_words, split_words, words_within

_BLANK = re.compile(r"\s+")
_VISIBLE = re.compile(r"\S+")


def write(documents: Sequence[LabelledDocument], out: Path) -> tuple[LeftOut, ...]:
    """Write documents to one file; a line of a text is a sentence.

    Each document begins with ``# newdoc id``, each sentence with ``# text``, its line as it is.

    Returns:
        What CoNLL cannot hold: overlaps, discontinuous spans, attributes, edges inside words,
        spans over line ends.
    """
    losses = Losses()
    labels = safe_names((s.label for item in documents for s in item.spans), _BLANK, "label")
    with out.open("w", encoding="utf-8", newline="\n") as stream:
        for item in documents:
            _write_document(item, labels, stream, losses)
    return losses.told()


def _write_document(
    item: LabelledDocument, labels: dict[str, str], stream: TextIO, losses: Losses
) -> None:
    document, name = item.document, item.document.name
    words = _plain_words(document, losses)
    tags = _tags(item, labels, words, losses)
    stream.write(f"# newdoc id = {' '.join(name.split())}\n")
    start, index = 0, 0
    for line in document.text.split("\n"):
        end = start + len(line)
        stream.write(f"# text = {line}\n")
        first = index
        while index < len(words) and words[index][0] < end:
            word, tag = document.text[slice(*words[index])], tags[index]
            if tag.startswith("I-") and index == first:
                losses.add(name, phrase("spans over a line end, cut there"))
                tag = f"B-{tag[2:]}"
            stream.write(f"{word}\t{tag}\n")
            index += 1
        stream.write("\n")
        start = end + 1


def _plain_words(document: Document, losses: Losses) -> list[Piece]:
    """Return words that hold every visible character once and no blank.

    Tokens that a source brought may hold blanks, overlap or leave characters out.
    """
    text, name = document.text, document.name
    own = document_words(document)
    plain: list[Piece] = []
    at, extra = 0, 0
    for start, end in own:
        gap = [(at + a, at + b) for a, b in split_words(text[at : max(at, start)])]
        extra += len(gap)
        plain += gap
        begin = max(at, start)
        plain += [(begin + m.start(), begin + m.end()) for m in _VISIBLE.finditer(text[begin:end])]
        at = max(at, end)
    rest = [(at + a, at + b) for a, b in split_words(text[at:])]
    plain += rest
    losses.add(
        name, phrase("text between the record's own words, written as words"), extra + len(rest)
    )
    # Counted, for a source may bring the same word twice.
    changed = (Counter(own) - Counter(plain)).total()
    losses.add(name, phrase("words that hold blanks or overlap, written in parts"), changed)
    return plain


def _tags(
    item: LabelledDocument, labels: dict[str, str], words: Sequence[Piece], losses: Losses
) -> list[str]:
    """Return a tag a word, and tell what of the spans they do not say."""
    name = item.document.name
    renamed = [
        Span(span.start, span.end, labels[span.label], pieces=span.pieces) for span in item.spans
    ]
    tags, left_out = spans_to_tags(words, renamed)
    for span in left_out:
        if span.pieces:
            losses.add(name, phrase("discontinuous spans"))
        elif not words_within(words, span.start, span.end):
            losses.add(name, phrase("spans without a word"))
        else:
            losses.add(name, phrase("overlapping spans (the longest is written)"))
    gone = set(left_out)
    starts, ends = {start for start, _ in words}, {end for _, end in words}
    kept = [span for span in renamed if span not in gone]
    moved = sum(span.start not in starts or span.end not in ends for span in kept)
    losses.add(name, phrase("spans that begin or end inside a word, moved to its edge"), moved)
    losses.add(
        name, phrase("attributes of spans"), sum(len(span.attributes) for span in item.spans)
    )
    blank = sum(labels[span.label] != span.label for span in item.spans)
    losses.add(name, phrase("labels with blanks, written with _"), blank)
    return tags
