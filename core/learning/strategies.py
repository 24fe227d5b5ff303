"""The query strategies: each turns a model's word probabilities into one number per document.

The greater the number, the more instructive the document. Only numpy is needed.

A model with several rows of tags a word (one for each label, see ``core.inference.heads``) takes
them for independent, so a strategy looks at the joint distribution of a word's tags: probabilities
of choices multiply, their entropies add up. With one row this is the plain strategy.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from core.schema.learning import Strategy

Probabilities = NDArray[np.float64]
"""Shape (words, rows, tags): of each tag in each row of a word, the last axis adding up to 1."""

_TINY = 1e-12


def least_confidence(probabilities: Probabilities) -> float:
    """1 minus the probability of the best tags of the least certain word, 0 to 1.

    Culotta & McCallum 2005, "Reducing labeling effort for structured prediction tasks", taken
    at the word that decides whether the whole is right.
    """
    if not len(probabilities):
        return 0.0
    return float(1.0 - probabilities.max(axis=2).prod(axis=1).min())


def margin(probabilities: Probabilities) -> float:
    """1 minus the smallest lead of the best tags over the second best, 0 to 1.

    Scheffer, Decomain & Wrobel 2001, "Active hidden Markov models for information extraction".
    """
    if not len(probabilities):
        return 0.0
    two = np.sort(probabilities, axis=2)[:, :, -2:]
    best = two[:, :, 1].prod(axis=1)
    # The second best choice is the best but for the row in which that costs least.
    second = best * (two[:, :, 0] / two[:, :, 1]).max(axis=1)
    return float(1.0 - (best - second).min())


def entropy(probabilities: Probabilities) -> float:
    """Mean entropy of the words' tags in nats, from 0 to rows times log(tags).

    Shannon 1948; as total token entropy in Settles & Craven 2008, "An analysis of active learning
    strategies for sequence labeling tasks", here by word so that long records do not always win.
    """
    if not len(probabilities):
        return 0.0
    return float(-(probabilities * np.log(probabilities + _TINY)).sum(axis=(1, 2)).mean())


def mnlp(probabilities: Probabilities) -> float:
    """Maximum normalised log-probability, its sign turned: 0 (certain) and above.

    Shen et al. 2018, "Deep active learning for named entity recognition": minus the mean log of
    the best tags' probabilities.
    """
    if not len(probabilities):
        return 0.0
    return float(-np.log(probabilities.max(axis=2) + _TINY).sum(axis=1).mean())


def random_score(document_id: int, seed: int) -> float:
    """A number from 0 to 1 that only the document and the seed decide: the baseline."""
    digest = hashlib.sha256(f"{seed}:{document_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


_BY_PROBABILITY: dict[Strategy, Callable[[Probabilities], float]] = {
    Strategy.LEAST_CONFIDENCE: least_confidence,
    Strategy.MARGIN: margin,
    Strategy.ENTROPY: entropy,
    Strategy.MNLP: mnlp,
}


def uncertainties(probabilities: Probabilities, *, document_id: int, seed: int) -> dict[str, float]:
    """Return every strategy's score of a document, by the strategy's value."""
    scores = {name.value: score(probabilities) for name, score in _BY_PROBABILITY.items()}
    return {Strategy.RANDOM.value: random_score(document_id, seed), **scores}
