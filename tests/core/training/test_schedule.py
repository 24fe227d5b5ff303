"""The course of a training by the amount of data."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from transformers import get_linear_schedule_with_warmup

from core.schema.learning import Recipe
from core.training.schedule import Schedule, make_schedule

RECIPE = Recipe(epochs=8, rounds=1, batch_size=16, micro_batch_size=16)


def test_a_corpus_is_trained_as_the_recipe_says() -> None:
    schedule = make_schedule(RECIPE, [36] * 5424, most_at_once=16)
    assert (schedule.batch_size, schedule.accumulation, schedule.epochs) == (16, 1, 8)
    assert schedule.updates_per_epoch == schedule.evaluate_every == 339
    assert schedule.total_updates == 8 * 339


@pytest.mark.parametrize(("windows", "batch"), [(1, 4), (40, 4), (60, 4), (89, 8), (177, 16)])
def test_few_windows_make_smaller_batches_and_more_passes(windows: int, batch: int) -> None:
    schedule = make_schedule(RECIPE, [36] * windows, most_at_once=16)
    assert schedule.batch_size == batch
    assert 200 <= schedule.total_updates < 200 + schedule.updates_per_epoch
    assert schedule.evaluate_every == 25


@given(
    st.integers(1, 3000),
    st.integers(3, 512),
    st.integers(1, 64),
    st.integers(1, 64),
    st.integers(1, 20),
)
def test_what_fits_in_memory_never_changes_the_updates(
    windows: int, length: int, batch_size: int, most_at_once: int, epochs: int
) -> None:
    recipe = replace(RECIPE, batch_size=batch_size, epochs=epochs)
    lengths = [length] * windows
    whole = make_schedule(recipe, lengths, most_at_once=batch_size)
    parted = make_schedule(recipe, lengths, most_at_once=most_at_once)
    assert whole.accumulation == 1
    assert parted.micro_batch_size <= most_at_once
    assert replace(parted, micro_batch_size=whole.micro_batch_size, accumulation=1) == whole
    assert parted.batch_size == whole.batch_size
    assert whole.updates_per_epoch == math.ceil(windows / whole.batch_size)
    assert whole.epochs >= epochs


@given(st.integers(1, 40), st.integers(1, 9), st.integers(1, 4), st.floats(0, 0.9))
def test_the_rate_rises_and_falls_in_each_round_as_the_library_has_it(
    updates: int, epochs: int, rounds: int, warmup: float
) -> None:
    schedule = Schedule(1, 1, updates, epochs, updates, rounds=rounds)
    whole = schedule.updates_in_round
    assert schedule.total_updates == rounds * whole
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    library = get_linear_schedule_with_warmup(  # type: ignore[no-untyped-call]  # so in the library
        optimizer, round(warmup * whole), whole
    )
    for done in range(whole):
        rate = library.lr_lambdas[0](done)
        for round_ in range(rounds):
            assert schedule.rate(round_ * whole + done, warmup) == rate
    assert schedule.rate(schedule.total_updates, warmup) == library.lr_lambdas[0](whole)


def test_a_round_ends_with_an_evaluation_and_another_one_follows_but_for_the_last() -> None:
    schedule = Schedule(1, 1, updates_per_epoch=7, epochs=2, evaluate_every=10, rounds=3)
    updates = range(1, schedule.total_updates + 1)
    assert [update for update in updates if schedule.is_evaluated(update)] == [
        *(10, 14, 24, 28, 38, 42)
    ]
    assert [update for update in updates if schedule.begins_anew(update)] == [15, 29]
    kept = {update: rounds for update in updates if (rounds := schedule.rounds_meant(update))}
    assert kept == {**dict.fromkeys(range(1, 15), 1), 28: 2, 42: 3}
    assert [schedule.rounds_before(update) for update in (0, 1, 14, 15, 28, 29, 42)] == [
        *(0, 0, 0, 1, 1, 2, 2)
    ]


@pytest.mark.parametrize("length", [9, 36, 72, 128, 256])
def test_an_update_of_long_windows_is_no_larger_than_one_of_sentences(length: int) -> None:
    schedule = make_schedule(RECIPE, [length] * 5424, most_at_once=16)
    assert schedule.batch_size == min(16, round(16 * 36 / length))
    assert schedule.batch_size * length <= 1.1 * 16 * 36


def test_rounds_are_parted_among_processes() -> None:
    recipe = replace(RECIPE, rounds=6)
    whole, parted = (
        make_schedule(recipe, [36] * 5424, most_at_once=16, beside=beside) for beside in (1, 3)
    )
    assert (whole.rounds, parted.rounds, parted.beside) == (6, 2, 3)
    assert 3 * parted.total_updates == whole.total_updates
    assert replace(parted, rounds=6, beside=1) == whole
    # Each round of another process is a step after all updates.
    rates = [parted.rate(done, 0.0) for done in range(parted.total_updates)]
    assert rates == [whole.rate(done, 0.0) for done in range(parted.total_updates)]
    steps = [parted.step_of_join(number) for number in range(3, 7)]
    assert steps == [parted.total_updates + more for more in (1, 2, 3, 4)]
