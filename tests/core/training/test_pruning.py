from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import AutoConfig, AutoModelForTokenClassification
from transformers.modeling_utils import PreTrainedModel

from core.inference.heads import Head, HeadKind
from core.inference.model import load_model, new_model, save_tokenizer
from core.inference.settings import ModelSettings, read_settings, write_settings
from core.schema.documents import LabelledDocument
from core.schema.errors import KnownError
from core.training.control import Control, StoppedByUserError
from core.training.pruning import feed_forward_layers, prune, write_pruned
from tests.core.training.bench import LABELS, RECIPE, Bench

IDS = torch.tensor([[101, 2002, 2001, 2445, 7005, 102]])


@pytest.fixture
def model_folder(backbone: Path, tmp_path: Path) -> Path:
    """A model whose even inner neurons have no way out."""
    head = Head(HeadKind.SOFTMAX, LABELS)
    torch.manual_seed(3)
    model = new_model(str(backbone), head)
    with torch.no_grad():
        for _, outer in feed_forward_layers(model):
            outer.weight[:, ::2] = 0
            outer.weight *= 20
    folder = tmp_path / "model"
    save_tokenizer(str(backbone), folder)
    model.save_pretrained(folder)
    write_settings(folder, ModelSettings(LABELS, max_length=64, overlap=16, temperature=1.3))
    return folder


def logits(model: PreTrainedModel) -> torch.Tensor:
    with torch.inference_mode():
        answer: torch.Tensor = model(input_ids=IDS, attention_mask=torch.ones_like(IDS)).logits
    return answer


def test_what_does_nothing_is_taken_out_and_nothing_is_lost(
    model_folder: Path, train_documents: list[LabelledDocument], tmp_path: Path
) -> None:
    out = tmp_path / "pruned"
    write_pruned(model_folder, out, share=0.5, documents=train_documents, seed=1)
    before, pruned = load_model(model_folder), load_model(out)
    assert pruned.config.intermediate_size == before.config.intermediate_size // 2 == 32
    assert (out / "model.safetensors").stat().st_size < (
        model_folder / "model.safetensors"
    ).stat().st_size
    torch.testing.assert_close(logits(pruned), logits(before))
    assert read_settings(out) == read_settings(model_folder)


def test_more_than_that_changes_what_the_model_says(
    model_folder: Path, train_documents: list[LabelledDocument], tmp_path: Path
) -> None:
    write_pruned(model_folder, tmp_path / "out", share=0.8, documents=train_documents, seed=1)
    pruned = load_model(tmp_path / "out")
    # A fifth of 64, to the next multiple of 8.
    assert pruned.config.intermediate_size == 16
    assert not torch.allclose(logits(pruned), logits(load_model(model_folder)))


def test_a_pruned_model_is_trained_on(
    bench: Bench, model_folder: Path, train_documents: list[LabelledDocument], tmp_path: Path
) -> None:
    out = tmp_path / "pruned"
    write_pruned(model_folder, out, share=0.5, documents=train_documents, seed=1)
    bench.start_model = out
    bench.go(replace(RECIPE, epochs=1))
    assert load_model(bench.model_folder).config.intermediate_size == 32


def test_it_can_be_cancelled(
    model_folder: Path, train_documents: list[LabelledDocument], tmp_path: Path
) -> None:
    control = Control()
    control.cancel()
    with pytest.raises(StoppedByUserError):
        write_pruned(
            model_folder,
            tmp_path / "out",
            share=0.5,
            documents=train_documents,
            seed=1,
            check=control.check,
        )
    assert not (tmp_path / "out").exists()


_SIZES = {
    "vocab_size": 50,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "hidden_size": 16,
    "intermediate_size": 32,
    "max_position_embeddings": 40,
}


def other(family: str, **sizes: Any) -> PreTrainedModel:
    config = AutoConfig.for_model(family, **{**_SIZES, **sizes})
    model: PreTrainedModel = AutoModelForTokenClassification.from_config(config)  # type: ignore[no-untyped-call]  # untyped there
    return model


@pytest.mark.parametrize(
    ("family", "sizes"),
    [
        ("roberta", {}),
        ("deberta-v2", {}),
        ("distilbert", {"dim": 16, "hidden_dim": 32, "n_layers": 2, "n_heads": 2}),
    ],
)
def test_other_families_are_pruned_alike(family: str, sizes: dict[str, int]) -> None:
    model = other(family, **sizes)
    pairs = feed_forward_layers(model)
    assert len(pairs) == 2
    prune(model, [torch.arange(32.0) for _ in pairs], share=0.5)
    assert [(inner.out_features, outer.in_features) for inner, outer in pairs] == [(16, 16)] * 2
    size = model.config.hidden_dim if family == "distilbert" else model.config.intermediate_size
    assert size == 16


@pytest.mark.parametrize(
    ("family", "sizes"),
    [
        (
            "modernbert",
            {
                "pad_token_id": 0,
                "cls_token_id": 1,
                "sep_token_id": 2,
                "bos_token_id": 1,
                "eos_token_id": 2,
            },
        ),
        ("bert", {"intermediate_size": 16}),
    ],
)
def test_what_cannot_be_pruned_is_said(family: str, sizes: dict[str, int]) -> None:
    with pytest.raises(KnownError, match="cannot be pruned"):
        feed_forward_layers(other(family, **sizes))
