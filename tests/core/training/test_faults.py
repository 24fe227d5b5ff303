"""What can go wrong in a training, and what becomes of it."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors import SafetensorError
from transformers.modeling_utils import PreTrainedModel

from core.schema.documents import Document, LabelledDocument
from core.schema.errors import KnownError
from core.training import averaging, best
from core.training.checkpoints import last_checkpoint
from core.training.control import Control, StoppedByUserError
from core.training.events import Notice, Progress, Saved, Started, TrainingEvent
from core.training.faults import is_device_lost, is_disk_full, is_out_of_memory
from core.training.job import TrainingJob
from core.training.trainer import WordTrainer
from tests.core.training.bench import RECIPE, Bench, same

needs_full = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="only Linux has a device that is always full"
)


def out_of_memory(monkeypatch: pytest.MonkeyPatch, fits: int, error: Exception) -> None:
    """Make forward passes with more windows than fit fail after fifteen of them."""
    real = WordTrainer.compute_loss
    passes = 0

    def compute_loss(self: WordTrainer, model: Any, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        nonlocal passes
        passes += 1
        if len(inputs["input_ids"]) > fits and passes > 15:
            raise error
        return real(self, model, inputs, *args, **kwargs)

    monkeypatch.setattr(WordTrainer, "compute_loss", compute_loss)


@pytest.mark.parametrize(
    "error",
    [
        torch.OutOfMemoryError("CUDA out of memory"),
        RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes"),
        MemoryError(),
    ],
)
def test_less_memory_means_smaller_passes_but_the_same_updates(
    bench: Bench, calm: str, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    recipe = replace(RECIPE, epochs=3)
    bench.backbone = calm
    plenty = bench.again("plenty")
    plenty.go(recipe)
    out_of_memory(monkeypatch, 1, error)
    bench.go(recipe)
    notices = [event.text for event in bench.events if isinstance(event, Notice)]
    assert notices == [
        f"Memory ran out; going on with smaller batches ({size} windows)." for size in (2, 1)
    ]
    starts = [event for event in bench.events if isinstance(event, Started)]
    assert [event.resumed_step for event in starts] == [0, 10, 10]
    assert {event.total_steps for event in starts} == {starts[0].total_steps}
    assert bench.losses() == pytest.approx(plenty.losses(), rel=0.05)
    assert [event.step for event in bench.evaluations()] == [
        event.step for event in plenty.evaluations()
    ]


Inject = Callable[[Bench, pytest.MonkeyPatch], Callable[[TrainingEvent], None]]
"""Prepares a fault; what it returns sees the training's events."""


def spoiled_loss(bench: Bench, patch: pytest.MonkeyPatch) -> Callable[[TrainingEvent], None]:
    return in_a_pass(patch, lambda loss: loss * float("nan"))


def lost_device(bench: Bench, patch: pytest.MonkeyPatch) -> Callable[[TrainingEvent], None]:
    return in_a_pass(patch, fail_with(torch.AcceleratorError("CUDA error: device-side assert")))


def no_memory(bench: Bench, patch: pytest.MonkeyPatch) -> Callable[[TrainingEvent], None]:
    out_of_memory(patch, 0, MemoryError())
    return lambda _: None


def full_for_checkpoint(bench: Bench, patch: pytest.MonkeyPatch) -> Callable[[TrainingEvent], None]:
    """Have the system itself say that there is no room left."""

    def link() -> None:
        second = bench.run_folder / "checkpoint-20"
        second.mkdir()
        (second / "optimizer.pt").symlink_to("/dev/full")

    return lambda event: once_saved(event, link)


def full_for_best(bench: Bench, patch: pytest.MonkeyPatch) -> Callable[[TrainingEvent], None]:
    return lambda event: once_saved(
        event, lambda: patch.setattr(best, "save_model", fail_with(no_room()))
    )


def full_for_mean(bench: Bench, patch: pytest.MonkeyPatch) -> Callable[[TrainingEvent], None]:
    return lambda event: once_saved(
        event, lambda: patch.setattr(averaging, "save_file", fail_with(no_room()))
    )


def full_for_model(bench: Bench, patch: pytest.MonkeyPatch) -> Callable[[TrainingEvent], None]:
    real = TrainingJob.finish

    def finish(self: TrainingJob, model_folder: Path) -> Any:
        with pytest.MonkeyPatch.context() as inner:
            inner.setattr(PreTrainedModel, "save_pretrained", fail_with(full_disk()))
            return real(self, model_folder)

    patch.setattr(TrainingJob, "finish", finish)
    return lambda _: None


def in_a_pass(
    patch: pytest.MonkeyPatch, harm: Callable[[torch.Tensor], torch.Tensor]
) -> Callable[[TrainingEvent], None]:
    """Do harm to the loss of the sixteenth update."""
    real = WordTrainer.compute_loss

    def compute_loss(self: WordTrainer, *args: Any, **kwargs: Any) -> Any:
        loss = real(self, *args, **kwargs)
        return harm(loss) if self.state.global_step == 15 else loss

    patch.setattr(WordTrainer, "compute_loss", compute_loss)
    return lambda _: None


def fail_with(error: Exception) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


def full_disk() -> OSError:
    return OSError(errno.ENOSPC, "No space left on device")


def no_room() -> SafetensorError:
    return SafetensorError(
        "Error while serializing: I/O error: No space left on device (os error 28)"
    )


def once_saved(event: TrainingEvent, harm: Callable[[], None]) -> None:
    if isinstance(event, Saved) and event.step == 10:
        harm()


@pytest.fixture(scope="module")
def whole_weights() -> dict[str, torch.Tensor]:
    """The weights of a training without a fault; filled by the first test that needs them."""
    return {}


@pytest.mark.parametrize(
    ("inject", "error", "words", "kept"),
    [
        (spoiled_loss, KnownError, "no number any more", 10),
        (no_memory, KnownError, "even for one window", 10),
        (lost_device, torch.AcceleratorError, "CUDA error", 10),
        pytest.param(full_for_checkpoint, KnownError, "disk is full", 10, marks=needs_full),
        (full_for_best, KnownError, "disk is full", 10),
        (full_for_mean, KnownError, "disk is full", 10),
        (full_for_model, KnownError, "disk is full", 40),
    ],
)
def test_after_a_fault_the_last_checkpoint_is_gone_on_from_as_if_there_had_been_none(
    bench: Bench,
    whole_weights: dict[str, torch.Tensor],
    inject: Inject,
    error: type[Exception],
    words: str,
    kept: int,
) -> None:
    if not whole_weights:
        whole = bench.again("whole")
        whole.go()
        whole_weights.update(whole.weights())
    bench.model_folder.mkdir()
    (bench.model_folder / "current").touch()
    with pytest.MonkeyPatch.context() as patch, pytest.raises(error, match=words) as raised:
        bench.go(on_event=inject(bench, patch))
    if isinstance(raised.value, KnownError):
        assert raised.value.remedy
    assert last_checkpoint(bench.run_folder) == bench.run_folder / f"checkpoint-{kept}"
    # Nothing half written is left to take the room, and the model that was there still is.
    assert [file.name for file in bench.folder.rglob("*.part")] == []
    assert len(list(bench.run_folder.glob("checkpoint-*"))) == 1
    assert [file.name for file in bench.model_folder.iterdir()] == ["current"]
    rest = replace(bench, events=[])
    rest.go(resume=True)
    (started,) = rest.starts()
    assert started.resumed_step == kept
    assert same(rest.weights(), whole_weights)


def test_a_backbone_that_has_vanished_can_be_put_back(
    bench: Bench, whole_weights: dict[str, torch.Tensor], tmp_path: Path
) -> None:
    own = shutil.copytree(bench.backbone, tmp_path / "own")
    bench.backbone = str(own)

    def cancel(event: TrainingEvent) -> None:
        if isinstance(event, Progress) and event.step == 12:
            bench.control.cancel()

    with pytest.raises(StoppedByUserError):
        bench.go(on_event=cancel)
    away = own.rename(tmp_path / "away")
    rest = replace(bench, control=Control(), events=[])
    with pytest.raises(KnownError, match="There is no folder") as raised:
        rest.go(resume=True)
    assert raised.value.remedy
    assert last_checkpoint(bench.run_folder) == bench.run_folder / "checkpoint-10"
    away.rename(own)
    rest.go(resume=True)
    assert rest.starts()[-1].resumed_step == 10
    if whole_weights:
        assert same(rest.weights(), whole_weights)


def test_a_backbone_that_vanishes_while_memory_runs_out_is_a_known_error(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = shutil.copytree(bench.backbone, tmp_path / "own")
    bench.backbone = str(own)
    out_of_memory(monkeypatch, 1, MemoryError())

    def vanish(event: TrainingEvent) -> None:
        if isinstance(event, Notice):
            shutil.rmtree(own)

    with pytest.raises(KnownError, match="cannot be loaded"):
        bench.go(on_event=vanish)
    assert last_checkpoint(bench.run_folder) == bench.run_folder / "checkpoint-10"


@pytest.mark.parametrize(
    "error",
    [
        full_disk(),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        no_room(),
        RuntimeError("[enforce fail] PytorchStreamWriter failed writing file data/1: file write"),
        RuntimeError("[enforce fail at inline_container.cc:672] . unexpected pos 64 vs 0"),
    ],
)
def test_what_says_that_the_disk_is_full(error: Exception) -> None:
    assert is_disk_full(error)
    assert not is_disk_full(OSError(errno.EIO, "Input/output error"))
    assert not is_disk_full(RuntimeError("shapes do not match"))


def test_what_says_that_the_device_is_lost() -> None:
    assert is_device_lost(torch.AcceleratorError("an illegal memory access was encountered"))
    assert is_device_lost(RuntimeError("CUDA error: unspecified launch failure"))
    assert not is_device_lost(RuntimeError("shapes do not match"))


def test_what_says_that_memory_ran_out() -> None:
    assert is_out_of_memory(RuntimeError("MPS backend out of memory"))
    assert is_out_of_memory(RuntimeError("DefaultCPUAllocator: not enough memory: you tried"))
    assert not is_out_of_memory(RuntimeError("shapes do not match"))


def test_weights_that_are_no_numbers_are_never_kept(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoil(event: TrainingEvent) -> None:
        if isinstance(event, Progress) and event.step == 10:
            for trainer in trainers:
                model = trainer.model
                assert isinstance(model, torch.nn.Module)
                torch.nn.init.constant_(next(iter(model.parameters())), float("nan"))

    trainers: list[WordTrainer] = []
    real = WordTrainer.train

    def remember(self: WordTrainer, *args: Any, **kwargs: Any) -> Any:
        trainers.append(self)
        return real(self, *args, **kwargs)

    monkeypatch.setattr(WordTrainer, "train", remember)
    with pytest.raises(KnownError, match="no number any more"):
        bench.go(on_event=spoil)
    assert last_checkpoint(bench.run_folder) is None


def test_too_little_data_is_a_known_error(bench: Bench) -> None:
    empty = [LabelledDocument(Document(1, "note", "No labels here ."), ())]
    with pytest.raises(KnownError, match="train on has a label"):
        replace(bench, train=empty).go()
    with pytest.raises(KnownError, match="held back for dev"):
        replace(bench, dev=empty).go()
