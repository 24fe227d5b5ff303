"""A model folder that runs alone: from text to labelled spans by ONNX Runtime.

onnxruntime and tokenizers suffice (numpy comes with the first). Exported folders carry this module
and those it imports, and ``chartmark predict`` uses it as it stands, so that both answer alike.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypedDict

from tokenizers import Tokenizer

from core.inference.batching import document_logits
from core.inference.encoding import Encoder
from core.inference.heads import Head, HeadKind
from core.inference.session import FULL_MODEL, INT8_MODEL, OnnxModel
from core.schema.documents import Document, Piece
from core.schema.errors import KnownError
from core.text.words import document_words


class Found(TypedDict):
    """A predicted span.

    Attributes:
        label: Name of the label.
        start: First code point.
        end: One past the last code point.
        score: Calibrated confidence, 0 to 1.
        text: What stands there.
    """

    label: str
    start: int
    end: int
    score: float
    text: str


class Model:
    """An exported model kept in memory.

    Attributes:
        labels: Names of the labels it can find.
    """

    def __init__(self, folder: str | Path, *, int8: bool | None = None) -> None:
        """Load a model.

        Args:
            folder: As Chartmark exported it.
            int8: Whether to take the small, fast model instead of the exact one; if None the exact
                one where the folder has both.

        Raises:
            KnownError: The folder holds no exported model.
        """
        folder = Path(folder)
        settings, self._padding = _read_settings(folder)
        self.labels: tuple[str, ...] = tuple(settings["labels"])
        self._head = Head(
            HeadKind(settings.get("head", HeadKind.SOFTMAX)),
            self.labels,
            settings.get("transitions"),
            abbreviations=bool(settings.get("abbreviations")),
        )
        self._temperature = float(settings["temperature"])
        self._encoder = Encoder(
            Tokenizer.from_file(str(folder / "tokenizer.json")),
            max_length=int(settings["max_length"]),
            overlap=int(settings["overlap"]),
        )
        if int8 is None:
            int8 = (folder / INT8_MODEL).is_file() and not (folder / FULL_MODEL).is_file()
        self._forward = OnnxModel(folder / (INT8_MODEL if int8 else FULL_MODEL))

    def predict(self, text: str, words: Sequence[Piece] | None = None) -> list[Found]:
        """Return the spans of a text by start; only spans of different labels may overlap.

        Args:
            text: Of any length; offsets count its code points (``len`` and slices of a ``str``).
            words: Start and end of each word where the text comes with its own, for example from
                a CoNLL file; else Chartmark's splitter finds them.
        """
        tokens = None if words is None else tuple((start, end) for start, end in words)
        document = Document(id=0, name="", text=text, tokens=tokens)
        logits = document_logits(
            self._forward,
            self._encoder,
            [document],
            tags=self._head.outputs,
            padding=self._padding,
        )
        (probabilities,) = self._head.probabilities(logits, self._temperature)
        spans = self._head.decode(probabilities, document_words(document), text)
        return [
            Found(
                label=span.label,
                start=span.start,
                end=span.end,
                score=span.score,
                text=text[span.start : span.end],
            )
            for span in spans
        ]


def read_note(file: Path) -> str:
    """Return a text file as the offsets count it: no byte order mark, each line end one line feed.

    Raises:
        KnownError: The file cannot be read, or is not UTF-8.
    """
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise KnownError(
            "{file} is not UTF-8 text.", "Save it as UTF-8 first.", file=file
        ) from None
    except OSError as error:
        raise KnownError(
            "{file} cannot be read ({reason}).", file=file, reason=error.strerror
        ) from error


def _read_settings(folder: Path) -> tuple[dict[str, Any], int]:
    """Return what Chartmark keeps beside a model, and the sub-token that fills short windows."""
    needed = ("chartmark.json", "config.json", "tokenizer.json")
    if not all((folder / name).is_file() for name in needed):
        raise KnownError(
            "{folder} holds no exported model.",
            "Choose a folder that Export model wrote.",
            folder=folder,
        )
    try:
        settings: dict[str, Any] = json.loads((folder / needed[0]).read_bytes())
        padding = json.loads((folder / needed[1]).read_bytes()).get("pad_token_id")
    except ValueError as error:
        raise KnownError(
            "The model in {folder} is damaged.", "Export it again.", folder=folder
        ) from error
    return settings, int(padding or 0)
