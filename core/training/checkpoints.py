"""Checkpoints of a run: from which one a training can go on, and what is left of unfinished ones.

A process may be killed while it writes, and a machine may lose its power: what is found on the
disk is looked at before anything is made of it.
"""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
from safetensors import SafetensorError, safe_open

from core.schema.errors import KnownError
from core.schema.phrases import phrase
from core.training.averaging import average_file
from core.training.best import BestModel
from core.training.events import Notice
from core.training.group import ALONE, Group

BESIDE = "beside-"
"""Before the number of the first round that a process beside trains: its folder in the run's."""
_WEIGHTS = "model.safetensors"
_STATES = ("optimizer.pt", "scheduler.pt")
"""Without these the Trainer would go on from fresh ones and say nothing."""


def step_of(checkpoint: Path) -> int:
    """Return after which update a checkpoint was written."""
    return int(checkpoint.name.rsplit("-", 1)[1])


def last_checkpoint(folder: Path, *, evaluated: bool = True) -> Path | None:
    """Return the latest checkpoint that a training can go on from, or None.

    Args:
        folder: With the checkpoints.
        evaluated: Whether the best model has to be there, too; rounds that are trained beside have
            none.
    """
    found = (path for path in _finished(folder) if _is_whole(path, evaluated=evaluated))
    return next(found, None)


def resume_point(folder: Path, tell: Callable[[Notice], None], group: Group = ALONE) -> Path | None:
    """Return the checkpoint to go on from; None where the training has to begin anew.

    Args:
        folder: Of the run, as this machine has it.
        tell: Gets what the user should know: that a checkpoint is damaged.
        group: The processes that train, the first of which chooses.

    Raises:
        KnownError: Not all of them have that one.
    """
    found = _sound_one(folder, tell) if group.leads else None
    name = group.share(found.name.encode() if found else b"").decode()
    if not name:
        return None
    checkpoint = folder / name
    if not all(group.gather(checkpoint.is_dir())):
        raise KnownError(
            "Not every machine has the checkpoint to go on from.",
            "Copy the project's folder, its runs included, to each machine again.",
        )
    return checkpoint


def remove_unfinished(run_folder: Path, model_folder: Path) -> None:
    """Remove what was being written when the disk was full: it is of no use, and takes room."""
    finished = _finished(run_folder)
    for checkpoint in run_folder.glob("checkpoint-*"):
        if checkpoint not in finished:
            shutil.rmtree(checkpoint, ignore_errors=True)
    for pattern in ("*.part", f"{BESIDE}*/*.part"):
        for part in run_folder.glob(pattern):
            part.unlink(missing_ok=True)
    shutil.rmtree(part_of(model_folder), ignore_errors=True)


def remove_weights(run_folder: Path) -> None:
    """Remove weights and checkpoints of a run; its evaluations and the tokenizer stay."""
    for pattern in ("checkpoint-*", f"{BESIDE}*"):
        for folder in run_folder.glob(pattern):
            shutil.rmtree(folder)
    for pattern in ("best-*", "average-*", "round-*"):
        for weights in run_folder.glob(pattern):
            weights.unlink()


def _sound_one(folder: Path, tell: Callable[[Notice], None]) -> Path | None:
    """Return the latest checkpoint that can be gone on from, and tell of damaged ones."""
    chosen = last_checkpoint(folder)
    latest = next(iter(_finished(folder)), None)
    if chosen is not None and chosen != latest:
        tell(Notice(phrase("The last checkpoint is damaged; going on from the one before.")))
    elif chosen is None and latest is not None:
        tell(Notice(phrase("The last checkpoint is damaged; the training begins anew.")))
    return chosen


def part_of(model_folder: Path) -> Path:
    """Return where a model is written before it gets its name."""
    return model_folder.with_name(model_folder.name + ".part")


def _finished(folder: Path) -> list[Path]:
    """Return the checkpoints that were written to their end, the latest first.

    The Trainer writes ``trainer_state.json`` last, after the mean of the weights that belongs to
    it; one cut off in writing is no JSON.
    """
    finished = []
    for checkpoint in folder.glob("checkpoint-*"):
        try:
            json.loads((checkpoint / "trainer_state.json").read_bytes())
        except (OSError, ValueError):
            continue
        finished.append(checkpoint)
    return sorted(finished, key=step_of, reverse=True)


def _is_whole(checkpoint: Path, *, evaluated: bool = True) -> bool:
    """Tell whether everything that the training needs of a checkpoint can be read."""
    folder, step = checkpoint.parent, step_of(checkpoint)
    weights: list[Path | None] = [checkpoint / _WEIGHTS, average_file(folder, step)]
    if evaluated:
        try:
            weights.append(BestModel(folder, step).file)
        except (OSError, msgspec.MsgspecError):
            return False
    states = [checkpoint / name for name in _STATES] + list(checkpoint.glob("*.pth"))
    return all(map(_is_whole_archive, states)) and all(map(are_whole_weights, weights))


def are_whole_weights(file: Path | None) -> bool:
    """Tell whether a file of weights is there, and as long as its header says."""
    if file is None:
        return False
    try:
        with safe_open(file, framework="pt"):
            return True
    except (OSError, SafetensorError):
        return False


def _is_whole_archive(file: Path) -> bool:
    """Tell whether a file of states, a zip archive, agrees with its checksums."""
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.testzip() is None
    except (OSError, zipfile.BadZipFile):
        return False
