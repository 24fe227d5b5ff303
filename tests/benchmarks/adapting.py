"""What adapting the backbone is worth: the same trainings from the embedded one and an adapted one.

The text of all training records of a corpus is read without labels; some of them, the same ones
for both, are then learned from with labels. Strict spans on the test part, whose text is not read,
mean of seeds. ``$CHARTMARK_BENCH_UPDATES`` says how many updates an adaptation has (2,400),
``$CHARTMARK_BENCH_RECORDS`` how many records have labels (25 and 100, by commas; 0 for all),
``$CHARTMARK_BENCH_SEEDS`` how many seeds (3), ``$CHARTMARK_BENCH_CORPORA`` which corpora (both, by
commas).
"""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Sequence

from core.schema.learning import Report
from tests.benchmarks.accuracy import SEEDS
from tests.benchmarks.corpora import asked_for
from tests.benchmarks.figures import Figure, publish
from tests.benchmarks.trainings import Training, outcomes


def run() -> bool:
    """Measure and publish; nothing is asked of these figures."""
    names = asked_for(("ncbi", "bionlp13cg"))
    updates = int(os.environ.get("CHARTMARK_BENCH_UPDATES", "2400"))
    counts = [int(part) for part in os.environ.get("CHARTMARK_BENCH_RECORDS", "25,100").split(",")]
    seeds = SEEDS[: int(os.environ.get("CHARTMARK_BENCH_SEEDS", "3"))]
    asked = [
        Training(name, seed, records=count, adapting=adapting)
        for name in names
        for count in counts
        for seed in seeds
        for adapting in (0, updates)
    ]
    found = dict(zip(map(repr, asked), outcomes(asked), strict=True))
    figures: dict[str, Figure] = {}
    for name in names:
        for count in counts:
            embedded, adapted = (
                [
                    found[repr(Training(name, seed, records=count, adapting=adapting))].test
                    for seed in seeds
                ]
                for adapting in (0, updates)
            )
            figures |= _figures(f"{name}_{count or 'all'}", embedded, adapted)
    return publish("adapting", figures)


def _figures(name: str, embedded: Sequence[Report], adapted: Sequence[Report]) -> dict[str, Figure]:
    pairs = list(zip(embedded, adapted, strict=True))
    worth = [after.micro.f1 - before.micro.f1 for before, after in pairs]
    said = f"worth {min(worth):+.3f} to {max(worth):+.3f} by seed"
    return {
        f"{name}_adapted_f1_mean": _compared(
            [report.micro.f1 for report in embedded], [report.micro.f1 for report in adapted], said
        ),
        f"{name}_adapted_macro_f1_mean": _compared(
            [report.macro.f1 for report in embedded], [report.macro.f1 for report in adapted], ""
        ),
    }


def _compared(embedded: Sequence[float], adapted: Sequence[float], said: str) -> Figure:
    before, after = statistics.mean(embedded), statistics.mean(adapted)
    return Figure(after, "F1", before, after / before if before else None, said, met=True)


if __name__ == "__main__":
    sys.exit(0 if run() else 1)
