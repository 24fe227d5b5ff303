"""What an error of the learning libraries says: that memory, the disk or the device gave out.

The libraries have no types of their own for most of it, so their words are looked at.
"""

from __future__ import annotations

import errno

import torch

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


def is_out_of_memory(error: BaseException) -> bool:
    """Tell whether an error says that memory, of the machine or of the device, ran out."""
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    words = str(error).lower()
    return any(
        said in words for said in ("out of memory", "can't allocate memory", "not enough memory")
    )


def is_disk_full(error: BaseException) -> bool:
    """Tell whether an error, of Python's or of the libraries that write weights, is a full disk."""
    if isinstance(error, OSError):
        return error.errno in _NO_ROOM
    words = str(error).lower()
    return any(
        said in words
        # The writer of optimizer states notices only that fewer bytes were taken than it gave.
        for said in (
            "no space left",
            "quota exceeded",
            "pytorchstreamwriter failed",
            "unexpected pos",
        )
    )


def is_device_lost(error: BaseException) -> bool:
    """Tell whether a device failed in a way that only a new process mends."""
    return isinstance(error, torch.AcceleratorError) or "CUDA error" in str(error)


def is_peer_lost(error: BaseException) -> bool:
    """Tell whether an error says that another process of the same training does not answer."""
    if isinstance(error, torch.distributed.DistError):
        return True
    words = str(error).lower()
    return "gloo" in words or any(
        said in words
        for said in ("connection closed by peer", "connection reset by peer", "broken pipe")
    )
