"""Tags in a row: what a model says of words and of transitions from tag to tag, taken together.

A linear-chain conditional random field (Lafferty et al. 2001) over the outputs of an encoder, as in
Lample et al. 2016, "Neural architectures for named entity recognition". A word's probabilities are
those of the forward-backward algorithm: of its tags, whatever the other words' tags are.

Exported models carry this module, so that they decode as Chartmark does.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

Transitions = tuple[tuple[tuple[float, ...], ...], ...]
"""Learned scores of transitions: for each row of a head, from each tag, to each tag; in nats."""

_FARTHEST = 60.0
"""Nats below the best tag of a word from which on a tag counts as that far below."""


def allowed_transitions(tags: int) -> NDArray[np.bool_]:
    """Return from which tag (first axis) to which (second) a transition makes sense.

    Args:
        tags: O, then B- and I- of each label (``tag_names``). To an I- lead its B- and itself.
    """
    allowed = np.ones((tags, tags), dtype=np.bool_)
    allowed[:, 2::2] = False
    inside = np.arange(2, tags, 2)
    allowed[inside, inside] = allowed[inside - 1, inside] = True
    return allowed


def log_posteriors(documents: Sequence[Floats], transitions: Transitions) -> list[Floats]:
    """Return the logarithm of each tag's probability given all words of its document.

    Args:
        documents: Scores of their words, shape (words, rows, tags) each.
        transitions: See ``Transitions``; those that make no sense are left out whatever they say.

    Returns:
        For each document the same shape; the exponentials of the last axis add up to 1.
    """
    lengths = np.array([len(scores) for scores in documents], dtype=np.int64)
    # Side by side, the longest first: at each word those that still go on are the first ones.
    order = np.argsort(-lengths, kind="stable")
    longest = int(lengths.max(initial=0))
    if not longest:
        return list(documents)
    going_on = np.array([int((lengths > at).sum()) for at in range(longest)])
    shape = (len(documents), longest, *documents[0].shape[1:])
    words, turned = np.ones(shape), np.ones(shape)
    for place, index in enumerate(order):
        scores = documents[index]
        best = scores.max(axis=2, keepdims=True)
        odds = np.exp(np.maximum(scores - best, -_FARTHEST))
        words[place, : len(scores)], turned[place, : len(scores)] = odds, odds[::-1]
    move = np.where(allowed_transitions(shape[-1]), np.exp(np.asarray(transitions)), 0.0)
    ahead = _walked(words, move, going_on, own_word=True)
    back = _walked(turned, move.transpose(0, 2, 1), going_on, own_word=False)
    answers = list(documents)
    for place, index in enumerate(order):
        count = lengths[index]
        both = ahead[place, :count] * back[place, :count][::-1]
        answers[index] = np.log(both / both.sum(axis=2, keepdims=True) + 1e-12)
    return answers


def _walked(words: Floats, move: Floats, going_on: NDArray[np.int64], *, own_word: bool) -> Floats:
    """Return for each word the weight of all ways to it, whether or not its own counts already.

    Args:
        words: Odds of tags, shape (documents, words, rows, tags).
        move: Odds of transitions, shape (rows, tags, tags).
        going_on: How many documents have a word here, for each place.
        own_word: Whether a word's own odds are a part of its weight.
    """
    weights = np.ones_like(words)
    if own_word:
        weights[:, 0] = words[:, 0]
    for at in range(1, words.shape[1]):
        some = slice(going_on[at])
        before = weights[some, at - 1] if own_word else weights[some, at - 1] * words[some, at - 1]
        here = np.matmul(before[:, :, None], move)[:, :, 0]
        if own_word:
            here *= words[some, at]
        # Only how tags compare counts; without this the weights would vanish.
        weights[some, at] = here / here.sum(axis=2, keepdims=True)
    return weights
