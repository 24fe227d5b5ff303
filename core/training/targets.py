"""Gold spans as targets of a head's rows, and which head the labels of a project need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.inference.decoding import tag_names
from core.inference.heads import Head, HeadKind
from core.schema.documents import LabelledDocument, Piece, Span
from core.schema.phrases import phrase
from core.text.iob import spans_to_tags
from core.text.words import document_words

LEAST_SHARE = 0.01
"""Share of the spans that have to overlap one of another label before all labels get own rows."""


def word_targets(
    head: Head, words: Sequence[Piece], spans: Sequence[Span]
) -> tuple[NDArray[np.int64], list[Span]]:
    """Return the tags that a head should give to words.

    Returns:
        Shape (words, rows): indices of tags; and the spans that no row can hold: those that
        overlap a longer one in their row, discontinuous ones, and those without a word.
    """
    row_of = {label: row for row, labels in enumerate(head.rows) for label in labels}
    by_row: list[list[Span]] = [[] for _ in head.rows]
    for span in spans:
        by_row[row_of[span.label]].append(span)
    targets = np.zeros((len(words), len(by_row)), dtype=np.int64)
    left_out: list[Span] = []
    for row, (labels, some) in enumerate(zip(head.rows, by_row, strict=True)):
        if not some:
            continue  # all O
        numbers = {tag: index for index, tag in enumerate(tag_names(labels))}
        tags, lost = spans_to_tags(words, some)
        targets[:, row] = [numbers[tag] for tag in tags]
        left_out += lost
    return targets, left_out


def choose_head(documents: Sequence[LabelledDocument], labels: Sequence[str]) -> tuple[Head, int]:
    """Return the head that the labels need: one row a label only where many overlap.

    Where no spans of different labels share a word, one softmax is the better model: it knows that
    a word has one label at most. A few that do are slips of the hand as often as not, and too few
    to learn from.

    Args:
        documents: All that are done, with their spans.
        labels: The scheme.

    Returns:
        The head, and how many spans one softmax cannot hold that a row for each label could.
    """
    softmax = Head(HeadKind.SOFTMAX, tuple(labels))
    several = Head(HeadKind.MULTI_LABEL, tuple(labels))
    gained = spans = 0
    for item in documents:
        spans += len(item.spans)
        words = document_words(item.document)
        lost = Counter(word_targets(softmax, words, item.spans)[1])
        if lost:
            gained += (lost - Counter(word_targets(several, words, item.spans)[1])).total()
    return (several if gained and gained >= LEAST_SHARE * spans else softmax), gained


def about_overlaps(head: Head, count: int) -> str:
    """Say what a head makes of ``count`` labels that overlap one of another name."""
    if head.kind is HeadKind.MULTI_LABEL:
        return phrase(
            "{count} labels overlap one of another name, so the model learns each name by itself "
            "and can find both.",
            count=count,
        )
    return phrase(
        "{count} labels overlap one of another name. They are too few to learn from; of each pair "
        "the model learns the longer one.",
        count=count,
    )


def about_left_out(count: int) -> str:
    """Say that ``count`` labels are of a kind that no head can hold."""
    return phrase(
        "The model cannot learn {count} labels: they are discontinuous or overlap a longer one.",
        count=count,
    )
