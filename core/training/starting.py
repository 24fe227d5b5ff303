"""What a training begins from: a backbone, or the weights of a model that it continues."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.inference.model import find_backbone, read_settings
from core.schema.errors import KnownError


def starting_point(
    *,
    backbone: str | None,
    start_model: Path | None,
    labels: Sequence[str],
    allow_network: bool,
) -> str:
    """Return the folder (or hub name) whose weights are loaded, with its head where it has one.

    Args:
        backbone: Folder or hub name; the embedded encoder if None.
        start_model: Folder of a model of Chartmark's to continue, or None.
        labels: The scheme.
        allow_network: Whether a hub name may be fetched.

    Raises:
        KnownError: There is no such backbone or model, or the model has other labels.
    """
    if start_model is None:
        return find_backbone(backbone, allow_network=allow_network)
    if read_settings(start_model).labels != tuple(labels):
        raise KnownError(
            "The labels have changed since the model was trained that is to be continued.",
            "Retrain in full.",
        )
    return str(start_model)
