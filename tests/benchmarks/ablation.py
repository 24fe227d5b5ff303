"""What parts of the engine are worth: the same trainings with all of them, and without one.

A hundred records of a corpus to learn from, several seeds, each with records of its own choice,
the same ones with and without a part; strict spans on the test part. ``$CHARTMARK_BENCH_SEEDS``
says how many seeds (3), ``$CHARTMARK_BENCH_RECORDS`` how many records, ``$CHARTMARK_BENCH_CORPORA``
which corpora (both, by commas), ``$CHARTMARK_BENCH_ROUNDS`` how many rounds a training has (1).
"""

from __future__ import annotations

import os
import statistics
import sys

from core.schema.learning import Recipe
from tests.benchmarks.accuracy import SEEDS
from tests.benchmarks.corpora import asked_for
from tests.benchmarks.figures import Figure, publish
from tests.benchmarks.left_out import LEFT_OUT
from tests.benchmarks.trainings import Training, outcomes


def run() -> bool:
    """Measure and publish; nothing is asked of these figures."""
    names = asked_for(("ncbi", "bionlp13cg"))
    if not names:
        return True
    records = int(os.environ.get("CHARTMARK_BENCH_RECORDS", "100"))
    seeds = SEEDS[: int(os.environ.get("CHARTMARK_BENCH_SEEDS", "3"))]
    rounds = int(os.environ.get("CHARTMARK_BENCH_ROUNDS", "1"))
    changes: dict[str, int | float] = {"rounds": rounds} if rounds != Recipe().rounds else {}
    parts = [part for part in LEFT_OUT if part != "restraint" or rounds > 1]
    asked = [
        Training(name, seed, changes, records=records, without=part)
        for name in names
        for part in parts
        for seed in seeds
    ]
    keys = [(item.corpus, item.without, item.seed) for item in asked]
    found = dict(zip(keys, outcomes(asked), strict=True))
    figures: dict[str, Figure] = {}
    for name in names:
        whole = [found[name, "", seed].test for seed in seeds]
        for part in parts:
            some = [found[name, part, seed].test for seed in seeds]
            worth = [one.micro.f1 - other.micro.f1 for one, other in zip(whole, some, strict=True)]
            title = f"{name}_without_{part.replace(' ', '_')}" if part else f"{name}_with_all"
            figures[title] = _compared(
                statistics.mean(item.micro.f1 for item in some),
                statistics.mean(item.micro.f1 for item in whole),
                f"worth {min(worth):+.3f} to {max(worth):+.3f} by seed" if part else "",
            )
            figures[f"{title}_macro"] = _compared(
                statistics.mean(item.macro.f1 for item in some),
                statistics.mean(item.macro.f1 for item in whole),
                "",
            )
    return publish("ablation", figures)


def _compared(mean: float, whole: float, said: str) -> Figure:
    return Figure(mean, "F1", whole, mean / whole if whole else 0.0, said, met=True)


if __name__ == "__main__":
    sys.exit(0 if run() else 1)
