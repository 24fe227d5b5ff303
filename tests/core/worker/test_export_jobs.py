"""A model is distilled, measured and exported in one form, by the jobs that a worker does."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import onnx
import pytest

from core.export import measuring, model
from core.export.conversion import quantize, to_onnx
from core.export.conversion_process import STATIC_MODEL
from core.export.points import Form, read_points
from core.export.static_int8 import quantize_statically
from core.inference.model import load_model
from core.inference.session import FULL_MODEL, INT8_MODEL
from core.operations import training
from core.operations.exporting import begin_measuring, begin_model_export, measured_points
from core.operations.repeating import run_record
from core.schema.learning import ModelVersion
from core.store import runs
from core.store.project import Project
from core.training.control import Control
from core.worker.jobs import Jobs
from core.worker.messages import (
    AnyRequest,
    Event,
    ModelExported,
    OpenProject,
    PointsMeasured,
    Preparing,
    decode_event,
    encode,
)
from tests.core.worker.tiny import RECIPE, make_project

pytestmark = pytest.mark.slow

SHORT = replace(RECIPE, most_updates=24)


@dataclass(frozen=True)
class Distilled:
    """A project with a model, and another one that learned from it."""

    jobs: Jobs
    project: Project
    student: ModelVersion
    events: list[Event]


class Converter:
    """Traces the pruned model, in this process, and lets its graph stand for the whole one's too.

    To trace a model takes longer than all else here.
    """

    def __init__(self, pruned: Path) -> None:
        self._pruned = pruned
        self._graph: onnx.ModelProto | None = None

    def __call__(
        self,
        _: Path,
        out: Path,
        *,
        check: Callable[[], None],
        on_onnx: Callable[[], None] = lambda: None,
        calibration: Sequence[Sequence[int]] = (),
    ) -> None:
        check()
        if self._graph is None:
            self._graph = to_onnx(load_model(self._pruned))
        onnx.save(self._graph, out / FULL_MODEL)
        on_onnx()
        quantize(out / FULL_MODEL, out / INT8_MODEL)
        if calibration:
            quantize_statically(out / FULL_MODEL, out / STATIC_MODEL, calibration)


def do(jobs: Jobs, request: AnyRequest) -> list[Event]:
    """Have a job done; what it tells has gone through the pipe's form."""
    events: list[Event] = []
    jobs.run(request, Control(), lambda event: events.append(decode_event(encode(event))))
    return events


@pytest.fixture(scope="module")
def distilled(tmp_path_factory: pytest.TempPathFactory, backbone: Path) -> Distilled:
    project = make_project(tmp_path_factory.mktemp("distilled") / "tiny.chartmark")
    jobs = Jobs()
    do(jobs, OpenProject(folder=str(project.folder)))
    teacher = None
    for _ in range(2):
        _, request = training.begin_retrain(
            project=project, recipe=SHORT, backbone=str(backbone), teacher=teacher
        )
        events = do(jobs, request)
        for event in events:
            booked = training.book(project=project, event=event)
        teacher = booked.model
    assert teacher is not None
    return Distilled(jobs, project, teacher, events)


def test_a_distilled_model_says_whom_it_learned_from(distilled: Distilled) -> None:
    run = runs.run(project=distilled.project, run_id=distilled.student.run_id)
    assert run.teacher_model_id == 1
    record = run_record(project=distilled.project, run_id=run.id)
    assert record is not None
    assert record.teacher == "run-1"
    steps = [event.step for event in distilled.events if isinstance(event, Preparing)]
    assert "The bigger model reads the records" in steps


def test_forms_are_measured_and_one_of_them_exported(
    distilled: Distilled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = distilled.project
    current = runs.current_model(project=project)
    assert current is not None
    folder = training.model_folder(project=project, model=current)
    convert = Converter(folder / "pruned")
    monkeypatch.setattr(measuring, "convert", convert)
    monkeypatch.setattr(model, "convert", convert)
    monkeypatch.setattr(measuring, "_LEAST_SECONDS", 0.0)
    events = do(distilled.jobs, begin_measuring(project=project, pruned_share=0.5))
    measured = events[-1]
    assert isinstance(measured, PointsMeasured)
    assert [point.form for point in measured.table.points] == list(Form)
    assert measured.table.pruned_share == 0.5
    assert measured_points(project=project, model=current) == measured.table
    assert read_points(folder) == measured.table
    config = json.loads((folder / "pruned" / "config.json").read_text(encoding="utf-8"))
    assert config["intermediate_size"] == 32
    out = tmp_path / "out"
    request = begin_model_export(project=project, out=out, form=Form.PRUNED_INT8)
    (exported,) = [
        event for event in do(distilled.jobs, request) if isinstance(event, ModelExported)
    ]
    point = measured.table.point(Form.PRUNED_INT8)
    assert point is not None
    assert exported.f1 == {"int8": pytest.approx(point.f1)}
    assert (out / "model.int8.onnx").is_file()
    assert not (out / "model.onnx").exists()
