"""Gradients are clipped as torch clips them, and left alone below the norm."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from accelerate import Accelerator  # type: ignore[import-untyped]  # no stubs
from torch.nn.utils import clip_grad_norm_

from core.schema.learning import Precision, Recipe
from core.training.arguments import trainer_arguments
from core.training.clipping import LARGEST_NORM, clip_gradients
from core.training.schedule import Schedule
from core.training.trainer import WordTrainer


def parameters(scale: float) -> list[torch.nn.Parameter]:
    torch.manual_seed(5)
    made = [torch.nn.Parameter(torch.zeros(shape)) for shape in ((7, 3), (11,), (2,))]
    for parameter in made[:2]:
        parameter.grad = scale * torch.randn(parameter.shape)
    return made


@pytest.mark.parametrize("scale", [1e-3, 0.1, 0.2, 0.3, 10.0])
def test_it_does_what_torch_does(scale: float) -> None:
    ours, theirs = parameters(scale), parameters(scale)
    before = [parameter.grad for parameter in ours]
    clip_gradients(ours)
    norm = clip_grad_norm_(theirs, LARGEST_NORM)
    for mine, its, old in zip(ours, theirs, before, strict=True):
        assert mine.grad is old
        if mine.grad is not None:
            assert its.grad is not None
            assert torch.equal(mine.grad, its.grad)
    if norm > LARGEST_NORM:
        whole = torch.stack([one.grad.norm() for one in ours if one.grad is not None]).norm()
        assert whole.item() == pytest.approx(LARGEST_NORM, rel=1e-5)


def test_below_the_norm_no_gradient_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[float] = []
    monkeypatch.setattr(
        torch.nn.utils, "clip_grads_with_norm_", lambda *given: written.append(float(given[2]))
    )
    clip_gradients(parameters(0.01))
    assert written == []
    clip_gradients(parameters(10.0))
    assert len(written) == 1


def test_a_model_without_gradients_is_passed_over() -> None:
    clip_gradients(torch.nn.Linear(2, 2).parameters())


@pytest.mark.parametrize(("fp16", "here"), [(False, True), (True, False)])
def test_the_trainer_leaves_it_to_this_where_gradients_are_what_they_seem(
    fp16: bool, here: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it computes no norm of its own, which would multiply them all by 1 after all."""
    torchs: list[float] = []

    def clip_as_torch(_: object, parameters: object, norm: float) -> torch.Tensor:
        torchs.append(norm)
        return torch.tensor(1.0)

    monkeypatch.setattr("accelerate.Accelerator.clip_grad_norm_", clip_as_torch)
    schedule = Schedule(2, 1, updates_per_epoch=1, epochs=1, evaluate_every=1)
    arguments = trainer_arguments(
        Recipe(), schedule, Precision.FP32, device=torch.device("cpu"), folder=tmp_path
    )
    arguments.fp16 = fp16
    model = torch.nn.Linear(4, 4)
    for parameter in model.parameters():
        parameter.grad = torch.full_like(parameter, 5.0)
    trainer = object.__new__(WordTrainer)
    trainer.args = arguments
    trainer.accelerator = Accelerator(cpu=True)
    trainer._mixed_mesh_grads = False
    norm = trainer._clip_grad_norm(model)
    assert trainer._get_grad_norm(model, norm) is norm  # type: ignore[no-untyped-call]  # its own
    gradients = [one.grad for one in model.parameters() if one.grad is not None]
    assert (float(torch.nn.utils.get_total_norm(gradients)) < 2.0) is here
    assert torchs == ([] if here else [LARGEST_NORM])
