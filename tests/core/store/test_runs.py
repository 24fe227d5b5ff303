from __future__ import annotations

import pytest

from core.schema.errors import KnownError
from core.schema.learning import Precision, Recipe, RunStatus
from core.store import audit, runs
from core.store.project import Project
from core.store.reports import add_report, reports
from tests.core.store.conftest import REPORT, add_model


def test_a_run_from_start_to_end(project: Project) -> None:
    recipe = Recipe(epochs=3, precision=Precision.FP32, learning_rate=1e-4)
    run = runs.start_run(project=project, recipe=recipe, backbone="models/bert")
    assert (run.id, run.status, run.folder) == (1, RunStatus.RUNNING, "runs/1")
    assert run.snapshot_event == audit.last_event(project=project)
    assert run.recipe == recipe
    payload = {"step": 3, "loss": 0.25, "text": "ü"}
    runs.add_metric(project=project, run_id=1, kind="progress", payload=payload)
    runs.add_metric(project=project, run_id=1, kind="notice", payload={})
    first, second = runs.metrics(project=project, run_id=1)
    assert (first.kind, first.payload) == ("progress", payload)
    assert first.at <= second.at
    changes = runs.end_run(
        project=project, run_id=1, status=RunStatus.FINISHED, message="Done.", device="CPU"
    )
    assert changes.models
    (ended,) = runs.runs(project=project)
    assert (ended.status, ended.message, ended.device) == (RunStatus.FINISHED, "Done.", "CPU")
    assert ended.finished is not None
    assert ended.finished >= ended.started
    with pytest.raises(KnownError):
        runs.resume_run(project=project, run_id=1)
    with pytest.raises(LookupError):
        runs.end_run(project=project, run_id=9, status=RunStatus.FAILED)


def test_stale_runs_are_interrupted_and_can_be_resumed(project: Project) -> None:
    run = runs.start_run(project=project, recipe=Recipe())
    runs.end_run(
        project=project,
        run_id=runs.start_run(project=project, recipe=Recipe()).id,
        status=RunStatus.FAILED,
    )
    (stale,) = runs.interrupt_stale_runs(project=project)
    assert (stale.id, stale.status) == (run.id, RunStatus.INTERRUPTED)
    assert runs.interrupt_stale_runs(project=project) == []
    resumed = runs.resume_run(project=project, run_id=run.id)
    assert (resumed.status, resumed.finished, resumed.message) == (RunStatus.RUNNING, None, "")
    assert resumed.snapshot_event == run.snapshot_event


def test_versions_are_promoted_and_brought_back(project: Project) -> None:
    assert runs.current_model(project=project) is None
    first = add_model(project, "one")
    second = add_model(project, "two")
    assert [version.name for version in runs.model_versions(project=project)] == ["v1", "v2"]
    assert first.report == REPORT
    assert not first.current
    current = runs.current_model(project=project)
    assert current is not None
    assert (current.id, current.current) == (second.id, True)
    changes = runs.promote(project=project, model_version_id=first.id)
    assert (changes.models, changes.queue, changes.suggestions) == (True, True, True)
    assert [version.current for version in runs.model_versions(project=project)] == [True, False]
    with pytest.raises(LookupError):
        runs.promote(project=project, model_version_id=9)
    assert [version.current for version in runs.model_versions(project=project)] == [True, False]


def test_reports_are_kept(project: Project) -> None:
    add_report(project=project, report={"added": 3, "faults": [["a.txt", 1, "ü"]]})
    add_report(project=project, report={"added": 0})
    latest, first = reports(project=project)
    assert (latest.payload, first.payload["faults"]) == ({"added": 0}, [["a.txt", 1, "ü"]])
