from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.export.predict import Found, Model, read_note
from core.export.verification import SCORE_TOLERANCE
from core.inference.predict import Predictor
from core.operations.sample import sample_notes
from core.schema.documents import Document, LabelledDocument, PredictedSpan
from core.schema.errors import KnownError
from tests.core.export.conftest import Exported

ODD = "😀 Pt on metformin; 患者有二型糖尿病 👩🏽‍⚕️ T2DM, β-blocker.\nÅ̊ngström e\u0301 \u200b zero"

ALONE = """
import runpy, sys

def watch(event, _):
    if event.startswith("socket."):
        raise RuntimeError(event)

sys.addaudithook(watch)
libraries, script, *arguments = sys.argv[1:]
sys.path.append(libraries)
sys.path.insert(0, script.rpartition("/")[0])
sys.dont_write_bytecode = True
sys.argv = [script, *arguments]
try:
    runpy.run_path(script, run_name="__main__")
finally:
    loaded = {name.partition(".")[0] for name in sys.modules}
    assert not loaded & {"core", "app", "torch", "transformers", "msgspec", "onnx"}, loaded
"""
"""Runs an exported script with the libraries of one folder and without any network."""


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    notes = [note.document.text for note in sample_notes()[:6]]
    return {
        "short.txt": notes[0],
        "long.txt": "\n\n".join(notes),
        "odd.txt": ODD,
        "blank.txt": " \n",
        "nothing.txt": "",
    }


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of libraries with onnxruntime, its numpy, and tokenizers."""
    folder = tmp_path_factory.mktemp("libraries")
    for name in ("numpy", "onnxruntime", "tokenizers"):
        package = Path(str(sys.modules[name].__file__)).parent
        (folder / name).symlink_to(package)
        libraries = package.with_name(f"{name}.libs")
        if libraries.is_dir():
            (folder / libraries.name).symlink_to(libraries)
    return folder


def run_alone(
    alone: Path, exported: Exported, *arguments: str | Path
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            *(sys.executable, "-I", "-S", "-W", "error", "-c", ALONE),
            *(alone, exported.folder / "predict.py", *arguments),
        ],
        env={"PYTHONIOENCODING": "utf-8", "SYSTEMROOT": os.environ.get("SYSTEMROOT", "")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def places(spans: list[Found] | tuple[PredictedSpan, ...]) -> list[tuple[int, int, str]]:
    return [
        (span.start, span.end, span.label)
        if isinstance(span, PredictedSpan)
        else (span["start"], span["end"], span["label"])
        for span in spans
    ]


def test_a_process_with_two_libraries_finds_the_spans_of_the_app(
    exported: Exported, alone: Path, texts: dict[str, str], tmp_path: Path
) -> None:
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    ran = run_alone(alone, exported, "--json", *(tmp_path / name for name in texts))
    assert (ran.returncode, ran.stderr) == (0, "")
    answers = json.loads(ran.stdout)["documents"]
    assert [answer["file"] for answer in answers] == [str(tmp_path / name) for name in texts]
    predictor = Predictor(exported.model_folder, device="cpu")
    app = predictor.predict([Document(0, name, text) for name, text in texts.items()])
    assert len(app[1].spans) > 20
    for ours, answer, text in zip(app, answers, texts.values(), strict=True):
        assert places(answer["spans"]) == places(ours.spans)
        for span, found in zip(ours.spans, answer["spans"], strict=True):
            assert found["score"] == pytest.approx(span.score, abs=SCORE_TOLERANCE)
            assert found["text"] == text[span.start : span.end]


def test_the_script_prints_a_table_for_people(
    exported: Exported, alone: Path, tmp_path: Path
) -> None:
    (tmp_path / "odd.txt").write_text(ODD, encoding="utf-8")
    ran = run_alone(alone, exported, "--int8", tmp_path / "odd.txt")
    assert (ran.returncode, ran.stderr) == (0, "")
    head, *rows = ran.stdout.splitlines()
    assert head == str(tmp_path / "odd.txt")
    assert rows
    for row in rows:
        place, score, label = row.split()[:3]
        start, end = map(int, place.split("-"))
        assert 0 <= start < end <= len(ODD)
        assert 0 <= float(score) <= 1
        assert label in {"diabetes", "medication"}


def test_the_script_tells_what_is_wrong(exported: Exported, alone: Path, tmp_path: Path) -> None:
    (tmp_path / "latin.txt").write_bytes("Größe".encode("latin-1"))
    ran = run_alone(alone, exported, tmp_path / "latin.txt")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.strip().endswith("is not UTF-8 text. Save it as UTF-8 first.")
    assert run_alone(alone, exported).returncode == 2


def test_a_model_in_this_process_reads_tokens_of_its_own(
    exported: Exported, dev: list[LabelledDocument]
) -> None:
    document = dev[-1].document
    assert document.tokens is not None
    found = Model(exported.folder).predict(document.text, words=document.tokens)
    (app,) = Predictor(exported.model_folder, device="cpu").predict([document])
    assert places(found) == places(app.spans)
    edges = {edge for token in document.tokens for edge in token}
    assert found
    assert all({span["start"], span["end"]} <= edges for span in found)


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=400))
def test_spans_of_any_text_lie_in_it_in_order(text: str, exported: Exported) -> None:
    model = _model(exported)
    end = 0
    for span in model.predict(text):
        assert end <= span["start"] < span["end"] <= len(text)
        assert span["text"] == text[span["start"] : span["end"]]
        assert 0 <= span["score"] <= 1
        end = span["end"]


def test_notes_are_read_as_offsets_count_them(tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_bytes("\ufeffA\r\nB\rC\n".encode())
    assert read_note(file) == "A\nB\nC\n"
    with pytest.raises(KnownError, match="cannot be read"):
        read_note(tmp_path / "none.txt")


def test_a_folder_without_a_model_is_told(exported: Exported, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="holds no exported model"):
        Model(tmp_path)
    for name in ("chartmark.json", "config.json", "tokenizer.json"):
        (tmp_path / name).write_bytes((exported.folder / name).read_bytes())
    with pytest.raises(KnownError, match=r"model\.onnx is missing"):
        Model(tmp_path)
    (tmp_path / "model.int8.onnx").write_bytes(b"no model")
    with pytest.raises(KnownError, match="cannot be loaded"):
        Model(tmp_path, int8=True)
    (tmp_path / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(KnownError, match="damaged"):
        Model(tmp_path)


_MODELS: dict[Path, Model] = {}


def _model(exported: Exported) -> Model:
    if exported.folder not in _MODELS:
        _MODELS[exported.folder] = Model(exported.folder)
    return _MODELS[exported.folder]
