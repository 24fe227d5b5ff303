"""What parts of the recipe are worth: the same trainings with all of them, and without one.

A hundred abstracts of NCBI-disease to learn from, several seeds, each with abstracts of its own
choice, the same ones with and without a part; strict spans on the test part.
``$CHARTMARK_BENCH_SEEDS`` says how many seeds (3), ``$CHARTMARK_BENCH_RECORDS`` how many abstracts.
"""

from __future__ import annotations

import os
import statistics
import sys

from tests.benchmarks.accuracy import SEEDS
from tests.benchmarks.corpora import asked_for
from tests.benchmarks.figures import Figure, publish
from tests.benchmarks.left_out import LEFT_OUT
from tests.benchmarks.trainings import Training, outcomes


def run() -> bool:
    """Measure and publish; nothing is asked of these figures."""
    if not asked_for(("ncbi",)):
        return True
    records = int(os.environ.get("CHARTMARK_BENCH_RECORDS", "100"))
    seeds = SEEDS[: int(os.environ.get("CHARTMARK_BENCH_SEEDS", "3"))]
    asked = [
        Training("ncbi", seed, records=records, without=part) for part in LEFT_OUT for seed in seeds
    ]
    f1: dict[str, list[float]] = {part: [] for part in LEFT_OUT}
    for training, outcome in zip(asked, outcomes(asked), strict=True):
        f1[training.without].append(outcome.test.micro.f1)
    whole = statistics.mean(f1[""])
    figures: dict[str, Figure] = {}
    for part, some in f1.items():
        mean = statistics.mean(some)
        worth = [one - other for one, other in zip(f1[""], some, strict=True)]
        said = f"worth {min(worth):+.3f} to {max(worth):+.3f} by seed" if part else ""
        name = f"without_{part.replace(' ', '_')}" if part else "with_all"
        figures[name] = Figure(mean, "F1", whole, mean / whole, said, met=True)
    return publish("ablation", figures)


if __name__ == "__main__":
    sys.exit(0 if run() else 1)
