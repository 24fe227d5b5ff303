from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.inference.model import read_settings
from core.schema.errors import KnownError
from core.training.run import train
from core.training.starting import starting_point
from tests.core.training.bench import LABELS, RECIPE, Bench


def test_a_model_is_continued_with_all_it_knows(bench: Bench) -> None:
    bench.go()
    gentle = replace(RECIPE, learning_rate=1e-5, epochs=2, most_updates=8)
    more = replace(bench.again("more"), start_model=bench.model_folder)
    result = more.go(gentle)
    fresh = bench.again("fresh")
    fresh.go(gentle)
    # A fresh head knows nothing; that of the model was loaded too.
    assert min(more.losses().values()) < 0.5 * min(fresh.losses().values())
    assert result.report.micro.f1 >= bench.evaluations()[-1].report.micro.f1 - 0.02
    settings = read_settings(more.model_folder)
    assert settings == replace(read_settings(bench.model_folder), temperature=settings.temperature)
    assert settings.backbone == Path(bench.backbone).name
    assert max(more.losses()) == 8


def test_other_labels_cannot_be_continued(bench: Bench) -> None:
    bench.go(replace(RECIPE, epochs=1))
    with pytest.raises(KnownError, match="labels have changed"):
        train(
            train=bench.train,
            dev=bench.dev,
            labels=(*LABELS, "procedure"),
            recipe=RECIPE,
            run_folder=bench.folder / "other",
            model_folder=bench.folder / "other model",
            control=bench.control,
            emit=lambda _: None,
            start_model=bench.model_folder,
        )
    with pytest.raises(KnownError, match="holds no model"):
        starting_point(backbone=None, start_model=bench.folder, labels=LABELS, allow_network=False)
