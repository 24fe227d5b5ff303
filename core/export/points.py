"""Points to pick from: what each form of a model weighs, how fast it reads and how good it is.

Where they were measured once they lie beside the model as ``points.json``; no record text is in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import msgspec

from core.schema.phrases import phrase

_FILE = "points.json"
PRUNED_FOLDER = "pruned"
"""Folder of a model's pruned form, within the model's own."""


class Form(StrEnum):
    """What a model can be made into."""

    FULL = "full"
    INT8 = "int8"
    STATIC_INT8 = "static-int8"
    PRUNED = "pruned"
    PRUNED_INT8 = "pruned-int8"

    @property
    def prunes(self) -> bool:
        """Whether it is a form of the pruned model."""
        return self in {Form.PRUNED, Form.PRUNED_INT8}

    @property
    def rounds(self) -> bool:
        """Whether its matrix products are in 8 bits."""
        return self in {Form.INT8, Form.STATIC_INT8, Form.PRUNED_INT8}

    @property
    def shown(self) -> str:
        """Its name for people."""
        return _NAMES[self]


_NAMES = {
    Form.FULL: phrase("full precision"),
    Form.INT8: phrase("int8, dynamic"),
    Form.STATIC_INT8: phrase("int8, static"),
    Form.PRUNED: phrase("pruned"),
    Form.PRUNED_INT8: phrase("pruned, int8"),
}


@dataclass(frozen=True, slots=True)
class Point:
    """One form of a model, measured.

    Attributes:
        form: Which.
        size: Of its weights, bytes.
        words_per_second: Record by record, as an exported folder reads them, on the CPU.
        f1: Micro F1 (strict spans, 0 to 1) on the dev documents.
    """

    form: Form
    size: int
    words_per_second: float
    f1: float


@dataclass(frozen=True, slots=True)
class PointTable:
    """The forms of a model version, measured alike.

    Attributes:
        points: A point for each form that was made, in the order of ``Form``.
        documents: Dev documents that they were measured on.
        pruned_share: Of the feed-forward neurons that the pruned forms lack; 0 where there are
            none.
    """

    points: tuple[Point, ...]
    documents: int
    pruned_share: float = 0.0

    def point(self, form: Form) -> Point | None:
        """Return a form's point, or None if it was not made."""
        return next((point for point in self.points if point.form is form), None)


def read_points(model_folder: Path) -> PointTable | None:
    """Return what was measured of a model; None if nothing was, or it can no longer be read."""
    try:
        return msgspec.json.decode((model_folder / _FILE).read_bytes(), type=PointTable)
    except (OSError, msgspec.MsgspecError):
        return None


def write_points(model_folder: Path, table: PointTable) -> None:
    """Keep what was measured of a model beside it."""
    part = model_folder / f"{_FILE}.part"
    part.write_bytes(msgspec.json.format(msgspec.json.encode(table)) + b"\n")
    part.replace(model_folder / _FILE)
