"""The hash chain of audit events: how one is appended, read and checked within a transaction.

The hash is SHA-256 over the canonical JSON of an event and its predecessor's hash, so an event
cannot be changed, left out or put in without breaking every later one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from core.store.models import AuditEventRow, table_of

_FIRST = "0" * 64
_EVENT = table_of(AuditEventRow)


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One event.

    Attributes:
        id: Its number, from 1 without gaps.
        at: When, UTC, ISO 8601.
        annotator: Who.
        kind: What, a word: create, import, edit, undo, redo, scheme, merge, splits, promote,
            recipe.
        payload: Before and after.
        previous: Hash of the event before it.
        hash: Its own.
    """

    id: int
    at: str
    annotator: str
    kind: str
    payload: dict[str, Any]
    previous: str
    hash: str


def append(connection: Connection, *, annotator: str, kind: str, payload: Mapping[str, Any]) -> int:
    """Add an event within the caller's transaction and return its number."""
    last = connection.execute(
        select(_EVENT.c.id, _EVENT.c.hash).order_by(_EVENT.c.id.desc()).limit(1)
    ).first()
    key, previous = (last.id + 1, last.hash) if last else (1, _FIRST)
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    text = json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    connection.execute(
        insert(_EVENT),
        {
            "id": key,
            "at": at,
            "annotator": annotator,
            "kind": kind,
            "payload": text,
            "previous": previous,
            "hash": _digest(key, at, annotator, kind, text, previous),
        },
    )
    return key


def last_event_in(connection: Connection) -> int:
    """Return the number of the last event as a transaction sees it, 0 where there is none."""
    query = select(_EVENT.c.id).order_by(_EVENT.c.id.desc()).limit(1)
    return connection.execute(query).scalar() or 0


def events_in(
    connection: Connection, *, after: int = 0, until: int | None = None
) -> Iterator[AuditEvent]:
    """Yield the events after one (and up to another) in order."""
    query = select(_EVENT).where(_EVENT.c.id > after).order_by(_EVENT.c.id)
    if until is not None:
        query = query.where(_EVENT.c.id <= until)
    for row in connection.execute(query):
        yield AuditEvent(
            id=row.id,
            at=row.at,
            annotator=row.annotator,
            kind=row.kind,
            payload=json.loads(row.payload),
            previous=row.previous,
            hash=row.hash,
        )


def first_break(connection: Connection) -> int | None:
    """Return the number of the first event at which the chain is broken, or None."""
    previous, expected = _FIRST, 1
    for row in connection.execute(select(_EVENT).order_by(_EVENT.c.id)):
        digest = _digest(row.id, row.at, row.annotator, row.kind, row.payload, row.previous)
        if row.id != expected or row.previous != previous or row.hash != digest:
            return int(row.id)
        previous, expected = row.hash, expected + 1
    return None


def _digest(key: int, at: str, annotator: str, kind: str, payload: str, previous: str) -> str:
    fields = json.dumps(
        [previous, key, at, annotator, kind, payload], separators=(",", ":"), ensure_ascii=False
    )
    return hashlib.sha256(fields.encode("utf-8")).hexdigest()
