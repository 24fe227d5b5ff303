"""Writes down what a training is made of, and says what hinders or disturbs its repetition."""

from __future__ import annotations

import platform
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

import torch

from core.inference.devices import describe_device
from core.inference.digests import weights_sha256
from core.schema.errors import KnownError
from core.schema.learning import Precision
from core.schema.phrases import phrase
from core.schema.run_record import RunRecord
from core.training.schedule import Schedule

_LIBRARIES = ("chartmark", "torch", "transformers", "tokenizers")
_CPUINFO = Path("/proc/cpuinfo")


def describe_run(
    *,
    device: torch.device,
    precision: Precision,
    begins_from: str,
    schedule: Schedule,
    teacher: Path | None = None,
) -> RunRecord:
    """Return what a training that begins now is made of.

    Args:
        device: Where it computes.
        precision: Its arithmetic, as chosen.
        begins_from: Folder (or hub name) whose weights it loads.
        schedule: Its course.
        teacher: Folder of the bigger model that it learns from, or None.
    """
    return RunRecord(
        device=str(device),
        processor=_processor() if device.type == "cpu" else describe_device(device),
        precision=precision,
        threads=torch.get_num_threads(),
        began_from=Path(begins_from).name,
        weights_sha256=weights_sha256(Path(begins_from)),
        schedule=_told(schedule),
        versions={
            "python": platform.python_version(),
            **{name: version(name) for name in _LIBRARIES},
        },
        teacher=teacher.name if teacher else "",
        teacher_sha256=weights_sha256(teacher) if teacher else "",
    )


def check_repeat(before: RunRecord, now: RunRecord) -> str:
    """Return in one sentence why a repetition may not give the same result; empty if nothing is.

    Args:
        before: Of the training that is repeated.
        now: Of its repetition.

    Raises:
        KnownError: It would begin from other weights.
    """
    if before.weights_sha256 != now.weights_sha256:
        raise KnownError(
            "The weights of {name} are not those that the training began from.",
            "Put the former ones back, or start a new training.",
            name=before.began_from,
        )
    if before.teacher_sha256 != now.teacher_sha256:
        raise KnownError(
            "The weights of {name} are not those that the training learned from.",
            "Put the former ones back, or start a new training.",
            name=before.teacher,
        )
    then, today = _facts(before), _facts(now)
    others = [
        f"{name} {today.get(name, '–')} ({then.get(name, '–')})"
        for name in {**then, **today}
        if then.get(name) != today.get(name)
    ]
    if not others:
        return ""
    return phrase(
        "The result may differ, for not all is as it was (before, in brackets): {differences}.",
        differences=", ".join(others),
    )


def _told(schedule: Schedule) -> dict[str, int]:
    """Return a schedule by its names; without what concerns several processes or rounds of one."""
    several = {"processes", "blank"} if schedule.processes == 1 else set()
    if schedule.beside == 1:
        several.add("beside")
        if schedule.rounds == 1:
            several.add("rounds")
    return {name: value for name, value in asdict(schedule).items() if name not in several}


def _facts(record: RunRecord) -> dict[str, str]:
    return {
        "device": record.device,
        "processor": record.processor,
        "precision": record.precision.value,
        "threads": str(record.threads),
        **{name: str(value) for name, value in record.schedule.items()},
        **record.versions,
    }


def _processor() -> str:
    """Return the processor's name; Linux tells it in a file, the others by the platform module."""
    if _CPUINFO.is_file():
        for line in _CPUINFO.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()
