"""How many rounds of a training go on at the same time, each in a process of its own.

Two trainings of a small encoder side by side, half of the cores each, get on by a third more
together than one that has all cores: the matrices of an update are too small to be parted well.
"""

from __future__ import annotations


def side_by_side(rounds: int, threads: int) -> int:
    """Return how many processes train, each of them as many rounds as the others.

    Args:
        rounds: Of the recipe, at least one.
        threads: That may compute, at least one; each process gets one or more of them.
    """
    return max(count for count in range(1, min(rounds, threads) + 1) if rounds % count == 0)
