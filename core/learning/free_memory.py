"""How much memory this process could still take: of the machine, and of its control group."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psutil

_GROUPS = Path("/sys/fs/cgroup")
_MEMBERSHIP = Path("/proc/self/cgroup")


def free_memory(*, groups: Path = _GROUPS, membership: Path = _MEMBERSHIP) -> int:
    """Return the bytes that are free for this process, whatever limits it first.

    Containers and batch systems limit a process by Linux's control groups, of which psutil knows
    nothing: there the machine's free memory says little.

    Args:
        groups: Where control groups are mounted.
        membership: The file that says in which groups this process is.
    """
    machine = int(psutil.virtual_memory().available)
    return min([machine, *_left_in_groups(groups, membership)])


def _left_in_groups(groups: Path, membership: Path) -> Iterator[int]:
    """Give what each group that this process is in, and each around it, has left."""
    try:
        lines = membership.read_text(encoding="utf-8").splitlines()
    except OSError:
        return
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if not controllers:
            root, names = groups, ("memory.max", "memory.current", "inactive_file")
        elif "memory" in controllers.split(","):
            root = groups / "memory"
            names = ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")
        else:
            continue
        folder = root / path.strip("/")
        # In a container the path is often the host's, and only the root is to be seen.
        while folder != root.parent:
            left = _left(folder, *names)
            if left is not None:
                yield left
            folder = folder.parent


def _left(folder: Path, limit_name: str, used_name: str, cache_name: str) -> int | None:
    limit, used = _number(folder / limit_name), _number(folder / used_name)
    if limit is None or used is None:
        return None
    # Cached pages of files count as used, but give way to whatever needs the room.
    return max(limit - used + _cached(folder / "memory.stat", cache_name), 0)


def _number(file: Path) -> int | None:
    """Return the number in a file; None where it says ``max`` or is not there."""
    try:
        return int(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _cached(file: Path, name: str) -> int:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.split()[:1] == [name]), 0)
