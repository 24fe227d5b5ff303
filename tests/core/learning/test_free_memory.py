from __future__ import annotations

from pathlib import Path

import psutil
import pytest

from core.learning.free_memory import free_memory

MACHINE = 1000


@pytest.fixture(autouse=True)
def _machine(monkeypatch: pytest.MonkeyPatch) -> None:
    class Machine:
        available = MACHINE

    monkeypatch.setattr(psutil, "virtual_memory", Machine)


def group(folder: Path, **files: object) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name.replace("__", ".")).write_text(f"{content}\n", encoding="utf-8")


def free(folder: Path, membership: str) -> int:
    (folder / "membership").write_text(membership, encoding="utf-8")
    return free_memory(groups=folder / "cgroup", membership=folder / "membership")


def test_without_groups_the_machine_decides(tmp_path: Path) -> None:
    assert free_memory(groups=tmp_path, membership=tmp_path / "none") == MACHINE
    assert free(tmp_path, "0::/\n") == MACHINE


def test_the_tightest_group_around_a_process_decides(tmp_path: Path) -> None:
    root = tmp_path / "cgroup"
    group(root / "jobs", memory__max=600, memory__current=100)
    group(root / "jobs" / "one", memory__max="max", memory__current=90)
    assert free(tmp_path, "0::/jobs/one\n") == 500
    group(root / "jobs" / "one", memory__max=200, memory__current=90)
    assert free(tmp_path, "0::/jobs/one\n") == 110
    group(root / "jobs" / "one", memory__max=80, memory__current=90)
    assert free(tmp_path, "0::/jobs/one\n") == 0


def test_pages_of_files_give_way(tmp_path: Path) -> None:
    root = tmp_path / "cgroup"
    stat = "anon 70\ninactive_file 20\nactive_file 5"
    group(root, memory__max=200, memory__current=95, memory__stat=stat)
    assert free(tmp_path, "0::/unseen/of/the/host\n") == 125


def test_groups_of_the_older_kind(tmp_path: Path) -> None:
    group(
        tmp_path / "cgroup" / "memory" / "job",
        memory__limit_in_bytes=300,
        memory__usage_in_bytes=100,
        memory__stat="inactive_file 1\ntotal_inactive_file 10",
    )
    assert free(tmp_path, "5:cpu,cpuacct:/job\n4:hugetlb,memory:/job\n0::/\n") == 210
