"""SHA-256 of weights, computed once for each state of their files: a warm worker asks often."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path


def weights_sha256(folder: Path) -> str:
    """Return the digest of a folder's safetensors weights, in hexadecimal.

    It is the file's own where there is one, and else that over all of them in the order of their
    names; empty where there is none.
    """
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        return ""
    return _digest(tuple((str(file), *_state(file)) for file in files))


def _state(file: Path) -> tuple[int, int]:
    status = file.stat()
    return status.st_size, status.st_mtime_ns


@functools.lru_cache(maxsize=16)
def _digest(files: tuple[tuple[str, int, int], ...]) -> str:
    digest = hashlib.sha256()
    for name, _size, _changed in files:
        with Path(name).open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()
