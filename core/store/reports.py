"""Import reports, kept as they were shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select

from core.store.models import ReportRow, table_of
from core.store.project import Project

_REPORT = table_of(ReportRow)


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report with its key and the time (UTC) at which it was kept."""

    id: int
    at: datetime
    payload: dict[str, Any]


def add_report(*, project: Project, report: Mapping[str, Any]) -> None:
    """Keep a report; it must hold nothing but what JSON knows."""
    with project.write() as connection:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        connection.execute(insert(_REPORT), {"at": at, "payload": dict(report)})


def reports(*, project: Project) -> list[StoredReport]:
    """Return all reports, the latest first."""
    with project.read() as connection:
        rows = connection.execute(select(_REPORT).order_by(_REPORT.c.id.desc()))
        return [StoredReport(row.id, datetime.fromisoformat(row.at), row.payload) for row in rows]
