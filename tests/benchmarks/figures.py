"""How a benchmark reports: a table on screen and build/bench/NAME.json for scripts."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure.

    Attributes:
        value: What was measured.
        unit: Its unit.
        peer: What it is compared with, in the same unit: a peer's figure or a limit.
        ratio: ``value / peer``.
        goal: In words, ``<= 10 ms`` say.
        met: Whether the goal is met.
    """

    value: float
    unit: str
    peer: float | None
    ratio: float | None
    goal: str
    met: bool


def at_most(value: float, limit: float, unit: str) -> Figure:
    """Return a figure that should not exceed a limit."""
    return Figure(value, unit, limit, value / limit, f"<= {limit:g} {unit}", value <= limit)


def at_least(value: float, limit: float, unit: str) -> Figure:
    """Return a figure that should reach a limit."""
    ratio = value / limit if limit else None
    return Figure(value, unit, limit, ratio, f">= {limit:g} {unit}", value >= limit)


def times_peer(value: float, peer: float, unit: str, factor: float) -> Figure:
    """Return a figure that should be at least ``factor`` times a peer's."""
    ratio = value / peer
    return Figure(value, unit, peer, ratio, f">= {factor:g} x the peer", ratio >= factor)


def machine() -> dict[str, str]:
    """Return what the figures depend on: processor, cores, system, versions."""
    processor = platform.processor() or platform.machine()
    flags: list[str] = []
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lines = cpuinfo.read_text(encoding="utf-8").splitlines()
        names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
        processor = names[0] if names else processor
        known = next((line for line in lines if line.startswith("flags")), "").split()
        units = ("avx2", "avx_vnni", "avx512_vnni", "amx_int8", "avx512_bf16", "amx_bf16")
        flags = [flag for flag in units if flag in known]
        cores = str(sum(1 for line in lines if line.startswith("processor")))
    else:
        cores = "?"
    return {
        "processor": processor,
        "cores": cores,
        "units": " ".join(flags),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
    }


def publish(name: str, figures: dict[str, Figure]) -> bool:
    """Print the figures and write build/bench/NAME.json.

    Returns:
        Whether every goal is met.
    """
    about = machine()
    table = Table(title=f"{name}  ({about['processor']}, {about['cores']} cores)")
    for column in ("figure", "value", "compared with", "ratio", "goal", "met"):
        table.add_column(column, justify="left" if column in {"figure", "goal"} else "right")
    for key, figure in figures.items():
        table.add_row(
            key,
            f"{figure.value:,.3g} {figure.unit}"
            if figure.value < 1000
            else f"{figure.value:,.0f} {figure.unit}",
            "" if figure.peer is None else f"{figure.peer:,.4g} {figure.unit}",
            "" if figure.ratio is None else f"{figure.ratio:.2f}",
            figure.goal,
            "yes" if figure.met else "NO",
        )
    Console(width=120).print(table)
    out = ROOT / "build" / "bench" / f"{name}.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "machine": about,
        "figures": {key: asdict(figure) for key, figure in figures.items()},
    }
    out.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    return all(figure.met for figure in figures.values())


def python(*arguments: str, timeout: float = 600) -> subprocess.CompletedProcess[str]:
    """Run this environment's Python in a process of its own, in the repository."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=True,
    )
