"""With which form of a model many unread records are scored: int8 where that pays, else in full.

To make the int8 form takes as long as it saves on some hundred thousand words. It is made once
for a model, beside its weights, when there is more than that to read; where it cannot be made, or
answers otherwise than the full model, scoring goes on in full precision.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from core.export.conversion_process import convert
from core.inference.devices import choose_device
from core.inference.predict import Int8Predictor
from core.inference.scoring import Scorer
from core.inference.session import INT8_MODEL
from core.schema.documents import Document
from core.schema.errors import KnownError
from core.schema.learning import ScoredDocument
from core.schema.phrases import phrase
from core.schema.process_failure import ProcessFailedError
from core.worker.environment import computing_threads

WORTH_CHARACTERS = 1_000_000
"""Text to score from which on making the int8 form is made up for: some 160,000 words."""
_LEAST_AGREEMENT = 0.9
"""F1 of int8's spans against those of full precision below which int8 is not used."""
_COMPARED = 32

_log = logging.getLogger(__name__)


class Int8Models:
    """The int8 forms of models, made when they pay, and the last one kept in memory."""

    def __init__(self) -> None:
        """Begin without any."""
        self._kept: Int8Predictor | None = None
        self._unfit: set[Path] = set()

    def forget(self) -> None:
        """Give back the memory of the one that is kept."""
        self._kept = None

    def stream(
        self,
        documents: Iterator[Document],
        *,
        folder: Path,
        full: Callable[[], Scorer],
        device: str,
        characters: int,
        seed: int,
        check: Callable[[], None],
        tell: Callable[[str], None],
    ) -> Iterator[list[ScoredDocument]]:
        """Yield what a model says of documents, portion by portion, in their order.

        Args:
            documents: Taken as they are needed.
            folder: Of the model.
            full: Gives it in full precision.
            device: ``auto`` or a device's name; other devices than the CPU have no use for int8.
            characters: Of all documents together.
            seed: Of the random strategy.
            check: Called often; may raise to end the work.
            tell: Gets each step before the scoring in words.
        """
        small = None
        if choose_device(device).type == "cpu" and folder not in self._unfit:
            small = self._open(folder)
            if small is None and characters >= WORTH_CHARACTERS:
                tell(phrase("Making a faster form of the model for many records"))
                first = list(islice(documents, _COMPARED))
                documents = chain(first, documents)
                if self._make(folder, check):
                    small = self._fit(folder, full, first, check)
        self._kept = small
        yield from (small or full()).stream(documents, seed=seed, check=check)

    def _open(self, folder: Path) -> Int8Predictor | None:
        if self._kept is not None and self._kept.folder == folder:
            return self._kept
        if not (folder / INT8_MODEL).is_file():
            return None
        try:
            return Int8Predictor(folder, threads=computing_threads())
        except KnownError:
            # Cut off in writing, or of another version of the runtime: it can be made again.
            _log.warning("the int8 form of a model cannot be loaded")
            (folder / INT8_MODEL).unlink(missing_ok=True)
            return None

    def _make(self, folder: Path, check: Callable[[], None]) -> bool:
        """Write a model's int8 form into its folder; returns whether that went well."""
        part = folder / "int8.part"
        try:
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir()
            convert(folder, part, check=check)
            (part / INT8_MODEL).replace(folder / INT8_MODEL)
        except (KnownError, OSError, MemoryError, ProcessFailedError) as error:
            reason = str(error) if isinstance(error, ProcessFailedError) else type(error)
            _log.warning("scoring in full precision: no int8 form (%s)", reason)
            self._unfit.add(folder)
            return False
        finally:
            shutil.rmtree(part, ignore_errors=True)
        return True

    def _fit(
        self,
        folder: Path,
        full: Callable[[], Scorer],
        documents: Sequence[Document],
        check: Callable[[], None],
    ) -> Int8Predictor | None:
        """Return the int8 form if it finds what the full model finds; remove it if not."""
        small = self._open(folder)
        if small is None:
            self._unfit.add(folder)
            return None
        found = small.predict(documents, check=check)
        agreement = agreement_of_spans(full().predict(documents, check=check), found)
        if agreement >= _LEAST_AGREEMENT:
            return small
        _log.warning("scoring in full precision: int8 agrees by %.3f", agreement)
        self._unfit.add(folder)
        (folder / INT8_MODEL).unlink(missing_ok=True)
        return None


def agreement_of_spans(one: Sequence[ScoredDocument], other: Sequence[ScoredDocument]) -> float:
    """Return the F1 of one model's spans against another's on the same documents, 0 to 1.

    Where neither finds any, they agree.
    """
    ours, theirs = _places(one), _places(other)
    total = len(ours) + len(theirs)
    return 2 * len(ours & theirs) / total if total else 1.0


def _places(answers: Sequence[ScoredDocument]) -> set[tuple[int, int, int, str]]:
    return {
        (answer.document_id, span.start, span.end, span.label)
        for answer in answers
        for span in answer.spans
    }
