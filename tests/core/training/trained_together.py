"""What each of two processes does in ``test_together``: ``torchrun ... FOLDER BACKBONE CALM``.

Writes what it saw to ``FOLDER/RANK.json``; the models lie in ``FOLDER/NAME/model``.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import TrainingArguments
from transformers.training_args import OptimizerNames

from core.schema.documents import LabelledDocument, Split
from core.schema.errors import KnownError
from core.schema.learning import Recipe
from core.training import building, schedule
from core.training.arguments import trainer_arguments
from core.training.control import Control, StoppedByUserError
from core.training.events import TrainingEvent
from core.training.faults import is_peer_lost
from core.training.group import Group, join, leave
from core.training.progress import Steering
from core.training.run import assist, train
from tests.core.training.bench import LABELS, RECIPE
from tests.core.training.conftest import labelled

SHORT = replace(RECIPE, epochs=2, micro_batch_size=1)
"""Two forward passes for each of two processes, and updates that come out uneven."""
PLAIN = replace(SHORT, epochs=1, rounds=2, learning_rate=0.3)
"""Two rounds, by plain gradient descent: AdamW makes much of differences in rounding."""


def shorten(patch: pytest.MonkeyPatch) -> None:
    """Have eight updates an epoch, the last one short, and an evaluation after every ten."""
    patch.setattr(schedule, "_LEAST_UPDATES", 1)
    patch.setattr(schedule, "_UPDATES_BETWEEN", 10)
    patch.setattr(schedule, "_LEAST_TOKENS", 36)


def descend_plainly(patch: pytest.MonkeyPatch) -> None:
    """Train by gradient descent without moments."""

    def plain(*args: Any, **kwargs: Any) -> TrainingArguments:
        made = trainer_arguments(*args, **kwargs)
        made.optim = OptimizerNames.SGD
        return made

    patch.setattr(building, "trainer_arguments", plain)


@contextmanager
def ended_at(update: int, end: Callable[[], None]) -> Iterator[None]:
    """Have something ended after an update."""
    usual = Steering.on_step_end

    def on_step_end(self: Steering, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        if state.global_step == update:
            end()
        usual(self, args, state, control, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Steering, "on_step_end", on_step_end)
        yield


def go(
    group: Group,
    folder: Path,
    backbone: str,
    recipe: Recipe,
    *,
    documents: list[LabelledDocument],
    resume: bool = False,
    emit: Callable[[TrainingEvent], None] = lambda _: None,
) -> None:
    """Train as the first process, or help."""
    dev = labelled(Split.DEV)
    if not group.leads:
        assist(
            read=lambda: (documents, dev, LABELS),
            recipe=recipe,
            run_folder=folder / "run",
            control=Control(),
            group=group,
            backbone=backbone,
            device="cpu",
            resume=resume,
        )
        return
    train(
        train=documents,
        dev=dev,
        labels=LABELS,
        recipe=recipe,
        run_folder=folder / "run",
        model_folder=folder / "model",
        control=Control(),
        emit=emit,
        group=group,
        backbone=backbone,
        device="cpu",
        resume=resume,
    )


def main(folder: Path, backbone: str, calm: str) -> None:
    """Do all that the tests look at; starting the processes takes longer than the rest."""
    group, _ = join("cpu")

    def hinder() -> int:
        if group.rank == 1:
            raise KnownError("There is no {what}.", "Get one.", what="ladder")
        return group.rank

    def cancel() -> None:
        raise StoppedByUserError

    def die() -> None:
        if group.rank == 1:
            os._exit(9)

    def words_of(error: pytest.ExceptionInfo[KnownError]) -> list[str]:
        return [error.value.message, error.value.remedy]

    seen: dict[str, Any] = {
        "shared": group.share(f"told by {group.rank}".encode()).decode(),
        "decided": [group.decide(group.leads), group.decide(not group.leads)],
        "gathered": group.gather(group.rank + 5),
        "made": group.together(lambda: group.rank),
    }
    with pytest.raises(KnownError) as hindered:
        group.together(hinder)
    seen["hindered"] = words_of(hindered)
    documents = labelled(Split.TRAIN)[1:]
    with pytest.raises(KnownError) as differing:
        go(group, folder / "other", backbone, SHORT, documents=documents[group.rank :])
    seen["differing"] = words_of(differing)

    go(group, folder / "whole", backbone, SHORT, documents=documents)
    with ended_at(12, cancel), pytest.raises(StoppedByUserError):
        go(group, folder / "broken", backbone, SHORT, documents=documents)
    seen["files"] = sorted(path.name for path in (folder / "broken" / "run").rglob("*"))
    if group.leads:
        shutil.copytree(folder / "broken", folder / "left")
    go(group, folder / "broken", backbone, SHORT, documents=documents, resume=True)

    with pytest.MonkeyPatch.context() as patch:
        descend_plainly(patch)
        go(group, folder / "plain", calm, PLAIN, documents=documents)
    note(folder, group, seen)

    # torchrun would end the first process as well, before it can say what it saw.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with ended_at(3, die), pytest.raises(RuntimeError) as lost:
        go(group, folder / "lost", backbone, SHORT, documents=documents)
    note(folder, group, {**seen, "lost": is_peer_lost(lost.value)})
    leave()


def note(folder: Path, group: Group, seen: dict[str, Any]) -> None:
    """Write down what this process has seen so far."""
    (folder / f"{group.rank}.json").write_text(json.dumps(seen), encoding="utf-8")


if __name__ == "__main__":
    torch.set_num_threads(1)
    with pytest.MonkeyPatch.context() as throughout:
        shorten(throughout)
        main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
