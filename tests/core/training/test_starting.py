from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.inference.heads import Head, HeadKind
from core.inference.settings import ModelSettings, read_settings, write_settings
from core.schema.errors import KnownError
from core.training.run import train
from core.training.starting import head_to_begin_with, starting_point
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
    before = read_settings(bench.model_folder)
    assert settings == replace(
        before,
        temperature=settings.temperature,
        calibration=settings.calibration,
        transitions=settings.transitions,
    )
    assert settings.transitions is not None
    assert before.transitions is not None
    np.testing.assert_allclose(settings.transitions, before.transitions, atol=0.01)
    assert np.abs(before.transitions).max() > 0.1
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


def test_a_model_keeps_its_head_while_it_can_hold_the_labels(bench: Bench, tmp_path: Path) -> None:
    flat, several = (Head(kind, LABELS) for kind in HeadKind)
    assert head_to_begin_with(bench.backbone, several) == several
    for kind in HeadKind:
        (tmp_path / kind).mkdir()
        write_settings(tmp_path / kind, ModelSettings(LABELS, 64, 16, head=kind))
    assert head_to_begin_with(str(tmp_path / flat.kind), flat) == flat
    assert head_to_begin_with(str(tmp_path / several.kind), flat) == several
    assert head_to_begin_with(str(tmp_path / several.kind), several) == several
    with pytest.raises(KnownError, match="overlap now"):
        head_to_begin_with(str(tmp_path / flat.kind), several)
