"""Errors: the one exception a user can do something about, and how any other is named."""

from __future__ import annotations

from pathlib import Path


class KnownError(Exception):
    """Something the user can mend.

    Anything else that is raised is a bug. The message and remedy are plain sentences and never
    hold the text of a record. They are given as templates, so that the window can say them in
    its own language: ``KnownError("The file {name} is empty.", "Choose another.", name=name)``.

    Attributes:
        template: What happened, in one sentence with ``{name}`` for each value.
        remedy_template: What the user can do about it; empty where the message says it already.
        values: What stands in the place of the names.
    """

    def __init__(self, message: str, remedy: str = "", **values: object) -> None:
        self.template = message
        self.remedy_template = remedy
        self.values = values
        super().__init__(f"{self.message} {self.remedy}".strip())

    @property
    def message(self) -> str:
        """What happened, in English."""
        return self.template.format(**self.values) if self.values else self.template

    @property
    def remedy(self) -> str:
        """What the user can do about it, in English."""
        return self.remedy_template.format(**self.values) if self.values else self.remedy_template


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
