"""Prediction with a model in memory: spans, confidence and uncertainties of documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from transformers.modeling_utils import PreTrainedModel

from core.inference import batching
from core.inference.batching import nothing_to_check
from core.inference.devices import autocast_type, choose_device, choose_precision
from core.inference.encoding import Encoder
from core.inference.heads import Head
from core.inference.model import ModelSettings, load_encoder, load_model, read_settings
from core.learning.strategies import uncertainties
from core.schema.documents import Document
from core.schema.learning import Precision, ScoredDocument
from core.text.words import document_words

Floats = NDArray[np.float64]


def document_logits(
    model: PreTrainedModel,
    encoder: Encoder,
    documents: Sequence[Document],
    *,
    device: torch.device,
    precision: Precision,
    check: Callable[[], None] = nothing_to_check,
) -> list[Floats]:
    """Return for each document the logits of its words, shape (words, outputs).

    Args:
        model: In evaluation mode, on the device.
        encoder: Turns words into the model's windows.
        documents: What to read.
        device: Where the model is.
        precision: Arithmetic of the encoder.
        check: Called before each document and each batch; may raise to end the work.
    """
    dtype = autocast_type(precision)

    def forward(ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        with (
            torch.inference_mode(),
            torch.autocast(device.type, dtype=dtype or torch.bfloat16, enabled=dtype is not None),
        ):
            output = model(
                input_ids=torch.from_numpy(ids).to(device),
                attention_mask=torch.from_numpy(mask).to(device),
            ).logits
        return np.asarray(output.float().cpu().numpy(), dtype=np.float32)

    return batching.document_logits(
        forward,
        encoder,
        documents,
        tags=len(model.config.id2label or {}),
        padding=int(model.config.pad_token_id or 0),
        check=check,
    )


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
        self._head = Head(self.settings.head, self.settings.labels)
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
            probabilities = self._head.probabilities(rows, self.settings.temperature)
            spans = self._head.decode(probabilities, document_words(document))
            scores = uncertainties(probabilities, document_id=document.id, seed=seed)
            answers.append(ScoredDocument(document.id, spans, scores))
        return answers
