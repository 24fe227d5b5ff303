"""Which of two models is to be preferred by their figures on dev, which is small.

The mean of several rounds (``core.training.rounds``) is better on records that nobody has read than
a single training. So where dev does not tell two models apart, the mean of more rounds is
preferred. It does not if they are at most one standard error of the higher F1 apart: the rule of
Breiman et al. 1984, "Classification and Regression Trees", which takes the simpler tree there.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.schema.learning import Report, Score


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of a model.

    Attributes:
        report: On dev; the same documents for all that are compared.
        rounds: Whose mean it is.
    """

    report: Report
    rounds: int = 1


def told_apart(higher: Score, other: Score) -> bool:
    """Tell whether a score is more than one standard error behind a higher one.

    The standard error is that of the share of ``support`` spans that are found.
    """
    error = math.sqrt(higher.f1 * (1 - higher.f1) / max(1, higher.support))
    return other.f1 < higher.f1 - error


def deserves_promotion(model: Figures, current: Figures | None) -> bool:
    """Tell whether a model is to take the current one's place.

    It is if it is no worse in micro F1, or the mean of more rounds and not told apart from it.
    """
    if current is None or model.report.micro.f1 >= current.report.micro.f1:
        return True
    return model.rounds > current.rounds and not told_apart(
        current.report.micro, model.report.micro
    )
