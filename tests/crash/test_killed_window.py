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

from core.schema.documents import ImportedDocument
from core.schema.labels import Label, LabelScheme
from core.store import audit, documents
from core.store.project import Project
from core.store.verification import verify
from tests.crash.labeller import Began, Ended
from tests.crash.window_labeller import Shown, Word

ROOT = Path(__file__).resolve().parents[2]
KILLS = 200
RECORDS = 12
VERIFY_EVERY = 25
MOST_COUNTED = 1_500_000
"""Counting so far takes about as long as a few edits."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows cannot fork the window"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with records."""
    folder = tmp_path / "rapid.chartmark"
    text = "Seen in clinic with 糖尿病 and a cough 🙂; aspirin and metformin go on.\n" * 12
    with Project.create(folder=folder, scheme=LabelScheme((Label("a"), Label("b")))) as made:
        documents.add_documents(
            project=made,
            documents=[
                ImportedDocument(key=str(number), name=f"note {number}", text=text, source="x")
                for number in range(RECORDS)
            ],
        )
    return folder


@pytest.fixture
def windows(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The process that forks windows."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.crash.window_labeller", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(10) == 0


def test_what_a_killed_window_had_shown_as_saved_is_there(
    folder: Path, windows: subprocess.Popen[bytes]
) -> None:
    chance = random.Random(7)
    shown_in_all = 0
    for number in range(KILLS):
        shown = _label_and_kill(windows, seed=number, chance=chance)
        shown_in_all += len(shown)
        with Project.open(folder=folder) as project:
            assert not project.read_only
            if shown:
                _check(project, shown[-1])
            if (number + 1) % VERIFY_EVERY == 0:
                assert verify(project=project) == []
    assert shown_in_all > 2 * KILLS


def _check(project: Project, last: Shown) -> None:
    """Assert that the audit, and so the store, holds what was shown last."""
    assert audit.last_event(project=project) >= last.event
    then = audit.spans_as_of(project=project, event=last.event)[last.document]
    assert [(span.start, span.end, span.label) for span in then] == last.spans


def _label_and_kill(
    windows: subprocess.Popen[bytes], *, seed: int, chance: random.Random
) -> list[Shown]:
    """Let one window be labelled in for a random while, and return what it had shown."""
    assert windows.stdin is not None
    windows.stdin.write(b"%d\n" % seed)
    windows.stdin.flush()
    began = _next(windows)
    assert isinstance(began, Began)
    shown: list[Shown] = []
    for _ in range(chance.randrange(8)):
        word = _next(windows)
        assert isinstance(word, Shown)
        shown.append(word)
    for _ in range(chance.randrange(MOST_COUNTED)):
        pass
    os.kill(began.pid, signal.SIGKILL)
    while isinstance(word := _next(windows), Shown):
        shown.append(word)
    assert word == Ended(began.pid, -signal.SIGKILL)
    return shown


def _next(windows: subprocess.Popen[bytes]) -> Word:
    assert windows.stdout is not None
    word: Word = msgspec.json.decode(windows.stdout.readline(), type=Word)
    return word
