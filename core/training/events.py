"""What a training tells while it goes on; the worker passes it on as messages."""

from __future__ import annotations

from dataclasses import dataclass

from core.schema.learning import Report
from core.schema.run_record import RunRecord


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the training is made of, told as it starts and again if it is begun anew."""

    record: RunRecord


@dataclass(frozen=True, slots=True)
class Started:
    """Data and model are loaded and the first update begins.

    Attributes:
        device: Where it computes, as shown.
        precision: Its arithmetic.
        train_documents: To learn from.
        dev_documents: To be judged by.
        train_spans: Spans to learn from.
        total_steps: Updates of the whole schedule of a process.
        resumed_step: The update that it goes on from; 0 for none.
        rounds: That a process goes through.
        beside: Processes that train as many rounds each at the same time.
    """

    device: str
    precision: str
    train_documents: int
    dev_documents: int
    train_spans: int
    total_steps: int
    resumed_step: int
    rounds: int = 1
    beside: int = 1


@dataclass(frozen=True, slots=True)
class Progress:
    """Some updates are done; figures are means since the last such event.

    Attributes:
        step: Updates so far.
        total_steps: Updates of the whole schedule.
        epoch: Passes so far, a fraction.
        loss: Cross-entropy in nats per word.
        learning_rate: Now.
        tokens_per_second: Real (non-padding) sub-tokens.
        seconds: What they took, without pauses and evaluations.
        seconds_left: To the end of the schedule at this speed.
        memory_mb: In use, of the process or the device.
    """

    step: int
    total_steps: int
    epoch: float
    loss: float
    learning_rate: float
    tokens_per_second: float
    seconds: float
    seconds_left: float
    memory_mb: float


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The model as it is was evaluated on the dev documents."""

    step: int
    epoch: float
    report: Report
    best: bool


@dataclass(frozen=True, slots=True)
class Saved:
    """Training can be resumed from this update."""

    step: int


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know, in plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class Paused:
    """The training holds, or goes on again."""

    paused: bool


TrainingEvent = Recorded | Started | Progress | Evaluated | Saved | Notice | Paused
