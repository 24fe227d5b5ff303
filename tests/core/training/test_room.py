"""The number of windows at once follows from free memory, and changes no update."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from core.inference.model import embedded_backbone
from core.learning.encoder_shape import read_shape
from core.learning.training_memory import SHARE, demand
from core.schema.learning import Precision
from core.training import room
from core.training.events import Notice
from core.training.room import Load, fitting_windows, free_bytes
from tests.core.training.bench import RECIPE, Bench


def load(backbone: str) -> Load:
    return Load(
        backbone, torch.device("cpu"), Precision.FP32, length=32, batch=16, most=16, rows=30522
    )


def test_fewer_windows_at_once_where_memory_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    embedded = str(embedded_backbone())
    needed = demand(read_shape(Path(embedded)), length=512, windows=4, accumulated=True, rows=30522)
    monkeypatch.setattr(room, "free_memory", lambda: round(needed.total / SHARE) + 2)
    told: list[Notice] = []
    assert fitting_windows(replace(load(embedded), length=512), told.append) == 4
    assert [notice.text for notice in told] == [
        "Memory has room for 4 windows at a time; updates stay the same."
    ]


def test_several_rounds_leave_less_room(monkeypatch: pytest.MonkeyPatch) -> None:
    embedded = str(embedded_backbone())
    needed = demand(read_shape(Path(embedded)), length=512, windows=4, accumulated=True, rows=30522)
    monkeypatch.setattr(room, "free_memory", lambda: round(needed.total / SHARE) + 2)
    longest = replace(load(embedded), length=512)
    assert fitting_windows(longest, lambda _: None) == 4
    assert fitting_windows(replace(longest, rounds=3), lambda _: None) == 2


def test_processes_on_one_machine_share_its_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    embedded = str(embedded_backbone())
    needed = demand(read_shape(Path(embedded)), length=512, windows=4, accumulated=True, rows=30522)
    monkeypatch.setattr(room, "free_memory", lambda: 3 * (round(needed.total / SHARE) + 2))
    shared = replace(load(embedded), length=512, here=3)
    assert fitting_windows(shared, lambda _: None) == 4


def test_where_memory_suffices_nothing_is_said(bench: Bench) -> None:
    told: list[Notice] = []
    assert fitting_windows(load(bench.backbone), told.append) == 16
    odd = replace(load(bench.backbone), batch=4, most=3)
    assert fitting_windows(odd, told.append) == 2
    assert told == []


def test_where_not_even_one_window_fits_the_user_is_warned_and_it_is_tried(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "free_memory", lambda: 2**20)
    bench.go(replace(RECIPE, epochs=1))
    (notice,) = bench.notices()
    assert notice.startswith("Memory is short: one window at a time needs 0.")
    assert "0.0 GiB are free" in notice
    assert bench.model_folder.is_dir()


def test_short_memory_changes_no_update(
    bench: Bench, calm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = replace(RECIPE, epochs=2)
    bench.backbone = calm
    plenty = bench.again("plenty")
    plenty.go(recipe)
    monkeypatch.setattr(room, "windows_at_once", lambda *_, **__: 2)
    bench.go(recipe)
    assert bench.notices() == ["Memory has room for 2 windows at a time; updates stay the same."]
    assert bench.losses() == pytest.approx(plenty.losses(), rel=0.05)


def test_an_encoder_of_unknown_size_is_tried_as_the_recipe_says() -> None:
    assert fitting_windows(load("a/name"), lambda _: None) == 16


def test_a_gpu_is_asked_for_its_own_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda _: (5, 10))
    monkeypatch.setattr(torch.xpu, "mem_get_info", lambda _: (6, 10))
    assert free_bytes(torch.device("cuda")) == 5
    assert free_bytes(torch.device("xpu")) == 6
    monkeypatch.setattr(room, "free_memory", lambda: 7)
    assert free_bytes(torch.device("mps")) == free_bytes(torch.device("cpu")) == 7
