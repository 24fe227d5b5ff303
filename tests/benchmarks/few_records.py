"""What the first hours of labelling are worth: F1 on test by the number of labelled records.

The default recipe on the sample project's notes and on NCBI-disease, several seeds, each with
records of its own choice: it must learn something every time. ``$CHARTMARK_BENCH_SEEDS`` says how
many seeds (3), ``$CHARTMARK_BENCH_CORPORA`` which corpora (both, by commas).
"""

from __future__ import annotations

import os
import statistics
import sys

from tests.benchmarks.accuracy import SEEDS
from tests.benchmarks.corpora import asked_for
from tests.benchmarks.figures import Figure, publish
from tests.benchmarks.trainings import Training, outcomes

RECORDS = {"sample": (10, 25, 50, 85), "ncbi": (10, 25, 50, 100)}
"""The sample project has 85 notes to learn from."""


def run() -> bool:
    """Measure and publish; returns whether no training came to nothing."""
    names = asked_for(("sample", "ncbi"))
    seeds = SEEDS[: int(os.environ.get("CHARTMARK_BENCH_SEEDS", "3"))]
    asked = [
        Training(name, seed, records=count)
        for name in names
        for count in RECORDS[name]
        for seed in seeds
    ]
    keys = [(item.corpus, item.records, item.seed) for item in asked]
    found = dict(zip(keys, outcomes(asked), strict=True))
    figures: dict[str, Figure] = {}
    for name in names:
        for count in RECORDS[name]:
            micro = [found[name, count, seed].test.micro.f1 for seed in seeds]
            minutes = statistics.mean(found[name, count, seed].seconds for seed in seeds) / 60
            mean = statistics.mean(micro)
            figures[f"{name}_{count}_f1_mean"] = Figure(
                mean, "F1", None, None, f"in {minutes:.1f} min, one thread", met=True
            )
            figures[f"{name}_{count}_f1_least"] = Figure(
                min(micro), "F1", mean, min(micro) / mean if mean else 0.0, "> 0", min(micro) > 0
            )
    return publish("few_records", figures)


if __name__ == "__main__":
    sys.exit(0 if run() else 1)
