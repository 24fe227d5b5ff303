"""Backbones made from records' text without labels: built from scratch, or adapted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

import msgspec
import torch
from tokenizers import Tokenizer
from transformers import PreTrainedTokenizerFast, set_seed
from transformers.modeling_utils import PreTrainedModel

from core.inference.coverage import measure_coverage
from core.inference.devices import choose_device
from core.inference.encoding import Encoder
from core.inference.model import find_backbone, load_tokenizer, longest_window, save_tokenizer
from core.schema.documents import Document
from core.schema.errors import KnownError
from core.schema.phrases import phrase
from core.schema.pretraining import Budget, EncoderShape
from core.training.allocator import kept_memory
from core.training.compact_embeddings import CompactVocabulary
from core.training.control import Control
from core.training.guesser import Guesser, fresh_encoder, known_encoder
from core.training.masking import Masker, TextWindow, count_sub_tokens, cut_text
from core.training.new_folder import new_folder
from core.training.pretraining import Pace, Pretrained, Settings, pretrain
from core.training.vocabulary import FIRST, LAST, MASK, PADDING, UNKNOWN, train_vocabulary

DESCRIPTION = "pretraining.json"
"""The file in a backbone's folder that says how it came to be."""

_MASKS = ("[MASK]", "<mask>")
_TOKENS_AT_ONCE = {"cpu": 1024}
"""Sub-tokens in a batch: few enough that a slow CPU looks up in well under two seconds."""
_TOKENS_ELSEWHERE = 8192
_MOST_TOKENS = 20_000_000
"""Sub-tokens of which a pre-training takes account: some 120 MB of memory."""
_LEAST_TOKENS = 200
_LONGEST_ADAPTED = 128
"""Sub-tokens in the windows of an adaptation, as in those of a training by default."""
_MOST_UNKNOWN = 0.5
"""Share of unknown words at which a vocabulary is of no use."""

FROM_SCRATCH = Settings(learning_rate=1e-3)
ADAPTATION = Settings(learning_rate=3e-4, head_speed=10.0, head_first=0.1, hidden=0.3)
"""Little text and time: more is hidden than when building, so that more is learned from a pass."""


class Records(Protocol):
    """Records that can be gone through several times; a list, or something that reads a few."""

    def __len__(self) -> int:
        """Return how many there are."""

    def __iter__(self) -> Iterator[Document]:
        """Give them, each time in the same order."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Who steers a pre-training, and who is told of it.

    Attributes:
        control: Pauses and cancels.
        step: Gets what is being done before the loop, in words.
        pace: Gets the loop's figures.
    """

    control: Control
    step: Callable[[str], None]
    pace: Callable[[Pace], None]


@dataclass(frozen=True, slots=True)
class Description:
    """What a backbone's folder says of itself; never record text."""

    base: str
    seed: int
    records: int
    pretraining: Pretrained
    least_patients: int = 0
    shape: EncoderShape | None = None
    versions: dict[str, str] = field(default_factory=dict)


def build_backbone(
    documents: Records,
    out: Path,
    *,
    shape: EncoderShape,
    least_patients: int,
    budget: Budget,
    seed: int,
    watch: Watch,
    device: str = "auto",
) -> Pretrained:
    """Make a tokenizer and a small BERT from records' text, and write them as a backbone.

    Args:
        documents: In an order drawn by chance: of very many only the first are read.
        out: The folder to make: config.json, model.safetensors, tokenizer.json.
        shape: Of the encoder.
        least_patients: Those in whose records a word must stand to leave a trace in the
            vocabulary (see ``core.training.vocabulary``).
        budget: Of the pre-training.
        seed: Of every random choice.
        watch: Steers and is told.
        device: ``auto`` or a device's name.

    Raises:
        KnownError: There is too little text, the words of too few patients, or no place to
            write.
        StoppedByUserError: It was cancelled; nothing is left behind.
    """
    check = watch.control.check
    chosen = choose_device(device)
    with new_folder(out, mark=DESCRIPTION) as part:
        watch.step(phrase("Collecting the words of the records"))
        tokenizer = train_vocabulary(
            documents, size=shape.vocabulary, least_patients=least_patients, check=check
        )
        if measure_coverage(tokenizer, documents, check=check).unknown_share > _MOST_UNKNOWN:
            raise KnownError(
                "Too few words stand in the records of at least {count} patients.",
                "Import more records, or allow words of fewer patients in the vocabulary.",
                count=least_patients,
            )
        _save_vocabulary(tokenizer, part, shape.max_length)
        windows = _windows(documents, tokenizer, shape.max_length, watch)
        set_seed(seed)
        encoder = fresh_encoder(
            shape,
            entries=tokenizer.get_vocab_size(),
            padding=tokenizer.get_vocab()[PADDING],
            fused=chosen.type != "cpu",
        )
        done = _pretrain(encoder, tokenizer, windows, budget, FROM_SCRATCH, seed, chosen, watch)
        encoder.save_pretrained(part)
        about = Description(
            base="",
            seed=seed,
            records=len(documents),
            pretraining=done,
            least_patients=least_patients,
            shape=shape,
        )
        _describe(part, about)
    return done


def adapt_backbone(
    documents: Records,
    out: Path,
    *,
    backbone: str,
    budget: Budget,
    seed: int,
    watch: Watch,
    device: str = "auto",
) -> Pretrained:
    """Go on pre-training a backbone on records' text, and write it; its tokenizer stays.

    Gururangan et al. 2020, "Don't stop pretraining" (task-adaptive pre-training).

    Args:
        documents: In an order drawn by chance: of very many only the first are read.
        out: The folder to make.
        backbone: Folder of the backbone to begin from; empty for the embedded one.
        budget: Of the pre-training.
        seed: Of every random choice.
        watch: Steers and is told.
        device: ``auto`` or a device's name.

    Raises:
        KnownError: The backbone cannot serve, there is too little text or no place to write.
        StoppedByUserError: It was cancelled; nothing is left behind.
    """
    base = find_backbone(backbone or None)
    chosen = choose_device(device)
    with new_folder(out, mark=DESCRIPTION) as part:
        watch.step(phrase("Loading the backbone"))
        save_tokenizer(base, part)
        tokenizer = load_tokenizer(part)
        length = min(_LONGEST_ADAPTED, longest_window(base))
        windows = _windows(documents, tokenizer, length, watch)
        set_seed(seed)
        encoder = known_encoder(base, fused=chosen.type != "cpu")
        done = _pretrain(encoder, tokenizer, windows, budget, ADAPTATION, seed, chosen, watch)
        encoder.save_pretrained(part)
        about = Description(
            base=Path(base).name if backbone else "all-MiniLM-L6-v2",
            seed=seed,
            records=len(documents),
            pretraining=done,
        )
        _describe(part, about)
    return done


def _windows(
    documents: Records, tokenizer: Tokenizer, length: int, watch: Watch
) -> list[TextWindow]:
    watch.step(phrase("Cutting the records into windows"))
    windows = cut_text(
        documents,
        Encoder(tokenizer, max_length=length, overlap=0),
        most_tokens=_MOST_TOKENS,
        check=watch.control.check,
    )
    if sum(len(window.ids) for window in windows) < _LEAST_TOKENS:
        raise KnownError(
            "There is too little text to learn from.",
            "Import more records; those of the dev and test splits are left out.",
        )
    return windows


def _pretrain(
    encoder: PreTrainedModel,
    tokenizer: Tokenizer,
    windows: list[TextWindow],
    budget: Budget,
    settings: Settings,
    seed: int,
    device: torch.device,
    watch: Watch,
) -> Pretrained:
    mask = next(
        (key for name in _MASKS if (key := tokenizer.token_to_id(name)) is not None),
        None,
    )
    if mask is None:
        raise KnownError(
            "This backbone's tokenizer has no token for a hidden word.",
            "Choose an encoder such as BERT, RoBERTa or DeBERTa.",
        )
    special = {key for key, token in tokenizer.get_added_tokens_decoder().items() if token.special}
    padding = int(encoder.config.pad_token_id or 0)
    counts = count_sub_tokens(windows)
    ordinary = {number: count for number, count in counts.items() if number not in special}
    masker = Masker(
        mask=mask,
        padding=padding,
        ordinary=list(ordinary),
        hidden=settings.hidden,
        tokens=_TOKENS_AT_ONCE.get(device.type, _TOKENS_ELSEWHERE),
        seed=seed,
    )
    # What occurs nowhere need neither be guessed nor go through the optimizer.
    vocabulary = CompactVocabulary(encoder, {*counts, mask, padding})
    guesser = Guesser(encoder)
    guesser.expect(ordinary)
    with kept_memory(device):
        done = pretrain(
            guesser,
            windows,
            masker=masker,
            budget=budget,
            settings=settings,
            device=device,
            control=watch.control,
            tell=watch.pace,
        )
    vocabulary.make_whole()
    return done


def _save_vocabulary(tokenizer: Tokenizer, folder: Path, max_length: int) -> None:
    # Named by the general class: that of BERT would put its own normalisation in the place of
    # the tokenizer's.
    wrapped = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]  # so in the library
        tokenizer_object=tokenizer,
        model_max_length=max_length,
        pad_token=PADDING,
        unk_token=UNKNOWN,
        cls_token=FIRST,
        sep_token=LAST,
        mask_token=MASK,
    )
    wrapped.save_pretrained(folder)


def _describe(folder: Path, about: Description) -> None:
    versions = {name: version(name) for name in ("chartmark", "torch", "transformers")}
    content = msgspec.json.encode({**asdict(about), "versions": versions})
    (folder / DESCRIPTION).write_bytes(msgspec.json.format(content) + b"\n")
