"""Heights of all blocks and their running sum, each changed or asked for in O(log n)."""

from __future__ import annotations

from collections.abc import Iterable


class Heights:
    """A list of heights with prefix sums (Fenwick 1994, a binary indexed tree)."""

    def __init__(self, heights: Iterable[float]) -> None:
        """Sum up the heights of all blocks, in pixels."""
        self._heights = list(heights)
        tree = [0.0, *self._heights]
        for index in range(1, len(tree)):
            above = index + (index & -index)
            if above < len(tree):
                tree[above] += tree[index]
        self._tree = tree
        self._top_bit = 1 << (len(tree) - 1).bit_length()

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, index: int) -> float:
        return self._heights[index]

    @property
    def total(self) -> float:
        """Height of all blocks together."""
        return self.top(len(self._heights))

    def set(self, index: int, height: float) -> float:
        """Change a block's height and return by how much it grew."""
        grown = height - self._heights[index]
        if grown:
            self._heights[index] = height
            index += 1
            while index < len(self._tree):
                self._tree[index] += grown
                index += index & -index
        return grown

    def top(self, index: int) -> float:
        """Return where a block begins: the heights of all before it."""
        total = 0.0
        while index:
            total += self._tree[index]
            index -= index & -index
        return total

    def at(self, y: float) -> int:
        """Return the index of the block at a height, the first or last one outside."""
        index, step = 0, self._top_bit
        while step:
            beyond = index + step
            if beyond < len(self._tree) and self._tree[beyond] <= y:
                index = beyond
                y -= self._tree[beyond]
            step >>= 1
        return min(index, len(self._heights) - 1)
