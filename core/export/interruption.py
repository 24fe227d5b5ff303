"""Ending a long call that never asks whether it should go on."""

from __future__ import annotations

import ctypes
import sys
import threading
from collections.abc import Callable
from typing import TypeVar

_POLL_SECONDS = 0.1
_PATIENCE_SECONDS = 0.8

Answer = TypeVar("Answer")


class _InterruptedError(BaseException):
    """Unwinds the call, as Ctrl+C would: no ``except Exception`` on its way holds it up."""


def interruptible(work: Callable[[], Answer], check: Callable[[], None]) -> Answer:
    """Do work in a thread of its own and end it as soon as a check raises.

    The exception reaches the work between two bytecodes of Python; one long call into C is waited
    for, and so is the import of a module. Either way the work has ended when this returns.

    Args:
        work: What to do; its files, if any, are left for the caller to remove.
        check: Called ten times a second; may raise to end the work.

    Returns:
        What the work returns; what it raises is raised.
    """
    answers: list[Answer] = []
    failures: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(work())
        except BaseException as error:  # handed over to the calling thread
            failures.append(error)

    thread = threading.Thread(target=run, name="interruptible")
    thread.start()
    while thread.is_alive():
        thread.join(_POLL_SECONDS)
        try:
            check()
        except BaseException:
            _end(thread)
            raise
    if failures:
        raise failures[0]
    return answers[0]


def _end(thread: threading.Thread) -> None:
    """Raise in a thread, whenever it imports nothing, until it has ended."""
    while thread.is_alive():
        if _is_importing(thread):
            thread.join(_POLL_SECONDS)
            continue
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident or 0), ctypes.py_object(_InterruptedError)
        )
        # What is raised in a destructor is lost on the way and has to be raised again, but not
        # before the work had time to clean up.
        thread.join(_PATIENCE_SECONDS)


def _is_importing(thread: threading.Thread) -> bool:
    """Tell whether a module is being run for the first time: half a module would stay for good."""
    frame = sys._current_frames().get(thread.ident or 0)
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False
