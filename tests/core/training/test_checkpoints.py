"""Which checkpoint a training goes on from, when what lies on the disk is not what was written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from core.schema.learning import Report, Score
from core.training.averaging import average_file
from core.training.best import BestModel, Evaluation
from core.training.checkpoints import last_checkpoint, part_of, remove_unfinished, resume_point
from core.training.control import Control, StoppedByUserError
from core.training.events import Notice, Progress, Saved, TrainingEvent
from tests.core.training.bench import Bench, same

_ANEW = ["The last checkpoint is damaged; the training begins anew."]
_BEFORE = ["The last checkpoint is damaged; going on from the one before."]


def checkpoint(folder: Path, step: int) -> Path:
    """Write all that belongs to a checkpoint after an evaluation."""
    model = torch.nn.Linear(3, 3)
    zero = Score(0.0, 0.0, 0.0, 0)
    report = Report(zero, zero, zero)
    BestModel(folder, step).add(Evaluation(step, 1.0, report), model)
    save_file(dict(model.state_dict()), average_file(folder, step))
    made = folder / f"checkpoint-{step}"
    made.mkdir()
    save_file(dict(model.state_dict()), made / "model.safetensors")
    for name in ("optimizer.pt", "scheduler.pt", "rng_state.pth"):
        torch.save({"step": step, "state": torch.ones(500)}, made / name)
    (made / "trainer_state.json").write_text("{}", encoding="utf-8")
    return made


def chosen(folder: Path) -> tuple[Path | None, list[str]]:
    told: list[Notice] = []
    return resume_point(folder, told.append), [notice.text for notice in told]


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-9])


def change(file: Path) -> None:
    content = bytearray(file.read_bytes())
    # In the midst of the numbers: the archive's own lists stay as they are.
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)


def test_the_latest_is_gone_on_from(tmp_path: Path) -> None:
    assert chosen(tmp_path) == (None, [])
    made = {step: checkpoint(tmp_path, step) for step in (25, 50, 100)}
    assert chosen(tmp_path) == (made[100], [])
    shutil.rmtree(made[100])
    assert chosen(tmp_path) == (made[50], [])


@pytest.mark.parametrize("state", [None, '{"glob'])
def test_one_cut_off_in_writing_is_passed_over_in_silence(
    tmp_path: Path, state: str | None
) -> None:
    whole, unfinished = checkpoint(tmp_path, 25), checkpoint(tmp_path, 50)
    (unfinished / "trainer_state.json").unlink()
    if state is not None:
        (unfinished / "trainer_state.json").write_text(state, encoding="utf-8")
    assert chosen(tmp_path) == (whole, [])
    shutil.rmtree(whole)
    assert chosen(tmp_path) == (None, [])


@pytest.mark.parametrize("harm", [cut, change, Path.unlink])
@pytest.mark.parametrize("name", ["optimizer.pt", "scheduler.pt"])
def test_damaged_states_are_noticed(
    tmp_path: Path, name: str, harm: Callable[[Path], None]
) -> None:
    whole, damaged = checkpoint(tmp_path, 25), checkpoint(tmp_path, 50)
    harm(damaged / name)
    assert chosen(tmp_path) == (whole, _BEFORE)
    harm(whole / name)
    assert chosen(tmp_path) == (None, _ANEW)


@pytest.mark.parametrize("harm", [cut, Path.unlink])
@pytest.mark.parametrize(
    "name", ["checkpoint-50/model.safetensors", "average-50.safetensors", "best-50.safetensors"]
)
def test_damaged_weights_are_noticed(
    tmp_path: Path, name: str, harm: Callable[[Path], None]
) -> None:
    checkpoint(tmp_path, 50)
    harm(tmp_path / name)
    assert chosen(tmp_path) == (None, _ANEW)


@pytest.mark.parametrize("harm", [cut, Path.unlink])
def test_a_damaged_history_is_noticed(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    checkpoint(tmp_path, 50)
    harm(tmp_path / "evaluations.json")
    assert chosen(tmp_path) == (None, _ANEW)


def test_what_is_unfinished_is_removed_and_nothing_else(tmp_path: Path) -> None:
    run, model = tmp_path / "run", tmp_path / "models" / "run-1"
    run.mkdir()
    whole, unfinished = checkpoint(run, 25), checkpoint(run, 50)
    (unfinished / "trainer_state.json").unlink()
    (run / "best-75.part").touch()
    model.mkdir(parents=True)
    part_of(model).mkdir()
    remove_unfinished(run, model)
    assert last_checkpoint(run) == whole
    assert not unfinished.exists()
    assert not list(tmp_path.rglob("*.part"))
    assert model.is_dir()


def test_a_training_with_a_damaged_checkpoint_begins_anew_to_the_same_end(bench: Bench) -> None:
    whole = bench.again("whole")
    whole.go()

    def cancel(event: TrainingEvent) -> None:
        if isinstance(event, Progress) and event.step == 11:
            bench.control.cancel()

    with pytest.raises(StoppedByUserError):
        bench.go(on_event=cancel)
    cut(bench.run_folder / "checkpoint-10" / "model.safetensors")
    bench.control, bench.events = Control(), []
    bench.go(resume=True)
    assert bench.notices() == _ANEW
    assert bench.starts()[0].resumed_step == 0
    assert [event.step for event in bench.events if isinstance(event, Saved)] == [10, 20, 30, 40]
    assert same(bench.weights(), whole.weights())
