from __future__ import annotations

import errno
import shutil
import subprocess
import sys
import time
from pathlib import Path

import onnx
import psutil
import pytest
from safetensors.numpy import load_file, save_file

from core.export import conversion_process
from core.export.conversion_process import (
    STATIC_MODEL,
    conversion_command,
    convert,
)
from core.inference.session import FULL_MODEL, INT8_MODEL
from core.schema.errors import KnownError
from core.schema.process_failure import ProcessFailedError
from core.training.control import Control, StoppedByUserError


def pretend(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let a line of Python stand in for the process."""
    command = [sys.executable, "-c", code]
    monkeypatch.setattr(conversion_process, "conversion_command", lambda: command)


def children() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)


def test_a_frozen_executable_calls_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert conversion_command() == [sys.executable, "-m", "core.export"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert conversion_command() == [sys.executable, "--convert"]


def test_a_cancel_ends_the_process_within_two_seconds(model_folder: Path, tmp_path: Path) -> None:
    control, before = Control(), set(children())
    checks = 0

    def check() -> None:
        nonlocal checks
        checks += 1
        if checks == 10:
            assert set(children()) - before
            control.cancel()
        control.check()

    began = time.monotonic()
    with pytest.raises(StoppedByUserError):
        convert(model_folder, tmp_path, check=check)
    assert time.monotonic() - began < 1 + 2
    assert not set(children()) - before


@pytest.mark.slow
def test_outliers_are_smoothed_in_both_int8_forms_and_in_no_other(
    model_folder: Path, tmp_path: Path
) -> None:
    outlying = shutil.copytree(model_folder, tmp_path / "outlying")
    weights = load_file(outlying / "model.safetensors")
    weights["bert.encoder.layer.0.attention.output.LayerNorm.weight"][3] *= 20
    save_file(weights, outlying / "model.safetensors", metadata={"format": "pt"})
    out = tmp_path / "out"
    out.mkdir()
    convert(outlying, out, check=lambda: None, calibration=[[101, *range(2000, 2030), 102]])
    assert {path.name for path in out.iterdir()} == {FULL_MODEL, INT8_MODEL, STATIC_MODEL}
    smoothed = {
        path.name
        for path in out.iterdir()
        if any(
            name.endswith(".smoothed")
            for node in onnx.load(path).graph.node
            for name in node.output
        )
    }
    assert smoothed == {INT8_MODEL, STATIC_MODEL}


def test_it_ends_with_the_process_that_waits_for_it(model_folder: Path, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*conversion_command(), str(model_folder), str(tmp_path)], stdin=subprocess.PIPE
    )
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(20) == 1
    assert list(tmp_path.iterdir()) == []


def test_what_the_user_can_mend_is_said_in_the_same_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told = {"template": "{name} is odd.", "remedy": "Mend {name}.", "values": {"name": "x"}}
    pretend(monkeypatch, f"import json, sys; print(json.dumps({told})); sys.exit(1)")
    with pytest.raises(KnownError) as caught:
        convert(tmp_path, tmp_path, check=lambda: None)
    assert (caught.value.message, caught.value.remedy) == ("x is odd.", "Mend x.")
    assert caught.value.values == {"name": "x"}


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ('{"memory": true}', MemoryError),
        ('{"errno": 28, "bug": "OSError"}', OSError),
        ('{"bug": "ValueError at here.py:1"}', ProcessFailedError),
        ("no json", ProcessFailedError),
        ("", ProcessFailedError),
    ],
)
def test_failures_come_through(
    told: str, kind: type[Exception], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pretend(monkeypatch, f"import sys; print('''{told}'''); sys.exit(1)")
    with pytest.raises(kind) as caught:
        convert(tmp_path, tmp_path, check=lambda: None)
    if isinstance(caught.value, OSError):
        assert caught.value.errno == errno.ENOSPC
        assert caught.value.strerror


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals")
def test_a_process_that_the_system_kills_wanted_too_much_memory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pretend(monkeypatch, "import os; os.kill(os.getpid(), 9)")
    with pytest.raises(MemoryError):
        convert(tmp_path, tmp_path, check=lambda: None)
