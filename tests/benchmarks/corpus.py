"""The whole NCBI disease corpus through the command line: how long, and how well.

``$CHARTMARK_BENCH_SENTENCES`` limits the sentences of each part (a quick look; the goals are
those of the whole corpus and are then not expected to be met), ``$CHARTMARK_CORPORA`` says where
the corpora are.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.figures import ROOT, Figure, at_least, at_most, machine, publish

LIMIT_MINUTES = 20.0
LIMIT_MINUTES_WITHOUT_BF16 = 30.0
LEAST_F1 = 0.80
PARTS = {"train": "train", "devel": "dev", "test": "test"}
"""The corpus's names of its parts, and ours."""
STEP_SECONDS = 3600


def run() -> bool:
    """Measure and publish; returns whether the goals are met (or the corpus is not here)."""
    corpora = Path(os.environ.get("CHARTMARK_CORPORA", ROOT.parent / "shared" / "corpora"))
    corpus = corpora / "ncbi-disease" / "conll"
    if not corpus.is_dir():
        print(f"corpus: skipped, for {corpus} is not here; set CHARTMARK_CORPORA")
        return True
    with tempfile.TemporaryDirectory() as folder:
        seconds, report, exported = through_the_command_line(corpus, Path(folder))
    has_units = "bf16" in machine()["units"]
    limit = LIMIT_MINUTES if has_units else LIMIT_MINUTES_WITHOUT_BF16
    total = sum(seconds.values())
    figures = {
        "total": at_most(total / 60, limit, "min"),
        "test_micro_f1": at_least(report["micro"]["f1"], LEAST_F1, "F1"),
        "int8_f1_on_dev": Figure(
            exported["int8"],
            "F1",
            exported["full"],
            exported["int8"] / exported["full"] if exported["full"] else 0.0,
            "for comparison",
            met=True,
        ),
    }
    for step, took in seconds.items():
        share = f"{took / total:.0%} of all"
        figures[f"step_{step.replace('-', '_')}"] = Figure(took, "s", None, None, share, met=True)
    return publish("corpus", figures)


def through_the_command_line(
    corpus: Path, folder: Path
) -> tuple[dict[str, float], dict[str, Any], dict[str, float]]:
    """Go the whole way, each command a process of its own.

    Returns:
        Seconds by step, the report on the test split, and F1 on dev of the exported models
        (``full`` and ``int8``).
    """
    project, model, note = folder / "ncbi.chartmark", folder / "model", folder / "note.txt"
    seconds: dict[str, float] = {}

    def step(name: str, *arguments: str | Path) -> Any:
        began = time.perf_counter()
        answer = chartmark(name, *arguments)
        seconds[name] = seconds.get(name, 0.0) + time.perf_counter() - began
        print(f"{name}: {seconds[name]:.1f} s", file=sys.stderr)
        return answer

    step("new", project, "--labels", "Disease")
    for theirs, ours in PARTS.items():
        file = _limited(corpus / f"{theirs}.tsv", folder)
        step("import", project, file, "--format", "conll", "--split", ours)
    step("train", project)
    report = step("evaluate", project, "--split", "test")
    exported = step("export-model", project, model)["f1"]
    note.write_text("Familial breast cancer and ataxia telangiectasia.\n", encoding="utf-8")
    step("predict", model, note)
    names = {"int8" if "int8" in name else "full": f1 for name, f1 in sorted(exported.items())}
    return seconds, report, names


def chartmark(*arguments: str | Path) -> Any:
    """Run a command with ``--json``; returns the last object that it printed.

    Raises:
        RuntimeError: It failed.
    """
    ended = subprocess.run(
        [sys.executable, "-m", "app.main", *map(str, arguments), "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=STEP_SECONDS,
        check=False,
    )
    if ended.returncode:
        raise RuntimeError(f"{arguments[0]} ended with code {ended.returncode}: {ended.stderr}")
    return json.loads(ended.stdout.splitlines()[-1])


def _limited(file: Path, folder: Path) -> Path:
    """Return the file, or a copy of its first sentences where the environment limits them."""
    limit = int(os.environ.get("CHARTMARK_BENCH_SENTENCES", "0"))
    if not limit:
        return file
    sentences = file.read_text(encoding="utf-8").split("\n\n")
    part = folder / file.name
    part.write_text("\n\n".join(sentences[:limit]) + "\n", encoding="utf-8")
    return part


if __name__ == "__main__":
    sys.exit(0 if run() else 1)
