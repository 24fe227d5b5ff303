"""From a stream of documents to spans, confidence and uncertainties, whatever computes the model.

Documents go through in portions of some thousand sub-tokens: memory stays what it is however many
there are, and however long one is it is read in windows. Within a portion batches are of like
length, so that little of what is computed is padding.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.inference.batching import (
    TOKENS_IN_BATCH,
    Batch,
    Floats,
    Forward,
    batches,
    nothing_to_check,
    stitch,
)
from core.inference.encoding import EncodedWindow, Encoder
from core.inference.heads import Head
from core.learning.strategies import uncertainties
from core.schema.documents import Document, Piece
from core.schema.learning import ScoredDocument
from core.text.words import document_words


class _Sizes(NamedTuple):
    """Sub-tokens that are read together: in a batch at most, in a portion at least."""

    batch: int
    portion: int


_USUAL = _Sizes(TOKENS_IN_BATCH, 8192)
"""Enough windows for batches of like length; a portion's answers come every few seconds."""
_IN_THREADS = _Sizes(384, 16_384)
"""What a layer makes of a batch is to stay in the cache of one core; and where all are at work on
8 bits a portion may be larger, so that windows are more alike and less of a batch is padding."""

Answer = Callable[[], NDArray[np.float32]]
"""Gives a batch's logits, computing or waiting for them."""


@dataclass(slots=True)
class _Portion:
    """Documents that are read together, and the answers to their batches."""

    documents: list[Document] = field(default_factory=list)
    words: list[Sequence[Piece]] = field(default_factory=list)
    windows: list[EncodedWindow] = field(default_factory=list)
    tokens: int = 0
    answers: list[tuple[Batch, Answer]] = field(default_factory=list)


class Scorer:
    """Reads documents with a model, and decodes what it answers."""

    def __init__(
        self,
        *,
        forward: Forward,
        encoder: Encoder,
        head: Head,
        temperature: float,
        padding: int,
        threads: int = 0,
    ) -> None:
        """Take a model.

        Args:
            forward: The model.
            encoder: Turns words into its windows.
            head: What its outputs mean.
            temperature: Divides its logits before they become confidence.
            padding: The sub-token that fills shorter windows.
            threads: That run it side by side, each on a batch of its own, while the calling thread
                encodes and decodes; 0 to run it on the calling thread.
        """
        self._forward, self._encoder = forward, encoder
        self._head, self._temperature, self._padding = head, temperature, padding
        self._threads = threads
        self._sizes = _IN_THREADS if threads else _USUAL

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
        portions = self.stream(documents, seed=seed, check=check)
        return [answer for portion in portions for answer in portion]

    def stream(
        self,
        documents: Iterable[Document],
        *,
        seed: int = 0,
        check: Callable[[], None] = nothing_to_check,
    ) -> Generator[list[ScoredDocument]]:
        """Yield what ``predict`` returns, portion by portion, in the order of the documents.

        Args:
            documents: Taken as they are needed, a portion ahead.
            seed: Of the random strategy.
            check: Called before each document and batch; may raise to end the work.
        """
        if not self._threads:
            for portion in self._portions(documents, check):
                portion.answers = [(batch, self._now(batch)) for batch in self._batches(portion)]
                yield self._decoded(portion, seed, check)
            return
        pool = ThreadPoolExecutor(self._threads, thread_name_prefix="scoring")
        try:
            computing: _Portion | None = None
            for portion in self._portions(documents, check):
                portion.answers = [
                    (batch, pool.submit(self._forward, batch.ids, batch.mask).result)
                    for batch in self._batches(portion)
                ]
                # One portion waits while the one before it is decoded: the pool is never idle.
                if computing is not None:
                    yield self._decoded(computing, seed, check)
                computing = portion
            if computing is not None:
                yield self._decoded(computing, seed, check)
        finally:
            pool.shutdown(cancel_futures=True)

    def _portions(
        self, documents: Iterable[Document], check: Callable[[], None]
    ) -> Iterator[_Portion]:
        portion = _Portion()
        for document in documents:
            check()
            words = document_words(document)
            windows = self._encoder.encode(document.text, words, len(portion.documents))
            portion.documents.append(document)
            portion.words.append(words)
            portion.windows += windows
            portion.tokens += sum(len(window.ids) for window in windows)
            if portion.tokens >= self._sizes.portion:
                yield portion
                portion = _Portion()
        if portion.documents:
            yield portion

    def _batches(self, portion: _Portion) -> Iterator[Batch]:
        return batches(portion.windows, padding=self._padding, tokens=self._sizes.batch)

    def _now(self, batch: Batch) -> Answer:
        return lambda: self._forward(batch.ids, batch.mask)

    def _decoded(
        self, portion: _Portion, seed: int, check: Callable[[], None]
    ) -> list[ScoredDocument]:
        logits: list[Floats] = [np.zeros((0, 0))] * len(portion.windows)
        for batch, answer in portion.answers:
            check()
            for index, rows in batch.at_heads(portion.windows, answer()):
                logits[index] = rows
        answers = []
        by_document = stitch(portion.windows, logits, len(portion.documents), self._head.outputs)
        for document, words, probabilities in zip(
            portion.documents,
            portion.words,
            self._head.probabilities(by_document, self._temperature),
            strict=True,
        ):
            spans = self._head.decode(probabilities, words, document.text)
            scores = uncertainties(probabilities, document_id=document.id, seed=seed)
            answers.append(ScoredDocument(document.id, spans, scores))
        return answers
