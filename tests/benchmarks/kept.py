"""What took hours is kept under a digest of the learning engine's code and of what was asked for.

A broken off table goes on where it was, and a changed engine is measured anew. Each piece of work
is a process of its own with one thread.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from tests.benchmarks.figures import ROOT

_KEPT = ROOT / "build" / "bench" / "trainings"
_DECIDES = ("core/training", "core/inference", "core/text", "core/schema/learning.py")
"""Code on which a result depends."""


def place(name: str, asked: object, suffix: str = "") -> Path:
    """Return where the outcome of a piece of work by this code is kept.

    Args:
        name: The file's begins with it.
        asked: The work, as msgspec can write it.
        suffix: The file's.
    """
    digest = hashlib.sha256(_code() + msgspec.json.encode(asked)).hexdigest()[:16]
    return _KEPT / f"{name}-{digest}{suffix}"


def work(module: str, asked: object, outs: Sequence[Path]) -> None:
    """Run a module that does a piece of work and writes what comes of it.

    Args:
        module: Gets the work as JSON and the paths to write, as arguments.
        asked: The work.
        outs: Where its outcomes are kept once all are whole.
    """
    _KEPT.mkdir(parents=True, exist_ok=True)
    parts = [out.with_suffix(".part") for out in outs]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}
    command = [sys.executable, "-m", module, msgspec.json.encode(asked).decode()]
    subprocess.run([*command, *map(str, parts)], cwd=ROOT, env=environment, check=True)
    for part, out in zip(parts, outs, strict=True):
        part.replace(out)


def _code() -> bytes:
    digest = hashlib.sha256()
    for decides in _DECIDES:
        path = ROOT / decides
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            digest.update(file.read_bytes())
    return digest.digest()
