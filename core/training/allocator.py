"""Memory that a training on the CPU frees stays with the process for as long as it trains.

Each update makes and frees the same gigabyte of tensors. GNU's allocator gives such pieces back to
the system at once and gets them again page by page, each filled with zeros: a tenth of the time.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import torch

_TRIM_THRESHOLD, _TOP_PAD, _MMAP_THRESHOLD = -1, -2, -3
"""Names of the settings in GNU's ``malloc.h``."""
_USUAL_PAD = 128 * 2**10
_LARGEST_PIECE = 32 * 2**20
"""Bytes up to which a piece can be taken from what the process has; no more is allowed."""
_USUAL_TRIM = 2 * _LARGEST_PIECE
"""Bytes that stay afterwards: what GNU's own rule comes to once such pieces were freed. With less,
whatever the process computes next would get its memory page by page again."""
_STEP = 64 * 2**20
"""Bytes that the process takes from the system at once."""


@contextmanager
def kept_memory(device: torch.device) -> Iterator[None]:
    """Keep freed memory meanwhile, and give it back at the end.

    Args:
        device: Of the training; nothing is done unless it is the CPU and the allocator is GNU's.
    """
    on_linux = sys.platform == "linux" and device.type == "cpu"
    library = ctypes.CDLL(None) if on_linux else None
    if library is None or not hasattr(library, "malloc_trim"):
        yield
        return
    library.mallopt(_MMAP_THRESHOLD, _LARGEST_PIECE)
    library.mallopt(_TRIM_THRESHOLD, 2**31 - 1)
    library.mallopt(_TOP_PAD, _STEP)
    try:
        yield
    finally:
        library.mallopt(_TRIM_THRESHOLD, _USUAL_TRIM)
        library.mallopt(_TOP_PAD, _USUAL_PAD)
        library.malloc_trim(ctypes.c_size_t(0))
