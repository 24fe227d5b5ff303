"""The whole way of the data by the command line, each command a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from core.schema.learning import Recipe, RunStatus
from core.store import documents, runs
from core.store.project import Project
from core.worker.messages import AnyEvent, TrainFinished, TrainStarted
from tests.core.cli.conftest import Answer

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]
COMMAND = (sys.executable, "-c", "import sys; from core.cli.main import main; sys.exit(main())")


def chartmark(*arguments: object) -> Answer:
    ended = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=280,
    )
    return Answer(ended.returncode, ended.stdout, ended.stderr)


def good(*arguments: object) -> Answer:
    answer = chartmark(*arguments)
    assert (answer.code, answer.err) == (0, "")
    return answer


@dataclass(frozen=True)
class Trained:
    """A project that was trained by the command line, and what was printed."""

    folder: Path
    lines: list[str]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the tests of this file share."""
    return tmp_path_factory.mktemp("flow")


def make(folder: Path, files: Path) -> None:
    good("new", folder, "--labels", "drug,disease", "--json")
    for split in ("train", "dev", "test"):
        good("import", folder, files / f"{split}.conll", "--split", split, "--json")
    good("import", folder, files / "unread", "--format", "text", "--json")


@pytest.fixture(scope="module")
def trained(place: Path, files: Path, backbone: Path) -> Trained:
    """A project with a model."""
    folder = place / "clinic.chartmark"
    make(folder, files)
    answer = good("train", folder, "--backbone", backbone, "--seed", 5, "--json")
    return Trained(folder, answer.out.splitlines())


def test_training_prints_an_event_a_line_and_then_the_result(trained: Trained) -> None:
    *lines, last = trained.lines
    events: list[AnyEvent] = [msgspec.json.decode(line, type=AnyEvent) for line in lines]
    started = [event for event in events if isinstance(event, TrainStarted)]
    assert [(event.train_documents, event.dev_documents) for event in started] == [(32, 12)]
    assert isinstance(events[-1], TrainFinished)
    result = json.loads(last)
    assert (result["run"], result["model"], result["promoted"]) == (1, "v1", True)
    assert result["report"]["micro"]["support"] == 24
    with Project.open(folder=trained.folder, read_only=True) as project:
        (run,) = runs.runs(project=project)
        assert run.status is RunStatus.FINISHED
        assert run.recipe == Recipe(seed=5)


def test_evaluating_prints_the_report(trained: Trained) -> None:
    answer = good("evaluate", trained.folder, "--split", "test", "--json")
    report = answer.json
    assert set(report) == {"micro", "macro", "weighted", "labels", "calibration"}
    assert set(report["labels"]) == {"drug", "disease"}
    for score in (report["micro"], report["macro"], report["labels"]["drug"]):
        assert set(score) == {"precision", "recall", "f1", "support"}
    assert report["micro"]["support"] == 16
    table = good("evaluate", trained.folder, "--split", "dev").out
    assert "12 records of the dev split." in table
    assert "micro average" in table


def test_suggestions_are_made_and_the_queue_is_ranked(trained: Trained) -> None:
    answer = good("suggest", trained.folder, "--strategy", "entropy", "--limit", 4, "--json")
    assert answer.json["strategy"] == "entropy"
    ranked = answer.json["documents"]
    assert len(ranked) == 4
    scores = [row["score"] for row in ranked]
    assert scores == sorted(scores, reverse=True)
    with Project.open(folder=trained.folder, read_only=True) as project:
        queue = documents.queue(project=project)
        assert sum(row.score is not None for row in queue) == 10


def test_the_model_is_exported_and_predicts(trained: Trained, place: Path) -> None:
    out = place / "model"
    answer = good("export-model", trained.folder, out, "--json")
    assert (answer.json["folder"], answer.json["documents"]) == (str(out), 12)
    again = chartmark("export-model", trained.folder, out)
    assert again.code == 1
    note = place / "note.txt"
    note.write_text("He was given aspirin for his gout .\r\n", encoding="utf-8")
    found = good("predict", out, note, "--json").json["documents"]
    assert [item["file"] for item in found] == [str(note)]
    text = "He was given aspirin for his gout .\n"
    for span in found[0]["spans"]:
        assert text[span["start"] : span["end"]] == span["text"]
    assert str(note) in good("predict", out, note, note, "--int8").out
    binary = place / "scan.pdf"
    binary.write_bytes(b"%PDF-1.7\n\x00\xff")
    assert chartmark("predict", out, binary).code == 1


def test_the_project_is_whole_and_can_be_backed_up(trained: Trained, place: Path) -> None:
    copy = place / "copy.chartmark"
    good("backup", trained.folder, copy)
    assert good("verify", copy, "--json").json["ok"]
    shutil.rmtree(trained.folder / "runs")
    with Project.open(folder=copy, read_only=True) as project:
        model = runs.current_model(project=project)
        assert model is not None
        assert (copy / model.folder / "model.safetensors").is_file()


@pytest.fixture
def heard() -> Iterator[None]:
    """Ctrl+C as in a terminal: a shell makes what it starts in the background deaf to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals")
@pytest.mark.usefixtures("heard")
def test_ctrl_c_leaves_a_run_that_can_be_resumed(place: Path, files: Path, backbone: Path) -> None:
    folder = place / "stopped.chartmark"
    make(folder, files)
    # Of several rounds none ends early: the signal always finds it at work.
    long = ["--epochs", "5000", "--rounds", "2", "--json"]
    with subprocess.Popen(
        [*COMMAND, "train", str(folder), "--backbone", str(backbone), *long],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # As a shell does: Ctrl+C reaches the whole group, the worker too.
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        while b'"checkpoint_saved"' not in process.stdout.readline():
            assert process.poll() is None
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors.decode().strip() == "Stopped."
    with Project.open(folder=folder) as project:
        (run,) = runs.runs(project=project)
        assert (run.status, run.message) == (
            RunStatus.INTERRUPTED,
            "It was stopped from the command line.",
        )
        recipe = run.recipe
    assert recipe.epochs == 5000
    answer = chartmark("train", folder, "--resume", "--device", "cuda:9")
    assert answer.code == 1
    assert "cuda:9 is not in this machine" in answer.err
