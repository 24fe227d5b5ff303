"""Rounds side by side: the same model as one after the other, whatever happens to the processes."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import msgspec
import psutil
import pytest
import torch
from safetensors.torch import load_file, save_file

from core.schema.errors import KnownError
from core.schema.learning import Precision, Recipe
from core.schema.process_failure import ProcessFailedError
from core.training import beside, round_process
from core.training.averaging import round_file
from core.training.beside import Order, RoundsBeside, round_command
from core.training.checkpoints import last_checkpoint
from core.training.control import GO_ON, HOLD, Control, StoppedByUserError
from core.training.events import Evaluated, Progress, Recorded, Saved, TrainingEvent
from core.training.schedule import Schedule
from tests.core.training.bench import LABELS, RECIPE, Bench, same

FOUR = replace(RECIPE, epochs=2, rounds=4)
"""Four rounds of 16 updates, two for each of two processes."""
LAST = 34
"""The step of the last round's joining: after 32 updates of each process, the second of two."""


@pytest.fixture
def two_threads(_one_thread: None) -> Iterator[None]:
    torch.set_num_threads(2)
    yield
    torch.set_num_threads(1)


@pytest.fixture
def _last_is_best(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the mean of all rounds be kept: it is what both ways have to agree in."""
    monkeypatch.setattr("core.training.best.told_apart", lambda *_: False)


def one_after_the_other(bench: Bench, recipe: Recipe = FOUR) -> Bench:
    torch.set_num_threads(1)
    other = bench.again("one after the other")
    other.go(recipe)
    torch.set_num_threads(2)
    return other


def order(bench: Bench, **changes: object) -> Order:
    schedule = Schedule(4, 1, 8, 2, 10, rounds=2, beside=2)
    found = Order(
        train=bench.train,
        dev=bench.dev,
        labels=LABELS,
        recipe=replace(FOUR, precision=Precision.FP32),
        backbone=bench.backbone,
        run_folder=str(bench.run_folder),
        schedule=schedule,
        index=1,
        threads=1,
        resume=False,
    )
    return replace(found, **changes)  # type: ignore[arg-type]  # names are the tests' own


def cancel_at(bench: Bench, step: int, event: TrainingEvent) -> None:
    if isinstance(event, Progress) and event.step == step:
        bench.control.cancel()


def children() -> set[psutil.Process]:
    return set(psutil.Process().children(recursive=True))


@pytest.mark.usefixtures("two_threads", "_last_is_best")
def test_side_by_side_gives_what_one_after_the_other_gives(bench: Bench) -> None:
    before = children()
    result = bench.go(FOUR)
    other = one_after_the_other(bench)
    assert result.best_step == LAST
    assert same(bench.weights(), other.weights())
    ends = {event.step: event.report for event in bench.evaluations()}
    others = {event.step: event.report for event in other.evaluations()}
    # The first process trains rounds one and two; the joining of three and four takes a step each.
    assert [ends[step] for step in (16, 32, 33, 34)] == [others[step] for step in (16, 32, 48, 64)]
    assert torch.get_num_threads() == 2
    assert children() == before
    left = {path.name for path in bench.run_folder.iterdir()}
    assert left == {"evaluations.json", "tokenizer"}
    record = next(event.record for event in bench.events if isinstance(event, Recorded))
    assert (record.threads, record.schedule["rounds"], record.schedule["beside"]) == (1, 2, 2)
    assert (bench.starts()[0].rounds, bench.starts()[0].beside) == (2, 2)
    assert bench.starts()[0].device == "CPU (2 threads)"
    last = [event for event in bench.events if isinstance(event, Progress)][-1]
    assert last.step == last.total_steps == 32


def test_a_process_that_was_killed_goes_on_from_its_own_checkpoint(bench: Bench) -> None:
    """To the same weights, bit for bit, and without what it has done already."""
    schedule = Schedule(4, 1, 8, 20, 10, rounds=1, beside=2)
    whole, cut = (order(bench, run_folder=str(bench.folder / name)) for name in ("whole", "cut"))
    whole, cut = replace(whole, schedule=schedule), replace(cut, schedule=schedule)

    def start(wanted: Order) -> subprocess.Popen[bytes]:
        Path(wanted.run_folder).mkdir(exist_ok=True)
        process = subprocess.Popen(round_command(), stdin=subprocess.PIPE)
        assert process.stdin is not None
        process.stdin.write(msgspec.json.encode(wanted) + b"\n")
        process.stdin.flush()
        return process

    with start(whole) as process:
        assert process.wait(60) == 0
    with start(cut) as process:
        while last_checkpoint(cut.own_folder, evaluated=False) is None:
            assert process.poll() is None
            time.sleep(0.001)
        process.kill()
    assert not cut.files[2].exists()
    # Were it begun anew, other weights in its checkpoint would make no difference.
    changed = replace(cut, run_folder=str(bench.folder / "changed"))
    shutil.copytree(cut.run_folder, changed.run_folder)
    for file in changed.own_folder.glob("checkpoint-*/model.safetensors"):
        save_file({name: value + 1 for name, value in load_file(file).items()}, file)
    for interrupted in (cut, changed):
        with start(replace(interrupted, resume=True)) as process:
            assert process.wait(60) == 0
    assert whole.files[2].read_bytes() != changed.files[2].read_bytes()
    assert whole.files[2].read_bytes() == cut.files[2].read_bytes()


@pytest.mark.usefixtures("two_threads", "_last_is_best")
@pytest.mark.parametrize(
    ("before", "after", "rounds", "step"),
    [
        *((2, 1, 4, 10), (2, 1, 4, 16), (2, 1, 4, 32), (2, 1, 2, 16)),
        *((1, 2, 4, 16), (1, 2, 4, 32), (4, 2, 4, 10), (4, 2, 4, 16), (2, 4, 4, 16)),
    ],
)
def test_whoever_goes_on_from_a_checkpoint_comes_to_the_same_weights(
    bench: Bench, before: int, after: int, rounds: int, step: int
) -> None:
    """Fewer or more processes than before, between two rounds above all."""
    # Without warm-up, so that a wrong rate at the first update would show.
    recipe = replace(FOUR, rounds=rounds, warmup_ratio=0.0)

    def end(event: TrainingEvent) -> None:
        if isinstance(event, Saved) and event.step == step:
            bench.control.cancel()

    torch.set_num_threads(before)
    with pytest.raises(StoppedByUserError):
        bench.go(recipe, on_event=end)
    torch.set_num_threads(after)
    resumed = replace(bench, control=Control(), events=[])
    resumed.go(recipe, resume=True)
    (started,) = resumed.starts()
    assert (started.resumed_step, started.beside) == (step, after)
    assert same(resumed.weights(), one_after_the_other(bench, recipe).weights())


@pytest.mark.parametrize("threads", [1, 2])
def test_a_training_of_more_rounds_begins_with_one_of_fewer(
    bench: Bench, two_threads: None, threads: int
) -> None:
    def end(event: TrainingEvent) -> None:
        if isinstance(event, Saved) and event.step == 32 // threads:
            bench.control.cancel()

    torch.set_num_threads(threads)
    with pytest.raises(StoppedByUserError):
        bench.go(FOUR, on_event=end)
    torch.set_num_threads(1)
    fewer = replace(FOUR, rounds=2 // threads)
    resumed = replace(bench, control=Control(), events=[])
    resumed.go(fewer, resume=True)
    assert resumed.evaluations() == []
    assert same(resumed.weights(), one_after_the_other(bench, fewer).weights())


@pytest.mark.usefixtures("two_threads", "_last_is_best")
def test_rounds_that_were_over_are_not_trained_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end_at_the_last_joining(event: TrainingEvent) -> None:
        if isinstance(event, Evaluated) and event.step == LAST:
            bench.control.cancel()

    with pytest.raises(StoppedByUserError):
        bench.go(FOUR, on_event=end_at_the_last_joining)
    monkeypatch.setattr(beside, "round_command", lambda: ["no such program"])
    resumed = replace(bench, control=Control(), events=[])
    resumed.go(FOUR, resume=True)
    assert same(resumed.weights(), one_after_the_other(bench).weights())


@pytest.mark.usefixtures("two_threads", "_last_is_best")
def test_a_process_that_the_system_takes_away_goes_on_with_less(bench: Bench) -> None:
    before = children()
    killed = False

    def kill(event: TrainingEvent) -> None:
        nonlocal killed
        if isinstance(event, Progress) and event.step and not killed:
            killed = True
            (other,) = children() - before
            other.kill()

    bench.go(FOUR, on_event=kill)
    assert killed
    assert len(bench.notices()) == 1
    assert bench.notices()[0].startswith("Memory ran out; going on with smaller batches")
    assert [event.resumed_step for event in bench.starts()] == [0, 32]
    assert bench.evaluations()[-1].step == LAST


@pytest.mark.usefixtures("two_threads")
def test_who_stops_does_not_wait_for_the_others(bench: Bench) -> None:
    def stop(event: TrainingEvent) -> None:
        if isinstance(event, Progress) and event.step == 10:
            bench.control.stop_keep_best()

    before = children()
    assert bench.go(FOUR, on_event=stop).reason == "stopped"
    assert children() == before


@pytest.mark.usefixtures("two_threads")
def test_there_must_be_memory_for_all(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.training.room.free_bytes", lambda _: 0)
    with pytest.raises(StoppedByUserError):
        bench.go(FOUR, on_event=partial(cancel_at, bench, 0))
    record = next(event.record for event in bench.events if isinstance(event, Recorded))
    assert "beside" not in record.schedule
    assert record.threads == 2


@pytest.mark.usefixtures("two_threads")
def test_one_that_has_gone_beyond_its_share_goes_on_alone(bench: Bench) -> None:
    torch.set_num_threads(1)
    with pytest.raises(StoppedByUserError):
        bench.go(FOUR, on_event=partial(cancel_at, bench, 50))
    torch.set_num_threads(2)
    resumed = replace(bench, control=Control(), events=[])
    with pytest.raises(StoppedByUserError):
        resumed.go(FOUR, resume=True, on_event=partial(cancel_at, resumed, 49))
    (started,) = resumed.starts()
    assert (started.resumed_step, started.total_steps, started.beside) == (48, 64, 1)


def test_a_process_is_held_and_goes_on(bench: Bench) -> None:
    bench.run_folder.mkdir()
    wanted = order(bench)
    process = subprocess.Popen(round_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with process:
        assert process.stdin is not None
        process.stdin.write(msgspec.json.encode(wanted) + b"\n" + HOLD)
        process.stdin.flush()
        seen = psutil.Process(process.pid)
        own = wanted.own_folder / "tokenizer" / "tokenizer.json"
        while not own.exists():
            assert process.poll() is None
            time.sleep(0.01)
        # Held, it uses no time of the processor at all.
        used, before = seen.cpu_times().user, -1.0
        while used != before:
            time.sleep(1.0)
            used, before = seen.cpu_times().user, used
        assert not any(file.exists() for file in wanted.files.values())
        process.stdin.write(GO_ON)
        process.stdin.flush()
        assert process.wait(60) == 0
    assert all(file.exists() for file in wanted.files.values())
    # No record is in anything that it leaves.
    written = [path.read_bytes() for path in bench.run_folder.rglob("*") if path.is_file()]
    assert len(written) > 5
    assert not any(bench.train[0].document.text.encode()[:20] in content for content in written)


def test_a_process_ends_with_the_one_that_waits_for_it(bench: Bench) -> None:
    process = subprocess.Popen(round_command(), stdin=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write(msgspec.json.encode(order(bench)) + b"\n")
    process.stdin.close()
    assert process.wait(20) == 1


@pytest.mark.parametrize(
    ("told", "code", "kind"),
    [
        ('{"template": "It is {how}.", "remedy": "", "values": {"how": "odd"}}', 1, KnownError),
        ('{"memory": true}', 1, MemoryError),
        ('{"errno": 28, "bug": "OSError"}', 1, OSError),
        ('{"bug": "ValueError at here.py:1"}', 1, ProcessFailedError),
        ("", 3, ProcessFailedError),
        ("", 0, ProcessFailedError),
    ],
)
def test_failures_come_through(
    told: str, code: int, kind: type[Exception], bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = f"import sys; print('''{told}'''); sys.exit({code})"
    monkeypatch.setattr(beside, "round_command", lambda: [sys.executable, "-c", line])
    with RoundsBeside([order(bench)], Control()) as others, pytest.raises(kind):
        list(others.ended(lambda: None))


def test_a_damaged_round_is_trained_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.run_folder.mkdir()
    file = round_file(bench.run_folder, 3)
    file.write_bytes(b"cut off")
    monkeypatch.setattr(beside, "round_command", lambda: [sys.executable, "-c", "input()"])
    with RoundsBeside([order(bench)], Control()):
        assert not file.exists()


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (RuntimeError("DefaultCPUAllocator: can't allocate memory"), MemoryError),
        (RuntimeError("PytorchStreamWriter failed writing file"), OSError),
        (ValueError("a record"), ValueError),
    ],
)
def test_errors_of_libraries_are_named_for_the_one_that_waits(
    error: Exception, kind: type[Exception]
) -> None:
    assert type(round_process._named(error)) is kind


def test_without_an_order_there_is_nothing_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert round_process.main() == 1


def test_a_frozen_executable_calls_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert round_command() == [sys.executable, "-m", "core.training.round_process"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert round_command() == [sys.executable, "--rounds"]


def test_order_and_answer_know_the_same_files(bench: Bench, tmp_path: Path) -> None:
    wanted = order(bench, run_folder=str(tmp_path))
    assert list(wanted.numbers) == [3, 4]
    assert wanted.own_folder == tmp_path / "beside-3"
    read = msgspec.json.decode(msgspec.json.encode(wanted), type=Order)
    assert read.files == wanted.files == {at: round_file(tmp_path, at) for at in (3, 4)}
    assert tuple(read.train) == tuple(wanted.train)
