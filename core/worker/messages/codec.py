"""Messages as lines of JSON, and which messages there are."""

from __future__ import annotations

import msgspec

from core.worker.messages.backbones import (
    AdaptBackbone,
    BackboneMade,
    BackboneProgress,
    BuildBackbone,
    CoverageMeasured,
    MeasureCoverage,
)
from core.worker.messages.envelope import Event, Request
from core.worker.messages.models import (
    Evaluate,
    Evaluated,
    Evaluating,
    ExportModel,
    MeasurePoints,
    ModelExported,
    PointsMeasured,
    Scored,
    ScoreDocuments,
)
from core.worker.messages.process import (
    Cancel,
    Cancelled,
    Failed,
    Heartbeat,
    Opened,
    OpenProject,
    Preparing,
    Ready,
    Shutdown,
)
from core.worker.messages.searching import (
    SearchFinished,
    SearchProgress,
    SearchRecipe,
    TrialFinished,
)
from core.worker.messages.training import (
    CheckpointSaved,
    Pause,
    Resume,
    StopKeepBest,
    Train,
    TrainEvaluated,
    TrainFinished,
    TrainNotice,
    TrainPaused,
    TrainProgress,
    TrainRecorded,
    TrainStarted,
)

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
    | MeasurePoints
    | BuildBackbone
    | AdaptBackbone
    | MeasureCoverage
    | SearchRecipe
    | Shutdown
)

AnyEvent = (
    Ready
    | Heartbeat
    | Opened
    | Preparing
    | TrainRecorded
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
    | PointsMeasured
    | BackboneProgress
    | BackboneMade
    | CoverageMeasured
    | SearchProgress
    | TrialFinished
    | SearchFinished
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
