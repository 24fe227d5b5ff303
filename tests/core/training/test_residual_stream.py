"""What the layers add to is bf16 under autocast on a CPU, and nothing else is otherwise."""

from __future__ import annotations

import pytest
import torch
from transformers import BertConfig, GPT2Config
from transformers import BertForTokenClassification as Bert
from transformers import GPT2ForTokenClassification as Gpt2
from transformers.modeling_utils import PreTrainedModel

from core.training.residual_stream import narrow_stream
from tests.core.training.families import FAMILIES, kin

IDS = torch.arange(12).view(2, 6)


def bert() -> Bert:
    torch.manual_seed(2)
    config = BertConfig(
        vocab_size=50,
        hidden_size=16,
        num_hidden_layers=3,
        num_attention_heads=2,
        intermediate_size=32,
    )
    made = Bert(config)
    made.train(False)
    return made


def between_layers(model: PreTrainedModel, *, autocast: bool) -> set[torch.dtype]:
    seen: set[torch.dtype] = set()
    layers = [
        layer
        for module in model.modules()
        if isinstance(module, torch.nn.ModuleList)
        for layer in module
    ]
    hooks = [
        layer.register_forward_pre_hook(lambda _module, given: seen.add(given[0].dtype))
        for layer in layers
    ]
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=autocast):
        model(IDS)
    for hook in hooks:
        hook.remove()
    return seen


def test_it_is_narrow_from_the_first_layer_to_the_last() -> None:
    model = bert()
    assert torch.float32 in between_layers(model, autocast=True)
    narrow_stream(model)
    assert between_layers(model, autocast=True) == {torch.bfloat16}


def test_without_autocast_nothing_changes() -> None:
    plain, narrowed = bert(), bert()
    narrow_stream(narrowed)
    assert between_layers(narrowed, autocast=False) == {torch.float32}
    assert torch.equal(plain(IDS).logits, narrowed(IDS).logits)


def test_the_answer_is_that_of_autocast_but_for_rounding() -> None:
    plain, narrowed = bert(), bert()
    narrow_stream(narrowed)
    exact = plain(IDS).logits
    with torch.autocast("cpu", dtype=torch.bfloat16):
        usual, ours = plain(IDS).logits.float(), narrowed(IDS).logits.float()
    assert (ours - exact).abs().max() < 3 * (usual - exact).abs().max() + 0.01


def test_parameters_and_their_gradients_stay_wide() -> None:
    model = bert()
    narrow_stream(model)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        loss = model(IDS).logits.float().square().sum()
    loss.backward()
    for parameter in model.parameters():
        if parameter.grad is not None:
            assert parameter.dtype == parameter.grad.dtype == torch.float32
    assert model.bert.embeddings.word_embeddings.weight.grad is not None


@pytest.mark.parametrize("family", FAMILIES)
def test_the_kin_of_bert_learn_with_a_narrow_stream(family: str) -> None:
    model = kin(family)
    narrow_stream(model)
    model.train(False)
    assert between_layers(model, autocast=True) == {torch.bfloat16}
    model.train()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        loss = model(input_ids=IDS, attention_mask=(IDS > 2).long()).logits.float().square().sum()
    loss.backward()
    taught = [parameter.grad for parameter in model.parameters() if parameter.grad is not None]
    assert len(taught) > 10
    assert all(gradient.isfinite().all() for gradient in taught)


def test_a_model_that_normalises_before_each_sum_is_left_alone() -> None:
    model = Gpt2(GPT2Config(vocab_size=50, n_embd=16, n_layer=2, n_head=2, pad_token_id=0))
    narrow_stream(model)
    assert between_layers(model, autocast=True) == {torch.float32}
