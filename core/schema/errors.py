"""Errors: the one exception a user can do something about, and how any other is named."""

from __future__ import annotations

from pathlib import Path


class KnownError(Exception):
    """Something the user can mend.

    Anything else that is raised is a bug. The message and remedy are plain sentences and never
    hold the text of a record.

    Attributes:
        message: What happened, in one sentence.
        remedy: What the user can do about it; empty where the message says it already.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message if not remedy else f"{message} {remedy}")
        self.message = message
        self.remedy = remedy


def describe_bug(error: BaseException) -> str:
    """Name an unexpected error by its type and the places it passed, innermost first.

    Its own words are left out: they may quote a record.
    """
    places = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{Path(code.co_filename).name}:{trace.tb_lineno} in {code.co_name}")
        trace = trace.tb_next
    return f"{type(error).__name__} at {', from '.join(reversed(places))}"
