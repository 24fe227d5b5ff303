"""The shape of an encoder, read from its folder without loading a learning library."""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.schema.errors import KnownError

_NAMES = {
    "layers": ("num_hidden_layers", "n_layers", "n_layer", "num_layers"),
    "hidden": ("hidden_size", "dim", "d_model", "n_embd"),
    "heads": ("num_attention_heads", "n_heads", "n_head"),
    "vocabulary": ("vocab_size",),
}
"""What the families of encoders call the parts of their shape in ``config.json``."""
_INTERMEDIATE = ("intermediate_size", "hidden_dim", "d_ff")
_USUAL_INTERMEDIATE = 4
"""Times the hidden size, where a configuration does not say."""
_DISENTANGLED = {"deberta", "deberta-v2"}
"""Families whose attention has products with relative positions beside that with the content."""
_MOST_HEADER = 100_000_000
"""Bytes that a header of safetensors may have, by its specification."""


@dataclass(frozen=True, slots=True)
class EncoderShape:
    """What the memory of a training follows from.

    Attributes:
        name: As shown.
        layers: Transformer layers.
        hidden: Width between the layers.
        intermediate: Width within a layer's feed-forward part.
        heads: Attention heads of a layer.
        vocabulary: Sub-tokens that have an embedding.
        positions: Sub-tokens that it reads at once; 0 where nothing limits them.
        disentangled: Whether attention is that of He et al. 2021, "DeBERTa".
        parameters: All weights; 0 lets them be counted by ``usual_parameters``.
    """

    name: str
    layers: int
    hidden: int
    intermediate: int
    heads: int
    vocabulary: int
    positions: int = 512
    disentangled: bool = False
    parameters: int = 0

    @property
    def weights(self) -> int:
        """Parameters in all."""
        return self.parameters or usual_parameters(self)

    @property
    def embeddings(self) -> int:
        """Parameters of the table of sub-tokens."""
        return self.vocabulary * self.hidden


def usual_parameters(shape: EncoderShape) -> int:
    """Count the weights of an encoder built as BERT is, without pooling or head.

    DeBERTa has no table of absolute positions, but one of relative ones that is as large.
    """
    wide, inner = shape.hidden, shape.intermediate
    norm = 2 * wide
    attention = 4 * (wide * wide + wide)
    feed_forward = 2 * wide * inner + inner + wide
    layer = attention + feed_forward + 2 * norm
    return shape.embeddings + shape.positions * wide + norm + shape.layers * layer


def read_shape(folder: Path) -> EncoderShape:
    """Read the shape of the encoder in a folder, its weights counted by their own headers.

    Raises:
        KnownError: There is no ``config.json``, or it does not say the shape.
    """
    file = folder / "config.json"
    try:
        config = json.loads(file.read_bytes())
    except (OSError, ValueError) as error:
        raise KnownError(
            "{folder} holds no Hugging Face model.",
            "Choose a folder with a config.json.",
            folder=folder,
        ) from error
    if not isinstance(config, dict):
        raise _shapeless(folder)
    sizes = {name: _number(config, keys) for name, keys in _NAMES.items()}
    if not all(sizes.values()):
        raise _shapeless(folder)
    return EncoderShape(
        name=folder.name,
        **sizes,
        intermediate=_number(config, _INTERMEDIATE) or _USUAL_INTERMEDIATE * sizes["hidden"],
        positions=_number(config, ("max_position_embeddings",)),
        disentangled=config.get("model_type") in _DISENTANGLED,
        parameters=_stored_parameters(folder),
    )


def _shapeless(folder: Path) -> KnownError:
    return KnownError(
        "The configuration in {folder} does not tell the encoder's size.",
        "Choose the folder of an encoder such as BERT, RoBERTa or DeBERTa.",
        folder=folder,
    )


def _number(config: Mapping[str, Any], keys: tuple[str, ...]) -> int:
    """Return the first of some entries that is a number of things; 0 where none is."""
    found = (config.get(key) for key in keys)
    return next((value for value in found if type(value) is int and value > 0), 0)


def _stored_parameters(folder: Path) -> int:
    """Count the weights in a folder by the headers of its files; 0 where there are none."""
    whole = folder / "model.safetensors"
    files = [whole] if whole.is_file() else sorted(folder.glob("model-*.safetensors"))
    return sum(_parameters_in(file) for file in files)


def _parameters_in(file: Path) -> int:
    """Count the weights of a safetensors file: eight bytes of length, then a header in JSON."""
    try:
        with file.open("rb") as stream:
            (length,) = struct.unpack("<Q", stream.read(8))
            header = json.loads(stream.read(min(length, _MOST_HEADER)))
        return sum(
            math.prod(entry["shape"]) for name, entry in header.items() if name != "__metadata__"
        )
    except (OSError, ValueError, struct.error, LookupError, TypeError, AttributeError):
        # A damaged file is told of when it is loaded; here it is merely of no use.
        return 0
