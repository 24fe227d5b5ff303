"""Embeddings cut down to what occurs: the same numbers in, the same training, whole at the end."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from transformers.modeling_utils import PreTrainedModel

from core.inference.heads import Head, HeadKind
from core.inference.model import new_model
from core.training.compact_embeddings import CompactEmbedding, CompactVocabulary

READ = [7, 3, 11, 5, 3]


def model_of(backbone: Path) -> PreTrainedModel:
    torch.manual_seed(1)
    model = new_model(str(backbone), Head(HeadKind.SOFTMAX, ("sign",)), fused=False)
    model.train(False)
    return model


def table_of(model: PreTrainedModel) -> torch.Tensor:
    table = model.get_input_embeddings()
    assert isinstance(table, torch.nn.Embedding)
    return table.weight.detach()


def learn(model: PreTrainedModel) -> None:
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2, weight_decay=0.0)
    for _ in range(3):
        optimizer.zero_grad()
        answer = model(input_ids=torch.tensor([READ])).logits
        torch.autograd.backward(answer.square().sum())
        optimizer.step()


def test_a_training_is_the_same_with_the_small_table(backbone: Path) -> None:
    whole, small = model_of(backbone), model_of(backbone)
    vocabulary = CompactVocabulary(small, {*READ, 9})
    table = small.get_input_embeddings()
    assert isinstance(table, CompactEmbedding)
    assert table.rows.tolist() == [0, 3, 5, 7, 9, 11]  # 0 is the padding
    learn(whole)
    learn(small)
    vocabulary.make_whole()
    assert type(small.get_input_embeddings()) is torch.nn.Embedding
    wanted = whole.state_dict()
    found = small.state_dict()
    assert wanted.keys() == found.keys()
    for name, value in wanted.items():
        torch.testing.assert_close(found[name], value, rtol=1e-5, atol=1e-7)


def test_what_was_not_to_occur_is_refused(backbone: Path) -> None:
    model = model_of(backbone)
    CompactVocabulary(model, {3, 5})
    with pytest.raises(IndexError):
        model(input_ids=torch.tensor([[3, 4]]))


def test_rows_that_nothing_taught_stay_as_they_were(backbone: Path) -> None:
    model = model_of(backbone)
    before = table_of(model).clone()
    vocabulary = CompactVocabulary(model, READ)
    learn(model)
    vocabulary.make_whole()
    after = table_of(model)
    changed = (before != after).any(dim=1).nonzero().flatten().tolist()
    assert changed == sorted(set(READ))
