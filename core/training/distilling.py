"""Distilling: a small model learns from a bigger one's answers besides what people labelled.

Hinton, Vinyals and Dean 2015, "Distilling the knowledge in a neural network": the student is
brought near to the teacher's softened distribution over the tags of each word. On labelled
records that is added to the loss of the gold tags; on unread ones it is all that there is to learn
from. The teacher reads every record once, beforehand. Its answers are kept for each word, so that
its sub-tokens need not be the student's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import kl_div, log_softmax, softmax

from core.inference.batching import Floats, nothing_to_check
from core.inference.encoding import Encoder
from core.inference.heads import Head
from core.inference.model import load_encoder, load_model
from core.inference.predict import document_logits
from core.inference.settings import read_settings
from core.schema.documents import Document, LabelledDocument
from core.schema.errors import KnownError
from core.schema.learning import Precision
from core.text.words import document_words
from core.training.chain import Chain
from core.training.dataset import IGNORED, Example, PadTogether, WindowDataset
from core.training.trainer import WordTrainer

TEMPERATURE = 2.0
"""Divides both models' scores, so that tags which the teacher holds for unlikely count too."""
_SOFT = "teacher"
"""Name of the teacher's scores in a batch."""


@dataclass(frozen=True, slots=True)
class Teacher:
    """A bigger model, and what it tells the student of besides labelled records.

    Attributes:
        folder: Of a model of the same labels that Chartmark trained.
        unread: Documents without labels, none of them of a patient in dev or test.
    """

    folder: Path
    unread: Sequence[Document] = ()


def teacher_scores(
    folder: Path,
    head: Head,
    documents: Sequence[Document],
    *,
    device: torch.device,
    check: Callable[[], None] = nothing_to_check,
) -> list[Floats]:
    """Return for each document what the teacher says of its words, shape (words, outputs).

    These are scores of tags (``Head.scores``), what it knows of neighbouring words taken in.

    Args:
        folder: Of the teacher, a model of the same labels that Chartmark trained.
        head: Of the student.
        documents: What the student learns from.
        device: Where the teacher computes.
        check: Called before each document and batch; may raise to end the work.

    Raises:
        KnownError: The folder holds no such model, or one of other labels or another head.
    """
    settings = read_settings(folder)
    if (settings.labels, settings.head) != (head.labels, head.kind):
        raise KnownError(
            "The bigger model has other labels than the one that is to learn from it.",
            "Train it anew on the labels of today.",
        )
    model = load_model(folder)
    torch.nn.Module.to(model, device)
    logits = document_logits(
        model,
        load_encoder(folder, settings),
        documents,
        device=device,
        precision=Precision.FP32,
        check=check,
    )
    scores = settings.output_head().scores(logits)
    return [part.reshape(len(part), -1) for part in scores]


def windows_to_learn(
    documents: Sequence[LabelledDocument],
    teacher: Teacher | None,
    encoder: Encoder,
    head: Head,
    *,
    device: torch.device,
    check: Callable[[], None] = nothing_to_check,
) -> WindowDataset:
    """Return the windows of a training, with what the teacher says of them where there is one.

    Args:
        documents: Labelled, with all their spans.
        teacher: The bigger model, or None.
        encoder: Turns words into the student's windows.
        head: Of the student.
        device: Where the teacher computes.
        check: Called before each document; may raise to end the work.

    Raises:
        KnownError: The teacher is of no use to this student.
    """
    if teacher is None:
        return WindowDataset(documents, encoder, head, check=check)
    every = [*(item.document for item in documents), *teacher.unread]
    said = teacher_scores(teacher.folder, head, every, device=device, check=check)
    return TaughtDataset(documents, teacher.unread, said, encoder, head, check=check)


class TaughtDataset(WindowDataset):
    """Windows with the teacher's scores of their words, of labelled and of unread documents."""

    def __init__(
        self,
        documents: Sequence[LabelledDocument],
        unread: Sequence[Document],
        said: Sequence[Floats],
        encoder: Encoder,
        head: Head,
        *,
        check: Callable[[], None] = nothing_to_check,
    ) -> None:
        """Encode documents.

        Args:
            documents: Labelled, with all their spans.
            unread: Without labels.
            said: The teacher's scores of the words of both, in this order.
            encoder: Turns words into the student's windows.
            head: Of the student.
            check: Called before each document; may raise to end the work.
        """
        super().__init__(documents, encoder, head, check=check)
        rows = len(head.rows)
        labelled = [item.document for item in documents]
        self._soft: list[NDArray[np.float32]] = []
        for number, (document, scores) in enumerate(zip([*labelled, *unread], said, strict=True)):
            check()
            for window in encoder.encode(document.text, document_words(document)):
                core = slice(window.window.core_first, window.window.core_last)
                if core.start == core.stop:
                    continue  # as in the windows with labels
                soft = np.full((len(window.ids), head.outputs), np.nan, dtype=np.float32)
                first = window.window.first
                soft[window.heads[core.start - first : core.stop - first]] = scores[core]
                self._soft.append(soft)
                if number >= len(labelled):
                    shape = (len(window.ids), rows) if rows > 1 else (len(window.ids),)
                    self.examples.append(Example(window.ids, np.full(shape, IGNORED)))

    def __getitem__(self, index: int) -> dict[str, Any]:
        """Return a window under the names that models take, and what the teacher says of it."""
        return {**super().__getitem__(index), _SOFT: self._soft[index]}


class PadTaught(PadTogether):
    """Makes a batch of windows with the teacher's scores, which are not a number where none are."""

    def __call__(self, rows: list[dict[str, Any]]) -> dict[str, torch.Tensor]:
        """Return what ``PadTogether`` does, and scores of shape (windows, length, outputs)."""
        batch = super().__call__(rows)
        windows, length = batch["input_ids"].shape
        soft = torch.full((windows, length, rows[0][_SOFT].shape[1]), torch.nan)
        for place, row in zip(soft, rows, strict=True):
            place[: len(row[_SOFT])] = torch.from_numpy(row[_SOFT])
        return {**batch, _SOFT: soft}


class TaughtTrainer(WordTrainer):
    """A trainer whose loss has the teacher's part besides the labels'."""

    def __init__(self, *, chain: Chain, **kwargs: Any) -> None:
        """Prepare; see ``WordTrainer``."""
        super().__init__(chain=chain, **kwargs)
        self.compute_loss_func = self._loss
        self._chain = chain
        self._said = torch.empty(0)

    def compute_loss(
        self, model: torch.nn.Module, inputs: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:  # a tensor, or a tensor with outputs, as the Trainer asks
        """Keep the teacher's part from the model, which has no use for it."""
        self._said = inputs.pop(_SOFT)
        return super().compute_loss(model, inputs, *args, **kwargs)

    def _asked(self, inputs: dict[str, Any]) -> torch.Tensor:
        """Return where the teacher has said something: all words that are taught."""
        return self._said[..., 0].isfinite()

    def _get_num_items_in_batch(
        self, batch_samples: list[dict[str, torch.Tensor]], device: torch.device
    ) -> torch.Tensor | int | None:
        """Return the words of an update that are taught at all, labelled or not."""
        taught = [
            {"labels": torch.where(batch[_SOFT][..., 0].isfinite(), 0, IGNORED)}
            for batch in batch_samples
        ]
        return super()._get_num_items_in_batch(taught, device)

    def _loss(
        self,
        outputs: Any,
        targets: torch.Tensor,
        num_items_in_batch: torch.Tensor | int | None = None,
    ) -> torch.Tensor:
        return taught_loss(
            outputs["logits"], targets, self._said, num_items_in_batch, chain=self._chain
        )


def taught_loss(
    logits: torch.Tensor,
    targets: torch.Tensor,
    said: torch.Tensor,
    words: torch.Tensor | int | None = None,
    *,
    chain: Chain,
) -> torch.Tensor:
    """Return a micro-batch's share of its update's loss, nats per word.

    It is that of the chain where there are labels, and everywhere the divergence of the student's
    softened probabilities of each word's tags from the teacher's, times the temperature squared,
    which makes its gradients as large as those of the labels. A word's loss is the sum over the
    rows of the head.

    Args:
        logits: Of the student, shape (windows, length, outputs).
        targets: Shape (windows, length) or (windows, length, rows); ``IGNORED`` where none is.
        said: The teacher's scores, shape (windows, length, outputs); no number where no word
            begins.
        words: Words taught in all micro-batches of the update; those of this one if None.
        chain: Of the student.
    """
    taught = said[..., 0].isfinite()
    ours = chain.log_posteriors(logits, taught)
    theirs = said[taught].view(ours.shape)
    divergence = kl_div(
        log_softmax(ours / TEMPERATURE, -1), softmax(theirs / TEMPERATURE, -1), reduction="sum"
    )
    count = taught.sum() if words is None else words
    return (chain.loss(logits, targets) + TEMPERATURE**2 * divergence) / count
