"""The best model of a run is kept, and found again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from core.schema.learning import Report, Score
from core.training.best import BestModel, Evaluation


def evaluation(step: int, f1: float, rounds: int = 1, spans: int = 10) -> Evaluation:
    score = Score(f1, f1, f1, spans)
    report = Report(score, score, score, {"drug": score})
    return Evaluation(step, step / 10, report, rounds)


def model(value: float) -> torch.nn.Module:
    made = torch.nn.Linear(2, 2)
    torch.nn.init.constant_(made.weight, value)
    torch.nn.init.constant_(made.bias, value)
    return made


def weight(best: BestModel) -> float:
    made = model(0.0)
    best.restore(made)
    assert isinstance(made, torch.nn.Linear)
    return float(made.weight.detach()[0, 0])


def test_the_highest_f1_wins_and_the_earliest_of_equals(tmp_path: Path) -> None:
    best = BestModel(tmp_path, 0)
    kept = [
        best.add(evaluation(step, f1), model(step))
        for step, f1 in ((10, 0.4), (20, 0.6), (30, 0.6), (40, 0.5))
    ]
    assert kept == [True, True, False, False]
    assert best.best == evaluation(20, 0.6)
    assert best.stale == 2
    assert weight(best) == 20


def test_what_does_not_count_is_never_the_best(tmp_path: Path) -> None:
    best = BestModel(tmp_path, 0)
    best.add(evaluation(10, 0.5), model(10))
    assert not best.add(replace(evaluation(20, 0.9), rounds=0), model(20))
    assert best.best == evaluation(10, 0.5)
    assert best.add(evaluation(30, 0.6), model(30))
    assert weight(best) == 30
    again = BestModel(tmp_path, 20)
    assert again.best == evaluation(10, 0.5)


@pytest.mark.parametrize(
    ("spans", "f1", "rounds"),
    [
        (787, (0.8639, 0.861, 0.863), 3),  # less than a span apart
        (787, (0.86, 0.87, 0.85), 2),  # a standard error is 0.012, the third is 0.02 behind
        (787, (0.90, 0.86, 0.87), 1),
        (40, (0.90, 0.86, 0.87), 3),  # a standard error is 0.047
        (40, (0.90, 0.91, 0.0), 2),
        (40, (0.0, 0.0, 0.0), 3),
        (0, (0.0, 0.0, 0.0), 3),
    ],
)
def test_of_models_that_dev_does_not_tell_apart_the_one_of_more_rounds_is_kept(
    tmp_path: Path, spans: int, f1: tuple[float, ...], rounds: int
) -> None:
    best = BestModel(tmp_path, 0)
    for number, value in enumerate(f1, start=1):
        best.add(evaluation(10 * number, value, number, spans), model(10 * number))
    assert best.best is not None
    assert best.best.rounds == rounds
    assert weight(best) == 10 * rounds


def test_of_as_many_rounds_the_higher_f1_is_kept_however_small_the_lead(tmp_path: Path) -> None:
    best = BestModel(tmp_path, 0)
    assert best.add(evaluation(10, 0.6), model(10))
    assert not best.add(evaluation(20, 0.5999), model(20))
    assert best.add(evaluation(30, 0.6001), model(30))


def test_patience_does_not_run_out_before_anything_is_found(tmp_path: Path) -> None:
    best = BestModel(tmp_path, 0)
    for step in (10, 20, 30, 40):
        best.add(evaluation(step, 0.0), model(step))
    assert best.stale == 0
    assert best.add(evaluation(50, 0.1), model(50))
    best.add(evaluation(60, 0.1), model(60))
    assert best.stale == 1


@pytest.mark.parametrize(("resumed", "step"), [(20, 20), (10, 10)])
def test_a_resumed_run_has_the_best_as_of_its_checkpoint(
    tmp_path: Path, resumed: int, step: int
) -> None:
    first = BestModel(tmp_path, 0)
    first.add(evaluation(10, 0.4), model(10))
    first.prune()
    first.add(evaluation(20, 0.6), model(20))  # killed before this checkpoint is written
    again = BestModel(tmp_path, resumed)
    assert again.best is not None
    assert again.best.step == step
    assert weight(again) == step


def test_a_run_from_the_start_knows_nothing_of_an_earlier_one(tmp_path: Path) -> None:
    BestModel(tmp_path, 0).add(evaluation(10, 0.9), model(10))
    fresh = BestModel(tmp_path, 0)
    assert (fresh.best, fresh.evaluations, fresh.stale) == (None, [], 0)


def test_pruning_leaves_the_best_weights_alone(tmp_path: Path) -> None:
    best = BestModel(tmp_path, 0)
    for step, f1 in ((10, 0.4), (20, 0.6), (30, 0.5)):
        best.add(evaluation(step, f1), model(step))
    best.prune()
    assert [path.name for path in tmp_path.glob("best-*")] == ["best-20.safetensors"]
