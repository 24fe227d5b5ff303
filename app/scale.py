"""The scale of the whole window: Qt takes it from the environment, once, at the start."""

from __future__ import annotations

import os

_VARIABLE = "QT_SCALE_FACTOR"

_given: str | None = os.environ.get(_VARIABLE)
"""What the user's shell says, before the setting is multiplied in."""


def apply_scale(percent: int) -> None:
    """Have Qt draw everything larger or smaller; call it before the application is made.

    Args:
        percent: 100 leaves the desktop's own scale as it is.
    """
    if percent == 100:
        return
    try:
        given = float(_given or 1)
    except ValueError:
        given = 1.0
    os.environ[_VARIABLE] = f"{given * percent / 100:.4g}"


def environment_without_scale() -> dict[str, str]:
    """Return the environment as the shell gave it: another start multiplies its own scale in."""
    environment = dict(os.environ)
    if _given is None:
        environment.pop(_VARIABLE, None)
    else:
        environment[_VARIABLE] = _given
    return environment
