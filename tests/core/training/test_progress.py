"""The meter behind the live figures."""

from __future__ import annotations

import pytest
import torch

from core.schema.errors import KnownError
from core.training import progress
from core.training.progress import Meter


class Clock:
    """Stands in for ``time`` and goes as told."""

    def __init__(self) -> None:
        self.now = 100.0

    def perf_counter(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(progress, "time", made)
    return made


def test_the_loss_of_an_update_is_the_sum_of_its_parts() -> None:
    meter = Meter()
    for part in (0.5, 0.25, 0.75, 0.5):
        meter.take(10, torch.tensor(part))
    assert meter.tokens == 40
    assert meter.mean_loss(updates=2) == pytest.approx(1.0)
    meter.clear()
    assert (meter.tokens, meter.mean_loss(updates=1)) == (0, 0.0)


@pytest.mark.parametrize("loss", [float("nan"), float("inf")])
def test_a_loss_that_is_no_number_is_a_known_error(loss: float) -> None:
    meter = Meter()
    meter.take(1, torch.tensor(1.0))
    meter.take(1, torch.tensor(loss))
    with pytest.raises(KnownError, match="no number"):
        meter.mean_loss(updates=1)


def test_the_clock_stands_while_nothing_is_trained(clock: Clock) -> None:
    meter = Meter()
    clock.now += 2
    meter.halt()
    clock.now += 50
    meter.go_on()
    clock.now += 1
    assert meter.seconds == pytest.approx(3)
    meter.clear()
    assert meter.seconds == 0
