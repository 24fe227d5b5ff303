"""Energy of a training, where the machine tells it: Linux's RAPL counters and NVIDIA's NVML.

Both count what the whole processor used, other programs included. RAPL is readable to
administrators alone on most systems, and then there is no figure rather than a guess.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import torch

from core.schema.run_record import Energy

_POWERCAP = Path("/sys/class/powercap")


class EnergyMeter:
    """Adds up counters that wrap around; ``sample`` must be called at least every few minutes."""

    def __init__(self, device: torch.device, powercap: Path = _POWERCAP) -> None:
        """Begin to count.

        Args:
            device: Where the training computes; a CUDA device's own counter is read too.
            powercap: Where Linux shows the counters.
        """
        self._zones: list[tuple[Path, int]] = []
        self._last: dict[Path, int] = {}
        self._joules = 0.0
        for zone in sorted(powercap.glob("intel-rapl:*")):
            # Zones with a second colon are parts of those with one.
            if zone.name.count(":") == 1:
                self._add(zone)
        self._nvml = _nvml_counter(device)
        self._nvml_began = self._nvml() if self._nvml else 0.0

    def sample(self) -> None:
        """Take up what was used since the last time."""
        for zone, wraps_at in self._zones:
            now = _microjoules(zone / "energy_uj")
            if now is not None:
                self._joules += (now - self._last[zone]) % wraps_at / 1e6
                self._last[zone] = now

    def read(self) -> Energy | None:
        """Return what was used since the beginning; None where the machine does not tell."""
        self.sample()
        sources = (*(["rapl"] if self._zones else []), *(["nvml"] if self._nvml else []))
        if not sources:
            return None
        device = self._nvml() - self._nvml_began if self._nvml else 0.0
        return Energy(self._joules + device, sources)

    def _add(self, zone: Path) -> None:
        now = _microjoules(zone / "energy_uj")
        wraps_at = _microjoules(zone / "max_energy_range_uj")
        if now is not None and wraps_at:
            self._zones.append((zone, wraps_at))
            self._last[zone] = now


def _microjoules(file: Path) -> int | None:
    try:
        return int(file.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def _nvml_counter(device: torch.device) -> Any:  # returns joules; pynvml has no types
    """Return what reads a CUDA device's counter, or None where NVML's Python module is not here."""
    if device.type != "cuda":
        return None
    try:
        nvml = importlib.import_module("pynvml")
        nvml.nvmlInit()
        handle = nvml.nvmlDeviceGetHandleByIndex(device.index or 0)
        nvml.nvmlDeviceGetTotalEnergyConsumption(handle)
    except ImportError:
        return None
    except Exception as error:
        # Its errors are of a class of the module itself.
        if type(error).__name__.startswith("NVMLError"):
            return None
        raise
    return lambda: nvml.nvmlDeviceGetTotalEnergyConsumption(handle) / 1e3
