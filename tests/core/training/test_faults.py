"""What can go wrong in a training, and what becomes of it."""

from __future__ import annotations

import errno
from dataclasses import replace
from typing import Any

import pytest
import torch
from safetensors import SafetensorError

from core.schema.documents import Document, LabelledDocument
from core.schema.errors import KnownError
from core.training.events import Notice, Progress, Started, TrainingEvent
from core.training.job import last_checkpoint
from core.training.run import is_out_of_memory
from core.training.trainer import WordTrainer
from tests.core.training.bench import RECIPE, Bench


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


def test_no_memory_even_for_one_window_is_a_known_error(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    out_of_memory(monkeypatch, 0, MemoryError())
    with pytest.raises(KnownError, match="even for one window"):
        bench.go()


def test_what_says_that_memory_ran_out() -> None:
    assert is_out_of_memory(RuntimeError("MPS backend out of memory"))
    assert is_out_of_memory(RuntimeError("DefaultCPUAllocator: not enough memory: you tried"))
    assert not is_out_of_memory(RuntimeError("shapes do not match"))


def test_a_loss_that_is_no_number_ends_the_training(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = WordTrainer.compute_loss

    def compute_loss(self: WordTrainer, *args: Any, **kwargs: Any) -> Any:
        loss = real(self, *args, **kwargs)
        return loss * float("nan") if self.state.global_step == 15 else loss

    monkeypatch.setattr(WordTrainer, "compute_loss", compute_loss)
    with pytest.raises(KnownError, match="no number any more"):
        bench.go()
    assert last_checkpoint(bench.run_folder) == bench.run_folder / "checkpoint-10"
    assert not bench.model_folder.exists()


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


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        SafetensorError("Error while serializing: I/O error: No space left on device"),
        RuntimeError("[enforce fail] PytorchStreamWriter failed writing file data/1: file write"),
    ],
)
def test_a_full_disk_is_a_known_error(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def full(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(WordTrainer, "_save_checkpoint", full)
    with pytest.raises(KnownError, match="disk is full"):
        bench.go()


def test_too_little_data_is_a_known_error(bench: Bench) -> None:
    empty = [LabelledDocument(Document(1, "note", "No labels here ."), ())]
    with pytest.raises(KnownError, match="train on has a label"):
        replace(bench, train=empty).go()
    with pytest.raises(KnownError, match="held back for dev"):
        replace(bench, dev=empty).go()
