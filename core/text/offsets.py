"""Code points (Chartmark, Python) to UTF-16 units (Qt) and back: the one place that converts."""

from __future__ import annotations

import bisect


class Utf16Map:
    """Converts positions of one text; O(number of astral characters) to build, O(log) to ask."""

    def __init__(self, text: str) -> None:
        """Index the text's characters beyond U+FFFF."""
        self._length = len(text)
        if text.isascii():
            self._astral: list[int] = []
        else:
            self._astral = [index for index, char in enumerate(text) if ord(char) > 0xFFFF]
        self._astral_utf16 = [point + order for order, point in enumerate(self._astral)]

    def to_utf16(self, position: int) -> int:
        """Return the UTF-16 unit at which code point ``position`` (0 to length) begins."""
        return position + bisect.bisect_left(self._astral, position)

    def to_code_point(self, unit: int) -> int:
        """Return the code point that begins at, or for a low surrogate holds, UTF-16 ``unit``."""
        before = bisect.bisect_left(self._astral_utf16, unit)
        if before and unit == self._astral_utf16[before - 1] + 1:
            return self._astral[before - 1]
        return unit - before
