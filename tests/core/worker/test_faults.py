"""Faults in a training, told by a real worker: the Run can be resumed, the model stays in use."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.operations import training
from core.operations.training import Booked
from core.schema.learning import RunStatus
from core.store import runs
from core.store.project import Project
from core.worker import client
from core.worker.messages import (
    AnyEvent,
    Evaluate,
    Evaluated,
    Failed,
    Opened,
    Train,
    TrainFinished,
    TrainNotice,
    TrainStarted,
)
from tests.core.worker.faulty_worker import FAULT
from tests.core.worker.tiny import RECIPE, Worker, make_project

pytestmark = pytest.mark.slow


@dataclass
class Bed:
    """A project with a model, a worker that has it open, and the file that names a fault."""

    worker: Worker
    project: Project
    backbone: str
    fault: Path

    def begin(self, fault: str) -> list[AnyEvent]:
        self.fault.write_text(fault, encoding="utf-8")
        _, request = training.begin_retrain(
            project=self.project, recipe=RECIPE, backbone=self.backbone
        )
        return self.follow(request)[0]

    def resume(self) -> tuple[list[AnyEvent], Booked]:
        self.fault.write_text("", encoding="utf-8")
        run = runs.runs(project=self.project)[-1]
        assert training.has_checkpoint(project=self.project, run=run)
        _, request = training.begin_resume(project=self.project, run_id=run.id)
        return self.follow(request)

    def follow(self, request: Train) -> tuple[list[AnyEvent], Booked]:
        events, booked = [], Booked()
        for event in self.worker.follow(request):
            events.append(event)
            booked = training.book(project=self.project, event=event)
        return events, booked

    def restart(self) -> None:
        self.worker.start()
        assert self.worker.open(self.project) == Opened()

    def model_f1(self) -> float:
        model = runs.current_model(project=self.project)
        assert model is not None
        folder = str(training.model_folder(project=self.project, model=model))
        event = self.worker.ask(Evaluate(job=99, model_folder=folder, split="test"))[-1]
        assert isinstance(event, Evaluated)
        return event.report.micro.f1


@pytest.fixture(scope="module")
def bed(tmp_path_factory: pytest.TempPathFactory, backbone: Path) -> Iterator[Bed]:
    folder = tmp_path_factory.mktemp("faults")
    fault = folder / "fault"
    fault.touch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FAULT, str(fault))
        patch.setattr(
            client,
            "worker_command",
            lambda: [sys.executable, "-m", "tests.core.worker.faulty_worker"],
        )
        with Worker() as worker, make_project(folder / "tiny.chartmark") as project:
            made = Bed(worker, project, str(backbone), fault)
            assert worker.open(project) == Opened()
            assert isinstance(made.begin("")[-1], TrainFinished)
            yield made


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("loss", "The training has lost its way"),
        ("no memory", "There is not enough memory even for one window"),
        ("disk", "The disk is full"),
        ("device", "The graphics processor failed."),
    ],
)
def test_a_fault_is_told_with_its_remedy_and_the_run_goes_on_from_its_checkpoint(
    bed: Bed, fault: str, words: str
) -> None:
    before = bed.model_f1()
    failed = bed.begin(fault)[-1]
    assert isinstance(failed, Failed)
    assert failed.known
    assert failed.message.startswith(words)
    assert failed.remedy
    run = runs.runs(project=bed.project)[-1]
    assert (run.status, run.message) == (RunStatus.FAILED, f"{failed.message} {failed.remedy}")
    if fault == "device":
        # Only a new process can use the device again.
        assert "had to start again" in bed.worker.death()
        bed.restart()
    assert bed.model_f1() == before
    events, booked = bed.resume()
    started = next(event for event in events if isinstance(event, TrainStarted))
    assert started.resumed_step == 25
    assert booked.model is not None
    # The same data and seed give the same model, whatever happened on the way.
    assert booked.promoted
    assert runs.runs(project=bed.project)[-1].status is RunStatus.FINISHED


def test_little_memory_makes_batches_smaller(bed: Bed) -> None:
    events = bed.begin("little memory")
    assert isinstance(events[-1], TrainFinished)
    notices = [event.text for event in events if isinstance(event, TrainNotice)]
    assert notices[-1] == "Memory ran out; going on with smaller batches (2 windows)."


def test_a_damaged_checkpoint_is_told_and_the_run_begins_anew(bed: Bed) -> None:
    bed.begin("loss")
    run = runs.runs(project=bed.project)[-1]
    weights = bed.project.folder / run.folder / "checkpoint-25" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-9])
    events, booked = bed.resume()
    notices = [event.text for event in events if isinstance(event, TrainNotice)]
    assert notices == ["The last checkpoint is damaged; the training begins anew."]
    assert booked.promoted
