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


def allowed_transitions(tags: int) -> NDArray[np.bool_]:
    """Return from which tag (first axis) to which (second) a transition makes sense.

    Args:
        tags: How many, in the order of ``tag_names``. To an I- lead its B- and itself.
    """
    allowed = np.ones((tags, tags), dtype=np.bool_)
    allowed[:, 2::2] = False
    inside = np.arange(2, tags, 2)
    allowed[inside, inside] = allowed[inside - 1, inside] = True
    return allowed


def softmax(logits: Floats, temperature: float = 1.0) -> Floats:
    """Return probabilities along the last axis, flattened by a temperature (Guo et al. 2017)."""
    scaled = logits / temperature
    scaled = scaled - scaled.max(axis=-1, keepdims=True)
    exponents = np.exp(scaled)
    return np.asarray(exponents / exponents.sum(axis=-1, keepdims=True), dtype=np.float64)


def best_tags(probabilities: Floats) -> NDArray[np.int64]:
    """Return the likeliest tags that make sense in a row: no I- without its B- before it.

    Viterbi 1967 over the words with transitions that are either free or forbidden. Where the
    likeliest tag of each word by itself makes sense already, that is the answer.

    Args:
        probabilities: Shape (words, tags), tags in the order of ``tag_names``, or (words, rows,
            tags) for rows that are decoded side by side, each by itself.

    Returns:
        Shape (words,) or (words, rows): indices of tags.
    """
    if not len(probabilities):
        return np.zeros(probabilities.shape[:-1], dtype=np.int64)
    rows = probabilities.reshape(len(probabilities), -1, probabilities.shape[-1])
    path: NDArray[np.int64] = rows.argmax(axis=2)
    before = np.concatenate((np.zeros_like(path[:1]), path[:-1]))
    astray = (~allowed_transitions(rows.shape[2])[before, path]).any(axis=0)
    if astray.any():
        path[:, astray] = _viterbi(np.log(rows[:, astray] + 1e-12))
    return path.reshape(probabilities.shape[:-1])


def _viterbi(scores: Floats) -> NDArray[np.int64]:
    """Return the best path in each row, shape (words, rows), from scores (words, rows, tags)."""
    words, rows, tags = scores.shape
    moves = np.where(allowed_transitions(tags), 0.0, -np.inf)
    best = scores[0] + moves[0]  # as if an O stood before the first word
    came_from = np.zeros(scores.shape, dtype=np.int64)
    for word in range(1, words):
        ways = best[:, :, None] + moves
        came_from[word] = ways.argmax(axis=1)
        best = scores[word] + ways.max(axis=1)
    path = np.zeros((words, rows), dtype=np.int64)
    path[-1] = best.argmax(axis=1)
    for word in range(words - 1, 0, -1):
        path[word - 1] = came_from[word, np.arange(rows), path[word]]
    return path


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
