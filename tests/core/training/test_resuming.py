"""A training goes on from its last checkpoint as if it had never stopped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from core.schema.learning import Recipe
from core.training.checkpoints import last_checkpoint
from core.training.control import Control, StoppedByUserError
from core.training.events import Progress, Started, TrainingEvent
from core.training.job import TrainingJob
from tests.core.training.bench import RECIPE, Bench, same


@pytest.mark.parametrize(
    ("recipe", "cancelled", "kept"),
    [
        # The checkpoint of update 20 lies in the midst of the third epoch.
        (RECIPE, 25, 20),
        (replace(RECIPE, micro_batch_size=2), 25, 20),
        # The first round ends after 24 updates; that of update 34 is in the midst of the second.
        (replace(RECIPE, epochs=3, rounds=2), 27, 24),
        (replace(RECIPE, epochs=3, rounds=2), 37, 34),
    ],
)
def test_resuming_gives_the_same_numbers_as_not_stopping(
    bench: Bench, recipe: Recipe, cancelled: int, kept: int
) -> None:
    whole = bench.again("whole")
    whole_result = whole.go(recipe)

    def cancel(event: TrainingEvent) -> None:
        if isinstance(event, Progress) and event.step == cancelled:
            bench.control.cancel()

    with pytest.raises(StoppedByUserError):
        bench.go(recipe, on_event=cancel)
    assert not bench.model_folder.exists()
    assert last_checkpoint(bench.run_folder) == bench.run_folder / f"checkpoint-{kept}"
    rest = replace(bench, control=Control(), events=[])
    rest_result = rest.go(recipe, resume=True)
    started = rest.events[0]
    assert isinstance(started, Started)
    assert started.resumed_step == kept
    assert rest.losses() == {step: loss for step, loss in whole.losses().items() if step > kept}
    assert rest.evaluations() == [event for event in whole.evaluations() if event.step > kept]
    assert replace(rest_result, seconds=0.0, energy=None) == replace(
        whole_result, seconds=0.0, energy=None
    )
    assert same(rest.weights(), whole.weights())


def test_patience_goes_on_where_a_run_was_interrupted(bench: Bench) -> None:
    recipe = replace(RECIPE, epochs=40, patience=1)
    whole = bench.again("whole")
    whole_result = whole.go(recipe)

    def fail(*_: object) -> None:
        raise StoppedByUserError

    # Cut off when the last evaluation is done but the model not yet written.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TrainingJob, "finish", fail)
        with pytest.raises(StoppedByUserError):
            bench.go(recipe)
    rest = replace(bench, control=Control(), events=[])
    result = rest.go(recipe, resume=True)
    assert rest.losses() == {}
    assert replace(result, seconds=0.0, energy=None) == replace(
        whole_result, seconds=0.0, energy=None
    )


def test_nothing_is_unpickled_on_resuming(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def cancel(event: TrainingEvent) -> None:
        if isinstance(event, Progress) and event.step == 11:
            bench.control.cancel()

    with pytest.raises(StoppedByUserError):
        bench.go(on_event=cancel)
    checkpoint = last_checkpoint(bench.run_folder)
    assert checkpoint is not None
    real, loaded = torch.load, []

    def load(path: Any, *args: Any, **kwargs: Any) -> Any:
        assert kwargs.get("weights_only") is True
        loaded.append(Path(path).name)
        return real(path, *args, **kwargs)

    monkeypatch.setattr(torch, "load", load)
    # Its pickle of arguments is written by the Trainer, and read by nobody.
    (checkpoint / "training_args.bin").write_bytes(b"no pickle at all")
    rest = replace(bench, control=Control(), events=[])
    rest.go(resume=True)
    assert sorted(set(loaded)) == ["optimizer.pt", "rng_state.pth", "scheduler.pt"]
