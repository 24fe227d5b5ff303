"""Names of labels, attributes and files as formats with narrower rules can hold them."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NOT_IN_FILES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\s\ud800-\udfff]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_LONGEST = 60
"""Characters of a file's name; four bytes each still leave room for a suffix in 255."""


def safe_names(names: Iterable[str], forbidden: re.Pattern[str], stand_in: str) -> dict[str, str]:
    """Give each name a form without the forbidden characters, no form twice.

    Args:
        names: In the order of which the first keeps a form that two would have.
        forbidden: Matches runs of characters that ``_`` takes the place of.
        stand_in: The form of a name of which nothing would remain.

    Returns:
        The form of every name, in their order; names that need no other keep theirs.
    """
    wanted = list(dict.fromkeys(names))
    forms = {name: name for name in wanted if name and not forbidden.search(name)}
    taken = set(forms)
    for name in wanted:
        if name not in forms:
            plain = forbidden.sub("_", name)
            forms[name] = _untaken(plain if plain.strip("_-") else stand_in, taken)
            taken.add(forms[name])
    return {name: forms[name] for name in wanted}


def file_stems(names: Iterable[str]) -> list[str]:
    """Return a file name without suffix for each name, safe on every system, none twice.

    Case does not part two names, since not every file system keeps it.
    """
    taken: set[str] = set()
    stems: list[str] = []
    for name in names:
        stem = _NOT_IN_FILES.sub("_", name.removesuffix(".txt").strip())[:_LONGEST].strip("._ ")
        if _RESERVED.match(stem):
            stem = f"_{stem}"
        stem = _untaken(stem or "record", taken, fold=True)
        taken.add(stem.casefold())
        stems.append(stem)
    return stems


def _untaken(form: str, taken: set[str], *, fold: bool = False) -> str:
    """Return the form, or with a number behind it where it is taken."""
    candidate, number = form, 1
    while (candidate.casefold() if fold else candidate) in taken:
        number += 1
        candidate = f"{form}-{number}"
    return candidate
