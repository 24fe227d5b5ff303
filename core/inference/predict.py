"""Prediction with a model in memory: spans, confidence and uncertainties of documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import AutoConfig
from transformers.modeling_utils import PreTrainedModel

from core.inference import batching
from core.inference.batching import Floats, Forward, nothing_to_check
from core.inference.devices import autocast_type, choose_device, choose_precision
from core.inference.encoding import EncodedWindow, Encoder
from core.inference.model import load_encoder, load_model
from core.inference.scoring import Scorer
from core.inference.session import INT8_MODEL, OnnxModel
from core.inference.settings import ModelSettings, read_settings
from core.schema.documents import Document
from core.schema.learning import Precision


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
    windows = batching.encode_documents(encoder, documents, check=check)
    return encoded_logits(
        model, windows, len(documents), device=device, precision=precision, check=check
    )


def encoded_logits(
    model: PreTrainedModel,
    windows: Sequence[EncodedWindow],
    documents: int,
    *,
    device: torch.device,
    precision: Precision,
    check: Callable[[], None] = nothing_to_check,
) -> list[Floats]:
    """Return for each document the logits of its words, as ``document_logits`` does.

    Args:
        model: In evaluation mode, on the device.
        windows: Of all documents.
        documents: How many these are.
        device: Where the model is.
        precision: Arithmetic of the encoder.
        check: Called before each batch; may raise to end the work.
    """
    forward = _forward(model, device, precision)
    logits = batching.window_logits(forward, windows, padding=_padding(model), check=check)
    return batching.stitch(windows, logits, documents, len(model.config.id2label or {}))


class Predictor(Scorer):
    """A model folder kept in memory, in full precision.

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
        where = choose_device(device)
        encoder = load_encoder(folder, self.settings)
        model = load_model(folder)
        torch.nn.Module.to(model, where)
        super().__init__(
            forward=_forward(model, where, choose_precision(where, precision)),
            encoder=encoder,
            head=self.settings.output_head(),
            temperature=self.settings.temperature,
            padding=_padding(model),
        )


class Int8Predictor(Scorer):
    """A model folder's int8 form kept in memory: for many documents on the CPU.

    Attributes:
        folder: Where it was read from.
    """

    def __init__(self, folder: Path, *, threads: int) -> None:
        """Load a model.

        Args:
            folder: Of a model that Chartmark trained, with its ``INT8_MODEL``.
            threads: Batches that are computed at the same time.

        Raises:
            KnownError: The folder holds no such model, or its int8 form is damaged.
        """
        self.folder = folder
        settings = read_settings(folder)
        super().__init__(
            # A thread for each batch: several on one product wait for each other too often.
            forward=OnnxModel(folder / INT8_MODEL, threads=1),
            encoder=load_encoder(folder, settings),
            head=settings.output_head(),
            temperature=settings.temperature,
            padding=int(AutoConfig.from_pretrained(folder).pad_token_id or 0),
            threads=threads,
        )


def _forward(model: PreTrainedModel, device: torch.device, precision: Precision) -> Forward:
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

    return forward


def _padding(model: PreTrainedModel) -> int:
    return int(model.config.pad_token_id or 0)
