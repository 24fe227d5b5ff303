"""A tiny encoder without training, and a model folder made from it."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer

from core.inference.heads import Head, HeadKind
from core.inference.model import embedded_backbone, new_model, save_tokenizer
from core.inference.settings import ModelSettings, write_settings
from tests.core.worker.tiny import make_backbone

LABELS = ("drug", "disease")
HEAD = Head(HeadKind.SOFTMAX, LABELS)


@pytest.fixture(scope="session")
def backbone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a tiny untrained encoder; not to be changed."""
    return make_backbone(tmp_path_factory.mktemp("backbones") / "tiny")


@pytest.fixture(scope="session")
def model_folder(backbone: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a model with random weights; not to be changed."""
    folder = tmp_path_factory.mktemp("models") / "tiny"
    torch.manual_seed(5)
    model = new_model(str(backbone), HEAD)
    # Strong weights, so that the answers differ from word to word.
    torch.nn.init.normal_(model.get_parameter("classifier.weight"), std=2.0)
    save_tokenizer(str(backbone), folder)
    model.save_pretrained(folder)
    write_settings(folder, ModelSettings(LABELS, max_length=24, overlap=8, temperature=1.5))
    return folder


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    """The embedded backbone's."""
    return Tokenizer.from_file(str(embedded_backbone() / "tokenizer.json"))
