from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from core.learning.memory_table import EMBEDDED, KNOWN, MemoryRow, memory_table
from core.learning.training_memory import (
    PROCESS_BYTES,
    SHARE,
    demand,
    further_copies,
    windows_at_once,
)
from core.schema.learning import Precision, Recipe

BY_NAME = {shape.name: shape for shape in KNOWN}
_MIB = 2**20


@pytest.mark.parametrize(
    ("name", "length", "windows", "measured"),
    [
        # In MiB of a process, of trainings that kept no mean of the weights; what trainings take
        # as they are now, ``tests/benchmarks/memory.py`` measures.
        ("MiniLM-L6", 256, 16, 2113),
        ("MiniLM-L6", 512, 4, 1590),
        ("BERT-base", 128, 4, 2530),
        ("DistilBERT", 256, 4, 1907),
        ("DeBERTa-v3-base", 256, 4, 5072),
    ],
)
def test_the_sums_come_near_what_was_measured(
    name: str, length: int, windows: int, measured: int
) -> None:
    needed = demand(BY_NAME[name], length=length, windows=windows, copies=0)
    assert PROCESS_BYTES + needed.total == pytest.approx(measured * _MIB, rel=0.1)


def test_what_takes_more_and_what_takes_less() -> None:
    plain = demand(EMBEDDED, length=256, windows=8)
    assert plain.states == 20 * EMBEDDED.weights
    more = demand(EMBEDDED, length=256, windows=8, copies=2)
    assert more.states == 24 * EMBEDDED.weights
    assert demand(EMBEDDED, length=256, windows=16).activations == pytest.approx(
        2 * plain.activations
    )
    # Attention's products grow with the square of the length; those of a fused kernel do not.
    assert demand(EMBEDDED, length=512, windows=4).activations > plain.activations
    fused = demand(EMBEDDED, length=256, windows=8, fused=True)
    assert fused.activations < plain.activations
    assert demand(EMBEDDED, length=512, windows=4, fused=True) == fused
    half = demand(EMBEDDED, length=256, windows=8, precision=Precision.BF16)
    assert half.activations < plain.activations
    assert half.states > plain.states
    accumulated = demand(EMBEDDED, length=256, windows=8, accumulated=True)
    assert accumulated.states - plain.states == 4 * EMBEDDED.embeddings


def test_several_rounds_hold_more_copies_and_the_beginning_lies_in_the_machines_memory() -> None:
    assert [further_copies(rounds, on_cpu=True) for rounds in (1, 2, 3)] == [1, 3, 3]
    assert [further_copies(rounds, on_cpu=False) for rounds in (1, 2, 3)] == [1, 2, 2]
    free = round(demand(EMBEDDED, length=256, windows=16).total / SHARE) + 2
    fitting = [
        windows_at_once(EMBEDDED, batch=16, most=16, length=256, free=free, copies=copies)
        for copies in (1, 3)
    ]
    assert fitting == [16, 8]
    rows = {
        rounds: memory_table(EMBEDDED, recipe=Recipe(rounds=rounds), free=2**35)
        for rounds in (1, 3)
    }
    for one, three in zip(rows[1], rows[3], strict=True):
        assert three.process - one.process == 8 * EMBEDDED.weights
        assert three.device - one.device == 4 * EMBEDDED.weights


def test_no_fused_kernel_knows_disentangled_attention() -> None:
    shape = BY_NAME["DeBERTa-v3-base"]
    fused, plain = (demand(shape, length=256, windows=4, fused=fused) for fused in (True, False))
    assert fused == plain


@pytest.mark.parametrize("batch", [16, 12, 7])
def test_as_many_windows_go_together_as_fit(batch: int) -> None:
    def needed(windows: int) -> int:
        return demand(EMBEDDED, length=256, windows=windows, accumulated=windows < batch).total

    def chosen(free: float) -> int:
        return windows_at_once(EMBEDDED, batch=batch, most=16, length=256, free=round(free))

    divisors = [size for size in range(1, batch + 1) if batch % size == 0]
    for windows in divisors:
        assert chosen(needed(windows) / SHARE + 2) == windows
    assert chosen(needed(1) / SHARE - 2) == 0
    assert chosen(1e12) == batch
    assert windows_at_once(EMBEDDED, batch=16, most=6, length=256, free=10**12) == 4


def test_a_table_has_a_row_for_each_length_that_the_encoder_reads() -> None:
    rows = memory_table(EMBEDDED, recipe=Recipe(), free=10**12)
    assert [row.length for row in rows] == [64, 128, 256, 512]
    assert all(one.process < other.process for one, other in pairwise(rows))
    assert all(row.windows == 16 and row.taken == row.process for row in rows)
    short = replace(EMBEDDED, positions=128)
    assert [row.length for row in memory_table(short, recipe=Recipe(), free=0)] == [64, 128]
    tight = memory_table(EMBEDDED, recipe=Recipe(rounds=1), free=11 * 10**8)
    assert [row.windows for row in tight] == [16, 4, 2, 1]
    assert all(row.taken <= row.process for row in tight)


def test_rounds_side_by_side_take_the_memory_of_several_processes_where_there_is_enough() -> None:
    def table(free: int, threads: int) -> tuple[MemoryRow, ...]:
        return memory_table(EMBEDDED, recipe=Recipe(rounds=2), free=free, threads=threads)

    ones = memory_table(EMBEDDED, recipe=Recipe(rounds=1), free=10**12)
    for row, one in zip(table(10**12, 2), ones, strict=True):
        assert row.taken == row.process == 2 * one.process
        # A graphics card trains them one after the other.
        assert row.device == one.device + 4 * EMBEDDED.weights
    assert table(10**12, 1)[0].process < table(10**12, 2)[0].process
    alone = table(11 * 10**8, 1)
    assert [row.windows for row in alone] == [4, 2, 1, 0]
    assert [row.windows for row in table(11 * 10**8, 2)] == [4, 2, 1, 0]
    assert [row.taken for row in table(11 * 10**8, 2)] == [row.taken for row in alone]


def test_a_recipe_in_half_precision_is_counted_so() -> None:
    (full,) = memory_table(EMBEDDED, recipe=Recipe(), free=10**12, lengths=(256,))
    recipe = Recipe(precision=Precision.BF16)
    (half,) = memory_table(EMBEDDED, recipe=recipe, free=10**12, lengths=(256,))
    assert half.process < full.process
    assert half.device == full.device
