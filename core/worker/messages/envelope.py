"""The two kinds of message, each tied to a job by its number."""

from __future__ import annotations

import msgspec


class Request(msgspec.Struct, frozen=True, tag_field="type", kw_only=True):
    """To the worker. ``job`` is chosen by the sender and comes back in every event it causes."""

    job: int = 0


class Event(msgspec.Struct, frozen=True, tag_field="type", kw_only=True):
    """From the worker."""

    job: int = 0
