"""Quick dropout: its share, its scale, its seed, and when it does nothing."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.training.dropout import QuickDropout, kept_elements, quicken_dropout


@pytest.mark.parametrize("p", [0.05, 0.1, 0.5, 0.9])
def test_it_drops_its_share_and_keeps_the_mean(p: float) -> None:
    torch.manual_seed(3)
    out = QuickDropout(p)(torch.ones(1000, 401))
    dropped = float((out == 0).float().mean())
    share = round(256 * p) / 256
    assert share == pytest.approx(p, abs=1 / 512)
    assert dropped == pytest.approx(share, abs=5 * (p * (1 - p) / 401_000) ** 0.5)
    assert out.max().item() == pytest.approx(1 / (1 - share), rel=1e-6)
    assert out.mean().item() == pytest.approx(1.0, abs=0.02)


def test_neighbours_fall_independently() -> None:
    torch.manual_seed(4)
    kept = kept_elements(400_000, 26).float()
    for step in range(1, 17):
        both = float(((1 - kept[:-step]) * (1 - kept[step:])).mean())
        assert both == pytest.approx((26 / 256) ** 2, abs=0.001)


@given(st.integers(0, 40), st.sampled_from([0, 1, 26, 255, 256]))
def test_any_number_of_elements(count: int, dropped: int) -> None:
    kept = kept_elements(count, dropped)
    assert kept.shape == (count,)
    if dropped == 0:
        assert kept.all()


def test_the_seed_decides_and_gradients_follow() -> None:
    dropout = QuickDropout(0.3)
    values = torch.ones(64, requires_grad=True)
    torch.manual_seed(5)
    first = dropout(values)
    torch.manual_seed(5)
    assert torch.equal(first, dropout(values))
    torch.autograd.backward(first.sum())
    assert values.grad is not None
    assert torch.equal(values.grad, first.detach())


def test_nothing_is_dropped_when_not_training() -> None:
    values = torch.randn(9)
    assert torch.equal(QuickDropout(0.5).eval()(values), values)
    assert torch.equal(QuickDropout(0.0)(values), values)


def test_only_plain_dropouts_are_replaced() -> None:
    model = torch.nn.Sequential(
        torch.nn.Dropout(0.2), torch.nn.Sequential(torch.nn.Dropout(0.4), torch.nn.Dropout1d(0.1))
    )
    quicken_dropout(model)
    found = [repr(part) for part in model.modules() if not isinstance(part, torch.nn.Sequential)]
    assert [text.replace(", inplace=False", "") for text in found] == [
        "QuickDropout(p=0.2)",
        "QuickDropout(p=0.4)",
        "Dropout1d(p=0.1)",
    ]
