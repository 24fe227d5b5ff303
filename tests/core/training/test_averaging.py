"""The mean of the weights: what it is made of, and that it is lent, kept and found again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.training.averaging import WeightAverage, average_file
from core.training.schedule import Schedule

ONE_ROUND = Schedule(
    micro_batch_size=1, accumulation=1, updates_per_epoch=10, epochs=4, evaluate_every=10
)


def one_weight(value: float = 0.0) -> torch.nn.Linear:
    model = torch.nn.Linear(1, 1, bias=False).double()
    with torch.no_grad():
        model.weight.fill_(value)
    return model


def by_definition(values: list[float], decay: int = 8) -> float:
    """Shamir & Zhang's mean as the paper writes it, of every fourth update from the first on."""
    mean = values[0]
    for step, value in enumerate(values[4::4], start=2):
        share = (decay + 1) / (step + decay)
        mean = (1 - share) * mean + share * value
    return mean


@given(st.lists(st.floats(-9, 9), min_size=1, max_size=40))
def test_the_mean_is_that_of_the_paper(values: list[float]) -> None:
    model = one_weight(100.0)
    average = WeightAverage(model, Path(), 0, schedule=ONE_ROUND)
    for step, value in enumerate(values, start=1):
        with torch.no_grad():
            model.weight.fill_(value)
        average.take(step)
    with average.in_place():
        assert model.weight.item() == pytest.approx(by_definition(values), abs=1e-9)
    assert model.weight.item() == values[-1]


@given(
    st.lists(st.lists(st.floats(-9, 9), min_size=6, max_size=6), min_size=1, max_size=4),
    st.integers(1, 6),
)
def test_of_rounds_it_is_the_mean_and_the_last_counts_by_what_is_over(
    rounds: list[list[float]], taken: int
) -> None:
    schedule = Schedule(
        micro_batch_size=1,
        accumulation=1,
        updates_per_epoch=3,
        epochs=2,
        evaluate_every=3,
        rounds=len(rounds),
    )
    model = one_weight(100.0)
    average = WeightAverage(model, Path(), 0, schedule=schedule)
    *ended, last = [*rounds[:-1], rounds[-1][:taken]]
    step = 0
    for values in (*ended, last):
        for value in values:
            step += 1
            with torch.no_grad():
                model.weight.fill_(value)
            average.take(step)
    shares = [*(1.0 for _ in ended), taken / 6]
    means = [by_definition(values) for values in (*ended, last)]
    expected = sum(share * mean for share, mean in zip(shares, means, strict=True)) / sum(shares)
    with average.in_place():
        assert model.weight.item() == pytest.approx(expected, abs=1e-9)
    assert model.weight.item() == last[-1]


def test_what_happens_while_it_is_lent_does_not_lose_the_weights(tmp_path: Path) -> None:
    model = one_weight(1.0)
    average = WeightAverage(model, tmp_path, 0, schedule=ONE_ROUND)
    with torch.no_grad():
        model.weight.fill_(5.0)

    def fail_while_lent() -> None:
        with average.in_place():
            assert model.weight.item() == 1.0
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        fail_while_lent()
    assert model.weight.item() == 5.0


def test_it_is_found_again_bit_for_bit(tmp_path: Path) -> None:
    torch.manual_seed(3)
    model = torch.nn.Linear(7, 5)
    average = WeightAverage(model, tmp_path, 0, schedule=ONE_ROUND)
    for step in (1, 2, 3):
        with torch.no_grad():
            model.weight.add_(torch.randn_like(model.weight))
        average.take(step)
        average.keep(step)
        average.prune(step)
    assert [file.name for file in tmp_path.iterdir()] == ["average-3.safetensors"]
    again = WeightAverage(model, tmp_path, 3, schedule=ONE_ROUND)
    with average.in_place():
        one = model.weight.detach().clone()
    with again.in_place():
        assert torch.equal(one, model.weight)


def test_rounds_that_are_over_are_found_again_bit_for_bit(tmp_path: Path) -> None:
    schedule = replace(ONE_ROUND, updates_per_epoch=1, epochs=2, rounds=3)
    torch.manual_seed(3)
    model = torch.nn.Linear(7, 5)
    average = WeightAverage(model, tmp_path, 0, schedule=schedule)
    for step in range(1, 6):
        with torch.no_grad():
            model.weight.add_(torch.randn_like(model.weight))
        average.take(step)
        average.keep(step)
        again = WeightAverage(model, tmp_path, step, schedule=schedule)
        with torch.no_grad():
            model.weight.add_(1.0)
        for one in (average, again):
            one.take(step + 1)
        with average.in_place():
            weight = model.weight.detach().clone()
        with again.in_place():
            assert torch.equal(weight, model.weight)
        average = WeightAverage(model, tmp_path, step, schedule=schedule)


def test_without_what_was_kept_nothing_is_made_up(tmp_path: Path) -> None:
    assert not average_file(tmp_path, 4).exists()
    with pytest.raises(OSError, match="average-4"):
        WeightAverage(one_weight(), tmp_path, 4, schedule=ONE_ROUND)


@given(st.lists(st.floats(-9, 9), min_size=2, max_size=5))
def test_rounds_of_other_processes_join_as_if_they_had_been_trained_here(ends: list[float]) -> None:
    schedule = replace(ONE_ROUND, updates_per_epoch=1, epochs=1, rounds=len(ends))
    model, joined = one_weight(), one_weight()
    here = WeightAverage(model, Path(), 0, schedule=schedule)
    alone = replace(schedule, rounds=1, beside=len(ends))
    others = WeightAverage(joined, Path(), 0, schedule=alone)
    for step, value in enumerate(ends, start=1):
        with torch.no_grad():
            model.weight.fill_(value)
        here.take(step)
        if step == 1:
            with torch.no_grad():
                joined.weight.fill_(value)
            others.take(step)
        else:
            others.join({"weight": torch.full((1, 1), value, dtype=torch.float64)})
        with others.in_place():
            mean = joined.weight.item()
        assert mean == pytest.approx(sum(ends[:step]) / step)
    with here.in_place(), others.in_place():
        assert torch.equal(model.weight, joined.weight)
