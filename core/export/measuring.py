"""Measures the forms of a model: makes each, has it read the dev documents, and keeps the table."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from transformers import AutoConfig

from core.export.conversion_process import STATIC_MODEL, convert
from core.export.points import (
    PRUNED_FOLDER,
    Form,
    Point,
    PointTable,
    read_points,
    write_points,
)
from core.export.pruned import make_pruned
from core.inference.heads import Head
from core.inference.model import load_encoder, read_settings
from core.inference.scoring import Scorer
from core.inference.session import FULL_MODEL, INT8_MODEL, OnnxModel
from core.schema.documents import LabelledDocument, PredictedSpan
from core.schema.errors import KnownError
from core.schema.learning import Recipe
from core.schema.phrases import phrase
from core.text.words import document_words
from core.training.control import Control
from core.training.evaluation import report

_FILES = {
    Form.FULL: FULL_MODEL,
    Form.INT8: INT8_MODEL,
    Form.STATIC_INT8: STATIC_MODEL,
    Form.PRUNED: FULL_MODEL,
    Form.PRUNED_INT8: INT8_MODEL,
}
_CALIBRATION_WINDOWS = 64
"""More of them only find rarer, larger activations, for which the usual ones are rounded worse."""
_LEAST_SECONDS = 2.0
"""For so long a form reads the documents, again and again if need be, before its speed is told."""


@dataclass(frozen=True, slots=True)
class Pruning:
    """How the pruned forms are made.

    Attributes:
        share: Of the feed-forward neurons to take out, above 0 and below 1.
        recipe: Of the model's training; a short part of it is repeated on what is left.
    """

    share: float
    recipe: Recipe


def measure_points(
    *,
    model_folder: Path,
    train: Sequence[LabelledDocument],
    dev: Sequence[LabelledDocument],
    pruning: Pruning | None,
    control: Control,
    tell: Callable[[str], None],
) -> PointTable:
    """Measure the forms of a model and keep the table beside it.

    Each is made anew but the pruned model, which is kept for the export in the model's folder; it
    is made anew where another share is asked for. Without ``pruning`` what was measured of a pruned
    model before stays in the table.

    Args:
        model_folder: Of a model that Chartmark trained.
        train: Documents that it learned from: int8 is calibrated and pruning guided by them.
        dev: Documents with their gold spans that it was not trained on.
        pruning: None for no pruned forms.
        control: The user's wishes.
        tell: Gets each step in words.

    Raises:
        KnownError: There are no such documents, or the model cannot be converted or pruned.
        StoppedByUserError: The user cancelled it; what was measured before stays.
    """
    if not dev or not train:
        raise KnownError(
            "Forms of a model are measured on records of the train and dev splits.",
            "Mark records of both as done first.",
        )
    windows = calibration_windows(model_folder, train, check=control.check)
    with _workshop(model_folder) as bench:
        tell(phrase("Making the smaller forms of the model"))
        convert(model_folder, bench, check=control.check, calibration=windows)
        points = [
            _measure(form, bench, model_folder, dev, control, tell)
            for form in (Form.FULL, Form.INT8, Form.STATIC_INT8)
        ]
    before = read_points(model_folder)
    share = before.pruned_share if before is not None else 0.0
    if pruning is None:
        points += [point for point in (before.points if before else ()) if point.form.prunes]
    else:
        pruned = model_folder / PRUNED_FOLDER
        if share != pruning.share or not pruned.is_dir():
            write_points(model_folder, PointTable(tuple(points), len(dev)))
            make_pruned(
                model_folder, pruned, pruning.share, pruning.recipe, train, dev, control, tell
            )
        share = pruning.share
        with _workshop(model_folder) as bench:
            tell(phrase("Making the smaller forms of the pruned model"))
            convert(pruned, bench, check=control.check)
            points += [
                _measure(form, bench, pruned, dev, control, tell)
                for form in (Form.PRUNED, Form.PRUNED_INT8)
            ]
    table = PointTable(tuple(points), len(dev), share)
    write_points(model_folder, table)
    return table


def calibration_windows(
    model_folder: Path, documents: Sequence[LabelledDocument], *, check: Callable[[], None]
) -> list[list[int]]:
    """Return the sub-tokens of some windows of documents, for the same ones always the same.

    Args:
        model_folder: Of the model that reads them.
        documents: Like those that it will read.
        check: Called before each document; may raise to end the work.
    """
    encoder = load_encoder(model_folder, read_settings(model_folder))
    windows: list[list[int]] = []
    for item in documents:
        check()
        encoded = encoder.encode(item.document.text, document_words(item.document))
        windows += [window.ids for window in encoded]
    drawn = np.random.default_rng(0).permutation(len(windows))[:_CALIBRATION_WINDOWS]
    return [windows[index] for index in sorted(drawn)]


def _measure(
    form: Form,
    bench: Path,
    model_folder: Path,
    dev: Sequence[LabelledDocument],
    control: Control,
    tell: Callable[[str], None],
) -> Point:
    tell(phrase("Measuring on {count} dev records: {form}", count=len(dev), form=form.shown))
    file = bench / _FILES[form]
    settings = read_settings(model_folder)
    scorer = Scorer(
        forward=OnnxModel(file),
        encoder=load_encoder(model_folder, settings),
        head=Head(settings.head, settings.labels),
        temperature=settings.temperature,
        padding=int(AutoConfig.from_pretrained(model_folder).pad_token_id or 0),
    )

    def read() -> list[tuple[PredictedSpan, ...]]:
        # One by one, as they come to an exported folder.
        return [scorer.predict([item.document], check=control.check)[0].spans for item in dev]

    spans = read()
    passes, began = 0, time.perf_counter()
    while (seconds := time.perf_counter() - began) < _LEAST_SECONDS:
        read()
        passes += 1
    words = sum(len(document_words(item.document)) for item in dev)
    return Point(
        form,
        size=file.stat().st_size,
        words_per_second=passes * words / seconds,
        f1=report(dev, spans, settings.labels).micro.f1,
    )


@contextmanager
def _workshop(model_folder: Path) -> Iterator[Path]:
    """Give a folder for forms that are only measured; it is gone afterwards."""
    bench = model_folder / "forms.part"
    shutil.rmtree(bench, ignore_errors=True)
    bench.mkdir()
    try:
        yield bench
    finally:
        shutil.rmtree(bench, ignore_errors=True)
