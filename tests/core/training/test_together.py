"""Two real processes train as one would; torchrun starts them, gloo joins them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from core.inference.heads import Head, HeadKind
from core.inference.model import new_model
from core.schema.documents import Split
from core.training.events import Started, TrainingEvent
from core.training.group import ALONE
from tests.core.training.bench import LABELS, same
from tests.core.training.conftest import labelled
from tests.core.training.trained_together import PLAIN, SHORT, descend_plainly, go, shorten

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Together:
    """What two processes did and saw."""

    folder: Path
    seen: list[dict[str, Any]]

    def weights(self, name: str) -> dict[str, torch.Tensor]:
        return load_file(self.folder / name / "model" / "model.safetensors")


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory, backbone: Path, calm: str) -> Together:
    folder = tmp_path_factory.mktemp("together")
    scratch = folder / "scratch"
    scratch.mkdir()
    command = ["torch.distributed.run", "--standalone", "--nproc-per-node", "2", "-m"]
    script = "tests.core.training.trained_together"
    ended = subprocess.run(
        [sys.executable, "-m", *command, script, str(folder), str(backbone), calm],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1", "TMPDIR": str(scratch)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=200,
    )
    # In the end the second process dies.
    assert ended.returncode == 1, ended.stderr
    assert {path.name for path in folder.glob("*.json")} == {"0.json", "1.json"}, ended.stderr
    seen = [json.loads((folder / f"{rank}.json").read_text(encoding="utf-8")) for rank in (0, 1)]
    return Together(folder, seen)


def test_what_the_first_process_says_goes(together: Together) -> None:
    for rank, seen in enumerate(together.seen):
        assert seen["shared"] == "told by 0"
        assert seen["decided"] == [True, False]
        assert seen["gathered"] == [5, 6]
        assert seen["made"] == rank


def test_what_hinders_one_is_told_by_all(together: Together) -> None:
    first, second = (seen["hindered"] for seen in together.seen)
    assert first == ["Process 1: There is no ladder. Get one.", ""]
    assert second == ["There is no ladder.", "Get one."]


def test_other_records_are_noticed_before_anything_is_learned(together: Together) -> None:
    for seen in together.seen:
        assert seen["differing"][0].startswith("The processes do not have the same records")
    assert not (together.folder / "other" / "model").exists()


def test_the_updates_are_those_of_one_process(
    together: Together, calm: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shorten(monkeypatch)
    descend_plainly(monkeypatch)
    go(ALONE, tmp_path, calm, PLAIN, documents=labelled(Split.TRAIN)[1:])
    alone = load_file(tmp_path / "model" / "model.safetensors")
    parted = together.weights("plain")
    before = new_model(calm, Head(HeadKind.SOFTMAX, LABELS)).state_dict()
    assert alone.keys() == parted.keys()
    for name, value in alone.items():
        torch.testing.assert_close(parted[name], value, rtol=0.0, atol=1e-5, msg=name)
    embeddings = "bert.embeddings.word_embeddings.weight"
    assert float((alone[embeddings] - before[embeddings]).abs().max()) > 1e-3


def test_resuming_together_gives_what_not_stopping_gives(together: Together) -> None:
    assert same(together.weights("whole"), together.weights("broken"))


def test_one_process_goes_on_where_two_were_cut_off(
    together: Together, backbone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shorten(monkeypatch)
    told: list[TrainingEvent] = []
    documents = labelled(Split.TRAIN)[1:]
    left = together.folder / "left"
    go(ALONE, left, str(backbone), SHORT, documents=documents, resume=True, emit=told.append)
    started = next(event for event in told if isinstance(event, Started))
    assert (started.resumed_step, started.total_steps) == (10, 16)
    assert (left / "model" / "model.safetensors").is_file()


def test_a_process_notices_that_another_one_died(together: Together) -> None:
    assert together.seen[0]["lost"] is True


def test_only_the_first_process_writes_to_the_runs_folder(together: Together) -> None:
    files = together.seen[0]["files"]
    assert "checkpoint-10" in files
    assert "rng_state_0.pth" in files
    assert "rng_state_1.pth" not in files
