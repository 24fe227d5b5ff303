"""How a process that works for another one tells it why it failed: by one line of JSON.

No line holds record text: words of an error that nobody foresaw stay where they came up.
"""

from __future__ import annotations

import json
import os

from core.schema.errors import KnownError, describe_bug

_KILLED = -9
"""How a process ends that the system took away, which it does where memory runs out."""


class ProcessFailedError(RuntimeError):
    """A process came to an end that nobody foresaw."""


def failure_line(error: Exception) -> str:
    """Return the line that tells of an error, for ``raise_told`` in the process that waits."""
    match error:
        case KnownError():
            values = {name: str(value) for name, value in error.values.items()}
            told: dict[str, object] = {
                "template": error.template,
                "remedy": error.remedy_template,
                "values": values,
            }
        case MemoryError():
            told = {"memory": True}
        case OSError():
            told = {"errno": error.errno, "bug": describe_bug(error)}
        case _:
            # Its own words may name places of this machine: type and places in code suffice.
            told = {"bug": describe_bug(error)}
    return json.dumps(told)


def raise_told(told: bytes, code: int) -> None:
    """Raise in this process what another one failed of.

    Args:
        told: All that it said; the last line is the one that counts.
        code: It ended with, not 0.

    Raises:
        KnownError: With the same words.
        MemoryError: Memory did not suffice there, or the system ended it.
        OSError: With the same number.
        ProcessFailedError: Anything else; names type and place.
    """
    try:
        failure = json.loads(told.splitlines()[-1])
    except (ValueError, IndexError):
        if code == _KILLED:
            raise MemoryError from None
        raise ProcessFailedError("a process ended with code", code) from None
    if "template" in failure:
        raise KnownError(failure["template"], failure["remedy"], **failure["values"])
    if "memory" in failure:
        raise MemoryError
    if failure.get("errno"):
        raise OSError(failure["errno"], os.strerror(failure["errno"]))
    raise ProcessFailedError(failure["bug"])
