"""Messages of a training: how it is asked for, steered, and what it tells."""

from __future__ import annotations

from core.schema.learning import Recipe, Report
from core.schema.run_record import Energy, RunRecord
from core.worker.messages.envelope import Event, Request


class Train(Request, frozen=True, tag="train", kw_only=True):
    """Train on the project's state as of an AuditEvent.

    Attributes:
        run_id: The Run this is.
        run_folder: Absolute folder for checkpoints.
        model_folder: Absolute folder that the finished model is written to.
        current_model: Absolute folder of the current model, evaluated on the same dev documents.
        backbone: Folder or hub name; empty for the embedded backbone.
        start_model: Absolute folder of the model whose weights are continued instead of the
            backbone's (a quick update); empty for none.
        new_documents: Keys of the documents that ``start_model`` has not learned from as they are
            now; of the others a sample is replayed.
        teacher_model: Absolute folder of the bigger model that it learns from besides the labels,
            also on unread records; empty for none.
        device: ``auto``, ``cpu``, ``cuda``, ``cuda:0``, ``xpu`` or ``mps``.
        resume: Go on from the last checkpoint in ``run_folder``.
        repeats: The record of the Run that this one is to repeat; None for none.
        allow_network: Whether a hub name may be fetched.
    """

    run_id: int
    snapshot_event: int
    recipe: Recipe
    run_folder: str
    model_folder: str
    current_model: str = ""
    backbone: str = ""
    start_model: str = ""
    new_documents: tuple[int, ...] = ()
    teacher_model: str = ""
    device: str = "auto"
    resume: bool = False
    repeats: RunRecord | None = None
    allow_network: bool = False


class Pause(Request, frozen=True, tag="pause"):
    """Hold the training after the running step; the model stays in memory."""


class Resume(Request, frozen=True, tag="resume"):
    """Go on with a paused training."""


class StopKeepBest(Request, frozen=True, tag="stop_keep_best"):
    """End a job early and keep what it has.

    A training finishes with the best model so far, a search after the running trial, and a
    backbone once it has settled.
    """


class TrainRecorded(Event, frozen=True, tag="train_recorded", kw_only=True):
    """What the training is made of, told as it starts and again where it is begun anew."""

    run_id: int
    record: RunRecord


class TrainStarted(Event, frozen=True, tag="train_started", kw_only=True):
    """Data and model are loaded and the first update begins.

    Attributes:
        rounds: That each process goes through.
        beside: Processes that train at the same time.
    """

    run_id: int
    device: str
    precision: str
    train_documents: int
    dev_documents: int
    train_spans: int
    total_steps: int
    resumed_step: int = 0
    rounds: int = 1
    beside: int = 1


class TrainProgress(Event, frozen=True, tag="train_progress", kw_only=True):
    """Some updates are done.

    Attributes:
        step: Updates so far.
        total_steps: Updates of the whole schedule.
        epoch: Passes so far, a fraction.
        loss: Mean over the updates since the last event.
        learning_rate: Now.
        tokens_per_second: Real (non-padding) sub-tokens, over the same updates.
        seconds: What those updates took, without pauses and evaluations.
        seconds_left: To the end of the schedule at the present speed.
        memory_mb: Resident memory of the worker, or of the device if it has its own.
    """

    run_id: int
    step: int
    total_steps: int
    epoch: float
    loss: float
    learning_rate: float
    tokens_per_second: float
    seconds_left: float
    seconds: float = 0.0
    memory_mb: float = 0.0


class TrainEvaluated(Event, frozen=True, tag="train_evaluated", kw_only=True):
    """The model as it is was evaluated on the dev documents."""

    run_id: int
    step: int
    epoch: float
    report: Report
    best: bool


class CheckpointSaved(Event, frozen=True, tag="checkpoint_saved", kw_only=True):
    """Training can be resumed from here."""

    run_id: int
    step: int


class TrainNotice(Event, frozen=True, tag="train_notice", kw_only=True):
    """Something the user should know, in plain words (the batch was halved, say)."""

    run_id: int
    text: str


class TrainPaused(Event, frozen=True, tag="train_paused", kw_only=True):
    """The training holds (or, with ``paused`` false, goes on)."""

    run_id: int
    paused: bool


class TrainFinished(Event, frozen=True, tag="train_finished", kw_only=True):
    """The model is written.

    Attributes:
        reason: ``completed``, ``early_stopping`` or ``stopped``.
        report: Of the best model on the dev documents.
        current_report: Of the current model on the same documents, where there is one.
        seconds: Wall time.
        energy: What the machine used meanwhile, where it tells.
    """

    run_id: int
    reason: str
    report: Report
    model_folder: str
    seconds: float
    best_step: int
    device: str
    precision: str
    current_report: Report | None = None
    energy: Energy | None = None
