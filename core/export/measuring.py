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
    write_points,
)
from core.export.pruned import make_pruned
from core.inference.model import load_encoder
from core.inference.scoring import Scorer
from core.inference.session import FULL_MODEL, INT8_MODEL, OnnxModel
from core.inference.settings import read_settings
from core.schema.documents import LabelledDocument, PredictedSpan
from core.schema.errors import KnownError
from core.schema.learning import Recipe
from core.schema.phrases import phrase
from core.text.words import document_words
from core.training.control import Control
from core.training.evaluation import report
from core.training.pruning import inner_size, neurons_left

_FORMS = {Form.FULL: FULL_MODEL, Form.INT8: INT8_MODEL, Form.STATIC_INT8: STATIC_MODEL}
_PRUNED_FORMS = {Form.PRUNED: FULL_MODEL, Form.PRUNED_INT8: INT8_MODEL}
_CALIBRATION_WINDOWS = 64
"""More of them only find rarer, larger activations, for which the usual ones are rounded worse."""
_LEAST_SECONDS, _LEAST_PASSES = 2.0, 3
"""For so long and so often each form reads the documents."""


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

    Each is made anew but the pruned model, which is kept for the export in the model's folder and
    measured from then on; it is made anew where another share is asked for.

    Args:
        model_folder: Of a model that Chartmark trained.
        train: Documents that it learned from: int8 is calibrated and pruning guided by them.
        dev: Documents with their gold spans that it was not trained on.
        pruning: How to make a pruned model; None for none but one that was made before.
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
    pruned = model_folder / PRUNED_FOLDER
    if pruning is not None:
        _prune(model_folder, pruned, pruning, train, dev, control, tell)
    with _workshop(model_folder) as bench:
        tell(phrase("Making the smaller forms of the model"))
        convert(model_folder, bench, check=control.check, calibration=windows)
        made = [_Made(form, bench / file, model_folder) for form, file in _FORMS.items()]
        if pruned.is_dir():
            tell(phrase("Making the smaller forms of the pruned model"))
            smaller = bench / PRUNED_FOLDER
            smaller.mkdir()
            convert(pruned, smaller, check=control.check)
            made += [_Made(form, smaller / file, pruned) for form, file in _PRUNED_FORMS.items()]
        points = _measure(made, dev, control, tell)
        share = 1 - _neurons(pruned) / _neurons(model_folder) if pruned.is_dir() else 0.0
    table = PointTable(points, len(dev), share)
    write_points(model_folder, table)
    return table


def _prune(
    model_folder: Path,
    pruned: Path,
    pruning: Pruning,
    train: Sequence[LabelledDocument],
    dev: Sequence[LabelledDocument],
    control: Control,
    tell: Callable[[str], None],
) -> None:
    """Make the pruned model, unless there is one of this share already."""
    wanted = neurons_left(_neurons(model_folder), pruning.share)
    if pruned.is_dir() and _neurons(pruned) == wanted:
        return
    make_pruned(model_folder, pruned, pruning.share, pruning.recipe, train, dev, control, tell)


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


class _Made:
    """A form that is loaded, and the seconds that it took for the documents, pass by pass."""

    def __init__(self, form: Form, file: Path, model_folder: Path) -> None:
        settings = read_settings(model_folder)
        self.form, self.size, self.labels = form, file.stat().st_size, settings.labels
        self.seconds: list[float] = []
        self._scorer = Scorer(
            forward=OnnxModel(file),
            encoder=load_encoder(model_folder, settings),
            head=settings.output_head(),
            temperature=settings.temperature,
            padding=int(AutoConfig.from_pretrained(model_folder).pad_token_id or 0),
        )

    def read(
        self, dev: Sequence[LabelledDocument], check: Callable[[], None]
    ) -> list[tuple[PredictedSpan, ...]]:
        """Return what it finds; documents come one by one, as to an exported folder."""
        began = time.perf_counter()
        found = [self._scorer.predict([item.document], check=check)[0].spans for item in dev]
        self.seconds.append(time.perf_counter() - began)
        return found


def _measure(
    made: Sequence[_Made],
    dev: Sequence[LabelledDocument],
    control: Control,
    tell: Callable[[str], None],
) -> tuple[Point, ...]:
    """Measure forms in turn, pass by pass, so that what else the machine does meets all alike.

    The fastest pass counts: nothing makes one faster than the form is.
    """
    f1: dict[Form, float] = {}
    for one in made:
        tell(
            phrase("Measuring on {count} dev records: {form}", count=len(dev), form=one.form.shown)
        )
        f1[one.form] = report(dev, one.read(dev, control.check), one.labels).micro.f1
        one.seconds.clear()
    tell(phrase("Measuring how fast each form reads"))
    while (
        min(sum(one.seconds) for one in made) < _LEAST_SECONDS
        or len(made[0].seconds) < _LEAST_PASSES
    ):
        for one in made:
            one.read(dev, control.check)
    words = sum(len(document_words(item.document)) for item in dev)
    return tuple(Point(one.form, one.size, words / min(one.seconds), f1[one.form]) for one in made)


def _neurons(model_folder: Path) -> int:
    return inner_size(AutoConfig.from_pretrained(model_folder))


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
