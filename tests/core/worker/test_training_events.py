from __future__ import annotations

import dataclasses
from typing import get_args

import msgspec
import pytest

from core.schema.learning import Precision, Recipe, Report, Score
from core.schema.run_record import RunRecord
from core.training import events
from core.worker.messages import Train, decode_event, encode
from core.worker.training_events import as_message

SCORE = Score(0.5, 0.25, 0.75, 4)
REPORT = Report(SCORE, SCORE, SCORE, {"drug": SCORE})
REQUEST = Train(
    job=7,
    run_id=3,
    snapshot_event=1,
    recipe=Recipe(),
    run_folder="/runs/3",
    model_folder="/models/3",
)
RECORD = RunRecord(
    device="cpu",
    processor="A processor",
    precision=Precision.BF16,
    threads=2,
    began_from="model",
    weights_sha256="ab" * 32,
    schedule={"epochs": 3},
    versions={"torch": "2.0"},
)
EVENTS: list[events.TrainingEvent] = [
    events.Recorded(RECORD),
    events.Started("CPU", "bf16", 80, 20, 400, 300, 25, 3),
    events.Progress(3, 300, 0.25, 1.5, 3e-4, 812.5, 0.5, 61.0, 512.0),
    events.Evaluated(25, 1.5, REPORT, best=True),
    events.Saved(25),
    events.Notice("Memory ran out."),
    events.Paused(paused=True),
]


def test_every_kind_of_event_is_tried() -> None:
    assert {type(event) for event in EVENTS} == set(get_args(events.TrainingEvent))


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_a_message_carries_all_that_the_event_says(event: events.TrainingEvent) -> None:
    message = decode_event(encode(as_message(REQUEST, event)))
    said = msgspec.to_builtins(message)
    assert (said.pop("job"), said.pop("run_id")) == (7, 3)
    said.pop("type")
    assert said == msgspec.to_builtins(dataclasses.asdict(event))
