"""A training is paused, stopped and cancelled."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from core.training.control import Control, StoppedByUserError
from core.training.events import Paused, Progress, TrainingEvent
from tests.core.training.bench import RECIPE, Bench


@pytest.mark.parametrize("at", [1, 11, 17])
def test_stopping_keeps_the_best_so_far(bench: Bench, at: int) -> None:
    def stop(event: TrainingEvent) -> None:
        if isinstance(event, Progress) and event.step == at:
            bench.control.stop_keep_best()

    result = bench.go(replace(RECIPE, micro_batch_size=1), on_event=stop)
    assert result.reason == "stopped"
    assert bench.evaluations()[-1].step in {at, at + 1}
    assert bench.model_folder.is_dir()
    assert replace(result.report, calibration=None) == max(
        (event.report for event in bench.evaluations()), key=lambda report: report.micro.f1
    )


def test_cancelling_in_an_evaluation_acts_at_once(bench: Bench) -> None:
    asked = 0.0

    class Late(Control):
        def check(self) -> None:
            nonlocal asked
            if evaluating:
                asked = asked or time.monotonic()
                self.cancel()
            super().check()

    evaluating = False
    bench.control = Late()

    def watch(event: TrainingEvent) -> None:
        nonlocal evaluating
        evaluating = isinstance(event, Progress) and event.step == 10

    with pytest.raises(StoppedByUserError):
        bench.go(on_event=watch)
    assert asked
    assert time.monotonic() - asked < 1.0
    assert bench.evaluations() == []


def test_a_cancelled_training_never_begins(bench: Bench) -> None:
    bench.control.cancel()
    with pytest.raises(StoppedByUserError):
        bench.go()
    assert bench.events == []


def test_a_paused_training_holds_and_goes_on(bench: Bench) -> None:
    def steer(event: TrainingEvent) -> None:
        if isinstance(event, Progress) and event.step == 5:
            bench.control.pause()
        if event == Paused(paused=True):
            bench.control.resume()

    result = bench.go(replace(RECIPE, epochs=2), on_event=steer)
    paused = [event for event in bench.events if isinstance(event, Paused)]
    assert paused == [Paused(paused=True), Paused(paused=False)]
    plain = bench.again("plain")
    assert plain.go(replace(RECIPE, epochs=2)).report == result.report
    assert bench.losses() == plain.losses()


def test_a_paused_training_can_be_cancelled(bench: Bench) -> None:
    def steer(event: TrainingEvent) -> None:
        if isinstance(event, Progress) and event.step == 5:
            bench.control.pause()
        if event == Paused(paused=True):
            bench.control.cancel()

    with pytest.raises(StoppedByUserError):
        bench.go(on_event=steer)
