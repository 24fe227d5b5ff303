from __future__ import annotations

import hashlib
import sysconfig
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import numpy_helper

from core.export.model import export_model
from core.schema.documents import LabelledDocument
from core.schema.errors import KnownError
from core.training.control import Control, StoppedByUserError
from tests.core.export.conftest import CARD, Exported

FILES = {
    "LICENSE",
    "MANIFEST.sha256",
    "README.md",
    "chartmark.json",
    "config.json",
    "model.int8.onnx",
    "model.onnx",
    "model.safetensors",
    "predict.py",
    "requirements.txt",
    "tokenizer.json",
    "tokenizer_config.json",
    *(
        f"chartmark_runtime/{name}.py"
        for name in (
            "__init__",
            "abbreviations",
            "agreement",
            "batching",
            "chain",
            "decoding",
            "documents",
            "encoding",
            "errors",
            "heads",
            "predict",
            "session",
            "windows",
            "words",
        )
    ),
}


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def export(
    exported: Exported,
    dev: list[LabelledDocument],
    out: Path,
    *,
    check: Callable[[], None] = lambda: None,
    tell: Callable[[str], None] = lambda _step: None,
) -> None:
    export_model(
        model_folder=exported.model_folder, dev=dev, out=out, card=CARD, check=check, tell=tell
    )


class Canceller(Control):
    """Cancels an export when it tells a step."""

    def __init__(self, step: str) -> None:
        super().__init__()
        self._step = step
        self.told: list[str] = []

    def tell(self, step: str) -> None:
        self.told.append(step)
        if step == self._step:
            self.cancel()


def test_the_folder_holds_what_it_needs_and_nothing_else(exported: Exported) -> None:
    assert set(contents(exported.folder)) == FILES
    assert [path.name for path in exported.folder.parent.iterdir()] == [exported.folder.name]


def test_the_manifest_names_every_other_file_with_its_digest(exported: Exported) -> None:
    files = contents(exported.folder)
    lines = files.pop("MANIFEST.sha256").decode().splitlines()
    named = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    assert named == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}


def test_no_record_text_and_no_path_of_this_machine_is_written(
    exported: Exported, dev: list[LabelledDocument]
) -> None:
    secrets = [
        line.encode() for item in dev for line in item.document.text.splitlines() if len(line) > 20
    ]
    assert secrets
    places = [sysconfig.get_path("purelib"), str(Path(__file__).parents[3]), str(Path.home())]
    for name, data in contents(exported.folder).items():
        assert not any(secret in data for secret in secrets), name
        assert not any(place.encode() in data for place in places), name
        assert b"site-packages" not in data, name


def test_onnx_equals_full_precision_and_int8_comes_near(exported: Exported) -> None:
    f1 = exported.result.f1
    assert list(f1) == ["full precision", "ONNX", "int8"]
    assert f1["ONNX"] == f1["full precision"]
    assert exported.result.report.micro.f1 == f1["full precision"]
    sizes = exported.result.sizes
    assert sizes["model.int8.onnx"] < 0.4 * sizes["model.onnx"]
    speeds = exported.result.words_per_second
    assert speeds.keys() == f1.keys()
    assert all(speed > 0 for speed in speeds.values())
    assert f" | {speeds['int8']:,.0f} | {f1['int8']:.4f} |" in (
        exported.folder / "README.md"
    ).read_text(encoding="utf-8")


def test_the_card_says_what_a_reader_must_know(
    exported: Exported, dev: list[LabelledDocument]
) -> None:
    card = (exported.folder / "README.md").read_text(encoding="utf-8")
    support = exported.result.report.labels["diabetes"].support
    assert f"| diabetes | 97 | {support} | Diabetes \\| of any type |" in card
    assert (
        f"| {exported.result.report.micro.f1:.4f} | {exported.result.report.micro.support} |"
        in card
    )
    difference = exported.result.f1["int8"] - exported.result.f1["full precision"]
    assert f"F1 differs by {difference:+.4f}" in card
    assert "77 predicted spans is off by 0.0312 on average (without scaling: 0.0841)" in card
    for words in ("| seed | 13 |", "learning rate", "may memorise", "medical device", "weighted"):
        assert words in card
    assert f"on {len(dev)} records held back" in " ".join(card.split())


def test_requirements_are_pinned(exported: Exported) -> None:
    lines = (exported.folder / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert [line.split("==")[0] for line in lines] == ["onnxruntime", "tokenizers"]
    assert all(line.split("==")[1] for line in lines)


def test_every_step_is_told(exported: Exported, dev: list[LabelledDocument]) -> None:
    assert len(exported.steps) == 6
    assert f"{len(dev)} dev records" in exported.steps[3]


@pytest.mark.usefixtures("converted")
def test_a_cancel_at_any_step_leaves_nothing(
    exported: Exported, dev: list[LabelledDocument], tmp_path: Path
) -> None:
    for step in exported.steps:
        canceller = Canceller(step)
        with pytest.raises(StoppedByUserError):
            export(exported, dev, tmp_path / "out", check=canceller.check, tell=canceller.tell)
        assert canceller.told[-1] == step
        assert list(tmp_path.iterdir()) == []


def test_a_model_that_answers_otherwise_is_not_exported(
    exported: Exported,
    dev: list[LabelledDocument],
    tmp_path: Path,
    converted: Callable[[onnx.ModelProto], None],
) -> None:
    graph = onnx.load(exported.folder / "model.onnx")
    bias = next(item for item in graph.graph.initializer if item.name.endswith("classifier.bias"))
    shifted = numpy_helper.to_array(bias) + np.array([3, 0, 0, 0, 0], dtype=np.float32)
    bias.CopyFrom(numpy_helper.from_array(shifted, bias.name))
    converted(graph)
    with pytest.raises(KnownError, match="answers otherwise than Chartmark on 4 of 4") as caught:
        export(exported, dev, tmp_path / "out")
    assert caught.value.remedy
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("converted")
def test_what_a_dead_process_left_is_replaced(
    exported: Exported, dev: list[LabelledDocument], tmp_path: Path
) -> None:
    left = tmp_path / "out.part"
    left.mkdir()
    (left / "chartmark.json").write_text("{}", encoding="utf-8")
    (left / "half a model").write_bytes(b"")
    export(exported, dev, tmp_path / "out")
    assert set(contents(tmp_path / "out")) == FILES
    assert not left.exists()


def test_a_folder_of_somebody_else_is_left_alone(
    exported: Exported, dev: list[LabelledDocument], tmp_path: Path
) -> None:
    theirs = tmp_path / "out.part" / "thesis.txt"
    theirs.parent.mkdir()
    theirs.write_text("chapter one", encoding="utf-8")
    with pytest.raises(KnownError, match="in the way"):
        export(exported, dev, tmp_path / "out")
    assert theirs.read_text(encoding="utf-8") == "chapter one"


def test_an_existing_folder_is_not_touched(
    exported: Exported, dev: list[LabelledDocument], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(KnownError, match="there already"):
        export(exported, dev, out)
    assert [*tmp_path.rglob("*")] == [out]


def test_a_missing_parent_and_missing_dev_records_are_told(
    exported: Exported, dev: list[LabelledDocument], tmp_path: Path
) -> None:
    with pytest.raises(KnownError, match="There is no folder"):
        export(exported, dev, tmp_path / "nowhere" / "out")
    with pytest.raises(KnownError, match="no dev record"):
        export(exported, [], tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_and_leaves_nothing(
    exported: Exported,
    dev: list[LabelledDocument],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("core.export.model.convert", full)
    with pytest.raises(KnownError, match=r"cannot be written .No space left on device"):
        export(exported, dev, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
