"""The best model of a run so far, kept on disk with every evaluation that led to it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec
import torch
from safetensors.torch import load_model, save_model

from core.learning.preference import told_apart
from core.schema.learning import Report


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One evaluation in the course of a run.

    Attributes:
        rounds: Whose mean the model is; 0 where it may not be the best, in the midst of a later
            round.
    """

    step: int
    epoch: float
    report: Report
    rounds: int = 1


class BestModel:
    """The best weights so far and the evaluations that say so, kept in the run's folder.

    Attributes:
        evaluations: All of them, in order.
    """

    def __init__(self, folder: Path, resumed_step: int) -> None:
        """Go on with what a run left, as far as the update it is resumed from."""
        self._folder = folder
        self._history = folder / "evaluations.json"
        self.evaluations: list[Evaluation] = []
        if resumed_step and self._history.is_file():
            past = msgspec.json.decode(self._history.read_bytes(), type=list[Evaluation])
            self.evaluations = [item for item in past if item.step <= resumed_step]

    @property
    def best(self) -> Evaluation | None:
        """Of those that dev does not tell from the highest micro F1 the one of most rounds.

        Of as many rounds the highest itself, the earliest of equals.
        """
        counting = [item for item in self.evaluations if item.rounds]
        if not counting:
            return None
        highest = max((item.report.micro for item in counting), key=lambda score: score.f1)
        level = [item for item in counting if not told_apart(highest, item.report.micro)]
        return max(level, key=lambda item: (item.rounds, item.report.micro.f1, -item.step))

    @property
    def stale(self) -> int:
        """Evaluations since the best one; 0 as long as nothing at all is found.

        A model on few records begins by calling everything O, and must not be given up there.
        """
        best = self.best
        if best is None or best.report.micro.f1 == 0.0:
            return 0
        return sum(1 for item in self.evaluations if item.step > best.step)

    def add(self, evaluation: Evaluation, model: torch.nn.Module) -> bool:
        """Take in an evaluation; returns whether it is the best, and then keeps the weights."""
        self.evaluations.append(evaluation)
        is_best = self.best is evaluation
        if is_best:
            weights = self._weights(evaluation.step)
            part = weights.with_suffix(".part")
            save_model(model, str(part))
            part.replace(weights)
        part = self._history.with_suffix(".part")
        part.write_bytes(msgspec.json.encode(self.evaluations))
        part.replace(self._history)
        return is_best

    def restore(self, model: torch.nn.Module) -> None:
        """Put the best weights into the model."""
        if self.file is not None:
            load_model(model, str(self.file))

    @property
    def file(self) -> Path | None:
        """Where the best weights are kept; None before the first evaluation."""
        return None if self.best is None else self._weights(self.best.step)

    def prune(self) -> None:
        """Remove the weights that were once the best.

        Only to be called once a checkpoint is written: a run resumed from an earlier one needs
        the weights that were the best then.
        """
        for weights in self._folder.glob("best-*.safetensors"):
            if weights != self.file:
                weights.unlink()

    def _weights(self, step: int) -> Path:
        return self._folder / f"best-{step}.safetensors"
