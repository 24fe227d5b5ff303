"""One training cut short, in a process of its own, which tells how much memory it took at most."""

from __future__ import annotations

import itertools
import json
import resource
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
import psutil
import torch
from safetensors.numpy import save_file

from core.inference.model import embedded_backbone
from core.schema.documents import Document, LabelledDocument, Span
from core.schema.learning import Precision, Recipe
from core.training.control import Control
from core.training.events import Progress, TrainingEvent
from core.training.run import train
from core.training.schedule import make_schedule

_UPDATES = 2
"""Only from the second update on are the optimizer's states there beside the activations."""
_WINDOWS_FOR_EACH = 12
"""Windows for each of the batch, below which a training takes smaller batches."""
_WORD = "pain"
"""One sub-token of the embedded tokenizer, so that each window is full."""


def random_encoder(folder: Path, config: dict[str, object]) -> Path:
    """Write an encoder of a shape with the embedded tokenizer; its weights are drawn on loading."""
    embedded = embedded_backbone()
    folder.mkdir()
    for name in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt"):
        shutil.copy(embedded / name, folder / name)
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    one = {"embeddings.LayerNorm.bias": np.zeros(int(str(config["hidden_size"])), np.float32)}
    save_file(one, folder / "model.safetensors", metadata={"format": "pt"})
    return folder


def records(count: int, length: int) -> list[LabelledDocument]:
    """Return records that fill one window each."""
    text = " ".join([_WORD] * (length - 2))
    spans = (Span(0, len(_WORD), "sign"),)
    return [
        LabelledDocument(Document(number, f"note {number}", text), spans) for number in range(count)
    ]


def recipe_for(batch: int, micro: int, length: int, precision: str) -> Recipe:
    """Return the recipe by which an update takes so many full windows."""
    lengths = [length] * batch * _WINDOWS_FOR_EACH
    for size in itertools.count(batch):
        recipe = Recipe(
            rounds=1,
            batch_size=size,
            micro_batch_size=micro,
            max_length=length,
            precision=Precision(precision),
        )
        if make_schedule(recipe, lengths, most_at_once=micro).batch_size == batch:
            return recipe
    raise AssertionError


def peak_bytes() -> int:
    """Return the most memory that this process has had resident."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def main() -> None:
    """Train by what standard input says, and print what it took."""
    asked = json.load(sys.stdin)
    length, batch = asked["length"], asked["batch"]
    base = psutil.Process().memory_info().rss
    control = Control()

    def stop(event: TrainingEvent) -> None:
        if isinstance(event, Progress) and event.step >= _UPDATES:
            control.stop_keep_best()

    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        backbone = None
        if asked["config"]:
            backbone = str(random_encoder(folder / "encoder", asked["config"]))
        train(
            train=records(batch * _WINDOWS_FOR_EACH, length),
            dev=records(2, length),
            labels=("sign",),
            recipe=recipe_for(batch, asked["micro"], length, asked["precision"]),
            run_folder=folder / "run",
            model_folder=folder / "model",
            control=control,
            emit=stop,
            backbone=backbone,
            device="cpu",
        )
    print(json.dumps({"base": base, "peak": peak_bytes(), "threads": torch.get_num_threads()}))


if __name__ == "__main__":
    main()
