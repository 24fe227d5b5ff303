from __future__ import annotations

import time
from pathlib import Path

import pytest

from core.operations import backbones
from core.schema.pretraining import Budget, EncoderShape
from core.store.project import Project
from core.worker.client import CANCEL_SECONDS
from core.worker.messages import (
    BackboneMade,
    BackboneProgress,
    Cancel,
    Cancelled,
    CoverageMeasured,
    Failed,
    Opened,
    Preparing,
    Request,
    StopKeepBest,
)
from tests.core.worker.tiny import Worker

pytestmark = pytest.mark.slow

SHAPE = EncoderShape(layers=1, hidden=32, vocabulary=300, max_length=64)
FEW, MANY = Budget(updates=3), Budget(updates=10**6)


@pytest.fixture
def opened(worker: Worker, project: Project) -> Project:
    """A fresh project that the worker has open."""
    assert worker.open(project) == Opened()
    return project


def test_a_backbone_is_built_from_the_records(
    worker: Worker, opened: Project, tmp_path: Path
) -> None:
    out = tmp_path / "built"
    events = worker.ask(backbones.begin_build(out=out, shape=SHAPE, budget=FEW))
    assert [type(event) for event in events[:2]] == [Preparing, Preparing]
    assert isinstance(events[-1], BackboneMade)
    assert (events[-1].updates, events[-1].out_folder) == (3, str(out))
    assert (out / "model.safetensors").is_file()
    assert not [path for path in opened.folder.iterdir() if path.name == "built"]


def test_a_backbone_is_built_from_files(worker: Worker, opened: Project, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("患者服用阿司匹林，血压正常。\n\n患者无发热。\n" * 20, encoding="utf-8")
    request = backbones.begin_build(
        out=tmp_path / "built", shape=SHAPE, budget=FEW, files=[text], device="cpu"
    )
    assert isinstance(worker.ask(request)[-1], BackboneMade)
    request = backbones.begin_build(
        out=tmp_path / "other", shape=SHAPE, budget=FEW, files=[tmp_path / "none.txt"]
    )
    (failed,) = [event for event in worker.ask(request) if isinstance(event, Failed)]
    assert failed.known
    assert "none.txt" in failed.message


def test_coverage_is_measured(worker: Worker, opened: Project, backbone: Path) -> None:
    request = backbones.begin_coverage(project=opened, backbone=str(backbone))
    (answer,) = worker.ask(request)
    assert isinstance(answer, CoverageMeasured)
    assert answer.backbone == str(backbone)
    assert answer.coverage.documents == 42
    assert answer.coverage.words > 200
    assert answer.coverage.warning == ""


@pytest.mark.parametrize("adapting", [False, True])
def test_cancelling_is_quick_and_leaves_nothing(
    worker: Worker, opened: Project, backbone: Path, tmp_path: Path, adapting: bool
) -> None:
    out = tmp_path / "out"
    request: Request = backbones.begin_build(out=out, shape=SHAPE, budget=MANY)
    if adapting:
        request = backbones.begin_adapt(
            project=opened, out=out, budget=MANY, backbone=str(backbone)
        )
    worker.client.send(request)
    worker.until(BackboneProgress)
    began = time.monotonic()
    worker.client.send(Cancel(job=request.job))
    while not isinstance(worker.next(), Cancelled):
        pass
    assert time.monotonic() - began < CANCEL_SECONDS
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("out")]


def test_finished_early_it_is_kept(
    worker: Worker, opened: Project, backbone: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    request = backbones.begin_adapt(project=opened, out=out, budget=MANY, backbone=str(backbone))
    worker.client.send(request)
    worker.until(BackboneProgress)
    worker.client.send(StopKeepBest(job=request.job))
    made = worker.until(BackboneMade)
    assert 1 <= made.updates < MANY.updates
    assert (out / "model.safetensors").is_file()
