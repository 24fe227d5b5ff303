"""The mean of a training's weights: what is evaluated, kept and shown instead of the last update's.

A model in the midst of training jumps about the solution; the mean of its latest weights lies
nearer to it, and is worth showing long before the learning rate has fallen. The mean is that of
Shamir & Zhang 2013, "Stochastic gradient descent for non-smooth optimization": weights decay
polynomially with their age, so that the first ones are forgotten however long the training is.

Of several rounds (``core.training.rounds``) it is the mean of what each ended at; the one that is
going on counts by how much of it is over, so that a model is not shown worse for a fresh beginning.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from core.training.schedule import Schedule

_DECAY = 8
"""The mean looks back over about one update in nine of those so far."""
_STEP = 4
"""Of so many updates the first is taken in: neighbours are alike, and each costs a hundredth."""
_ENDED = "ended."
"""Before the names of what the rounds that are over ended at."""
Weights = dict[str, torch.Tensor]
"""Parameters by their names."""


class WeightAverage:
    """The running mean of a model's parameters, kept in the run's folder beside the checkpoints."""

    def __init__(
        self,
        model: torch.nn.Module,
        folder: Path,
        resumed_step: int,
        *,
        schedule: Schedule,
    ) -> None:
        """Begin with the model as it is, or with the mean that a checkpoint was written beside.

        Args:
            model: On the device on which it is trained.
            folder: Of the run.
            resumed_step: The update that is gone on from; 0 for none.
            schedule: Says where rounds end.

        Raises:
            OSError: The mean of that update is not there.
        """
        self._folder = folder
        self._schedule = schedule
        self._parameters = dict(model.named_parameters())
        self._over = schedule.rounds_before(resumed_step)
        self._ended: Weights = {}
        self._share = 1.0
        if resumed_step:
            kept = load_file(self._file(resumed_step))
            self._mean = self._found(kept, "")
            self._ended = self._found(kept, _ENDED) if self._over else {}
        else:
            self._mean = {name: value.detach().clone() for name, value in self._parameters.items()}

    def take(self, step: int) -> None:
        """Take in the model's parameters after update ``step`` (from 1), if it is its turn.

        The first update of a round ends the one before it, and nothing else does: what is kept at
        the end of a round is the same, whichever process trains the next one.
        """
        if self._schedule.begins_anew(step):
            self._end_round()
        at = self._schedule.in_round(step)
        self._share = at / self._schedule.updates_in_round
        taken, too_soon = divmod(at - 1, _STEP)
        if too_soon:
            return
        with torch.no_grad():
            torch._foreach_lerp_(
                list(self._mean.values()),
                [value.detach() for value in self._parameters.values()],
                (_DECAY + 1) / (taken + 1 + _DECAY),
            )

    def join(self, ended: Weights) -> None:
        """Count what has been taken in as a round that is over, and take in a whole one instead.

        Args:
            ended: What a round ended at that another process trained.
        """
        self._end_round()
        self._mean = self._found(ended, "")
        self._share = 1.0

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Let the model have the mean as its parameters for a while."""
        own = {name: parameter.data for name, parameter in self._parameters.items()}
        for name, parameter in self._parameters.items():
            parameter.data = self._of_all_rounds(name)
        try:
            yield
        finally:
            for name, parameter in self._parameters.items():
                parameter.data = own[name]

    def keep(self, step: int) -> None:
        """Write the mean, so that a run can go on from update ``step``."""
        ended = {_ENDED + name: value for name, value in self._ended.items()}
        _write({**self._mean, **ended}, self._file(step))

    def write(self, file: Path) -> None:
        """Write the mean of the round that ends now, for the process that takes it in."""
        _write(self._mean, file)

    def prune(self, step: int) -> None:
        """Remove what was kept for other updates, once the checkpoint of this one is written."""
        for file in self._folder.glob("average-*.safetensors"):
            if file != self._file(step):
                file.unlink()

    def _end_round(self) -> None:
        self._over += 1
        with torch.no_grad():
            for name, value in self._mean.items():
                before = self._ended.get(name, value)
                self._ended[name] = torch.lerp(before, value, 1 / self._over)

    def _of_all_rounds(self, name: str) -> torch.Tensor:
        if not self._over:
            return self._mean[name]
        share = self._share / (self._over + self._share)
        return torch.lerp(self._ended[name], self._mean[name], share)

    def _found(self, kept: Weights, mark: str) -> Weights:
        return {
            name: kept[mark + name].to(value.device) for name, value in self._parameters.items()
        }

    def _file(self, step: int) -> Path:
        return average_file(self._folder, step)


def average_file(folder: Path, step: int) -> Path:
    """Return where the mean of an update is kept in a run's folder."""
    return folder / f"average-{step}.safetensors"


def round_file(folder: Path, number: int) -> Path:
    """Return where a run's folder keeps what a round of another process ended at, from 1."""
    return folder / f"round-{number}.safetensors"


def _write(weights: Weights, file: Path) -> None:
    part = file.with_suffix(".part")
    save_file({name: value.contiguous() for name, value in weights.items()}, part)
    part.replace(file)
