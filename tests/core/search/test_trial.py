from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.schema.learning import Recipe, Report, Score
from core.search.course import GivenUpError
from core.search.trial import Tenths, TrialControl, TrialTrainer
from core.training.control import Control, StoppedByUserError
from core.training.events import Evaluated, Started, TrainingEvent
from core.training.run import TrainResult


def report(f1: float) -> Report:
    score = Score(f1, f1, f1, 40)
    return Report(score, score, score, {})


class PlayedTraining:
    """Stands in for ``core.training.run.train``: four evaluations in 100 updates."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []

    def __call__(self, **given: Any) -> TrainResult:
        self.calls.append(given)
        emit: Callable[[TrainingEvent], None] = given["emit"]
        control: Control = given["control"]
        given["run_folder"].mkdir(parents=True)
        (given["run_folder"] / "checkpoint-1").mkdir()
        emit(Started("CPU", "fp32", 9, 3, 80, 100, 0))
        for step, f1 in ((25, 0.4), (50, 0.3), (75, 0.6), (100, 0.5)):
            control.check()
            emit(Evaluated(step, step / 10, report(f1), best=True))
        given["model_folder"].mkdir()
        return TrainResult("completed", report(0.6), 75, "CPU", "fp32", 1.0)


def trainer(folder: Path, training: PlayedTraining, control: Control) -> TrialTrainer:
    return TrialTrainer(
        train=[],
        dev=[],
        labels=["drug"],
        folder=folder,
        control=control,
        emit=lambda _event: None,
        backbone="bert",
        train_recipe=training,
    )


def test_a_trial_is_a_training_that_leaves_nothing(tmp_path: Path) -> None:
    training = PlayedTraining()
    left = tmp_path / "trial" / "run"
    left.mkdir(parents=True)
    judged: list[dict[int, float]] = []
    trained = trainer(tmp_path, training, Control())(Recipe(seed=4), judged.append)
    assert (trained.f1, trained.support) == (0.6, 40)
    assert list(tmp_path.iterdir()) == []
    (call,) = training.calls
    assert call["recipe"].seed == 4
    assert call["backbone"] == "bert"
    assert call["run_folder"].is_relative_to(tmp_path)
    assert len(judged) == 4
    assert judged[-1] == trained.scores
    assert trained.scores == {
        2: 0.4,
        3: 0.4,
        4: 0.4,
        5: 0.4,
        6: 0.4,
        7: 0.6,
        8: 0.6,
        9: 0.6,
        10: 0.6,
    }


@pytest.mark.parametrize("error", [GivenUpError, StoppedByUserError])
def test_whatever_ends_it_nothing_is_left(tmp_path: Path, error: type[Exception]) -> None:
    def judge(_scores: dict[int, float]) -> None:
        raise error

    with pytest.raises(error):
        trainer(tmp_path, PlayedTraining(), Control())(Recipe(), judge)
    assert list(tmp_path.iterdir()) == []


def test_a_trial_is_cancelled_with_the_search_and_not_stopped_with_it() -> None:
    search = Control()
    trial = TrialControl(search)
    search.stop_keep_best()
    assert not trial.stopping
    search.pause()
    assert trial.paused
    search.cancel()
    with pytest.raises(StoppedByUserError):
        trial.check()
    with pytest.raises(StoppedByUserError):
        trial.hold()


def test_a_late_first_evaluation_says_nothing_of_what_was_before() -> None:
    tenths = Tenths()
    tenths.begin(10)
    tenths.add(4, 0.5)
    tenths.add(8, 0.4)
    assert tenths.scores == {4: 0.5, 5: 0.5, 6: 0.5, 7: 0.5, 8: 0.5}
