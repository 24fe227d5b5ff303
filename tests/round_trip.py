"""Labels on their whole way: words, tags, windows of sub-tokens, tags again, spans."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.inference.batching import stitch
from core.inference.decoding import best_tags, spans_on_path, tag_names
from core.inference.encoding import Encoder
from core.schema.documents import LabelledDocument
from core.text.iob import spans_to_tags
from core.text.words import document_words

Stretch = tuple[int, int, str]


def stretches(item: LabelledDocument) -> set[Stretch]:
    """Return a document's spans by start, end and label."""
    return {(span.start, span.end, span.label) for span in item.spans}


def through_windows(
    item: LabelledDocument, encoder: Encoder, labels: Sequence[str]
) -> set[Stretch]:
    """Return the spans that a model without fault would find, which answers with the gold tags.

    The tags are put where each window has its words' first sub-tokens, as in a training, and read
    there again, as in a prediction.
    """
    names = tag_names(labels)
    words = document_words(item.document)
    tags, _ = spans_to_tags(words, item.spans)
    windows = encoder.encode(item.document.text, words)
    answers: list[NDArray[np.float64]] = []
    for window in windows:
        logits = np.zeros((len(window.ids), len(names)))
        for word, head in enumerate(window.heads, start=window.window.first):
            logits[head, names.index(tags[word])] = 1.0
        answers.append(logits[window.heads])
    (rows,) = stitch(windows, answers, 1, len(names))
    found = spans_on_path(best_tags(rows), rows, words, labels)
    return {(span.start, span.end, span.label) for span in found}
