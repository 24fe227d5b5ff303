"""A tiny encoder without training, and labelled records that it learns within seconds."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from core.schema.documents import Document, LabelledDocument, Split
from core.training import progress, schedule
from tests.core.training.bench import Bench
from tests.core.worker.tiny import make_backbone, records


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Iterator[None]:
    """Tiny matrices are not worth a second thread, that would have to be waited for."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def backbone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a tiny untrained encoder; not to be changed."""
    return make_backbone(tmp_path_factory.mktemp("backbones") / "tiny")


@pytest.fixture(scope="session")
def calm(backbone: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The tiny encoder without dropout, so that nothing but the data decides an update."""
    folder = shutil.copytree(backbone, tmp_path_factory.mktemp("backbones") / "calm")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config["hidden_dropout_prob"] = 0.0
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return str(folder)


def labelled(split: Split) -> list[LabelledDocument]:
    return [
        LabelledDocument(Document(number, item.name, item.text, item.patient_id), item.spans)
        for number, item in enumerate(records(), start=1)
        if item.split is split
    ]


@pytest.fixture(scope="session")
def train_documents() -> list[LabelledDocument]:
    """Records to learn from."""
    return labelled(Split.TRAIN)


@pytest.fixture(scope="session")
def dev_documents() -> list[LabelledDocument]:
    """Records held back."""
    return labelled(Split.DEV)


@pytest.fixture
def bench(
    tmp_path: Path,
    backbone: Path,
    train_documents: list[LabelledDocument],
    dev_documents: list[LabelledDocument],
    monkeypatch: pytest.MonkeyPatch,
) -> Bench:
    # Every update is told, so that losses can be compared one by one.
    monkeypatch.setattr(progress, "_SECONDS_BETWEEN", 0.0)
    # 8 updates an epoch, 40 in all, and checkpoints in the midst of epochs.
    monkeypatch.setattr(schedule, "_LEAST_UPDATES", 1)
    monkeypatch.setattr(schedule, "_UPDATES_BETWEEN", 10)
    monkeypatch.setattr(schedule, "_LEAST_TOKENS", 36)
    return Bench(tmp_path, str(backbone), train_documents, dev_documents)
