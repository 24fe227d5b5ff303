"""What a training learns from and is judged by: documents as windows, and the head they need."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import torch

from core.inference.batching import encode_documents
from core.inference.encoding import Encoder
from core.inference.model import load_tokenizer, longest_window, save_tokenizer
from core.schema.documents import LabelledDocument
from core.schema.learning import Recipe
from core.training.distilling import Teacher, windows_to_learn
from core.training.events import Notice, TrainingEvent
from core.training.shares import fingerprint
from core.training.starting import head_to_begin_with
from core.training.targets import about_left_out, about_overlaps, choose_head


class Material:
    """The encoded documents of a training.

    Attributes:
        tokenizer_folder: Where the tokenizer lies, for the model's folder.
        max_length: Sub-tokens in a window.
        head: Of the model.
        data: Windows to learn from.
        dev_windows: Those of the dev documents.
        sub_tokens: Every one that is read in the course of the training, padding aside.
        taught: Whether a bigger model has its say.
    """

    def __init__(
        self,
        *,
        train: Sequence[LabelledDocument],
        dev: Sequence[LabelledDocument],
        labels: tuple[str, ...],
        recipe: Recipe,
        backbone: str,
        folder: Path,
        device: torch.device,
        emit: Callable[[TrainingEvent], None],
        check: Callable[[], None],
        teacher: Teacher | None = None,
    ) -> None:
        """Encode.

        Args:
            train: Documents to learn from.
            dev: Documents to be judged by.
            labels: The scheme.
            recipe: Says how long windows are.
            backbone: Folder or hub name.
            folder: Of this process; gets the tokenizer.
            device: Where a teacher reads.
            emit: Gets what the user should know.
            check: Called between documents; may raise to end the work.
            teacher: A bigger model to learn from as well.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self.tokenizer_folder = folder / "tokenizer"
        if not (self.tokenizer_folder / "tokenizer.json").is_file():
            save_tokenizer(backbone, self.tokenizer_folder)
        check()
        self.max_length = min(recipe.max_length, longest_window(backbone))
        encoder = Encoder(
            load_tokenizer(self.tokenizer_folder),
            max_length=self.max_length,
            overlap=recipe.overlap,
        )
        needed, gained = choose_head([*train, *dev], labels)
        self.head = replace(head_to_begin_with(backbone, needed), abbreviations=True)
        if gained:
            emit(Notice(about_overlaps(self.head, gained)))
        self.taught = teacher is not None
        self.data = windows_to_learn(train, teacher, encoder, self.head, device=device, check=check)
        if self.data.left_out:
            emit(Notice(about_left_out(self.data.left_out)))
        self.dev_windows = encode_documents(encoder, [item.document for item in dev], check=check)
        taught = (example.ids for example in self.data.examples)
        watched = (window.ids for window in self.dev_windows)
        self.sub_tokens = set(itertools.chain.from_iterable((*taught, *watched)))

    def fingerprint(self) -> int:
        """Return a number that is another one where the material is another one."""
        watched = (window.ids for window in self.dev_windows)
        return fingerprint(self.data, watched, self.head)
