from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from core.schema.documents import ImportedDocument, PredictedSpan
from core.schema.labels import Label, LabelScheme
from core.schema.learning import Recipe, Report, Score, ScoredDocument
from core.store import documents, runs, scores
from core.store.project import Project
from core.store.verification import verify
from tests.crash.labeller import Began, Ended, Word
from tests.crash.ledger import Acknowledgement, Ledger

ROOT = Path(__file__).resolve().parents[2]
KILLS = 200
RECORDS = 30
SUGGESTED_IN_EACH = 20
VERIFY_EVERY = 40
MOST_COUNTED = 300_000
"""Counting so far takes about as long as an edit."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows cannot fork the labeller"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with records, and with suggestions of a model."""
    folder = tmp_path / "rapid.chartmark"
    text = "Seen in clinic with 糖尿病 and a cough 🙂; aspirin and metformin go on. " * 6
    with Project.create(folder=folder, scheme=LabelScheme((Label("a"), Label("b")))) as made:
        documents.add_documents(
            project=made,
            documents=[
                ImportedDocument(key=str(number), name=f"note {number}", text=text, source="x")
                for number in range(RECORDS)
            ],
        )
        run = runs.start_run(project=made, recipe=Recipe())
        zero = Score(0.0, 0.0, 0.0, 0)
        model = runs.add_model_version(
            project=made, run_id=run.id, folder="models/run-1", report=Report(zero, zero, zero)
        )
        runs.promote(project=made, model_version_id=model.id)
        spans = tuple(PredictedSpan(at, at + 5, "a", 0.5) for at in range(0, 200, 10))
        assert len(spans) == SUGGESTED_IN_EACH
        scored = [
            ScoredDocument(item.id, spans, {"mnlp": 0.5})
            for item in documents.documents(project=made)
        ]
        scores.add_scores(project=made, model_version_id=model.id, scored=scored)
    return folder


@pytest.fixture
def labeller(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The process that forks labellers."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.crash.labeller", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(10) == 0


def test_no_acknowledged_label_is_lost_when_labelling_is_killed(
    folder: Path, labeller: subprocess.Popen[bytes]
) -> None:
    chance = random.Random(13)
    with Project.open(folder=folder) as project:
        ledger = Ledger(project)
    for number in range(KILLS):
        for said in _label_and_kill(labeller, seed=number, chance=chance):
            ledger.take(said)
        with Project.open(folder=folder) as project:
            assert not project.read_only
            ledger.check(project)
            if (number + 1) % VERIFY_EVERY == 0:
                assert verify(project=project) == []
    # The kills must have come while there was work to lose, and some in the midst of a commit.
    assert ledger.acknowledged > KILLS
    assert ledger.in_flight > 0


def _label_and_kill(
    labeller: subprocess.Popen[bytes], *, seed: int, chance: random.Random
) -> list[Acknowledgement]:
    """Let one labeller work for a random while, and return what it acknowledged."""
    assert labeller.stdin is not None
    labeller.stdin.write(b"%d\n" % seed)
    labeller.stdin.flush()
    began = _next(labeller)
    assert isinstance(began, Began)
    said: list[Acknowledgement] = []
    for _ in range(chance.randrange(12)):
        word = _next(labeller)
        assert isinstance(word, Acknowledgement)
        said.append(word)
    # Some way into the next edit, as far as counting takes.
    for _ in range(chance.randrange(MOST_COUNTED)):
        pass
    os.kill(began.pid, signal.SIGKILL)
    while isinstance(word := _next(labeller), Acknowledgement):
        said.append(word)
    assert word == Ended(began.pid, -signal.SIGKILL)
    return said


def _next(labeller: subprocess.Popen[bytes]) -> Word:
    assert labeller.stdout is not None
    word: Word = msgspec.json.decode(labeller.stdout.readline(), type=Word)
    return word
