from __future__ import annotations

from dataclasses import fields

import pytest

from core.schema.learning import Recipe
from core.search.space import SPACE, Dimension, values_of, with_values


def test_every_dimension_is_a_hyperparameter_whose_default_can_be_drawn() -> None:
    names = {field.name for field in fields(Recipe)}
    values = values_of(Recipe())
    for row in SPACE:
        assert row.name in names
        assert row.low < row.high
        assert row.holds(values[row.name]), row
        assert not row.log or row.low > 0


def test_the_space_has_what_matters() -> None:
    names = {row.name for row in SPACE}
    wanted = {"learning_rate", "batch_size", "epochs", "warmup_ratio", "weight_decay", "max_length"}
    assert wanted <= names


def test_values_go_into_a_recipe_and_come_out() -> None:
    values = values_of(Recipe()) | {"learning_rate": 1e-4, "batch_size": 8.0, "epochs": 5.0}
    made = with_values(Recipe(seed=3), values)
    assert values_of(made) == values
    assert isinstance(made.batch_size, int)
    assert isinstance(made.epochs, int)
    assert made.seed == 3
    assert made.micro_batch_size == 8


def test_a_short_window_has_a_short_overlap() -> None:
    made = with_values(Recipe(overlap=64), {"max_length": 128})
    assert (made.max_length, made.overlap) == (128, 32)


@pytest.mark.parametrize(("value", "held"), [(8, True), (8.0, True), (9, False)])
def test_choices_hold_only_themselves(value: float, held: bool) -> None:
    assert Dimension("batch_size", 8, 64, choices=(8, 16)).holds(value) is held
