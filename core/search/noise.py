"""The rule by which one recipe beats another: by more than the choice of a seed explains."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy.special import stdtrit  # type: ignore[import-untyped]  # no stubs

from core.schema.search import Comparison

_CONFIDENCE = 0.95


def compare(current: Sequence[float], candidate: Sequence[float], *, support: int) -> Comparison:
    """Compare the dev F1 of two recipes that were trained with the same seeds.

    The candidate wins if the lower end of the one-sided 95% t-interval of the difference of the
    means lies above zero. The reasons:

    - A new default recipe stays for long and a missed one costs little, so a lucky draw must not
      win: of two equal recipes the candidate does in at most one case of twenty. The greater of
      two standard deviations would be no such bound, for it knows nothing of how many seeds
      there were. (Dodge et al. 2020, "Fine-tuning pretrained language models: weight
      initializations, data orders, and early stopping"; Reimers and Gurevych 2017, "Reporting
      score distributions makes a difference".)
    - The seeds are the same, so that what they have in common (dropout, the head's first
      weights) does not count as a difference. Yet the noise is pooled over both recipes and not
      taken from the paired differences: three of those have two degrees of freedom, and are by
      chance now and then so alike that anything would win. Where the pairs do go together the
      pooled noise is on the cautious side.
    - The seeds judge only what was chosen by another seed. Otherwise the candidate, the best of
      many draws, would bring along the luck that it was chosen for.
    - Where F1 does not vary at all, as on few dev records, the difference has to be worth one of
      the ``support`` gold spans: F1 tells no finer.

    Args:
        current: F1 of the current recipe by seed, at least two.
        candidate: F1 of the candidate with the same seeds, in the same order.
        support: Gold spans of the dev documents, at least one.

    Raises:
        ValueError: There are fewer than two seeds, or not as many of one as of the other.
    """
    seeds = len(current)
    if seeds < 2 or len(candidate) != seeds:
        raise ValueError(f"{seeds} and {len(candidate)} seeds cannot be compared")
    variance = (np.var(current, ddof=1) + np.var(candidate, ddof=1)) / 2
    noise = math.sqrt(float(variance))
    quantile = float(stdtrit(2 * (seeds - 1), _CONFIDENCE))
    return Comparison(
        current=float(np.mean(current)),
        candidate=float(np.mean(candidate)),
        noise=noise,
        margin=max(quantile * noise * math.sqrt(2 / seeds), 1 / support),
    )
