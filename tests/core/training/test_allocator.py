"""Memory kept by a training: taken from the system once, and given back at the end."""

from __future__ import annotations

import ctypes
import resource
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


def test_no_threshold_is_left_below_the_pieces_that_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Below it every pass after a training would page its memory in anew, if the heap lies so."""

    class Library:
        def __init__(self) -> None:
            self.settings: dict[int, int] = {}
            self.trimmed = 0

        def mallopt(self, name: int, value: int) -> int:
            self.settings[name] = value
            return 1

        def malloc_trim(self, _: object) -> int:
            self.trimmed += 1
            return 1

    library = Library()
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", lambda _: library)
    with kept_memory(torch.device("cpu")):
        during = library.trimmed
    trim_threshold, mmap_threshold = library.settings[-1], library.settings[-3]
    assert trim_threshold > mmap_threshold
    assert (during, library.trimmed) == (0, 1)


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
