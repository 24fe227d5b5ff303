"""Each form is made and read with; what was measured and what was pruned stays with the model."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from core.export import measuring
from core.export.conversion_process import STATIC_MODEL
from core.export.measuring import Pruning, calibration_windows, measure_points
from core.export.model import export_model
from core.export.points import (
    PRUNED_FOLDER,
    Form,
    Point,
    PointTable,
    read_points,
    write_points,
)
from core.export.predict import Model
from core.export.static_int8 import quantize_statically
from core.inference.session import FULL_MODEL, INT8_MODEL
from core.schema.documents import LabelledDocument
from core.schema.errors import KnownError
from core.schema.learning import Recipe
from core.training.control import Control, StoppedByUserError
from core.training.pruning import neurons_left
from tests.core.export.conftest import CARD, Exported


@pytest.fixture
def model(exported: Exported, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A model of one's own, and a stand-in that copies what tracing would make."""

    def convert(
        _: Path, out: Path, *, check: Callable[[], None], calibration: Sequence[Sequence[int]] = ()
    ) -> None:
        check()
        for name in (FULL_MODEL, INT8_MODEL):
            shutil.copyfile(exported.folder / name, out / name)
        if calibration:
            quantize_statically(out / FULL_MODEL, out / STATIC_MODEL, calibration)

    monkeypatch.setattr(measuring, "convert", convert)
    monkeypatch.setattr(measuring, "_LEAST_SECONDS", 0.01)
    return shutil.copytree(exported.model_folder, tmp_path / "model")


def measure(
    model: Path, dev: list[LabelledDocument], share: float = 0.0, control: Control | None = None
) -> tuple[PointTable, list[str]]:
    told: list[str] = []
    table = measure_points(
        model_folder=model,
        train=dev,
        dev=dev,
        pruning=Pruning(share, Recipe()) if share else None,
        control=control or Control(),
        tell=told.append,
    )
    return table, told


def test_the_forms_are_measured_alike_and_remembered(
    model: Path, dev: list[LabelledDocument], exported: Exported
) -> None:
    table, told = measure(model, dev)
    assert [point.form for point in table.points] == [Form.FULL, Form.INT8, Form.STATIC_INT8]
    assert (table.documents, table.pruned_share) == (len(dev), 0.0)
    full, small, static = table.points
    assert full.f1 == exported.result.f1["full precision"]
    assert small.f1 == exported.result.f1["int8"]
    assert full.size == exported.result.sizes["model.onnx"]
    assert max(small.size, static.size) < 0.4 * full.size
    assert all(point.words_per_second > 0 for point in table.points)
    assert read_points(model) == table
    assert told[1:-1] == [
        f"Measuring on 4 dev records: {point.form.shown}" for point in table.points
    ]
    assert not any(path.suffix in {".onnx", ".part"} for path in model.iterdir())


def test_the_pruned_model_is_kept_until_another_share_is_asked_for(
    model_folder: Path,
    dev: list[LabelledDocument],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = shutil.copytree(model_folder, tmp_path / "model")
    shares: list[float] = []

    def make_pruned(folder: Path, out: Path, share: float, *_: Any) -> None:
        shares.append(share)
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(folder, out)
        config = json.loads((out / "config.json").read_text(encoding="utf-8"))
        config["intermediate_size"] = neurons_left(config["intermediate_size"], share)
        (out / "config.json").write_text(json.dumps(config), encoding="utf-8")

    monkeypatch.setattr(measuring, "make_pruned", make_pruned)
    monkeypatch.setattr(measuring, "convert", lambda *_, **__: None)
    monkeypatch.setattr(measuring, "_Made", lambda form, *_: form)
    monkeypatch.setattr(
        measuring, "_measure", lambda made, *_: tuple(Point(form, 9, 100.0, 0.5) for form in made)
    )
    for share in (0.5, 0.5, 0.0):
        table, _ = measure(model, dev, share)
        assert [point.form for point in table.points] == list(Form)
        assert (table.pruned_share, shares) == (0.5, [0.5])
    table, _ = measure(model, dev, 1 / 3)
    assert table.pruned_share == pytest.approx(1 / 3)
    assert shares == [0.5, 1 / 3]
    assert read_points(model) == table


def test_a_cancel_leaves_what_was_there_before(model: Path, dev: list[LabelledDocument]) -> None:
    table, _ = measure(model, dev)
    names = sorted(path.name for path in model.iterdir())
    control = Control()
    control.cancel()
    with pytest.raises(StoppedByUserError):
        measure(model, dev, control=control)
    assert read_points(model) == table
    assert sorted(path.name for path in model.iterdir()) == names


def test_there_must_be_records_of_both_splits(model: Path) -> None:
    with pytest.raises(KnownError, match="train and dev"):
        measure(model, [])


def test_windows_to_calibrate_by_are_the_same_each_time(
    model: Path, dev: list[LabelledDocument]
) -> None:
    windows = calibration_windows(model, dev, check=lambda: None)
    assert windows == calibration_windows(model, dev, check=lambda: None)
    assert 3 < len(windows) <= 64
    assert max(len(ids) for ids in windows) <= 48


HELD = {
    Form.STATIC_INT8: {"model.int8.onnx"},
    Form.PRUNED: {"model.safetensors", "model.onnx"},
    Form.PRUNED_INT8: {"model.int8.onnx"},
}


@pytest.mark.usefixtures("converted")
@pytest.mark.parametrize("form", [Form.STATIC_INT8, Form.PRUNED, Form.PRUNED_INT8])
def test_a_folder_of_one_form_holds_and_runs_that_alone(
    form: Form, model: Path, dev: list[LabelledDocument], tmp_path: Path
) -> None:
    points = tuple(Point(one, 10**6 * size, 100.0, 0.5) for size, one in enumerate(Form, start=1))
    write_points(model, PointTable(points, len(dev), 0.5))
    shutil.copytree(model, model / PRUNED_FOLDER)
    out = tmp_path / "out"
    result = export_model(
        model_folder=model,
        dev=dev,
        out=out,
        card=CARD,
        check=lambda: None,
        tell=lambda _: None,
        form=form,
        train=dev,
    )
    held = {path.name for path in out.iterdir()}
    assert held & {"model.safetensors", "model.onnx", "model.int8.onnx"} == HELD[form]
    assert set(result.sizes) == HELD[form]
    assert Model(out).predict(dev[0].document.text)
    card = (out / "README.md").read_text(encoding="utf-8")
    assert f"This folder holds one form: {form.shown}." in card
    for one in points:
        assert f"| {one.form.shown} | {one.size / 1e6:.1f} MB | " in card
    assert "--int8" not in card
    assert ("`model.safetensors` and" in card) is ("model.safetensors" in held)


def test_a_pruned_form_must_have_been_made(
    model: Path, dev: list[LabelledDocument], tmp_path: Path
) -> None:
    with pytest.raises(KnownError, match="no pruned form"):
        export_model(
            model_folder=model,
            dev=dev,
            out=tmp_path / "out",
            card=CARD,
            check=lambda: None,
            tell=lambda _: None,
            form=Form.PRUNED,
        )
    assert not (tmp_path / "out").exists()
