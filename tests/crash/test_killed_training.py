"""A training that is killed again and again comes to the same model, bit by bit."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from core.operations import training
from core.schema.learning import RunStatus
from core.store import runs
from core.store.project import Project
from core.worker.messages import (
    AnyEvent,
    Opened,
    Train,
    TrainEvaluated,
    TrainFinished,
    TrainProgress,
    TrainStarted,
)
from tests.core.worker.tiny import RECIPE, Worker, make_backbone, make_project

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no signals"),
]

_LONGER = replace(RECIPE, patience=100)
"""200 updates with an evaluation and a checkpoint after each 25."""


def test_a_training_killed_twice_gives_the_weights_of_one_that_was_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Bits are the same for the same number of threads.
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    backbone = str(make_backbone(tmp_path / "backbone"))
    with (
        make_project(tmp_path / "killed.chartmark") as killed,
        make_project(tmp_path / "whole.chartmark") as whole,
        Worker() as worker,
    ):
        _, request = training.begin_retrain(project=killed, recipe=_LONGER, backbone=backbone)
        # While the mean and the checkpoint of update 50 are written ...
        request = _kill(worker, killed, request, lambda event: _evaluated_after(event, 50))
        worker.start()
        # ... and in the midst of an epoch.
        request = _kill(worker, killed, request, lambda event: _progressed_beyond(event, 110))
        worker.start()
        rest = _train(worker, killed, request)
        started = next(event for event in rest if isinstance(event, TrainStarted))
        assert started.resumed_step >= 100
        _, request = training.begin_retrain(project=whole, recipe=_LONGER, backbone=backbone)
        at_once = _train(worker, whole, request)
        ends = [events[-1] for events in (rest, at_once)]
        assert isinstance(ends[0], TrainFinished)
        assert isinstance(ends[1], TrainFinished)
        assert ends[0].report == ends[1].report
        assert (ends[0].best_step, ends[0].reason) == (ends[1].best_step, ends[1].reason)
        for name in ("model.safetensors", "chartmark.json"):
            one, other = (_model(project) / name for project in (killed, whole))
            assert one.read_bytes() == other.read_bytes()


def _evaluated_after(event: AnyEvent, step: int) -> bool:
    return isinstance(event, TrainEvaluated) and event.step == step


def _progressed_beyond(event: AnyEvent, step: int) -> bool:
    return isinstance(event, TrainProgress) and event.step > step


def _kill(
    worker: Worker, project: Project, request: Train, wanted: Callable[[AnyEvent], bool]
) -> Train:
    """Kill the worker at an event of its training; returns the request that resumes it."""
    assert worker.open(project) == Opened()
    worker.client.send(request)
    while not wanted(event := worker.next()):
        assert not isinstance(event, TrainFinished)
    os.kill(worker.client.pid, signal.SIGKILL)
    training.book_exit(project=project, run_id=request.run_id, message=worker.death())
    assert runs.runs(project=project)[-1].status is RunStatus.INTERRUPTED
    return training.begin_resume(project=project, run_id=request.run_id)[1]


def _train(worker: Worker, project: Project, request: Train) -> list[AnyEvent]:
    assert worker.open(project) == Opened()
    events = worker.ask(request)
    training.book(project=project, event=events[-1])
    return events


def _model(project: Project) -> Path:
    model = runs.current_model(project=project)
    assert model is not None
    return training.model_folder(project=project, model=model)
