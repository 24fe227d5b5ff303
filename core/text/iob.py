"""Tags of words and the spans they stand for: IOB1, IOB2 and IOBES read, IOB2 written.

IOB1 and IOB2: Ramshaw & Marcus 1995 and Tjong Kim Sang & Veenstra 1999; IOBES marks single
words S and last words E (BILOU writes U and L, BMES writes M for I).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from core.schema.documents import Piece, Span
from core.text.words import words_within

OUTSIDE = "O"
_MARKS = {"B": "B", "I": "I", "E": "E", "S": "S", "L": "E", "U": "S", "M": "I"}


class TagScheme(StrEnum):
    """How tags mark where entities begin and end."""

    IOB1 = "IOB1"
    IOB2 = "IOB2"
    IOBES = "IOBES"


def split_tag(tag: str) -> tuple[str, str]:
    """Split ``B-drug`` into its mark (O, B, I, E or S) and label; ``O`` has no label.

    Raises:
        ValueError: The tag is neither ``O`` nor a mark of BIESLUM and a label.
    """
    if tag == OUTSIDE:
        return OUTSIDE, ""
    mark, dash, label = tag.partition("-")
    if not dash or not label or mark not in _MARKS:
        raise ValueError("not a tag")
    return _MARKS[mark], label


def detect_scheme(sequences: Iterable[Sequence[str]]) -> TagScheme:
    """Tell the scheme of tagged sentences.

    E or S marks mean IOBES. An I that opens an entity means IOB1, where B only parts neighbours
    of one label; if each B there follows an entity of its label the file is IOB1, otherwise it
    is IOB2 with faults.
    """
    opened_by_inside = False
    lone_begin = False
    for tags in sequences:
        previous = ""
        for tag in tags:
            mark, label = split_tag(tag)
            if mark in {"E", "S"}:
                return TagScheme.IOBES
            if mark == "I" and previous != label:
                opened_by_inside = True
            if mark == "B" and previous != label:
                lone_begin = True
            previous = label
    if opened_by_inside and not lone_begin:
        return TagScheme.IOB1
    return TagScheme.IOB2


def tags_to_runs(
    tags: Sequence[str], scheme: TagScheme = TagScheme.IOB2
) -> tuple[list[tuple[int, int, str]], list[int]]:
    """Read tagged words as entities.

    Args:
        tags: A tag a word.
        scheme: How they are to be read.

    Returns:
        Entities as (first word, one past the last word, label), and the indices of tags that
        break the scheme: an I or E without its B, read as if it opened an entity, and in IOBES
        a last B or I of an entity, read as if it ended it.
    """
    runs: list[tuple[int, int, str]] = []
    faults: list[int] = []
    start, current = -1, ""
    must_end = False
    for index, tag in enumerate(tags):
        mark, label = split_tag(tag)
        continues = mark in {"I", "E"} and start >= 0 and label == current and not must_end
        if start >= 0 and not continues:
            runs.append((start, index, current))
            if scheme is TagScheme.IOBES and not must_end:
                faults.append(index - 1)
            start, current = -1, ""
        if mark in {"I", "E"} and not continues and scheme is not TagScheme.IOB1:
            faults.append(index)
        if mark != OUTSIDE and not continues:
            start, current = index, label
        must_end = mark in {"E", "S"}
    if start >= 0:
        runs.append((start, len(tags), current))
        if scheme is TagScheme.IOBES and not must_end:
            faults.append(len(tags) - 1)
    return runs, faults


def spans_to_tags(words: Sequence[Piece], spans: Sequence[Span]) -> tuple[list[str], list[Span]]:
    """Write spans as IOB2 tags on words.

    A word that a span only partly covers is tagged as if covered. Where spans overlap the longer
    wins (then the earlier), and discontinuous spans cannot be written at all.

    Returns:
        A tag a word, and the spans that could not be written.
    """
    tags = [OUTSIDE] * len(words)
    left_out: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start - s.end, s.start, s.label)):
        covered = words_within(words, span.start, span.end)
        if not covered or span.pieces or any(tags[index] != OUTSIDE for index in covered):
            left_out.append(span)
            continue
        tags[covered[0]] = f"B-{span.label}"
        for index in covered[1:]:
            tags[index] = f"I-{span.label}"
    return tags, left_out


def tags_to_spans(words: Sequence[Piece], tags: Sequence[str]) -> tuple[Span, ...]:
    """Read IOB2 tags on words as spans from the first word's start to the last word's end."""
    runs, _ = tags_to_runs(tags)
    return tuple(Span(words[first][0], words[last - 1][1], label) for first, last, label in runs)
