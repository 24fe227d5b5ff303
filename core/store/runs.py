"""Runs, what they reported, and the model versions that came of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, func, insert, select, update

from core.schema.errors import KnownError
from core.schema.learning import ModelVersion, Recipe, Report, Run, RunStatus
from core.schema.phrases import phrase
from core.store.chain import append, last_event_in
from core.store.changes import ChangeSet
from core.store.models import MetricRow, ModelVersionRow, RunRow, table_of
from core.store.project import Project

_RUN = table_of(RunRow)
_METRIC = table_of(MetricRow)
_MODEL = table_of(ModelVersionRow)


@dataclass(frozen=True, slots=True)
class Metric:
    """Something a run reported: what kind, when (UTC), and the figures."""

    kind: str
    at: datetime
    payload: dict[str, Any]


def start_run(
    *,
    project: Project,
    recipe: Recipe,
    backbone: str = "",
    start_model_id: int = 0,
    teacher_model_id: int = 0,
    snapshot_event: int | None = None,
) -> Run:
    """Book a training.

    Args:
        project: The open project.
        recipe: Its hyperparameters.
        backbone: What it begins from; empty for the embedded encoder.
        start_model_id: The ModelVersion that it continues, 0 for none.
        teacher_model_id: The ModelVersion that it learns from besides labels, 0 for none.
        snapshot_event: The AuditEvent whose state it trains on; the last where None.
    """
    with project.write() as connection:
        key = (connection.execute(select(func.max(_RUN.c.id))).scalar() or 0) + 1
        connection.execute(
            insert(_RUN),
            {
                "id": key,
                "status": RunStatus.RUNNING.value,
                "recipe": msgspec.to_builtins(recipe),
                "backbone": backbone,
                "snapshot_event": (
                    last_event_in(connection) if snapshot_event is None else snapshot_event
                ),
                "folder": f"runs/{key}",
                "device": "",
                "started": _now(),
                "finished": None,
                "message": "",
                "start_model_id": start_model_id or None,
                "teacher_model_id": teacher_model_id or None,
            },
        )
        return _run(connection, key)


def resume_run(*, project: Project, run_id: int) -> Run:
    """Book that an interrupted, stopped or failed run goes on.

    Raises:
        KnownError: It has finished, or runs already.
    """
    with project.write() as connection:
        run = _run(connection, run_id)
        if run.status in {RunStatus.RUNNING, RunStatus.FINISHED}:
            raise KnownError("This run cannot be resumed.", "Start a new one.")
        connection.execute(
            update(_RUN)
            .where(_RUN.c.id == run_id)
            .values(status=RunStatus.RUNNING.value, finished=None, message="")
        )
        return _run(connection, run_id)


def end_run(
    *, project: Project, run_id: int, status: RunStatus, message: str = "", device: str = ""
) -> ChangeSet:
    """Book how a run ended.

    Raises:
        LookupError: There is no such run.
    """
    with project.write() as connection:
        values = {"status": status.value, "finished": _now(), "message": message}
        if device:
            values["device"] = device
        made = connection.execute(update(_RUN).where(_RUN.c.id == run_id).values(**values))
        if made.rowcount != 1:
            raise LookupError(run_id)
        return ChangeSet(event_id=last_event_in(connection), models=True)


def interrupt_stale_runs(*, project: Project) -> list[Run]:
    """Book runs that a dead process left running as interrupted, and return them.

    Called when a project is opened for writing, before anything is trained.
    """
    with project.write() as connection:
        running = _RUN.c.status == RunStatus.RUNNING.value
        keys = list(connection.execute(select(_RUN.c.id).where(running)).scalars())
        connection.execute(
            update(_RUN)
            .where(running)
            .values(
                status=RunStatus.INTERRUPTED.value,
                finished=_now(),
                message=phrase("Chartmark ended while this run was training."),
            )
        )
        return [_run(connection, key) for key in keys]


def runs(*, project: Project) -> list[Run]:
    """Return all runs, the first first."""
    with project.read() as connection:
        return [_to_run(row) for row in connection.execute(select(_RUN).order_by(_RUN.c.id))]


def run(*, project: Project, run_id: int) -> Run:
    """Return a run.

    Raises:
        LookupError: There is none with that key.
    """
    with project.read() as connection:
        row = connection.execute(select(_RUN).where(_RUN.c.id == run_id)).first()
    if row is None:
        raise LookupError(run_id)
    return _to_run(row)


def add_metric(*, project: Project, run_id: int, kind: str, payload: Mapping[str, Any]) -> None:
    """Keep something that a run reported."""
    with project.write() as connection:
        connection.execute(
            insert(_METRIC),
            {"run_id": run_id, "at": _now(), "kind": kind, "payload": dict(payload)},
        )


def metrics(*, project: Project, run_id: int) -> list[Metric]:
    """Return what a run reported, in order."""
    query = select(_METRIC).where(_METRIC.c.run_id == run_id).order_by(_METRIC.c.id)
    with project.read() as connection:
        return [
            Metric(row.kind, datetime.fromisoformat(row.at), row.payload)
            for row in connection.execute(query)
        ]


def last_metric(*, project: Project, run_id: int, kind: str) -> Metric | None:
    """Return the last of what a run reported of one kind, or None."""
    query = select(_METRIC).where(_METRIC.c.run_id == run_id, _METRIC.c.kind == kind)
    with project.read() as connection:
        row = connection.execute(query.order_by(_METRIC.c.id.desc()).limit(1)).first()
    if row is None:
        return None
    return Metric(row.kind, datetime.fromisoformat(row.at), row.payload)


def add_model_version(
    *, project: Project, run_id: int, folder: str, report: Report
) -> ModelVersion:
    """Keep the model of a run; it is not yet the current one.

    Args:
        project: The open project.
        run_id: The run that made it.
        folder: Path within the project's folder.
        report: On the dev documents.
    """
    with project.write() as connection:
        key = (connection.execute(select(func.max(_MODEL.c.id))).scalar() or 0) + 1
        connection.execute(
            insert(_MODEL),
            {
                "id": key,
                "run_id": run_id,
                "name": f"v{key}",
                "folder": folder,
                "created": _now(),
                "report": msgspec.to_builtins(report),
                "current": None,
            },
        )
        row = connection.execute(select(_MODEL).where(_MODEL.c.id == key)).one()
        return _to_model(row)


def model_versions(*, project: Project) -> list[ModelVersion]:
    """Return all model versions, the first first."""
    with project.read() as connection:
        rows = connection.execute(select(_MODEL).order_by(_MODEL.c.id))
        return [_to_model(row) for row in rows]


def model_version(*, project: Project, key: int) -> ModelVersion | None:
    """Return a model version; None for the key 0, which stands for none.

    Raises:
        LookupError: There is none with that key.
    """
    if not key:
        return None
    with project.read() as connection:
        row = connection.execute(select(_MODEL).where(_MODEL.c.id == key)).first()
    if row is None:
        raise LookupError(key)
    return _to_model(row)


def current_model(*, project: Project) -> ModelVersion | None:
    """Return the model version that suggests, or None."""
    with project.read() as connection:
        row = connection.execute(select(_MODEL).where(_MODEL.c.current.is_(True))).first()
    return None if row is None else _to_model(row)


def promote(*, project: Project, model_version_id: int) -> ChangeSet:
    """Make a model version, also an earlier one, the current one.

    Raises:
        LookupError: There is none with that key.
    """
    with project.write() as connection:
        before = connection.execute(select(_MODEL.c.id).where(_MODEL.c.current.is_(True))).scalar()
        connection.execute(update(_MODEL).values(current=None))
        made = connection.execute(
            update(_MODEL).where(_MODEL.c.id == model_version_id).values(current=True)
        )
        if made.rowcount != 1:
            raise LookupError(model_version_id)
        event = append(
            connection,
            annotator=project.annotator,
            kind="promote",
            payload={"before": before, "after": model_version_id},
        )
    return ChangeSet(event_id=event, suggestions=True, queue=True, models=True)


def _run(connection: Connection, key: int) -> Run:
    return _to_run(connection.execute(select(_RUN).where(_RUN.c.id == key)).one())


def _to_run(row: Row[Any]) -> Run:
    return Run(
        id=row.id,
        status=RunStatus(row.status),
        recipe=msgspec.convert(row.recipe, Recipe),
        backbone=row.backbone,
        snapshot_event=row.snapshot_event,
        folder=row.folder,
        device=row.device,
        started=datetime.fromisoformat(row.started),
        finished=datetime.fromisoformat(row.finished) if row.finished else None,
        message=row.message,
        start_model_id=row.start_model_id or 0,
        teacher_model_id=row.teacher_model_id or 0,
    )


def _to_model(row: Row[Any]) -> ModelVersion:
    return ModelVersion(
        id=row.id,
        run_id=row.run_id,
        name=row.name,
        folder=row.folder,
        created=datetime.fromisoformat(row.created),
        report=msgspec.convert(row.report, Report),
        current=bool(row.current),
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
