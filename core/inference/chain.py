"""Tags in a row: what a model says of words and of transitions from tag to tag, taken together.

A linear-chain conditional random field (Lafferty et al. 2001) over the outputs of an encoder, as in
Lample et al. 2016, "Neural architectures for named entity recognition". A word's probabilities are
those of the forward-backward algorithm: of its tags, whatever the other words' tags are.

Exported models carry this module, so that they decode as Chartmark does.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.inference.decoding import Floats, allowed_transitions

Transitions = tuple[tuple[tuple[float, ...], ...], ...]
"""Learned scores of transitions: for each row of a head, from each tag, to each tag; in nats."""

_FARTHEST = 60.0
"""Nats below the best tag of a word from which on a tag counts as that far below."""


def log_posteriors(documents: Sequence[Floats], transitions: Transitions) -> list[Floats]:
    """Return the logarithm of each tag's probability given all words of its document.

    Args:
        documents: Scores of their words, shape (words, rows, tags) each.
        transitions: See ``Transitions``; those that make no sense are left out whatever they say.

    Returns:
        For each document the same shape; the exponentials of the last axis add up to 1.
    """
    tags = len(transitions[0])
    moves = np.where(allowed_transitions(tags), np.exp(np.asarray(transitions)), 0.0)
    answers = list(documents)
    for some in _like_in_length([len(scores) for scores in documents]):
        found = _side_by_side([documents[index] for index in some], moves)
        for index, posteriors in zip(some, found, strict=True):
            answers[index] = posteriors
    return answers


def _like_in_length(lengths: Sequence[int]) -> list[list[int]]:
    """Part documents into groups, the longest first, of which none is twice as long as another.

    So one long document among many short ones does not take memory for as many long ones.
    """
    groups: list[list[int]] = []
    for index in sorted(range(len(lengths)), key=lambda index: -lengths[index]):
        if not lengths[index]:
            continue
        if groups and 2 * lengths[index] > lengths[groups[-1][0]]:
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _side_by_side(documents: Sequence[Floats], moves: Floats) -> list[Floats]:
    """Return the posteriors of documents, the longest first, by one walk over their words."""
    shape = (len(documents), *documents[0].shape)
    words, turned = np.ones(shape), np.ones(shape)
    for place, scores in enumerate(documents):
        best = scores.max(axis=2, keepdims=True)
        odds = np.exp(np.maximum(scores - best, -_FARTHEST))
        words[place, : len(scores)], turned[place, : len(scores)] = odds, odds[::-1]
    ahead, back = _ways(words, moves), _ways(turned, moves.transpose(0, 2, 1))
    answers = []
    for place, scores in enumerate(documents):
        some = slice(len(scores))
        both = ahead[place, some] * words[place, some] * back[place, some][::-1]
        answers.append(np.log(both / both.sum(axis=2, keepdims=True) + 1e-12))
    return answers


def _ways(words: Floats, moves: Floats) -> Floats:
    """Return for each word the weight of all ways up to it, what itself says left aside.

    Args:
        words: Odds of tags, shape (documents, words, rows, tags).
        moves: Odds of transitions, shape (rows, tags, tags).
    """
    weights = np.ones_like(words)
    for at in range(1, words.shape[1]):
        before = weights[:, at - 1] * words[:, at - 1]
        here = np.matmul(before[:, :, None], moves)[:, :, 0]
        # Only how tags compare counts; without this the weights would vanish.
        weights[:, at] = here / here.sum(axis=2, keepdims=True)
    return weights
