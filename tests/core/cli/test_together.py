"""A project trained by one process and by two, started as ``torchrun`` starts them."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

from core.cli.main import run_command
from core.cli.together import NAME, make_command, speaks
from core.schema.errors import KnownError
from core.schema.learning import RunStatus
from core.store import runs
from core.store.project import Project
from core.worker.messages import Cancelled, Event, Failed, Train, TrainNotice
from tests.core.cli.launched import LEAST_UPDATES
from tests.core.worker.tiny import make_project

ROOT = Path(__file__).resolve().parents[3]


class Played:
    """Stands in for this process among others; what it is given is kept."""

    def __init__(self, *events: Event, leads: bool = True) -> None:
        self.leads = leads
        self.asked: list[Train] = []
        self.read: list[str] = []
        self._events = events

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass

    def lead(self, request: Train, *, project: Project, send: Callable[[Event], None]) -> None:
        self.asked.append(request)
        for event in self._events:
            if isinstance(event, Cancelled):
                raise KnownError("Another process ended.", "See what it said.")
            send(event)

    def follow(self, folder: Path, open_project: Callable[[], Project]) -> None:
        with open_project() as project:
            assert project.read_only
            self.read.append(project.name)


def call(member: Played, *arguments: object) -> int:
    return run_command(make_command(lambda _: member), [*map(str, arguments)], name=NAME)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small project, closed."""
    made = tmp_path / "tiny.chartmark"
    make_project(made).close()
    return made


def test_the_first_process_books_what_it_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    failed = Failed(known=True, message="The disk is full.", remedy="Make room.", run_id=1)
    member = Played(TrainNotice(run_id=1, text="Note this."), failed)
    assert call(member, folder, "--micro-batch", 3, "--seed", 7) == 1
    said = capsys.readouterr()
    assert said.out == "Note this.\n"
    assert said.err == "The disk is full. Make room.\n"
    (request,) = member.asked
    assert (request.recipe.micro_batch_size, request.recipe.seed) == (3, 7)
    with Project.open(folder=folder, read_only=True) as project:
        (run,) = runs.runs(project=project)
        assert (run.status, run.message) == (RunStatus.FAILED, "The disk is full. Make room.")


def test_a_run_that_another_process_cut_off_can_be_resumed(folder: Path) -> None:
    assert call(Played(Cancelled()), folder) == 1
    with Project.open(folder=folder, read_only=True) as project:
        (run,) = runs.runs(project=project)
        assert run.status is RunStatus.INTERRUPTED
        assert run.message == "Another process ended. See what it said."


def test_the_others_only_read(folder: Path) -> None:
    member = Played(leads=False)
    # The first process has it open for writing meanwhile.
    with Project.open(folder=folder):
        assert call(member, folder) == 0
    assert member.read == ["tiny"]


def test_a_project_that_is_open_elsewhere_is_not_trained(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    member = Played()
    with Project.open(folder=folder):
        assert call(member, folder) == 1
    assert "Another Chartmark has this project open" in capsys.readouterr().err
    assert member.asked == []


def test_several_processes_do_not_ask_for_a_passphrase(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "locked.chartmark"
    make_project(folder, passphrase="open sesame").close()
    monkeypatch.setenv("RANK", "0")
    assert call(Played(), folder) == 1
    assert "several processes cannot ask for it" in capsys.readouterr().err


def test_only_the_first_of_several_prints_json(monkeypatch: pytest.MonkeyPatch) -> None:
    for rank, spoken in ((None, ["P", "--json"]), ("0", ["P", "--json"]), ("1", ["P"])):
        if rank is not None:
            monkeypatch.setenv("RANK", rank)
        assert speaks(["P", "--json"]) == spoken


def told(said: str, kind: str) -> list[dict[str, Any]]:
    """Return the printed events of a kind."""
    lines = [json.loads(line) for line in said.splitlines()]
    return [line for line in lines if line.get("type") == kind]


def contents(folder: Path) -> dict[str, str]:
    """Return the digest of every file, but for what SQLite makes to read."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


@pytest.mark.slow
def test_two_processes_train_an_encrypted_project_as_one_does(
    tmp_path: Path,
    backbone: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from core.training import schedule
    from core.worker.member import Member

    first, second = tmp_path / "first.chartmark", tmp_path / "second.chartmark"
    make_project(first, passphrase="open sesame").close()
    shutil.copytree(first, second)
    before = contents(second)
    key, scratch = tmp_path / "key", tmp_path / "scratch"
    key.write_text("open sesame\n", encoding="utf-8")
    scratch.mkdir()
    files = ["--passphrase-file", str(key), "--backbone", str(backbone)]
    options = [*files, "--device", "cpu", "--rounds", "1", "--json"]
    launch = ["torch.distributed.run", "--standalone", "--nproc-per-node", "2", "-m"]
    two = subprocess.run(
        [
            sys.executable,
            "-m",
            *launch,
            "tests.core.cli.launched",
            str(first),
            str(second),
            *options,
        ],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1", "TMPDIR": str(scratch)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=250,
    )
    assert two.returncode == 0, two.stderr
    assert contents(second) == before
    assert list(scratch.glob("chartmark-*")) == []

    monkeypatch.setattr(schedule, "_LEAST_UPDATES", LEAST_UPDATES)
    capsys.readouterr()
    command = make_command(Member)
    assert run_command(command, [str(first), *options], name=NAME) == 0
    one = capsys.readouterr().out
    scores = [
        [event["report"]["micro"]["f1"] for event in told(said, "train_evaluated")]
        for said in (one, two.stdout)
    ]
    assert len(scores[0]) == 2
    assert scores[1] == pytest.approx(scores[0], abs=0.1)
    assert [len(told(said, "train_finished")) for said in (one, two.stdout)] == [1, 1]
    (record,) = told(two.stdout, "train_recorded")
    assert record["record"]["schedule"]["processes"] == 2
    with Project.open(folder=first, passphrase="open sesame", read_only=True) as project:
        assert {run.status for run in runs.runs(project=project)} == {RunStatus.FINISHED}
        model = runs.current_model(project=project)
        assert model is not None
        assert (first / model.folder / "model.safetensors").is_file()
