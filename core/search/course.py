"""The course of a search: the current recipe by several seeds, then draws, then the judgement."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from core.schema.errors import KnownError
from core.schema.learning import Recipe
from core.schema.search import (
    SEEDS,
    SearchEnd,
    SearchOutcome,
    Trial,
    TrialRole,
    TrialStatus,
)
from core.search.noise import compare
from core.search.space import values_of, with_values
from core.search.study import Study
from core.training.control import Control

_MOST_FAILURES = 3
"""Drawn trials in a row that fail before the search is given up: then it is not the draw."""


class GivenUpError(Exception):
    """The trial lags behind, or the time is up: it is ended where it stands."""


@dataclass(frozen=True, slots=True)
class Trained:
    """What a training of a trial came to.

    Attributes:
        f1: Micro F1 of its best model on dev.
        support: Gold spans of the dev documents.
        scores: Best F1 so far by tenth of the training.
    """

    f1: float
    support: int
    scores: dict[int, float]


class Trainer(Protocol):
    """Trains a recipe and throws the model away."""

    def __call__(self, recipe: Recipe, judge: Callable[[dict[int, float]], None]) -> Trained:
        """Train.

        Args:
            recipe: With the trial's values and seed.
            judge: Called after each evaluation with the best F1 so far by tenth; raises
                GivenUpError where the trial is to end.
        """


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a search goes on.

    Attributes:
        seconds: From now, the judgement included; a training under way may go beyond them.
        draws: Most drawn trials in all, those before a resumption too; 0 for as many as fit.
    """

    seconds: float
    draws: int = 0


class Course:
    """One search, from its beginning or from where it was cut off."""

    def __init__(
        self,
        *,
        study: Study,
        recipe: Recipe,
        train: Trainer,
        control: Control,
        limits: Limits,
        begun: Callable[[TrialRole, int], None],
        ended: Callable[[Trial], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare it.

        Args:
            study: Holds what was tried before.
            recipe: The current one.
            train: Does the trainings.
            control: The user's wishes; ``stopping`` ends the search after the running trial.
            limits: How long it goes on.
            begun: Called when a trial begins, with its role and number.
            ended: Called when one has ended and is durable.
            clock: Seconds that only go forward.
        """
        self._study, self._recipe, self._train = study, recipe, train
        self._control, self._limits, self._clock = control, limits, clock
        self._tell_begun, self._tell_ended = begun, ended
        self._began = clock()

    def run(self) -> SearchOutcome:
        """Search.

        Returns:
            What came of it. With ``SearchEnd.STOPPED`` it can be gone on with.

        Raises:
            KnownError: The current recipe cannot be trained, the time is too short, or one draw
                after the other fails.
            StoppedByUserError: It was cancelled.
        """
        current = self._by_seeds(TrialRole.BASELINE, self._recipe)
        if current is None:
            return SearchOutcome(SearchEnd.STOPPED)
        self._explore()
        if self._control.stopping:
            return SearchOutcome(SearchEnd.STOPPED)
        best = self._candidate(current)
        if best is None:
            return SearchOutcome(SearchEnd.NO_CANDIDATE)
        recipe = with_values(self._recipe, best.values)
        candidate = self._by_seeds(TrialRole.CONFIRM, recipe)
        if candidate is None:
            return SearchOutcome(SearchEnd.STOPPED)
        comparison = compare(
            [trial.f1 or 0.0 for trial in current],
            [trial.f1 or 0.0 for trial in candidate],
            support=max(current[0].support, 1),
        )
        if not comparison.better:
            return SearchOutcome(SearchEnd.NOT_BETTER, comparison=comparison)
        return SearchOutcome(SearchEnd.ACCEPTED, recipe, comparison)

    def _seeds(self) -> list[int]:
        """Seeds that judge; draws are trained with another one (see ``core.search.noise``)."""
        return [self._recipe.seed + offset for offset in range(SEEDS)]

    def _by_seeds(self, role: TrialRole, recipe: Recipe) -> list[Trial] | None:
        """Train a recipe with each seed that was not used before; None if stopped meanwhile."""
        values = values_of(recipe)
        done = {
            trial.seed: trial
            for trial in self._study.trials()
            if trial.role is role
            and trial.values == values
            and trial.status is TrialStatus.FINISHED
        }
        for seed in self._seeds():
            if seed in done:
                continue
            if self._control.stopping:
                return None
            done[seed] = self._fixed(role, recipe, seed)
            self._check_time(done[seed])
        return [done[seed] for seed in self._seeds()]

    def _fixed(self, role: TrialRole, recipe: Recipe, seed: int) -> Trial:
        number = self._study.next_number
        self._tell_begun(role, number)
        began = self._clock()
        trained = self._train(replace(recipe, seed=seed), lambda _scores: None)
        trial = Trial(
            number=number,
            role=role,
            status=TrialStatus.FINISHED,
            seed=seed,
            values=values_of(recipe),
            f1=trained.f1,
            seconds=self._clock() - began,
            support=trained.support,
            scores=trained.scores,
        )
        self._study.add(trial)
        self._tell_ended(trial)
        return trial

    def _check_time(self, trial: Trial) -> None:
        """Refuse to go on after the first training where the time cannot do for a judgement."""
        first = trial.role is TrialRole.BASELINE and trial.seed == self._recipe.seed
        least = trial.seconds * (2 * SEEDS + 1)
        if first and least > self._limits.seconds:
            raise KnownError(
                "One training takes {seconds} seconds here, and a search at least {least} of "
                "them: {minutes} minutes.",
                "Resume the search with more time.",
                seconds=round(trial.seconds),
                least=2 * SEEDS + 1,
                minutes=-(-round(least) // 60),
            )

    def _explore(self) -> None:
        failures: list[str] = []
        while self._may_draw():
            trial = self._draw()
            if trial.status is not TrialStatus.FAILED:
                failures.clear()
                continue
            failures.append(trial.message)
            if len(failures) == _MOST_FAILURES:
                raise KnownError(
                    "{count} trials in a row failed. {reason}",
                    "Nothing was changed. Mend what is said, then resume the search.",
                    count=_MOST_FAILURES,
                    reason=trial.message,
                )

    def _may_draw(self) -> bool:
        trials = self._study.trials()
        drawn = [trial for trial in trials if trial.role is TrialRole.EXPLORE]
        if any(trial.role is TrialRole.CONFIRM for trial in trials):
            # The candidate is chosen: another draw now would be judged by chance.
            return False
        if self._control.stopping or (self._limits.draws and len(drawn) >= self._limits.draws):
            return False
        return self._time_to_draw() >= self._usual_seconds()

    def _usual_seconds(self) -> float:
        """Mean length of the trainings that were not given up."""
        finished = [
            trial.seconds for trial in self._study.trials() if trial.status is TrialStatus.FINISHED
        ]
        return sum(finished) / len(finished)

    def _time_to_draw(self) -> float:
        """Seconds left once those are put aside that the judgement takes."""
        spent = self._clock() - self._began
        return self._limits.seconds - spent - SEEDS * self._usual_seconds()

    def _draw(self) -> Trial:
        number, values = self._study.ask()
        recipe = replace(with_values(self._recipe, values), seed=self._recipe.seed + SEEDS)
        self._tell_begun(TrialRole.EXPLORE, number)
        reached: dict[int, float] = {}

        def judge(scores: dict[int, float]) -> None:
            news = {tenth: f1 for tenth, f1 in scores.items() if tenth not in reached}
            reached.update(scores)
            # Every tenth is reported, also after one that the trial would be given up at.
            lags = [self._study.lags(tenth, f1) for tenth, f1 in sorted(news.items())]
            if any(lags) or self._time_to_draw() < 0:
                raise GivenUpError

        began = self._clock()
        trial = Trial(
            number=number,
            role=TrialRole.EXPLORE,
            status=TrialStatus.PRUNED,
            seed=recipe.seed,
            values=values_of(recipe),
        )
        try:
            trained = self._train(recipe, judge)
        except GivenUpError:
            trial = replace(trial, f1=max(reached.values(), default=None), scores=reached)
        except KnownError as error:
            trial = replace(trial, status=TrialStatus.FAILED, message=str(error))
        else:
            trial = replace(
                trial,
                status=TrialStatus.FINISHED,
                f1=trained.f1,
                support=trained.support,
                scores=trained.scores,
            )
        trial = replace(trial, seconds=self._clock() - began)
        self._study.tell(trial)
        self._tell_ended(trial)
        return trial

    def _candidate(self, current: list[Trial]) -> Trial | None:
        """Return the best drawn trial if it reaches more than the current recipe does on average.

        A draw that does not is no better by any rule, and the judgement would be time wasted.
        """
        drawn = [
            trial
            for trial in self._study.trials()
            if trial.role is TrialRole.EXPLORE and trial.status is TrialStatus.FINISHED
        ]
        best = max(drawn, key=lambda trial: (trial.f1 or 0.0, -trial.number), default=None)
        mean = sum(trial.f1 or 0.0 for trial in current) / len(current)
        return best if best is not None and (best.f1 or 0.0) > mean else None
