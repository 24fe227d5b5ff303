"""Messages of a search for a recipe: begun, its trials as they end, what it came to."""

from __future__ import annotations

from core.schema.search import SearchOutcome, SearchPlan, Trial, TrialRole
from core.worker.messages.envelope import Event, Request


class SearchRecipe(Request, frozen=True, tag="search", kw_only=True):
    """Search for a recipe that beats the current one, or go on with a search that was cut off.

    ``StopKeepBest`` ends it after the running trial, ``Cancel`` within two seconds; it can be
    gone on with after either.

    Attributes:
        number: Of the search in its project.
        folder: Absolute folder of its study; it exists.
        plan: What all its trials have in common.
        seconds: How long to go on from now.
        draws: Most drawn trials in all; 0 for as many as fit in the time.
        allow_network: Whether a hub name may be fetched.
    """

    number: int
    folder: str
    plan: SearchPlan
    seconds: float
    draws: int = 0
    allow_network: bool = False


class SearchProgress(Event, frozen=True, tag="search_progress", kw_only=True):
    """A trial has begun, or a part of its training is done.

    Attributes:
        number: Of the search.
        trial: Number of the trial.
        role: What it is for.
        step: Updates of its training so far, 0 before the first.
        total_steps: Updates of its whole schedule, 0 until known.
        f1: Best micro F1 on dev of this trial so far, None before the first evaluation.
        seconds_left: Of the time that was given; never negative.
        device: Where it computes; empty until known.
    """

    number: int
    trial: int
    role: TrialRole
    step: int = 0
    total_steps: int = 0
    f1: float | None = None
    seconds_left: float = 0.0
    device: str = ""


class TrialFinished(Event, frozen=True, tag="trial_finished", kw_only=True):
    """A trial has ended and is kept in the study.

    Attributes:
        number: Of the search.
        trial: What it came to.
    """

    number: int
    trial: Trial


class SearchFinished(Event, frozen=True, tag="search_finished", kw_only=True):
    """The search has ended, by itself or by a wish that keeps what it found.

    Attributes:
        number: Of the search.
        outcome: What it came to.
        trials: How many there are in all.
        seconds: Wall time since it was begun or gone on with.
    """

    number: int
    outcome: SearchOutcome
    trials: int
    seconds: float
