"""What the window (or command line) and the worker say to each other: one JSON object a line.

Importable without torch: both sides share it.
"""

from __future__ import annotations

import msgspec

from core.schema.learning import Recipe, Report, ScoredDocument

EXIT_NOT_LOADED, EXIT_DEVICE_LOST = 1, 3
"""Exit codes: the libraries could not be loaded; the device answers no more in this process."""


class Request(msgspec.Struct, frozen=True, tag_field="type", kw_only=True):
    """To the worker. ``job`` is chosen by the sender and comes back in every event it causes."""

    job: int = 0


class OpenProject(Request, frozen=True, tag="open", kw_only=True):
    """Read records from this project from now on. The key travels only here."""

    folder: str
    passphrase: str | None = None

    def __repr__(self) -> str:
        """Name the folder alone: the passphrase must not be printed by accident."""
        return f"OpenProject(job={self.job!r}, folder={self.folder!r})"


class Train(Request, frozen=True, tag="train", kw_only=True):
    """Train on the project's state as of an AuditEvent.

    Attributes:
        run_id: The Run this is.
        run_folder: Absolute folder for checkpoints.
        model_folder: Absolute folder that the finished model is written to.
        current_model: Absolute folder of the current model, evaluated on the same dev documents.
        backbone: Folder or hub name; empty for the embedded backbone.
        device: ``auto``, ``cpu``, ``cuda``, ``cuda:0``, ``xpu`` or ``mps``.
        resume: Go on from the last checkpoint in ``run_folder``.
        allow_network: Whether a hub name may be fetched.
    """

    run_id: int
    snapshot_event: int
    recipe: Recipe
    run_folder: str
    model_folder: str
    current_model: str = ""
    backbone: str = ""
    device: str = "auto"
    resume: bool = False
    allow_network: bool = False


class Pause(Request, frozen=True, tag="pause"):
    """Hold the training after the running step; the model stays in memory."""


class Resume(Request, frozen=True, tag="resume"):
    """Go on with a paused training."""


class StopKeepBest(Request, frozen=True, tag="stop_keep_best"):
    """End the training early and finish with the best model so far."""


class Cancel(Request, frozen=True, tag="cancel"):
    """End whatever job runs, within two seconds, and keep nothing of it but checkpoints."""


class Evaluate(Request, frozen=True, tag="evaluate", kw_only=True):
    """Report on a model over the done documents of a split."""

    model_folder: str
    split: str
    device: str = "auto"


class ScoreDocuments(Request, frozen=True, tag="score", kw_only=True):
    """Predict spans and uncertainties for documents of the project."""

    model_folder: str
    document_ids: tuple[int, ...]
    seed: int = 0
    device: str = "auto"


class ExportModel(Request, frozen=True, tag="export_model", kw_only=True):
    """Write and verify a folder with the model that runs without Chartmark.

    Attributes:
        card: What the model card says besides what the worker knows itself: project name, run,
            seed, counts; strings only, never record text.
    """

    model_folder: str
    out_folder: str
    card: dict[str, str] = {}


class Shutdown(Request, frozen=True, tag="shutdown"):
    """End the process."""


class Event(msgspec.Struct, frozen=True, tag_field="type", kw_only=True):
    """From the worker."""

    job: int = 0


class Ready(Event, frozen=True, tag="ready", kw_only=True):
    """The process has loaded its libraries.

    Attributes:
        pid: Process id.
        devices: What can train here, best first, as shown (``CPU (2 threads, bf16)``).
        versions: Of torch, transformers and the like.
    """

    pid: int
    devices: tuple[str, ...]
    versions: dict[str, str]


class Heartbeat(Event, frozen=True, tag="heartbeat", kw_only=True):
    """Sent every second, also while a job runs."""

    busy: bool


class Opened(Event, frozen=True, tag="opened"):
    """The project can be read."""


class Preparing(Event, frozen=True, tag="preparing", kw_only=True):
    """A training, scoring or export is at a step before or after its main work."""

    step: str


class TrainStarted(Event, frozen=True, tag="train_started", kw_only=True):
    """Data and model are loaded and the first update begins."""

    run_id: int
    device: str
    precision: str
    train_documents: int
    dev_documents: int
    train_spans: int
    total_steps: int
    resumed_step: int = 0


class TrainProgress(Event, frozen=True, tag="train_progress", kw_only=True):
    """Some updates are done.

    Attributes:
        step: Updates so far.
        total_steps: Updates of the whole schedule.
        epoch: Passes so far, a fraction.
        loss: Mean over the updates since the last event.
        learning_rate: Now.
        tokens_per_second: Real (non-padding) sub-tokens, over the same updates.
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


class Evaluating(Event, frozen=True, tag="evaluating", kw_only=True):
    """Some of the documents that Evaluate asked for are read."""

    done: int
    total: int


class Evaluated(Event, frozen=True, tag="evaluated", kw_only=True):
    """Answer to Evaluate."""

    report: Report
    documents: int


class Scored(Event, frozen=True, tag="scored", kw_only=True):
    """Some documents are scored; more events follow until ``done == total``."""

    documents: tuple[ScoredDocument, ...]
    done: int
    total: int


class ModelExported(Event, frozen=True, tag="model_exported", kw_only=True):
    """The folder is written and verified.

    Attributes:
        documents: Dev documents on which the exported models were run.
        f1: Of full precision, ONNX and int8 on them.
    """

    out_folder: str
    documents: int
    f1: dict[str, float]


class Cancelled(Event, frozen=True, tag="cancelled", kw_only=True):
    """The job ended as asked; ``run_id`` is 0 where it was no training."""

    run_id: int = 0


class Failed(Event, frozen=True, tag="failed", kw_only=True):
    """The job ended with an error.

    Attributes:
        known: Whether the user can mend it; otherwise it is a bug.
        message: In plain words, without record text.
        remedy: What the user can do.
        run_id: The Run that failed, or 0 where it was no training.
    """

    known: bool
    message: str
    remedy: str = ""
    run_id: int = 0


AnyRequest = (
    OpenProject
    | Train
    | Pause
    | Resume
    | StopKeepBest
    | Cancel
    | Evaluate
    | ScoreDocuments
    | ExportModel
    | Shutdown
)

AnyEvent = (
    Ready
    | Heartbeat
    | Opened
    | Preparing
    | TrainStarted
    | TrainProgress
    | TrainEvaluated
    | CheckpointSaved
    | TrainNotice
    | TrainPaused
    | TrainFinished
    | Evaluating
    | Evaluated
    | Scored
    | ModelExported
    | Cancelled
    | Failed
)

_encoder = msgspec.json.Encoder()
_requests: msgspec.json.Decoder[AnyRequest] = msgspec.json.Decoder(AnyRequest)
_events: msgspec.json.Decoder[AnyEvent] = msgspec.json.Decoder(AnyEvent)


def encode(message: Request | Event) -> bytes:
    """Return the message as one line of JSON with its line end."""
    return _encoder.encode(message) + b"\n"


def decode_request(line: bytes) -> AnyRequest:
    """Read a request.

    Raises:
        msgspec.ValidationError: The line is no known request.
    """
    return _requests.decode(line)


def decode_event(line: bytes) -> AnyEvent:
    """Read an event.

    Raises:
        msgspec.ValidationError: The line is no known event.
    """
    return _events.decode(line)
