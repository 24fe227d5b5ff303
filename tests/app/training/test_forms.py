"""Forms are measured by the worker while the strip shows it, and whoever waits gets the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from app.session import Session
from app.training.conductor import Conductor
from app.training.forms import Forms
from app.training.state import MEASURE_JOB, Action, Phase, Tone, actions
from app.training.words import Words
from core.export.points import Form, Point, PointTable
from core.schema.learning import Recipe
from core.store import runs
from core.store.project import Project
from core.worker.messages import (
    Cancelled,
    ExportModel,
    Failed,
    MeasurePoints,
    PointsMeasured,
    Preparing,
)
from tests.app.training.conftest import PlayedConnection, report

Settle = Callable[[], None]
TABLE = PointTable((Point(Form.FULL, 100, 1000.0, 0.8),), documents=9)


@pytest.fixture
def told(forms: Forms) -> list[tuple[object, str, str]]:
    """What was told at the end of measuring."""
    ends: list[tuple[object, str, str]] = []
    forms.ended.connect(lambda *end: ends.append(end))
    return ends


@pytest.fixture
def forms(
    session: Session, worker: PlayedConnection, conductor: Conductor, settle: Settle
) -> Iterator[Forms]:
    made = Forms(session, worker, conductor)
    settle()
    yield made
    made.close()


@pytest.fixture
def model(project: Project) -> str:
    """The folder of the current model."""
    run = runs.start_run(project=project, recipe=Recipe(seed=7))
    made = runs.add_model_version(
        project=project, run_id=run.id, folder="models/run-1", report=report(0.8)
    )
    runs.promote(project=project, model_version_id=made.id)
    return str(project.folder / "models" / "run-1")


def test_the_table_comes_to_who_waits(
    forms: Forms,
    told: list[tuple[object, str, str]],
    model: str,
    worker: PlayedConnection,
    conductor: Conductor,
    settle: Settle,
) -> None:
    steps: list[str] = []
    forms.stepped.connect(steps.append)
    forms.measure(0.5)
    settle()
    (request,) = worker.requests
    assert isinstance(request, MeasurePoints)
    assert (request.job, request.model_folder, request.pruned_share) == (MEASURE_JOB, model, 0.5)
    assert (request.recipe.seed, request.snapshot_event > 0) == (7, True)
    worker.say(Preparing(job=MEASURE_JOB, step="Measuring how fast each form reads"))
    settle()
    state = conductor.board.state
    assert (state.phase, actions(state)) == (Phase.MEASURING, (Action.CANCEL,))
    assert "how fast" in Words().headline(state)
    assert steps[-1] == "Measuring how fast each form reads"
    assert forms.measuring
    worker.say(PointsMeasured(job=MEASURE_JOB, table=TABLE))
    settle()
    assert told == [(TABLE, "", "")]
    forms.cancel()
    assert worker.cancelled == []
    message = conductor.board.state.message
    assert message is not None
    assert message.tone is Tone.GOOD


def test_what_hinders_it_comes_too(
    forms: Forms,
    told: list[tuple[object, str, str]],
    worker: PlayedConnection,
    settle: Settle,
) -> None:
    forms.measure(0.0)
    settle()
    assert worker.requests == []
    assert told == [(None, "This project has no model yet.", "Press Retrain to make one first.")]


def test_failures_and_cancels_end_it(
    forms: Forms,
    told: list[tuple[object, str, str]],
    model: str,
    worker: PlayedConnection,
    settle: Settle,
) -> None:
    del model
    forms.measure(0.0)
    settle()
    worker.say(Failed(job=MEASURE_JOB, known=True, message="No.", remedy="Yes."))
    settle()
    forms.measure(0.0)
    settle()
    forms.cancel()
    assert worker.cancelled == [MEASURE_JOB]
    worker.say(Cancelled(job=MEASURE_JOB))
    settle()
    assert told == [(None, "No.", "Yes."), (None, "Cancelled.", "")]


def test_nothing_else_breaks_it_off(
    forms: Forms,
    told: list[tuple[object, str, str]],
    model: str,
    worker: PlayedConnection,
    conductor: Conductor,
    settle: Settle,
    project: Project,
) -> None:
    del model
    forms.measure(0.0)
    settle()
    conductor.export_model(project.folder.parent / "out", Form.INT8)
    settle()
    conductor.retrain()
    settle()
    forms.measure(0.0)
    settle()
    assert conductor.board.state.phase is Phase.MEASURING
    assert len(worker.requests) == 1
    assert told == [
        (
            None,
            "The forms of the model are being measured.",
            "Wait until it is done, or cancel it first.",
        )
    ]


def test_an_export_asks_for_the_form(
    forms: Forms,
    model: str,
    worker: PlayedConnection,
    conductor: Conductor,
    settle: Settle,
    project: Project,
) -> None:
    del forms, model
    conductor.export_model(project.folder.parent / "out", Form.STATIC_INT8)
    settle()
    (request,) = worker.requests
    assert isinstance(request, ExportModel)
    assert request.form is Form.STATIC_INT8
    assert request.snapshot_event > 0
