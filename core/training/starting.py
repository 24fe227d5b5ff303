"""What a training begins from: a backbone, or the weights of a model that it continues."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.inference.heads import Head, HeadKind
from core.inference.model import find_backbone, is_model
from core.inference.settings import read_settings
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


def head_to_begin_with(start: str, needed: Head) -> Head:
    """Return the head of the model that is continued, or the one needed where there is none.

    Args:
        start: See ``starting_point``.
        needed: What the labels need, see ``core.training.targets.choose_head``.

    Raises:
        KnownError: The model's head cannot hold the labels.
    """
    if not is_model(Path(start)):
        return needed
    kept = read_settings(Path(start)).output_head()
    if needed.kind is HeadKind.MULTI_LABEL and kept.kind is not HeadKind.MULTI_LABEL:
        raise KnownError(
            "Some labels overlap now, and the model that is to be continued cannot hold those.",
            "Retrain in full.",
        )
    return kept
