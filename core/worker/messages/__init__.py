"""What the window (or command line) and the worker say to each other: one JSON object a line.

Importable without torch: both sides share it.
"""

from __future__ import annotations

from core.worker.messages.backbones import (
    AdaptBackbone,
    BackboneMade,
    BackboneProgress,
    BuildBackbone,
    CoverageMeasured,
    MeasureCoverage,
)
from core.worker.messages.codec import AnyEvent, AnyRequest, decode_event, decode_request, encode
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
    EXIT_DEVICE_LOST,
    EXIT_NOT_LOADED,
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

__all__ = [
    "EXIT_DEVICE_LOST",
    "EXIT_NOT_LOADED",
    "AdaptBackbone",
    "AnyEvent",
    "AnyRequest",
    "BackboneMade",
    "BackboneProgress",
    "BuildBackbone",
    "Cancel",
    "Cancelled",
    "CheckpointSaved",
    "CoverageMeasured",
    "Evaluate",
    "Evaluated",
    "Evaluating",
    "Event",
    "ExportModel",
    "Failed",
    "Heartbeat",
    "MeasureCoverage",
    "MeasurePoints",
    "ModelExported",
    "OpenProject",
    "Opened",
    "Pause",
    "PointsMeasured",
    "Preparing",
    "Ready",
    "Request",
    "Resume",
    "ScoreDocuments",
    "Scored",
    "SearchFinished",
    "SearchProgress",
    "SearchRecipe",
    "Shutdown",
    "StopKeepBest",
    "Train",
    "TrainEvaluated",
    "TrainFinished",
    "TrainNotice",
    "TrainPaused",
    "TrainProgress",
    "TrainRecorded",
    "TrainStarted",
    "TrialFinished",
    "decode_event",
    "decode_request",
    "encode",
]
