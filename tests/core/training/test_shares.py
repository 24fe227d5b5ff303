"""Every update takes the windows that one process would take, whoever computes them."""

from __future__ import annotations

import numpy as np
from accelerate.data_loader import BatchSamplerShard  # type: ignore[import-untyped]  # no stubs
from hypothesis import given
from hypothesis import strategies as st
from torch.utils.data import BatchSampler

from core.inference.heads import Head, HeadKind
from core.schema.learning import Recipe
from core.training.dataset import IGNORED, Example, LengthGroupedOrder, WindowDataset
from core.training.schedule import make_schedule
from core.training.shares import BLANK, EvenOrder, WithBlank, fingerprint

HEAD = Head(HeadKind.SOFTMAX, ("drug",))


class Windows(WindowDataset):
    """A dataset of ready windows."""

    def __init__(self, *examples: Example) -> None:
        self.examples = list(examples)


@given(
    lengths=st.lists(st.integers(3, 128), min_size=1, max_size=150),
    batch_size=st.integers(1, 40),
    processes=st.integers(2, 7),
    most_at_once=st.integers(1, 20),
)
def test_accelerate_deals_out_the_updates_of_one_process(
    lengths: list[int], batch_size: int, processes: int, most_at_once: int
) -> None:
    recipe = Recipe(batch_size=batch_size)
    alone = make_schedule(recipe, lengths, most_at_once=most_at_once)
    schedule = make_schedule(recipe, lengths, most_at_once=most_at_once, processes=processes)
    assert schedule.batch_size == alone.batch_size
    assert schedule.total_updates == alone.total_updates
    assert schedule.micro_batch_size <= most_at_once
    assert schedule.blank < processes
    order = LengthGroupedOrder(lengths, batch_size=schedule.batch_size, seed=3)
    order.set_epoch(4)
    whole = list(order)
    even = EvenOrder(order, schedule)
    assert len(list(even)) == len(even)
    shares = [
        list(
            BatchSamplerShard(
                BatchSampler(even, schedule.micro_batch_size, drop_last=False),
                num_processes=processes,
                process_index=rank,
            )
        )
        for rank in range(processes)
    ]
    passes = schedule.accumulation
    assert {len(share) for share in shares} == {schedule.updates_per_epoch * passes}
    for update in range(schedule.updates_per_epoch):
        taken = [
            index
            for share in shares
            for micro in share[update * passes : (update + 1) * passes]
            for index in micro
        ]
        assert len(taken) == schedule.batch_size + schedule.blank
        begin = update * schedule.batch_size
        real = sorted(index for index in taken if index != BLANK)
        assert real == sorted(whole[begin : begin + schedule.batch_size])


def test_what_is_computed_at_the_same_time_is_alike_in_length() -> None:
    lengths = list(range(32))
    schedule = make_schedule(Recipe(batch_size=32), [36] * 400, most_at_once=8, processes=2)
    order = LengthGroupedOrder(lengths, batch_size=32, seed=3)
    indices = list(EvenOrder(order, schedule))
    assert indices[:8] == [31, 29, 27, 25, 23, 21, 19, 17]
    assert indices[8:16] == [30, 28, 26, 24, 22, 20, 18, 16]


def test_the_blank_window_teaches_nothing() -> None:
    data = Windows(Example([7, 8, 9], np.array([[0, 1], [1, 2], [IGNORED] * 2])))
    filled = WithBlank(data)
    assert len(filled) == 1
    assert filled[0]["input_ids"] == [7, 8, 9]
    blank = filled[BLANK]
    assert len(blank["input_ids"]) == 1
    assert blank["labels"].tolist() == [[IGNORED, IGNORED]]


def test_a_fingerprint_tells_other_data_and_another_head() -> None:
    one = Windows(Example([7, 8], np.array([0, 1])))
    prints = {
        fingerprint(one, [], HEAD),
        fingerprint(Windows(Example([7, 8], np.array([0, 2]))), [], HEAD),
        fingerprint(Windows(Example([7, 9], np.array([0, 1]))), [], HEAD),
        fingerprint(one, [], Head(HeadKind.SOFTMAX, ("disease",))),
        fingerprint(one, [[7]], HEAD),
    }
    assert len(prints) == 5
    assert fingerprint(Windows(Example([7, 8], np.array([0, 1]))), [], HEAD) in prints
