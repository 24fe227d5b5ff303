"""Tags in a row: what a model says of words and of transitions from tag to tag, taken together.

A linear-chain conditional random field (Lafferty et al. 2001) over the outputs of an encoder, as in
Lample et al. 2016, "Neural architectures for named entity recognition". A word's probabilities are
those of the forward-backward algorithm: of its tags, whatever the other words' tags are.

Exported models carry this module, so that they decode as Chartmark does.
"""

from __future__ import annotations

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


def log_posteriors(scores: Floats, transitions: Transitions) -> Floats:
    """Return the logarithm of each tag's probability given the whole document.

    Args:
        scores: Shape (words, rows, tags).
        transitions: See ``Transitions``; those that make no sense are left out whatever they say.

    Returns:
        The same shape; the exponentials of the last axis add up to 1.
    """
    words, _, tags = scores.shape
    if not words:
        return scores
    move = np.where(allowed_transitions(tags), np.exp(np.asarray(transitions)), 0.0)
    word = np.exp(np.maximum(scores - scores.max(axis=2, keepdims=True), -_FARTHEST))
    forward, backward = np.empty_like(word), np.empty_like(word)
    ahead, back = word[0], np.ones_like(word[0])
    forward[0], backward[-1] = ahead, back
    back_move = move.transpose(0, 2, 1)
    for at in range(1, words):
        ahead = np.matmul(ahead[:, None], move)[:, 0] * word[at]
        ahead /= ahead.sum(axis=1, keepdims=True)
        forward[at] = ahead
        back = np.matmul((back * word[-at])[:, None], back_move)[:, 0]
        back /= back.sum(axis=1, keepdims=True)
        backward[-at - 1] = back
    both = forward * backward
    return np.asarray(np.log(both / both.sum(axis=2, keepdims=True) + 1e-12), dtype=np.float64)
