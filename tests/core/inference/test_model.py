"""Model folders and backbones: what is taken, and what is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from core.inference import model as models
from core.inference.heads import Head, HeadKind
from core.inference.model import (
    embedded_backbone,
    encoder_family,
    find_backbone,
    load_model,
    longest_window,
    new_model,
    save_tokenizer,
)
from core.inference.predict import Predictor
from core.inference.settings import ModelSettings, read_settings, write_settings
from core.schema.documents import Document
from core.schema.errors import KnownError

LABELS = ("drug", "disease")
HEAD = Head(HeadKind.SOFTMAX, LABELS)


@pytest.fixture
def copy(backbone: Path, tmp_path: Path) -> Path:
    """A copy of the tiny backbone that a test may spoil."""
    return shutil.copytree(backbone, tmp_path / "backbone")


def edit_config(folder: Path, **changes: object) -> None:
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    (folder / "config.json").write_text(json.dumps(config | changes), encoding="utf-8")


def test_the_embedded_backbone_is_checked_and_found() -> None:
    assert (embedded_backbone() / "config.json").is_file()
    assert find_backbone(None) == find_backbone("") == str(embedded_backbone())


def test_an_embedded_backbone_with_other_weights_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(models, "_EMBEDDED_SHA256", "0" * 64)
    with pytest.raises(KnownError, match="damaged"):
        find_backbone(None)


def test_a_missing_embedded_backbone_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "_EMBEDDED_PACKAGE", "no_such_package")
    with pytest.raises(KnownError, match="missing"):
        find_backbone(None)


def test_an_encoder_published_in_half_precision_is_trained_in_full(copy: Path) -> None:
    weights = copy / "model.safetensors"
    save_file({name: value.half() for name, value in load_file(weights).items()}, weights)
    edit_config(copy, dtype="float16")
    model = new_model(str(copy), HEAD)
    assert {parameter.dtype for parameter in model.parameters()} == {torch.float32}


def test_a_folder_with_pickled_weights_only_is_refused(copy: Path) -> None:
    (copy / "model.safetensors").unlink()
    torch.save({"weight": torch.zeros(1)}, copy / "pytorch_model.bin")
    with pytest.raises(KnownError, match="does not open pickled weights"):
        find_backbone(str(copy))
    with pytest.raises(KnownError, match="cannot be loaded"):
        new_model(str(copy), HEAD)


def test_pickled_weights_beside_safetensors_are_never_opened(copy: Path) -> None:
    (copy / "pytorch_model.bin").write_bytes(b"no pickle at all")
    assert new_model(find_backbone(str(copy)), HEAD).config.num_labels == 5


def test_code_in_a_backbone_is_never_run(copy: Path, tmp_path: Path) -> None:
    trace = tmp_path / "was here"
    (copy / "code.py").write_text(f"open({str(trace)!r}, 'w').close()", encoding="utf-8")
    edit_config(
        copy,
        model_type="bertling",
        auto_map={
            "AutoConfig": "code.Config",
            "AutoModelForTokenClassification": "code.Model",
            "AutoTokenizer": ["code.Tokenizer", "code.Tokenizer"],
        },
    )
    with pytest.raises(KnownError, match="cannot be loaded"):
        new_model(str(copy), HEAD)
    with pytest.raises(KnownError, match="cannot be loaded"):
        longest_window(str(copy))
    assert not trace.exists()


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="holds no Hugging Face model"):
        find_backbone(str(tmp_path))


def test_a_hub_name_needs_the_network_to_be_allowed() -> None:
    with pytest.raises(KnownError, match="no folder some/encoder"):
        find_backbone("some/encoder")
    assert find_backbone("some/encoder", allow_network=True) == "some/encoder"


def test_an_unreachable_hub_is_a_known_error() -> None:
    with pytest.raises(KnownError, match="cannot be loaded"):
        new_model("some/encoder", HEAD)


def test_cut_off_weights_are_a_known_error(copy: Path) -> None:
    weights = (copy / "model.safetensors").read_bytes()
    (copy / "model.safetensors").write_bytes(weights[:1000])
    with pytest.raises(KnownError, match="cannot be loaded"):
        new_model(str(copy), HEAD)


def test_a_fresh_model_knows_its_tags_and_drops_no_attention(backbone: Path) -> None:
    model = new_model(str(backbone), HEAD, fused=False)
    assert model.config.id2label == dict(
        enumerate(["O", "B-drug", "I-drug", "B-disease", "I-disease"])
    )
    assert model.config.attention_probs_dropout_prob == 0.0
    assert model.config.hidden_dropout_prob == 0.1
    assert model.config._attn_implementation == "eager"


def test_windows_are_no_longer_than_the_model_reads(copy: Path) -> None:
    assert encoder_family(str(copy)) == "bert"
    assert longest_window(str(copy)) == 128
    edit_config(copy, model_type="roberta", max_position_embeddings=514, pad_token_id=1)
    assert longest_window(str(copy)) == 512
    config = json.dumps({"model_type": "t5"})
    (copy / "config.json").write_text(config, encoding="utf-8")
    assert longest_window(str(copy)) > 100_000


def test_a_backbone_without_a_tokenizer_is_a_known_error(copy: Path, tmp_path: Path) -> None:
    for name in ("tokenizer.json", "vocab.txt", "tokenizer_config.json"):
        (copy / name).unlink()
    with pytest.raises(KnownError, match="tokenizer cannot be used"):
        save_tokenizer(str(copy), tmp_path / "out")


def test_a_models_tokenizer_goes_on_without_forms_of_its_weights(
    model_folder: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(model_folder, tmp_path / "model")
    (copy / "model.int8.onnx").write_bytes(b"of the weights that are continued")
    (copy / "pruned").mkdir()
    save_tokenizer(str(copy), tmp_path / "out")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert "tokenizer.json" in names
    assert not names & {"model.int8.onnx", "pruned", "chartmark.json", "config.json"}


def test_settings_come_back_as_written(tmp_path: Path) -> None:
    for head in HeadKind:
        settings = ModelSettings(LABELS, 128, 32, 1.25, "MiniLM", {"torch": "2.13.0"}, head)
        write_settings(tmp_path, settings)
        assert read_settings(tmp_path) == settings


def test_settings_from_before_there_were_two_heads_mean_softmax(
    model_folder: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(model_folder, tmp_path / "model")
    file = folder / "chartmark.json"
    content = json.loads(file.read_bytes())
    assert content.pop("head") == "softmax"
    file.write_text(json.dumps(content), encoding="utf-8")
    assert read_settings(folder).head is HeadKind.SOFTMAX
    text = Document(1, "note", "No sign of cancer ; insulin was stopped .")
    older, newer = Predictor(folder, device="cpu"), Predictor(model_folder, device="cpu")
    assert older.predict([text]) == newer.predict([text])


def test_outputs_are_named_by_the_head(backbone: Path) -> None:
    config = new_model(str(backbone), Head(HeadKind.MULTI_LABEL, LABELS)).config
    names = ["drug:O", "drug:B", "drug:I", "disease:O", "disease:B", "disease:I"]
    assert config.id2label == dict(enumerate(names))
    assert config.label2id == {name: index for index, name in enumerate(names)}


def test_a_folder_of_another_program_is_no_model(backbone: Path) -> None:
    with pytest.raises(KnownError, match="no model of Chartmark's"):
        load_model(backbone)


@pytest.mark.parametrize("missing", ["model.safetensors", "config.json", "tokenizer.json"])
def test_a_damaged_model_is_a_known_error(model_folder: Path, tmp_path: Path, missing: str) -> None:
    folder = shutil.copytree(model_folder, tmp_path / "model")
    (folder / missing).unlink()
    with pytest.raises(KnownError, match="damaged"):
        Predictor(folder, device="cpu")


def test_a_model_folder_holds_no_pickle(model_folder: Path) -> None:
    names = {path.name for path in model_folder.iterdir()}
    assert {"model.safetensors", "config.json", "tokenizer.json", "chartmark.json"} <= names
    assert not [name for name in names if name.endswith((".bin", ".pt", ".pth", ".pkl"))]
