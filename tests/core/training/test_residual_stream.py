"""What the layers add to is bf16 under autocast on a CPU, and nothing else is otherwise."""

from __future__ import annotations

import pytest
import torch
from transformers import BertConfig, DistilBertConfig, GPT2Config
from transformers import BertForTokenClassification as Bert
from transformers import DistilBertForTokenClassification as DistilBert
from transformers import GPT2ForTokenClassification as Gpt2
from transformers.modeling_utils import PreTrainedModel

from core.training.residual_stream import narrow_stream

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


@pytest.mark.parametrize("family", ["distilbert", "gpt2"])
def test_only_a_model_that_normalises_after_each_sum_is_changed(family: str) -> None:
    distil = DistilBertConfig(vocab_size=50, dim=16, n_layers=2, n_heads=2, hidden_dim=32)
    gpt2 = GPT2Config(vocab_size=50, n_embd=16, n_layer=2, n_head=2, pad_token_id=0)
    model = DistilBert(distil) if family == "distilbert" else Gpt2(gpt2)
    model.train(False)
    narrow_stream(model)
    expected = {torch.bfloat16} if family == "distilbert" else {torch.float32}
    assert between_layers(model, autocast=True) == expected
