"""One process is a group too; what several cannot do together is refused before they wait."""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast

import pytest
import torch

from core.schema.errors import KnownError
from core.schema.learning import Recipe
from core.training import group
from core.training.checkpoints import resume_point
from core.training.group import ALONE, Group, join
from core.training.job import TrainingJob
from core.training.run import _fit
from core.training.schedule import Schedule, make_schedule


@pytest.fixture
def several(monkeypatch: pytest.MonkeyPatch) -> None:
    """What torchrun tells the second of four processes."""
    for name, value in (("RANK", 1), ("LOCAL_RANK", 1), ("WORLD_SIZE", 4), ("LOCAL_WORLD_SIZE", 4)):
        monkeypatch.setenv(name, str(value))


def cards(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """Have the machine say that it has two devices of a kind."""
    monkeypatch.setattr(group, "choose_device", torch.device)
    monkeypatch.setattr(getattr(torch, kind), "device_count", lambda: 2)


def test_one_process_decides_for_itself() -> None:
    assert ALONE.leads
    assert ALONE.share(b"told") == b"told"
    assert [ALONE.decide(wish) for wish in (True, False)] == [True, False]
    assert ALONE.gather(7) == [7]
    assert ALONE.together(lambda: 3) == 3


def test_one_process_started_by_torchrun_is_no_group(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("RANK", 0), ("LOCAL_RANK", 0), ("WORLD_SIZE", 1)):
        monkeypatch.setenv(name, str(value))
    monkeypatch.setenv("ACCELERATE_MIXED_PRECISION", "fp16")
    assert join("cpu") == (ALONE, torch.device("cpu"))
    # The Trainer would join one again, and believe accelerate's settings.
    assert not {"RANK", "LOCAL_RANK", "WORLD_SIZE", "ACCELERATE_MIXED_PRECISION"} & {*os.environ}


@pytest.mark.usefixtures("several")
def test_a_model_in_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCELERATE_USE_FSDP", "true")
    with pytest.raises(KnownError, match="Each process trains the whole model"):
        join("cpu")


@pytest.mark.usefixtures("several")
def test_a_device_for_each_process_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    cards(monkeypatch, "cuda")
    with pytest.raises(KnownError, match="4 processes cannot all use the device cuda:1"):
        join("cuda:1")
    with pytest.raises(KnownError, match="4 processes were started on a machine with 2 devices"):
        join("cuda")


class OutOfMemory:
    """Stands in for a job whose windows do not fit."""

    def schedule(self, most_at_once: int, beside: int) -> Schedule:
        assert beside == 1
        return make_schedule(Recipe(), [36] * 400, most_at_once=most_at_once, processes=2)

    def fit(self, schedule: Schedule, *, resume: bool) -> str:
        raise MemoryError


def test_running_out_of_memory_ends_a_training_by_several() -> None:
    job = cast(TrainingJob, OutOfMemory())
    with pytest.raises(KnownError, match="--micro-batch 2;"):
        _fit(job, 4, lambda _: None, resume=False, group=Group(size=2))
    with pytest.raises(KnownError, match="even for one window"):
        _fit(job, 1, lambda _: None, resume=False, group=Group(size=2))


class Second(Group):
    """The second of two, that is told of a checkpoint."""

    def __init__(self) -> None:
        super().__init__(rank=1, size=2)

    def share(self, told: bytes = b"") -> bytes:
        return b"checkpoint-10"

    def gather(self, number: int) -> list[int]:
        return [1, number]


def test_a_checkpoint_must_lie_on_every_machine(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="Not every machine has the checkpoint"):
        resume_point(tmp_path, lambda _: None, Second())
    (tmp_path / "checkpoint-10").mkdir()
    assert resume_point(tmp_path, lambda _: None, Second()) == tmp_path / "checkpoint-10"
