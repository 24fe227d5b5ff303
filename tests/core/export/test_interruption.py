from __future__ import annotations

import importlib
import itertools
import threading
import time
from pathlib import Path

import pytest

from core.export.interruption import interruptible
from core.training.control import Control, StoppedByUserError


def test_the_answer_comes_back() -> None:
    assert interruptible(lambda: 6 * 7, lambda: None) == 42


def test_what_the_work_raises_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        interruptible(lambda: 1 / 0, lambda: None)


def test_work_that_never_asks_is_ended() -> None:
    control = Control()
    unwound = threading.Event()

    def work() -> int:
        control.cancel()
        try:
            return sum(1 for _ in itertools.count() if swallow())
        finally:
            unwound.set()

    def swallow() -> bool:
        try:
            return bool(sorted(range(3)))
        except Exception:
            return False

    began = time.monotonic()
    with pytest.raises(StoppedByUserError):
        interruptible(work, control.check)
    assert unwound.is_set()
    assert time.monotonic() - began < 2
    assert "interruptible" not in {thread.name for thread in threading.enumerate()}


def test_work_that_swallows_the_exception_is_ended_all_the_same() -> None:
    control = Control()
    swallowed: list[BaseException] = []

    def work() -> None:
        control.cancel()
        try:
            for _ in itertools.count():
                sum(range(99))
        except BaseException as error:
            swallowed.append(error)
        for _ in itertools.count():
            sum(range(99))

    with pytest.raises(StoppedByUserError):
        interruptible(work, control.check)
    assert len(swallowed) == 1


def test_an_import_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    control = Control()
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "slowly_imported.py").write_text(
        "import time\nuntil = time.monotonic() + 0.5\n"
        "while time.monotonic() < until:\n    sum(range(99))\nwhole = True\n",
        encoding="utf-8",
    )

    def work() -> None:
        control.cancel()
        importlib.import_module("slowly_imported")
        for _ in itertools.count():
            sum(range(99))

    with pytest.raises(StoppedByUserError):
        interruptible(work, control.check)
    assert importlib.import_module("slowly_imported").whole
