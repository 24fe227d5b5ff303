"""Memory kept by a training: taken from the system once, and given back at the end."""

from __future__ import annotations

import ctypes
import resource
import subprocess
import sys

import psutil
import pytest
import torch

from core.training.allocator import kept_memory

_MIB = 2**20
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="GNU's allocator is on Linux")


def pages_asked_for() -> int:
    """Return how often pages came anew while eight pieces of 8 MiB were made and freed."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(8):
        pieces = [torch.ones(2 * _MIB) for _ in range(3)]
        del pieces
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


@on_linux
def test_freed_pieces_are_used_again_and_given_back() -> None:
    with kept_memory(torch.device("cpu")):
        pages_asked_for()
        assert pages_asked_for() < 200
        held = [torch.ones(2 * _MIB) for _ in range(8)]
        del held
        inside = psutil.Process().memory_info().rss
    assert psutil.Process().memory_info().rss < inside - 32 * _MIB


@on_linux
def test_what_comes_after_a_training_does_not_get_its_memory_page_by_page() -> None:
    """In a process of its own: here other tests' pieces hold the end of the memory in place."""
    program = [sys.executable, "-m", "tests.core.training.test_allocator"]
    done = subprocess.run(program, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 200


def test_on_other_systems_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(ctypes, "CDLL", refuse)
    with kept_memory(torch.device("cpu")):
        pass


def test_of_a_gpu_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(ctypes, "CDLL", refuse)
    with kept_memory(torch.device("cuda")):
        pass


if __name__ == "__main__":
    with kept_memory(torch.device("cpu")):
        pages_asked_for()
    pages_asked_for()
    print(pages_asked_for())
