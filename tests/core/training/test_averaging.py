"""The mean of the weights: what it is made of, and that it is lent, kept and found again."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.training.averaging import WeightAverage, average_file


def one_weight(value: float = 0.0) -> torch.nn.Linear:
    model = torch.nn.Linear(1, 1, bias=False).double()
    with torch.no_grad():
        model.weight.fill_(value)
    return model


def by_definition(values: list[float], decay: int = 8) -> float:
    """Shamir & Zhang's mean as the paper writes it, the first value being that of update 1."""
    mean = values[0]
    for step, value in enumerate(values[1:], start=2):
        share = (decay + 1) / (step + decay)
        mean = (1 - share) * mean + share * value
    return mean


@given(st.lists(st.floats(-9, 9), min_size=1, max_size=40))
def test_the_mean_is_that_of_the_paper(values: list[float]) -> None:
    model = one_weight(100.0)
    average = WeightAverage(model, Path(), 0)
    for step, value in enumerate(values, start=1):
        with torch.no_grad():
            model.weight.fill_(value)
        average.take(step)
    with average.in_place():
        assert model.weight.item() == pytest.approx(by_definition(values), abs=1e-9)
    assert model.weight.item() == values[-1]


def test_what_happens_while_it_is_lent_does_not_lose_the_weights(tmp_path: Path) -> None:
    model = one_weight(1.0)
    average = WeightAverage(model, tmp_path, 0)
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
    average = WeightAverage(model, tmp_path, 0)
    for step in (1, 2, 3):
        with torch.no_grad():
            model.weight.add_(torch.randn_like(model.weight))
        average.take(step)
        average.keep(step)
        average.prune(step)
    assert [file.name for file in tmp_path.iterdir()] == ["average-3.safetensors"]
    again = WeightAverage(model, tmp_path, 3)
    with average.in_place():
        one = model.weight.detach().clone()
    with again.in_place():
        assert torch.equal(one, model.weight)


def test_without_what_was_kept_nothing_is_made_up(tmp_path: Path) -> None:
    assert not average_file(tmp_path, 4).exists()
    with pytest.raises(OSError, match="average-4"):
        WeightAverage(one_weight(), tmp_path, 4)
