"""What adapting the backbone is worth: the same trainings from the embedded one and an adapted one.

The text of all training records of a corpus is read without labels; some of them, the same ones
for both, are then learned from with labels. Strict spans on the test part, whose text is not read,
mean of seeds. ``$CHARTMARK_BENCH_UPDATES`` says how many updates an adaptation has (600),
``$CHARTMARK_BENCH_RECORDS`` how many records have labels (100; 0 for all),
``$CHARTMARK_BENCH_SEEDS`` how many seeds (3), ``$CHARTMARK_BENCH_CORPORA`` which corpora (both, by
commas).
"""

from __future__ import annotations

import os
import statistics
import sys

from tests.benchmarks.accuracy import SEEDS
from tests.benchmarks.corpora import asked_for
from tests.benchmarks.figures import Figure, publish
from tests.benchmarks.trainings import Training, outcomes


def run() -> bool:
    """Measure and publish; nothing is asked of these figures."""
    names = asked_for(("ncbi", "bionlp13cg"))
    updates = int(os.environ.get("CHARTMARK_BENCH_UPDATES", "600"))
    records = int(os.environ.get("CHARTMARK_BENCH_RECORDS", "100"))
    seeds = SEEDS[: int(os.environ.get("CHARTMARK_BENCH_SEEDS", "3"))]
    asked = [
        Training(name, seed, records=records, adapting=adapting)
        for name in names
        for adapting in (0, updates)
        for seed in seeds
    ]
    keys = [(item.corpus, item.adapting, item.seed) for item in asked]
    found = dict(zip(keys, outcomes(asked), strict=True))
    figures: dict[str, Figure] = {}
    for name in names:
        plain = [found[name, 0, seed].test.micro.f1 for seed in seeds]
        adapted = [found[name, updates, seed].test.micro.f1 for seed in seeds]
        worth = [one - other for one, other in zip(adapted, plain, strict=True)]
        before, after = statistics.mean(plain), statistics.mean(adapted)
        figures[f"{name}_embedded_f1_mean"] = Figure(before, "F1", None, None, "", met=True)
        figures[f"{name}_adapted_f1_mean"] = Figure(
            after,
            "F1",
            before,
            after / before if before else None,
            f"worth {min(worth):+.3f} to {max(worth):+.3f} by seed",
            met=True,
        )
    return publish("adapting", figures)


if __name__ == "__main__":
    sys.exit(0 if run() else 1)
