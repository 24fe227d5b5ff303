"""What Chartmark keeps beside a model's own configuration, and the file it is in."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from core.inference.chain import Transitions
from core.inference.heads import Head, HeadKind
from core.schema.errors import KnownError
from core.schema.learning import Calibration

SETTINGS_FILE = "chartmark.json"
"""In the folder of each model that Chartmark trained, and in no other."""


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """What Chartmark keeps beside a model's own configuration.

    Attributes:
        labels: The scheme's labels in the order of the outputs.
        max_length: Sub-tokens in a window.
        overlap: Sub-tokens that neighbouring windows share.
        temperature: Divides the logits before they become confidence.
        backbone: What the training began from, as shown.
        versions: Of the libraries that trained it.
        head: What the outputs mean; models from before there were two have the softmax head.
        calibration: Of its confidence on the dev documents; None for older models.
        transitions: Learned scores of transitions between tags; None for older models.
        abbreviations: Whether an abbreviation that a text explains is labelled as its long form;
            older models are read as they always were.
    """

    labels: tuple[str, ...]
    max_length: int
    overlap: int
    temperature: float = 1.0
    backbone: str = ""
    versions: dict[str, str] = field(default_factory=dict)
    head: HeadKind = HeadKind.SOFTMAX
    calibration: Calibration | None = None
    transitions: Transitions | None = None
    abbreviations: bool = False

    def output_head(self) -> Head:
        """Return what the model's outputs mean."""
        return Head(self.head, self.labels, self.transitions, self.abbreviations)


def read_settings(folder: Path) -> ModelSettings:
    """Return what Chartmark keeps beside a model.

    Raises:
        KnownError: The folder does not hold a model that Chartmark trained.
    """
    try:
        return msgspec.json.decode((folder / SETTINGS_FILE).read_bytes(), type=ModelSettings)
    except (OSError, msgspec.MsgspecError) as error:
        raise KnownError(
            "{folder} holds no model of Chartmark's.",
            "Retrain, or choose another version.",
            folder=folder,
        ) from error


def write_settings(folder: Path, settings: ModelSettings) -> None:
    """Write what Chartmark keeps beside a model."""
    (folder / SETTINGS_FILE).write_bytes(msgspec.json.format(msgspec.json.encode(settings)) + b"\n")
