"""How many windows go through the model at once, from what is free where the training computes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch

from core.learning.encoder_shape import read_shape
from core.learning.free_memory import free_memory
from core.learning.training_memory import (
    PROCESS_BYTES,
    demand,
    further_copies,
    windows_at_once,
)
from core.schema.errors import KnownError
from core.schema.learning import Precision
from core.schema.phrases import phrase
from core.training.events import Notice

_GIB = 2**30


@dataclass(frozen=True, slots=True)
class Load:
    """A training as memory sees it.

    Attributes:
        backbone: Folder or hub name of its encoder.
        device: Where it computes.
        precision: Its arithmetic.
        length: Sub-tokens of its longest window.
        batch: Windows in an update, or in a process's share of it.
        most: Windows at once that the recipe asks for.
        rows: Different sub-tokens that it reads.
        here: Processes that share this machine.
        beside: Processes, this one among them, that train rounds of their own here.
        rounds: Of each process.
    """

    backbone: str
    device: torch.device
    precision: Precision
    length: int
    batch: int
    most: int
    rows: int
    here: int = 1
    beside: int = 1
    rounds: int = 1


def fitting_windows(load: Load, tell: Callable[[Notice], None]) -> int:
    """Return how many windows a training should take at once, at least one.

    A process that takes more than the machine has is ended by the system without an error that
    could be answered, so this looks ahead. Where it is mistaken, running out of memory still halves
    the number.

    Args:
        load: The training.
        tell: Gets what the user should know: that it is fewer than asked for, or hardly one.
    """
    try:
        shape = read_shape(Path(load.backbone))
    except KnownError:
        # A hub name, or a family whose sizes are not known: what happens will tell.
        return load.most
    free = free_bytes(load.device)
    if load.device.type == "cpu":
        # Those beside have to load the libraries first.
        free = max(free - (load.beside - 1) * PROCESS_BYTES, 0) // (load.here * load.beside)
    fused = load.device.type != "cpu"
    copies = further_copies(load.rounds, on_cpu=not fused)
    most = min(load.most, load.batch)
    windows = windows_at_once(
        shape,
        batch=load.batch,
        most=most,
        length=load.length,
        free=free,
        precision=load.precision,
        fused=fused,
        copies=copies,
        rows=min(load.rows, shape.vocabulary),
    )
    if windows == 0:
        needed = demand(
            shape,
            length=load.length,
            windows=1,
            accumulated=load.batch > 1,
            precision=load.precision,
            fused=fused,
            copies=copies,
            rows=min(load.rows, shape.vocabulary),
        )
        tell(
            Notice(
                phrase(
                    "Memory is short: one window at a time needs {needed} GiB, and {free} GiB are "
                    "free. Close other programs, or choose shorter windows or a smaller backbone.",
                    needed=f"{needed.total / _GIB:.1f}",
                    free=f"{free / _GIB:.1f}",
                )
            )
        )
        return 1
    if windows < _largest_divisor(load.batch, most):
        tell(
            Notice(
                phrase(
                    "Memory has room for {count} windows at a time; updates stay the same.",
                    count=windows,
                )
            )
        )
    return windows


def free_bytes(device: torch.device) -> int:
    """Return what a training could still take, of the device's own memory or the machine's."""
    match device.type:
        case "cuda":
            return int(torch.cuda.mem_get_info(device)[0])
        case "xpu":
            return int(torch.xpu.mem_get_info(device)[0])
        case _:
            # Apple's GPUs share the machine's memory.
            return free_memory()


def _largest_divisor(batch: int, most: int) -> int:
    return next(size for size in range(most, 0, -1) if batch % size == 0)
