"""Runs all benchmarks, or those named: ``python -m tests.benchmarks [NAME ...]``."""

from __future__ import annotations

import importlib
import sys

BENCHMARKS = (
    "startup",
    "text_view",
    "labelling",
    "corpus",
    "dictionary",
    "training",
    "scoring",
    "retrain",
    "memory",
    "heads",
)
"""Those that a run without names takes; ``accuracy``, ``ablation``, ``adapting``, ``few_records``
and ``scripts`` take an hour or more and have to be named."""


def main() -> int:
    """Run them one after the other; the exit code says whether every goal was met."""
    names = sys.argv[1:] or list(BENCHMARKS)
    met = [bool(importlib.import_module(f"tests.benchmarks.{name}").run()) for name in names]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
