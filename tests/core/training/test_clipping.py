"""Gradients are clipped as torch clips them, and left alone below the norm."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch.nn.utils import clip_grad_norm_

from core.schema.learning import Precision, Recipe
from core.training.arguments import trainer_arguments
from core.training.clipping import LARGEST_NORM, ClipWhereNeeded, clip_gradients
from core.training.schedule import Schedule


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


@pytest.mark.parametrize(
    ("device", "precision", "here"),
    [
        ("cpu", Precision.FP32, True),
        ("cpu", Precision.BF16, True),
        ("cpu", Precision.FP16, False),
        ("cuda", Precision.FP32, False),
    ],
)
def test_either_the_trainer_or_the_callback_clips(
    tmp_path: Any, device: str, precision: Precision, here: bool
) -> None:
    arguments = _arguments(tmp_path, device, precision)
    model = torch.nn.Linear(4, 4)
    for parameter in model.parameters():
        parameter.grad = torch.full_like(parameter, 5.0)
    given: Any = None
    ClipWhereNeeded().on_pre_optimizer_step(arguments, given, given, model=model)
    gradients = [one.grad for one in model.parameters() if one.grad is not None]
    clipped = float(torch.nn.utils.get_total_norm(gradients))
    assert (clipped < 2.0) is here
    assert (arguments.max_grad_norm == LARGEST_NORM) is not here


def _arguments(folder: Any, device: str, precision: Precision) -> Any:
    schedule = Schedule(4, 1, updates_per_epoch=3, epochs=2, evaluate_every=3)
    return trainer_arguments(
        Recipe(), schedule, precision, device=torch.device(device), folder=folder
    )
