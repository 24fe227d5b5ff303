"""Conversion of a model in a process of its own, which can be ended at any time.

Tracing and rounding are long calls into libraries that never ask whether they should go on. The
process takes and leaves files alone, so killing it costs nothing.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from core.inference.session import FULL_MODEL
from core.schema.process_failure import raise_told

STATIC_MODEL = "model.static-int8.onnx"
"""File of the static int8 form, until it is exported as the int8 form."""

_POLL_SECONDS = 0.1


def conversion_command() -> list[str]:
    """Return the command that converts; a frozen executable calls itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--convert"]
    return [sys.executable, "-m", "core.export"]


def convert(
    model_folder: Path,
    out: Path,
    *,
    check: Callable[[], None],
    on_onnx: Callable[[], None] = lambda: None,
    calibration: Sequence[Sequence[int]] = (),
) -> None:
    """Write the ONNX and int8 forms of a model.

    Args:
        model_folder: Of a model that Chartmark trained.
        out: A folder that is there and holds neither; may be ``model_folder`` itself. After a
            failure or the end of the work it may hold parts.
        check: Called ten times a second; may raise to end the work.
        on_onnx: Called once the ONNX form is whole.
        calibration: Sub-tokens of windows, which tell how large activations get; a static int8
            form is made where there are some.

    Raises:
        KnownError: The model cannot be converted, for a reason that the user can mend.
        OSError: The folder cannot be written.
        MemoryError: Memory did not suffice.
        ProcessFailedError: Anything else went wrong; names type and place.
    """
    command = [*conversion_command(), str(model_folder.absolute()), str(out.absolute())]
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # Nothing waits to be written when the process is gone.
        bufsize=0,
        cwd=Path(__file__).resolve().parents[2],
    )
    with process:
        try:
            _give(process, calibration)
            _wait(process, check, out / FULL_MODEL, on_onnx)
            told = process.stdout.read() if process.stdout is not None else b""
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        raise_told(told, process.returncode)


def _give(process: subprocess.Popen[bytes], calibration: Sequence[Sequence[int]]) -> None:
    """Hand the windows over; the pipe stays open, for its end is the end of the process."""
    if process.stdin is None:
        return
    with contextlib.suppress(BrokenPipeError):  # Why it ended at once is told below.
        process.stdin.write(json.dumps([list(ids) for ids in calibration]).encode() + b"\n")


def _wait(
    process: subprocess.Popen[bytes],
    check: Callable[[], None],
    onnx_file: Path,
    on_onnx: Callable[[], None],
) -> None:
    waiting = True
    while process.poll() is None:
        check()
        if waiting and onnx_file.exists():
            waiting = False
            on_onnx()
        try:
            process.wait(_POLL_SECONDS)
        except subprocess.TimeoutExpired:
            continue
    if waiting and not process.returncode:
        on_onnx()
