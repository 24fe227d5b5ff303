"""How a process among others ends, and what is told of it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from core.schema.errors import KnownError
from core.schema.learning import Recipe
from core.store.project import Project
from core.training.control import Control, StoppedByUserError
from core.training.group import Group
from core.worker import member
from core.worker.member import Member, PeerLostError
from core.worker.messages import AnyRequest, Event, Failed, OpenProject, Train


def request() -> Train:
    return Train(job=1, run_id=1, snapshot_event=1, recipe=Recipe(), run_folder="", model_folder="")


def play(monkeypatch: pytest.MonkeyPatch, work: Callable[[Control], None]) -> None:
    """Have a training be this work."""

    class PlayedJobs:
        def __init__(self, group: Group) -> None:
            assert group.leads

        def run(self, asked: AnyRequest, control: Control, send: Callable[[Event], None]) -> None:
            if not isinstance(asked, OpenProject):
                work(control)

    monkeypatch.setattr(member, "Jobs", PlayedJobs)


def fail_with(error: Exception) -> Callable[[Control], None]:
    def fail(_: Control) -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    "words",
    [
        "[/pytorch/third_party/gloo/gloo/transport/tcp/pair.cc:553] Connection closed by peer",
        "Connection reset by peer",
    ],
)
def test_a_lost_process_is_told_and_the_run_stays(
    project: Project, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    play(monkeypatch, fail_with(RuntimeError(words)))
    sent: list[Event] = []
    with Member("cpu") as alone, pytest.raises(PeerLostError, match="Another process"):
        alone.lead(request(), project=project, send=sent.append)
    assert sent == []


@pytest.mark.parametrize("error", [KnownError("It is full.", "Make room."), ValueError("a secret")])
def test_what_fails_here_is_sent(
    project: Project, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    play(monkeypatch, fail_with(error))
    sent: list[Event] = []
    with Member("cpu") as alone:
        alone.lead(request(), project=project, send=sent.append)
    (failed,) = sent
    assert isinstance(failed, Failed)
    assert (failed.run_id, failed.known) == (1, isinstance(error, KnownError))
    assert "secret" not in failed.message


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_training_between_two_layers(
    project: Project, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    def work(control: Control) -> None:
        os.kill(os.getpid(), number)
        with pytest.raises(StoppedByUserError):
            control.check()
        raise StoppedByUserError

    play(monkeypatch, work)
    before = signal.getsignal(number)
    with Member("cpu") as alone, pytest.raises(KeyboardInterrupt):
        alone.lead(request(), project=project, send=lambda _: None)
    assert signal.getsignal(number) is before


def test_nothing_is_done_where_the_first_process_gave_up(tmp_path: Path) -> None:
    def no_project() -> Project:
        raise AssertionError

    with Member("cpu") as alone:
        alone.follow(tmp_path, no_project)
