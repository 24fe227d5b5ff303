"""From word probabilities to spans: constrained Viterbi and calibrated confidence, numpy only.

Exported models carry this module, so that they decode as Chartmark does.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.schema.documents import Piece, PredictedSpan

Floats = NDArray[np.float64]


def tag_names(labels: Sequence[str]) -> list[str]:
    """Return the IOB2 tags of a scheme in the order of a model's outputs."""
    return ["O", *(f"{mark}-{label}" for label in labels for mark in ("B", "I"))]


def softmax(logits: Floats, temperature: float = 1.0) -> Floats:
    """Return probabilities along the last axis, flattened by a temperature (Guo et al. 2017)."""
    scaled = logits / temperature
    scaled = scaled - scaled.max(axis=-1, keepdims=True)
    exponents = np.exp(scaled)
    return np.asarray(exponents / exponents.sum(axis=-1, keepdims=True), dtype=np.float64)


def best_tags(probabilities: Floats) -> NDArray[np.int64]:
    """Return the likeliest tags that make sense in a row: no I- without its B- before it.

    Viterbi 1967 over the words with transitions that are either free or forbidden.

    Args:
        probabilities: Shape (words, tags), tags in the order of ``tag_names``, or (words, rows,
            tags) for rows that are decoded side by side, each by itself.

    Returns:
        Shape (words,) or (words, rows): indices of tags.
    """
    words, tags = len(probabilities), probabilities.shape[-1]
    if not words:
        return np.zeros(probabilities.shape[:-1], dtype=np.int64)
    scores = np.log(probabilities + 1e-12).reshape(words, -1, tags)
    rows = np.arange(scores.shape[1])
    # Tags come as O, B-a, I-a, B-b, I-b ...: I- stands at even places behind its B-.
    inside = np.arange(2, tags, 2)
    allowed = np.ones((tags, tags), dtype=bool)
    allowed[:, inside] = False
    allowed[inside - 1, inside] = True
    allowed[inside, inside] = True
    barrier = np.where(allowed, 0.0, -np.inf)
    best = scores[0].copy()
    best[:, inside] = -np.inf
    came_from = np.zeros(scores.shape, dtype=np.int64)
    for word in range(1, words):
        paths = best[:, :, None] + barrier
        came_from[word] = paths.argmax(axis=1)
        best = paths.max(axis=1) + scores[word]
    path = np.zeros(scores.shape[:-1], dtype=np.int64)
    path[-1] = best.argmax(axis=1)
    for word in range(words - 1, 0, -1):
        path[word - 1] = came_from[word, rows, path[word]]
    return path.reshape(probabilities.shape[:-1])


def spans_on_path(
    path: NDArray[np.int64], probabilities: Floats, words: Sequence[Piece], labels: Sequence[str]
) -> list[PredictedSpan]:
    """Return the spans that a row of tags stands for, each with its confidence.

    A span's confidence is the geometric mean of the probabilities of its words' tags, times that
    of the span ending where it does (the word behind it not going on): the model's belief in this
    very stretch and label, comparable between short and long spans.

    Args:
        path: Shape (words,): tags that make sense in a row.
        probabilities: Shape (words, tags), calibrated.
        words: Start and end of each word in the text.
        labels: The labels of the tags, in order.
    """
    spans = []
    for word in np.flatnonzero(path % 2).tolist():  # a span begins at each B-
        label = (int(path[word]) - 1) // 2
        last = word + 1
        while last < len(path) and path[last] == 2 * label + 2:
            last += 1
        logs = np.log(probabilities[np.arange(word, last), path[word:last]] + 1e-12)
        score = float(np.exp(logs.mean()))
        if last < len(path):
            score *= float(1.0 - probabilities[last, 2 * label + 2])
        spans.append(PredictedSpan(words[word][0], words[last - 1][1], labels[label], score))
    return spans
