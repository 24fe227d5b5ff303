from __future__ import annotations

from pathlib import Path

import pytest

from core.operations import training
from core.schema.learning import RunStatus
from core.worker.messages import TrainRecorded
from tests.core.cli.conftest import Chartmark
from tests.core.operations.test_repeating import RECORD
from tests.core.operations.test_training import finished
from tests.core.worker.tiny import make_project


@pytest.fixture
def trained(folder: Path) -> Path:
    """A project with a run that finished and one that did not."""
    with make_project(folder) as made:
        run, _ = training.begin_retrain(project=made)
        training.book(project=made, event=TrainRecorded(run_id=run.id, record=RECORD))
        training.book(project=made, event=finished(run.id, made, 0.5, None))
        run, _ = training.begin_retrain(project=made)
        training.book_exit(project=made, run_id=run.id, message="It crashed.")
    return folder


def test_runs_are_listed(chartmark: Chartmark, trained: Path) -> None:
    first, second = chartmark("runs", trained, "--json").json
    assert (first["id"], first["status"], first["model"]) == (1, RunStatus.FINISHED, "v1")
    assert (first["dev_f1"], first["seconds"], first["energy"]) == (0.5, 60.0, None)
    assert (second["status"], second["record"], second["model"]) == ("interrupted", None, "")
    lines = chartmark("runs", trained).out.splitlines()
    assert lines[0].split() == ["run", "status", "continues", "model", "dev", "F1", "began"]
    assert lines[1].split()[:4] == ["1", "finished", "v1", "0.5000"]


def test_one_is_shown_with_its_record(chartmark: Chartmark, trained: Path) -> None:
    shown = chartmark("runs", trained, "--show", 1, "--json").json
    assert shown["record"]["weights_sha256"] == RECORD.weights_sha256
    assert shown["recipe"]["seed"] == 13
    out = chartmark("runs", trained, "--show", 1).out
    for words in ("record.versions.torch", "record.threads", "recipe.seed", "snapshot_event"):
        assert words in out
    answer = chartmark("runs", trained, "--show", 9)
    assert (answer.code, answer.err) == (1, "There is no training 9. Leave --show out.\n")
