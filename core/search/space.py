"""The hyperparameters that a search varies, and between which bounds: a table, no code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from core.schema.learning import Recipe


@dataclass(frozen=True, slots=True)
class Dimension:
    """One hyperparameter.

    Attributes:
        name: The field of Recipe.
        low: Least value.
        high: Greatest value.
        log: Whether it is drawn, and shown, on a logarithmic scale.
        choices: The only values, in order; empty where all between the bounds are.
        whole: Whether it is an integer.
    """

    name: str
    low: float
    high: float
    log: bool = False
    choices: tuple[int, ...] = ()
    whole: bool = False

    def holds(self, value: float) -> bool:
        """Tell whether a value could be drawn."""
        return value in self.choices if self.choices else self.low <= value <= self.high


SPACE = (
    # The peak that suits an encoder goes down with its size: 22M weights like 3e-4, 110M 5e-5.
    Dimension("learning_rate", 2e-5, 1e-3, log=True),
    Dimension("batch_size", 8, 64, log=True, choices=(8, 16, 32, 64)),
    Dimension("epochs", 3, 15, whole=True),
    Dimension("warmup_ratio", 0.0, 0.3),
    Dimension("weight_decay", 1e-3, 0.3, log=True),
    # Longer windows see more around a mention, and make fewer updates in the same time.
    Dimension("max_length", 64, 512, log=True, choices=(64, 96, 128, 192, 256, 384, 512)),
)
"""The table; each name is that of a field of ``Recipe``."""


def values_of(recipe: Recipe) -> dict[str, float]:
    """Return what a search varies, as a recipe has it."""
    return {row.name: getattr(recipe, row.name) for row in SPACE}


def with_values(recipe: Recipe, values: Mapping[str, float]) -> Recipe:
    """Return a recipe with other values, and with what hangs on them made to fit.

    Args:
        recipe: Where all else comes from.
        values: By name of a dimension; a whole number may come as a float.
    """
    given: dict[str, Any] = {
        row.name: int(values[row.name]) if row.whole or row.choices else values[row.name]
        for row in SPACE
        if row.name in values
    }
    made = replace(recipe, **given)
    return replace(
        made,
        micro_batch_size=min(made.micro_batch_size, made.batch_size),
        # Windows that share more than a quarter read most of a record twice.
        overlap=min(made.overlap, made.max_length // 4),
    )
