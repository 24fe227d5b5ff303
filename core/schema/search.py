"""A search for a recipe as plain immutable values: its trials, what they came to, its record."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from core.schema.learning import Recipe

SEEDS = 3
"""Seeds that the current recipe, and a candidate after it, are trained with."""


class Pruner(StrEnum):
    """How a trial that lags behind is given up."""

    MEDIAN = "median"
    HALVING = "halving"
    NONE = "none"


class TrialRole(StrEnum):
    """What a trial is for."""

    BASELINE = "baseline"
    EXPLORE = "explore"
    CONFIRM = "confirm"


class TrialStatus(StrEnum):
    """How a trial ended."""

    FINISHED = "finished"
    PRUNED = "pruned"
    FAILED = "failed"


class SearchEnd(StrEnum):
    """Why a search ended by itself or by a wish that keeps what it found."""

    ACCEPTED = "accepted"
    NOT_BETTER = "not_better"
    NO_CANDIDATE = "no_candidate"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class SearchPlan:
    """What a search is made with; trials of one search can be compared because of it.

    Attributes:
        snapshot_event: The AuditEvent whose state is trained on.
        recipe: The current recipe, which is to be beaten.
        backbone: Folder or hub name; empty for the embedded encoder.
        device: ``auto`` or a device's name.
        pruner: How trials that lag behind are given up.
    """

    snapshot_event: int
    recipe: Recipe
    backbone: str = ""
    device: str = "auto"
    pruner: Pruner = Pruner.MEDIAN


@dataclass(frozen=True, slots=True)
class Trial:
    """One training of a search.

    Attributes:
        number: In the study, from 0 in order.
        role: What it is for.
        status: How it ended.
        seed: That it was trained with.
        values: Hyperparameters by name.
        f1: Best micro F1 on dev (0 to 1), None where there was no evaluation.
        seconds: Wall time.
        support: Gold spans of the dev documents.
        scores: Best F1 so far at each tenth of the training (1 to 10) that it reached.
        message: Why it failed, in plain words.
    """

    number: int
    role: TrialRole
    status: TrialStatus
    seed: int
    values: dict[str, float]
    f1: float | None = None
    seconds: float = 0.0
    support: int = 0
    scores: dict[int, float] = field(default_factory=dict)
    message: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two recipes trained with the same seeds, and whether one is better beyond chance.

    Attributes:
        current: Mean F1 of the current recipe.
        candidate: Mean F1 of the candidate.
        noise: Standard deviation between seeds, pooled over both.
        margin: By how much the candidate has to be better.
    """

    current: float
    candidate: float
    noise: float
    margin: float

    @property
    def difference(self) -> float:
        """By how much the candidate is better."""
        return self.candidate - self.current

    @property
    def better(self) -> bool:
        """Whether that is more than chance explains."""
        return self.difference > self.margin


@dataclass(frozen=True, slots=True)
class SearchOutcome:
    """What a search came to.

    Attributes:
        end: Why it ended.
        recipe: The new recipe if it won, else None.
        comparison: The candidate against the current recipe, where it came to that.
    """

    end: SearchEnd
    recipe: Recipe | None = None
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """A search as it is kept beside its study, to be shown without reading that.

    Attributes:
        number: Of the search in its project.
        plan: What it is made with.
        trials: In the order in which they ended.
        outcome: What it came to; None while it can be gone on with.
    """

    number: int
    plan: SearchPlan
    trials: tuple[Trial, ...] = ()
    outcome: SearchOutcome | None = None
