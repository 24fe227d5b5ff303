"""The meter behind the live figures."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from transformers import TrainerControl, TrainerState, TrainingArguments

from core.schema.errors import KnownError
from core.schema.learning import Report, Score
from core.training import progress
from core.training.averaging import WeightAverage
from core.training.best import BestModel
from core.training.events import Saved, TrainingEvent
from core.training.progress import EvaluateAndStop, Meter
from core.training.schedule import Schedule


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


def test_neither_an_evaluation_nor_its_checkpoint_counts(clock: Clock, tmp_path: Path) -> None:
    model = torch.nn.Linear(1, 1)
    schedule = Schedule(
        micro_batch_size=1, accumulation=1, updates_per_epoch=4, epochs=1, evaluate_every=2
    )
    meter = Meter()
    told: list[TrainingEvent] = []

    def evaluate() -> Report:
        clock.now += 50
        return Report(Score(0.5, 0.5, 0.5, 2), Score(0.5, 0.5, 0.5, 2), Score(0.5, 0.5, 0.5, 2))

    watching = EvaluateAndStop(
        best=BestModel(tmp_path, 0),
        average=WeightAverage(model, tmp_path, 0, schedule=schedule),
        evaluate=evaluate,
        meter=meter,
        model=model,
        schedule=schedule,
        patience=3,
        emit=told.append,
    )
    arguments, state = TrainingArguments(use_cpu=True), TrainerState(max_steps=4)
    for state.global_step in range(1, 5):
        clock.now += 2
        control = TrainerControl()
        watching.on_step_end(arguments, state, control)
        if control.should_save:
            clock.now += 30
            watching.on_save(arguments, state, control)
        assert meter.seconds == pytest.approx(2 * state.global_step)
    assert [event.step for event in told if isinstance(event, Saved)] == [2, 4]
