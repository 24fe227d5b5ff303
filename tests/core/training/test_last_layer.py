"""The last layer answers where it is asked; answers and gradients are what they would be."""

from __future__ import annotations

import pytest
import torch
from transformers.modeling_utils import PreTrainedModel

from core.training.last_layer import LastLayer
from tests.core.training.families import FAMILIES, kin

WINDOWS, LENGTH = 3, 9
IDS = torch.arange(3, 3 + WINDOWS * LENGTH).view(WINDOWS, LENGTH)
MASK = torch.ones_like(IDS)
MASK[1, 6:] = 0
ASKED = torch.zeros(WINDOWS, LENGTH, dtype=torch.bool)
ASKED[0, [1, 2, 5]] = ASKED[1, [1, 4]] = True


def encoder(family: str) -> PreTrainedModel:
    made = kin(family)
    made.train(False)
    return made


def learned(model: PreTrainedModel, asked: torch.Tensor) -> tuple[torch.Tensor, list[torch.Tensor]]:
    """Return what is answered where that is asked for, and all gradients of a loss on it."""
    answers = model(input_ids=IDS, attention_mask=MASK).logits[asked]
    torch.autograd.backward(
        (answers * torch.arange(1.0, answers.numel() + 1).view_as(answers)).sum()
    )
    return answers.detach(), [
        torch.zeros_like(parameter) if parameter.grad is None else parameter.grad
        for parameter in model.parameters()
    ]


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("asked", [ASKED, torch.ones_like(ASKED)], ids=["some", "every"])
def test_answers_and_gradients_are_what_they_were(family: str, asked: torch.Tensor) -> None:
    plain, model = encoder(family), encoder(family)
    expected, gradients = learned(plain, asked)
    with LastLayer(model).answering(asked):
        found, ours = learned(model, asked)
    torch.testing.assert_close(found, expected, rtol=1e-5, atol=1e-6)
    for one, other in zip(ours, gradients, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-4, atol=1e-5)


def rows_of_feed_forward(model: PreTrainedModel) -> list[int]:
    """Return how many sub-tokens each layer's feed-forward products go over, from now on."""
    seen: list[int] = []
    for layer in model.base_model.encoder.layer:  # type: ignore[union-attr]
        layer.intermediate.register_forward_pre_hook(
            lambda _module, given: seen.append(given[0].flatten(0, -2).shape[0])
        )
    return seen


@pytest.mark.parametrize("family", ["bert", "roberta", "electra", "deberta-v2"])
def test_the_last_layer_alone_goes_over_fewer(family: str) -> None:
    model = encoder(family)
    last_layer, asked = LastLayer(model), torch.zeros(8, 12, dtype=torch.bool)
    asked[:, 2:5] = True
    seen = rows_of_feed_forward(model)
    with last_layer.answering(asked):
        model(torch.ones_like(asked, dtype=torch.long))
    assert seen == [96, 32]


def test_nothing_is_left_out_where_nobody_says_what_is_asked() -> None:
    plain, model = encoder("bert"), encoder("bert")
    last_layer = LastLayer(model)
    with last_layer.answering(ASKED):
        model(IDS)
    assert torch.equal(model(IDS).logits, plain(IDS).logits)


def test_after_a_fault_all_is_computed_again() -> None:
    model = encoder("bert")
    with pytest.raises(RuntimeError, match="stop"), LastLayer(model).answering(ASKED):
        raise RuntimeError("stop")
    assert torch.equal(model(IDS).logits, encoder("bert")(IDS).logits)


def test_a_batch_in_which_nothing_is_asked_teaches_nothing() -> None:
    model = encoder("bert")
    with LastLayer(model).answering(torch.zeros_like(ASKED)):
        logits = model(IDS).logits
        torch.autograd.backward(0.0 * logits.sum())
    assert logits.shape == (WINDOWS, LENGTH, 2)
    for parameter in model.parameters():
        assert parameter.grad is None or not parameter.grad.any()


def test_it_goes_with_a_narrow_stream() -> None:
    plain, model = encoder("bert"), encoder("bert")
    with torch.autocast("cpu", dtype=torch.bfloat16):
        expected, _ = learned(plain, ASKED)
        with LastLayer(model).answering(ASKED):
            found, gradients = learned(model, ASKED)
    torch.testing.assert_close(found.float(), expected.float(), rtol=0.05, atol=0.02)
    assert all(gradient.isfinite().all() for gradient in gradients)
