"""The training of one trial: the project's own training, whose model is thrown away."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import torch

from core.schema.documents import LabelledDocument
from core.schema.learning import Recipe
from core.search.course import Trained
from core.training import events
from core.training.control import Control
from core.training.run import TrainResult, train

Emit = Callable[[events.TrainingEvent], None]
Judge = Callable[[dict[int, float]], None]

_FOLDER = "trial"
_TENTHS = 10


class TrialControl(Control):
    """The wishes of a search as a trial sees them: a stop lets it come to its own end."""

    def __init__(self, search: Control) -> None:
        """Follow the control of a search."""
        super().__init__()
        self._search = search

    @property
    def paused(self) -> bool:
        """Whether the search is to hold."""
        return self._search.paused

    @property
    def stopping(self) -> bool:
        """Never: the search ends after the trial, not in it."""
        return False

    def check(self) -> None:
        """End the trial if the search is cancelled."""
        self._search.check()

    def hold(self) -> None:
        """Wait while the search is paused."""
        self._search.hold()


class Tenths:
    """The best F1 so far at each tenth of a training.

    Trials differ in epochs and updates, so they are compared at equal shares of their schedules,
    where their learning rates stand alike.
    """

    def __init__(self) -> None:
        """Begin before the first update."""
        self.scores: dict[int, float] = {}
        self._total = 1
        self._best: float | None = None

    def begin(self, total_steps: int) -> None:
        """Take how many updates there are in the whole schedule."""
        self._total = max(total_steps, 1)

    def add(self, step: int, f1: float) -> None:
        """Take up an evaluation; tenths passed since the last one keep what was best before."""
        now = min(_TENTHS * step // self._total, _TENTHS)
        if self._best is not None:
            for tenth in range(max(self.scores, default=0) + 1, now):
                self.scores[tenth] = self._best
        self._best = f1 if self._best is None else max(f1, self._best)
        if now:
            self.scores[now] = self._best


class TrialTrainer:
    """Trains recipes on the same documents, one after the other; ``core.search.course.Trainer``."""

    def __init__(
        self,
        *,
        train: Sequence[LabelledDocument],
        dev: Sequence[LabelledDocument],
        labels: Sequence[str],
        folder: Path,
        control: Control,
        emit: Emit,
        backbone: str | None = None,
        device: str = "auto",
        allow_network: bool = False,
        train_recipe: Callable[..., TrainResult] = train,
    ) -> None:
        """Remember what all trials have in common.

        Args:
            train: Documents to learn from.
            dev: Documents that F1 is measured on.
            labels: The scheme.
            folder: The search's; what a trial writes is put into a folder in it and removed.
            control: Of the search.
            emit: Gets the events of each training.
            backbone: Folder or hub name; the embedded encoder if None.
            device: ``auto`` or a device's name.
            allow_network: Whether a hub name may be fetched.
            train_recipe: ``core.training.run.train``, or what stands in for it.
        """
        self._documents = {"train": train, "dev": dev}
        self._labels = labels
        self._folder = folder / _FOLDER
        self._control = TrialControl(control)
        self._emit = emit
        self._where = {"backbone": backbone, "device": device, "allow_network": allow_network}
        self._train_recipe = train_recipe

    def __call__(self, recipe: Recipe, judge: Judge) -> Trained:
        """Train a recipe; see ``core.search.course.Trainer``.

        A trial is one round: what the mean of several adds, it adds to every recipe.
        """
        tenths = Tenths()

        def follow(event: events.TrainingEvent) -> None:
            self._emit(event)
            match event:
                case events.Started():
                    tenths.begin(event.total_steps)
                case events.Evaluated():
                    tenths.add(event.step, event.report.micro.f1)
                    judge(dict(tenths.scores))
                case _:
                    pass

        # A search that was killed left the files of its trial.
        self._clear()
        try:
            result = self._train_recipe(
                **self._documents,
                labels=self._labels,
                recipe=replace(recipe, rounds=1),
                run_folder=self._folder / "run",
                model_folder=self._folder / "model",
                control=self._control,
                emit=follow,
                **self._where,
            )
        finally:
            self._clear()
            gc.collect()
            if torch.cuda.is_available():
                torch.cuda.empty_cache()
        micro = result.report.micro
        return Trained(f1=micro.f1, support=micro.support, scores=tenths.scores)

    def _clear(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
