"""The one exception that a user can do something about."""

from __future__ import annotations


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
