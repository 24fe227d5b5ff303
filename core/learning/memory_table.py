"""Tables of what a training takes of memory, by encoder and length of the windows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.learning.encoder_shape import EncoderShape
from core.learning.side_by_side import side_by_side
from core.learning.training_memory import (
    DEVICE_BYTES,
    PROCESS_BYTES,
    demand,
    further_copies,
    windows_at_once,
)
from core.schema.learning import Precision, Recipe

LENGTHS = (64, 128, 256, 512)
"""Windows that tables show, in sub-tokens."""

EMBEDDED = EncoderShape("MiniLM-L6", 6, 384, 1536, 12, 30522)
"""The encoder that comes with Chartmark."""

KNOWN = (
    EMBEDDED,
    EncoderShape("DistilBERT", 6, 768, 3072, 12, 30522),
    EncoderShape("BERT-base", 12, 768, 3072, 12, 30522),
    EncoderShape("DeBERTa-v3-base", 12, 768, 3072, 12, 128100, disentangled=True),
    EncoderShape("BERT-large", 24, 1024, 4096, 16, 30522),
)
"""Sizes in which encoders are published, as their authors state them; the embedded one first."""

_PLENTY = 2**62


@dataclass(frozen=True, slots=True)
class MemoryRow:
    """What a training with windows of one length takes.

    Attributes:
        length: Sub-tokens in a window.
        process: Bytes on a CPU, of all processes that train rounds at the same time, with as many
            windows at once as the recipe asks.
        device: Bytes of a GPU's memory, in half precision, with as many.
        windows: How many go through the model together on this machine's CPU; 0 where not even
            one fits.
        taken: Bytes on this machine's CPU with so many, or with one.
    """

    length: int
    process: int
    device: int
    windows: int
    taken: int


def memory_table(
    shape: EncoderShape,
    *,
    recipe: Recipe,
    free: int,
    threads: int = 1,
    lengths: Iterable[int] = LENGTHS,
) -> tuple[MemoryRow, ...]:
    """Return a row for each length that the encoder can read.

    Args:
        shape: Of the encoder.
        recipe: How many windows an update has, and a forward pass at most.
        free: Bytes that a process with the learning libraries loaded could still take.
        threads: That compute on this machine; several rounds are parted among them.
        lengths: Sub-tokens in a window.
    """
    can_read = [length for length in lengths if not shape.positions or length <= shape.positions]
    beside = side_by_side(recipe.rounds, threads)
    return tuple(_row(shape, length, recipe, free, beside) for length in can_read)


def _row(shape: EncoderShape, length: int, recipe: Recipe, free: int, beside: int) -> MemoryRow:
    # A CPU's probe may find half precision faster; that takes less, so this is on the safe side.
    on_cpu = Precision.FP32 if recipe.precision is Precision.AUTO else recipe.precision
    on_gpu = Precision.BF16 if recipe.precision is Precision.AUTO else recipe.precision
    most = min(recipe.micro_batch_size, recipe.batch_size)

    def fitting(processes: int, free: int = free) -> int:
        return windows_at_once(
            shape,
            batch=recipe.batch_size,
            most=most,
            length=length,
            free=max(free - (processes - 1) * PROCESS_BYTES, 0) // processes,
            precision=on_cpu,
            copies=further_copies(recipe.rounds // processes, on_cpu=True),
        )

    def taken(count: int, precision: Precision, *, fused: bool, processes: int = 1) -> int:
        return demand(
            shape,
            length=length,
            windows=count,
            accumulated=count < recipe.batch_size,
            precision=precision,
            fused=fused,
            copies=further_copies(recipe.rounds // processes, on_cpu=not fused),
        ).total

    def process(count: int, processes: int) -> int:
        each = taken(count, on_cpu, fused=False, processes=processes)
        return processes * (PROCESS_BYTES + each)

    windows, here = fitting(beside), beside
    if windows < fitting(1, _PLENTY):
        # Where memory is short, one process trains all rounds.
        windows, here = fitting(1), 1
    return MemoryRow(
        length=length,
        process=process(most, beside),
        device=DEVICE_BYTES + taken(most, on_gpu, fused=True),
        windows=windows,
        taken=process(max(windows, 1), here),
    )
