"""The environment in which the learning libraries load: offline, and modest in threads."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_DATASETS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
}
"""What the Hugging Face libraries read when they load."""

_CORES_TO_SPARE_ONE = 4
"""From so many cores on, one is left to the window: it costs the training little."""


def prepare_environment() -> None:
    """Set what libraries read when they load; to be called before any of them does."""
    os.environ.update(OFFLINE)
    os.environ.setdefault("OMP_NUM_THREADS", str(computing_threads()))
    # Threads of low priority that spin long while they wait for each other come to a near
    # standstill once another program wants a core; ones that never spin lose a fifth of their
    # speed on free cores. A third of a millisecond is between the two.
    os.environ.setdefault("GOMP_SPINCOUNT", "100000")


def computing_threads() -> int:
    """Return how many threads compute: the cores that this process may use, less one of many."""
    if hasattr(os, "sched_getaffinity"):
        usable = len(os.sched_getaffinity(0))
    else:
        usable = os.cpu_count() or 1
    # Two threads on one core share its arithmetic units, so only whole cores count.
    cores = min(usable, psutil.cpu_count(logical=False) or usable)
    return cores - 1 if cores >= _CORES_TO_SPARE_ONE else max(cores, 1)


@contextmanager
def network(*, allowed: bool) -> Iterator[None]:
    """Let the Hugging Face libraries reach their hub meanwhile, if the user allows it."""
    if not allowed:
        yield
        return
    # Loaded only now: with the flags above it takes longer than everything else here.
    from huggingface_hub import constants

    before = constants.HF_HUB_OFFLINE
    constants.HF_HUB_OFFLINE = False
    try:
        yield
    finally:
        constants.HF_HUB_OFFLINE = before
