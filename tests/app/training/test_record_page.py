"""The page with the record of a run, as it is read and as it comes in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from app.training.curves import RunCurves
from app.training.library import Library
from app.training.record_page import RecordPage
from core.schema.learning import ModelVersion, Precision, Recipe, Run, RunStatus
from core.schema.run_record import Energy, RunRecord
from core.store.runs import Metric
from core.worker.messages import TrainFinished, TrainRecorded
from tests.app.training.conftest import report, started

NOW = datetime(2026, 3, 1, tzinfo=UTC)
RECORD = RunRecord(
    device="cpu",
    processor="A processor",
    precision=Precision.BF16,
    threads=2,
    began_from="minilm",
    weights_sha256="0123456789abcdef" * 4,
    schedule={
        "micro_batch_size": 4,
        "accumulation": 2,
        "updates_per_epoch": 42,
        "epochs": 5,
        "evaluate_every": 42,
    },
    versions={"python": "3.11.7", "torch": "2.9"},
)


def run(run_id: int, start_model_id: int = 0) -> Run:
    return Run(
        run_id,
        RunStatus.FINISHED,
        Recipe(seed=77, rounds=1),
        "",
        345,
        "runs/1",
        "CPU",
        NOW,
        NOW,
        start_model_id=start_model_id,
    )


LIBRARY = Library(
    models=(ModelVersion(1, 1, "v1", "models/run-1", NOW, report(0.8), current=True),),
    runs=(run(1), run(2, start_model_id=1), run(3)),
)


def curves(run_id: int, energy: Energy | None = None) -> RunCurves:
    """What the store kept of a run that ended."""
    events = {
        "record": TrainRecorded(run_id=run_id, record=RECORD),
        "started": started(run_id),
        "finished": TrainFinished(
            run_id=run_id,
            reason="completed",
            report=report(0.8),
            model_folder="models",
            seconds=130.0,
            best_step=10,
            device="CPU",
            precision="bf16",
            energy=energy,
        ),
    }
    kept = [Metric(kind, NOW, msgspec.to_builtins(event)) for kind, event in events.items()]
    return RunCurves.from_metrics(run_id, kept)


@pytest.fixture
def page(qtbot: QtBot) -> RecordPage:
    made = RecordPage("/data/my ward.chartmark")
    qtbot.addWidget(made)
    made.show_library(LIBRARY)
    return made


def shown(page: RecordPage) -> dict[str, str]:
    cells = [
        [page.table.item(row, column) for column in (0, 1)] for row in range(page.table.rowCount())
    ]
    return {name.text(): value.text() for name, value in cells if name and value}


def test_a_record_is_shown_in_plain_words(page: RecordPage) -> None:
    page.show_curves(curves(1, Energy(7200.0, ("rapl",))))
    assert page.empty.isHidden()
    assert page.title.text() == "Training 1"
    assert shown(page) == {
        "Kind": "Full training",
        "Data": "42 records to learn from, 9 to check on · as of entry 345 of the history",
        "Began from": "minilm · 0123456789ab",
        "Seed": "77",
        "Learning rate": "0.0003",
        "Course": "5 passes of 42 updates, 8 windows each, 4 at once",
        "Windows": "128 sub-tokens, 16 shared",
        "Computed on": "A processor · bf16 · threads: 2",
        "Versions": "python 3.11.7 · torch 2.9",
        "Took": "2 min",
        "Energy": "2.00 Wh, all programs together",
    }
    digest = page.table.item(2, 1)
    assert digest is not None
    assert RECORD.weights_sha256 in digest.toolTip()


def test_a_thorough_training_says_of_how_many_it_is_the_mean(page: RecordPage) -> None:
    thorough = replace(run(1), recipe=Recipe(rounds=3))
    page.show_library(replace(LIBRARY, runs=(thorough,)))
    page.show_curves(curves(1))
    assert shown(page)["Rounds"] == "3, each from the beginning; the model is the mean of them"
    together = replace(RECORD, schedule=RECORD.schedule | {"rounds": 1, "beside": 3})
    page.show_curves(replace(curves(1), record=together))
    assert shown(page)["Rounds"] == (
        "3, each from the beginning, 3 at a time; the model is the mean of them"
    )


def test_the_command_that_repeats_it_can_be_copied(page: RecordPage) -> None:
    page.show_curves(curves(2))
    assert shown(page)["Kind"] == "Continues v1"
    assert shown(page)["Energy"] == "not told by this machine"
    assert page.repeat.text() == (
        "To repeat it: chartmark train '/data/my ward.chartmark' --repeat 2"
    )


def test_a_run_without_a_record_has_nothing_to_show(page: RecordPage) -> None:
    page.show_curves(RunCurves(3))
    assert shown(page) == {}
    assert not page.empty.isHidden()
    assert page.repeat.isHidden()
