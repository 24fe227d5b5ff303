"""The course of a training by the amount of data."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.schema.learning import Recipe
from core.training.schedule import make_schedule

RECIPE = Recipe(epochs=8, batch_size=16, micro_batch_size=16)


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


@pytest.mark.parametrize("length", [9, 36, 72, 128, 256])
def test_an_update_of_long_windows_is_no_larger_than_one_of_sentences(length: int) -> None:
    schedule = make_schedule(RECIPE, [length] * 5424, most_at_once=16)
    assert schedule.batch_size == min(16, round(16 * 36 / length))
    assert schedule.batch_size * length <= 1.1 * 16 * 36
