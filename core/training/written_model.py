"""A finished model's folder: written whole beside its place, then put there at once."""

from __future__ import annotations

import shutil
from importlib.metadata import version
from pathlib import Path

from core.inference.heads import Head
from core.inference.model import backbone_name
from core.inference.settings import ModelSettings, write_settings
from core.schema.learning import Calibration
from core.training.checkpoints import part_of
from core.training.material import Material
from core.training.ready_model import ReadyModel


def write_model(
    folder: Path,
    model: ReadyModel,
    head: Head,
    *,
    material: Material,
    overlap: int,
    temperature: float,
    calibration: Calibration | None,
    backbone: str,
) -> None:
    """Write a model that is trained; it cannot be trained any further.

    Args:
        folder: Where it is put; what is there is replaced.
        model: With its whole table of sub-tokens.
        head: With the steps that its chain has learned.
        material: That it has learned from: tokenizer and length of windows.
        overlap: Sub-tokens that neighbouring windows share.
        temperature: Its logits are divided by it.
        calibration: What its confidence is worth.
        backbone: Folder or hub name of what it was trained from.

    Raises:
        OSError: It cannot be written.
    """
    settings = ModelSettings(
        labels=head.labels,
        head=head.kind,
        transitions=head.transitions,
        max_length=material.max_length,
        overlap=overlap,
        abbreviations=head.abbreviations,
        temperature=temperature,
        backbone=backbone_name(backbone),
        versions={name: version(name) for name in ("chartmark", "torch", "transformers")},
        calibration=calibration,
    )
    part = part_of(folder)
    if part.exists():
        shutil.rmtree(part)
    shutil.copytree(material.tokenizer_folder, part)
    del model.network.chain  # the settings have it
    model.network.save_pretrained(part)
    write_settings(part, settings)
    if folder.exists():
        shutil.rmtree(folder)
    part.rename(folder)
