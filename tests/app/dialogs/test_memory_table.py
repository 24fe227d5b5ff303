from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.dialogs import settings
from app.dialogs.memory_table import MemoryTable
from app.dialogs.settings import SettingsDialog
from app.preferences import Preferences
from app.settings import BACKBONE, WINDOW
from core.learning.training_memory import PROCESS_BYTES
from core.schema.learning import Recipe
from tests.app.dialogs.conftest import HostWindow, Open

_GIB = 2**30


@pytest.fixture
def plenty(preferences: Preferences, qtbot: QtBot) -> MemoryTable:
    table = MemoryTable(preferences, lambda: 64 * _GIB)
    qtbot.addWidget(table)
    table.show()
    return table


def texts(table: MemoryTable) -> list[tuple[str, ...]]:
    return [tuple(cell.text() for cell in row) for row in table.cells]


def strong(table: MemoryTable) -> list[str]:
    """The lengths of the rows that stand out."""
    return [row[0].text() for row in table.cells if not row[0].property("role")]


def test_each_length_has_a_row_and_the_chosen_one_stands_out(
    plenty: MemoryTable, preferences: Preferences
) -> None:
    assert [row[0] for row in texts(plenty)] == ["64", "128", "256", "512"]
    assert all("GiB" in row[1] and "GiB" in row[2] and row[3] == "16" for row in texts(plenty))
    assert strong(plenty) == [str(Recipe().max_length)]
    preferences.set(WINDOW, "512")
    assert strong(plenty) == ["512"]
    assert "64.0 GiB are free" in plenty.summary.text()
    assert not plenty.warning.isVisible()


def test_where_not_even_one_window_fits_the_user_is_warned(
    preferences: Preferences, qtbot: QtBot
) -> None:
    table = MemoryTable(preferences, lambda: _GIB // 2)
    qtbot.addWidget(table)
    table.show()
    preferences.set(WINDOW, "512")
    assert texts(table)[-1][3] == "none fits"
    assert table.warning.isVisible()
    assert "shorter windows or a smaller backbone" in table.warning.text()


def test_a_training_takes_no_more_than_is_free(preferences: Preferences, qtbot: QtBot) -> None:
    for free in (6, 8, 12, 24):
        table = MemoryTable(preferences, partial(int, free * _GIB))
        qtbot.addWidget(table)
        length, taken, _, windows = texts(table)[-1]
        assert (length, windows) == ("512", "16")
        # What the process takes with nothing to train is in the one and not in the other.
        assert float(taken.removesuffix(" GiB")) < free + PROCESS_BYTES / _GIB


def test_another_backbone_has_other_figures(
    plenty: MemoryTable, preferences: Preferences, tmp_path: Path
) -> None:
    embedded = texts(plenty)
    config = {
        "num_hidden_layers": 24,
        "hidden_size": 1024,
        "intermediate_size": 4096,
        "num_attention_heads": 16,
        "vocab_size": 30522,
        "max_position_embeddings": 256,
    }
    (tmp_path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    preferences.set(BACKBONE, str(tmp_path))
    larger = texts(plenty)
    assert [row[0] for row in larger] == ["64", "128", "256"]
    assert all(one[1] != other[1] for one, other in zip(embedded, larger, strict=False))
    preferences.set(BACKBONE, "a/name")
    assert not plenty.cells
    assert "once the backbone is a folder" in plenty.summary.text()
    preferences.set(BACKBONE, str(tmp_path.parent))
    assert "holds no Hugging Face model" in plenty.summary.text()
    preferences.set(BACKBONE, "")
    assert texts(plenty) == embedded


def test_the_settings_show_it(bare: HostWindow, open_dialog: Open) -> None:
    dialog: SettingsDialog = open_dialog(settings, bare, SettingsDialog)
    assert len(dialog.memory.cells) == 4
