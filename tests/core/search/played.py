"""A training that is played: F1 is a known function of the recipe, and time a counter."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

from core.schema.learning import Recipe
from core.schema.search import Pruner, Trial, TrialRole
from core.search.course import Course, Limits, Trained
from core.search.study import Study
from core.training.control import Control

RECIPE = Recipe(learning_rate=5e-5, seed=7)
"""Far from the best rate, which is 3e-4."""


def quality(recipe: Recipe) -> float:
    """F1 without noise: highest at a rate of 3e-4."""
    return 0.85 - 0.1 * abs(math.log10(recipe.learning_rate / 3e-4))


class PlayedTrainer:
    """Takes ten seconds a training and evaluates at each tenth of it."""

    def __init__(self, f1: Callable[[Recipe], float] = quality) -> None:
        self.f1 = f1
        self.now = 0.0
        self.trained: list[Recipe] = []
        self.before: Callable[[Recipe], None] = lambda _recipe: None

    def __call__(self, recipe: Recipe, judge: Callable[[dict[int, float]], None]) -> Trained:
        self.before(recipe)
        self.trained.append(recipe)
        scores: dict[int, float] = {}
        for tenth in range(1, 11):
            self.now += 1.0
            scores[tenth] = self.f1(recipe) * tenth / 10
            judge(dict(scores))
        return Trained(f1=self.f1(recipe), support=500, scores=scores)

    def clock(self) -> float:
        """Seconds so far."""
        return self.now


class Played:
    """A search in a folder with a played training."""

    def __init__(self, folder: Path, *, pruner: Pruner = Pruner.NONE) -> None:
        self.folder, self.pruner = folder, pruner
        self.trainer = PlayedTrainer()
        self.control = Control()
        self.begun: list[tuple[TrialRole, int]] = []
        self.ended: list[Trial] = []
        self.recipe = RECIPE

    def course(self, *, seconds: float = 1000.0, draws: int = 6) -> Course:
        """The search, with its study opened anew."""
        return Course(
            study=Study(self.folder, seed=self.recipe.seed, pruner=self.pruner),
            recipe=self.recipe,
            train=self.trainer,
            control=self.control,
            limits=Limits(seconds, draws),
            begun=lambda role, number: self.begun.append((role, number)),
            ended=self.ended.append,
            clock=self.trainer.clock,
        )
