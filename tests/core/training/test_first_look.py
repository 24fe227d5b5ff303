from __future__ import annotations

import math
from dataclasses import replace

import pytest
import torch

from core.training import job
from core.training.events import Progress, Started
from tests.core.training.bench import LABELS, RECIPE, Bench, same

SHORT = replace(RECIPE, epochs=2)


def test_the_first_figure_comes_before_the_first_update(bench: Bench) -> None:
    bench.go(SHORT)
    begin = next(at for at, event in enumerate(bench.events) if isinstance(event, Started))
    first = bench.events[begin + 2]
    assert isinstance(first, Progress)
    assert (first.step, first.epoch, first.learning_rate) == (0, 0.0, 0.0)
    # A head that knows nothing gives every tag about the same chance.
    assert first.loss == pytest.approx(math.log(2 * len(LABELS) + 1), abs=0.5)
    assert first.tokens_per_second > 0
    assert first.seconds_left > 0
    assert sorted(bench.losses()) == list(range(first.total_steps + 1))


def test_looking_changes_nothing_of_the_training(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.go(SHORT)
    without = bench.again("without")
    nothing = next(event for event in bench.events if isinstance(event, Progress))
    monkeypatch.setattr(job, "first_look", lambda *_, **__: nothing)
    torch.manual_seed(99)
    without.go(SHORT)
    assert without.losses() == bench.losses()
    assert same(without.weights(), bench.weights())
