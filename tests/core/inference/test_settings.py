"""What is kept beside a model comes back as it was, from older folders too."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from core.inference.decoding import softmax
from core.inference.heads import HeadKind
from core.inference.settings import SETTINGS_FILE, ModelSettings, read_settings, write_settings
from core.schema.errors import KnownError
from core.schema.learning import Calibration

LABELS = ("drug", "sign")


def test_settings_come_back_as_they_were(tmp_path: Path) -> None:
    row = tuple(tuple(float(3 * at + to) / 7 for to in range(3)) for at in range(3))
    settings = ModelSettings(
        LABELS,
        max_length=64,
        overlap=8,
        temperature=1.25,
        versions={"torch": "2.13.0"},
        head=HeadKind.MULTI_LABEL,
        calibration=Calibration(0.03, 70, unscaled=0.08, cross_fitted=True),
        transitions=(row, row),
        abbreviations=True,
    )
    write_settings(tmp_path, settings)
    assert read_settings(tmp_path) == settings
    assert settings.output_head().transitions == (row, row)


def test_a_model_from_before_the_chain_reads_each_word_by_itself(tmp_path: Path) -> None:
    older = {"labels": LABELS, "max_length": 64, "overlap": 8, "temperature": 1.5}
    (tmp_path / SETTINGS_FILE).write_text(json.dumps(older), encoding="utf-8")
    settings = read_settings(tmp_path)
    assert not settings.abbreviations
    logits = np.random.default_rng(1).normal(size=(6, 5))
    (found,) = settings.output_head().probabilities([logits], 1.5)
    np.testing.assert_array_equal(found[:, 0], softmax(logits, 1.5))


@pytest.mark.parametrize("text", [None, "", "{}", '{"labels": 3}', '{"labels": ["a"'])
def test_a_folder_without_sound_settings_holds_no_model(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / SETTINGS_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(KnownError, match="holds no model of Chartmark's"):
        read_settings(tmp_path)
