"""Energy counters as Linux and NVIDIA's library show them, played by files and a module."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch

from core.schema.run_record import Energy
from core.training.energy import EnergyMeter

CPU, CUDA = torch.device("cpu"), torch.device("cuda", 1)


def show(powercap: Path, zone: str, microjoules: int, wraps_at: int = 1_000_000_000) -> None:
    (powercap / zone).mkdir(parents=True, exist_ok=True)
    (powercap / zone / "energy_uj").write_text(f"{microjoules}\n")
    (powercap / zone / "max_energy_range_uj").write_text(f"{wraps_at}\n")


def test_processors_are_added_up_and_their_parts_are_not(tmp_path: Path) -> None:
    for zone in ("intel-rapl:0", "intel-rapl:1", "intel-rapl:0:0"):
        show(tmp_path, zone, 5_000_000)
    meter = EnergyMeter(CPU, tmp_path)
    show(tmp_path, "intel-rapl:0", 7_000_000)
    show(tmp_path, "intel-rapl:1", 6_500_000)
    show(tmp_path, "intel-rapl:0:0", 9_000_000)
    assert meter.read() == Energy(3.5, ("rapl",))


def test_a_counter_that_wraps_around_is_followed(tmp_path: Path) -> None:
    show(tmp_path, "intel-rapl:0", 90_000_000, wraps_at=100_000_000)
    meter = EnergyMeter(CPU, tmp_path)
    for now in (10_000_000, 80_000_000, 5_000_000):
        show(tmp_path, "intel-rapl:0", now, wraps_at=100_000_000)
        meter.sample()
    energy = meter.read()
    assert energy is not None
    assert energy.joules == pytest.approx(20 + 70 + 25)


def test_without_counters_there_is_no_figure(tmp_path: Path) -> None:
    assert EnergyMeter(CPU, tmp_path).read() is None
    assert EnergyMeter(CPU, tmp_path / "nowhere").read() is None
    (tmp_path / "intel-rapl:0").mkdir()
    assert EnergyMeter(CPU, tmp_path).read() is None


def test_a_graphics_processor_is_asked_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    millijoules = {1: 1000}
    played = SimpleNamespace(
        nvmlInit=lambda: None,
        nvmlDeviceGetHandleByIndex=lambda index: index,
        nvmlDeviceGetTotalEnergyConsumption=millijoules.__getitem__,
    )
    monkeypatch.setitem(sys.modules, "pynvml", played)
    meter = EnergyMeter(CUDA, tmp_path)
    millijoules[1] = 43_000
    assert meter.read() == Energy(42.0, ("nvml",))


def test_a_graphics_processor_that_does_not_tell_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class NVMLError(Exception):
        pass

    def refuse() -> None:
        raise NVMLError

    monkeypatch.setitem(sys.modules, "pynvml", SimpleNamespace(nvmlInit=refuse))
    assert EnergyMeter(CUDA, tmp_path).read() is None
    monkeypatch.setitem(sys.modules, "pynvml", None)
    assert EnergyMeter(CUDA, tmp_path).read() is None
