"""Prediction with a model in memory: spans, confidence and uncertainties of documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from transformers.modeling_utils import PreTrainedModel

from core.inference.decoding import decode, softmax
from core.inference.devices import autocast_type, choose_device, choose_precision
from core.inference.encoding import EncodedWindow, Encoder, batches_by_length
from core.inference.model import ModelSettings, load_encoder, load_model, read_settings
from core.learning.strategies import uncertainties
from core.schema.documents import Document
from core.schema.learning import Precision, ScoredDocument
from core.text.words import document_words

Floats = NDArray[np.float64]
_TOKENS_IN_BATCH = 8192


def nothing_to_check() -> None:
    """Stand in for a check that may end the work; never does."""


def window_logits(
    model: PreTrainedModel,
    windows: Sequence[EncodedWindow],
    *,
    device: torch.device,
    precision: Precision,
    check: Callable[[], None] = nothing_to_check,
) -> list[Floats]:
    """Run a model over windows in batches of like length.

    Args:
        model: In evaluation mode, on the device.
        windows: What to read.
        device: Where the model is.
        precision: Arithmetic of the encoder.
        check: Called before each batch; may raise to end the work.

    Returns:
        For each window the logits at its words' first sub-tokens, shape (words, tags).
    """
    logits: list[Floats] = [np.zeros((0, 0))] * len(windows)
    lengths = [len(window.ids) for window in windows]
    dtype = autocast_type(precision)
    padding = int(model.config.pad_token_id or 0)
    for batch in batches_by_length(lengths, _TOKENS_IN_BATCH):
        check()
        longest = max(lengths[index] for index in batch)
        ids = torch.full((len(batch), longest), padding)
        mask = torch.zeros((len(batch), longest), dtype=torch.long)
        for row, index in enumerate(batch):
            ids[row, : lengths[index]] = torch.tensor(windows[index].ids)
            mask[row, : lengths[index]] = 1
        with (
            torch.inference_mode(),
            torch.autocast(device.type, dtype=dtype or torch.bfloat16, enabled=dtype is not None),
        ):
            output = model(input_ids=ids.to(device), attention_mask=mask.to(device)).logits
        answers = output.float().cpu().numpy().astype(np.float64)
        for row, index in enumerate(batch):
            logits[index] = answers[row, windows[index].heads]
    return logits


def stitch(
    windows: Sequence[EncodedWindow], logits: Sequence[Floats], documents: int, tags: int
) -> list[Floats]:
    """Put windows' answers together: for each document the logits of its words, (words, tags)."""
    parts: list[list[Floats]] = [[] for _ in range(documents)]
    for item, answers in zip(windows, logits, strict=True):
        window = item.window
        core = slice(window.core_first - window.first, window.core_last - window.first)
        parts[item.document].append(answers[core])
    return [np.concatenate(part) if part else np.zeros((0, tags)) for part in parts]


def document_logits(
    model: PreTrainedModel,
    encoder: Encoder,
    documents: Sequence[Document],
    *,
    device: torch.device,
    precision: Precision,
    check: Callable[[], None] = nothing_to_check,
) -> list[Floats]:
    """Return for each document the logits of its words, shape (words, tags)."""
    windows: list[EncodedWindow] = []
    for index, document in enumerate(documents):
        check()
        windows += encoder.encode(document.text, document_words(document), index)
    logits = window_logits(model, windows, device=device, precision=precision, check=check)
    return stitch(windows, logits, len(documents), len(model.config.id2label or {}))


class Predictor:
    """A model folder kept in memory.

    Attributes:
        folder: Where it was read from.
        wanted_device: The device as it was asked for.
        settings: Its labels and sizes.
    """

    def __init__(
        self, folder: Path, *, device: str = "auto", precision: Precision = Precision.FP32
    ) -> None:
        """Load a model.

        Args:
            folder: Of a model that Chartmark trained.
            device: ``auto`` or a device's name.
            precision: What the clinician sees is computed in fp32; a probe chooses for ``auto``.

        Raises:
            KnownError: The folder holds no such model, or the device is not here.
        """
        self.folder = folder
        self.wanted_device = device
        self.settings: ModelSettings = read_settings(folder)
        self._device = choose_device(device)
        self._precision = choose_precision(self._device, precision)
        self._encoder = load_encoder(folder, self.settings)
        self._model = load_model(folder)
        torch.nn.Module.to(self._model, self._device)

    def predict(
        self,
        documents: Sequence[Document],
        *,
        seed: int = 0,
        check: Callable[[], None] = nothing_to_check,
    ) -> list[ScoredDocument]:
        """Return spans with calibrated confidence, and the score of every query strategy.

        Args:
            documents: What to read.
            seed: Of the random strategy.
            check: Called before each batch; may raise to end the work.
        """
        logits = document_logits(
            self._model,
            self._encoder,
            documents,
            device=self._device,
            precision=self._precision,
            check=check,
        )
        answers = []
        for document, rows in zip(documents, logits, strict=True):
            probabilities = softmax(rows, self.settings.temperature)
            spans = decode(probabilities, document_words(document), self.settings.labels)
            scores = uncertainties(probabilities, document_id=document.id, seed=seed)
            answers.append(ScoredDocument(document.id, spans, scores))
        return answers
