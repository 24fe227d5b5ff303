"""Recipes, reports, runs and model versions as plain immutable values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.schema.documents import PredictedSpan


class Strategy(StrEnum):
    """Query strategies: how the queue ranks unread documents."""

    RANDOM = "random"
    LEAST_CONFIDENCE = "least_confidence"
    MARGIN = "margin"
    ENTROPY = "entropy"
    MNLP = "mnlp"


class Precision(StrEnum):
    """Arithmetic of a training: chosen by a probe of the device unless the recipe says."""

    AUTO = "auto"
    FP32 = "fp32"
    BF16 = "bf16"
    FP16 = "fp16"


class RunStatus(StrEnum):
    """Where a training stands."""

    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"
    CANCELLED = "cancelled"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Recipe:
    """Hyperparameters of a training.

    Attributes:
        epochs: Most passes over the training documents; where they are few, more are made.
        rounds: Times that it begins anew from the backbone; the model is the mean of them.
        most_updates: Updates that whole passes may add up to, one pass at least; 0: no limit.
        batch_size: Most windows of a sentence's length in one update; of longer ones fewer are
            taken, and fewer where there are few (see ``core.training.schedule``).
        micro_batch_size: Windows in one forward pass; ``batch_size`` is reached by accumulation.
        learning_rate: Peak of the schedule.
        weight_decay: Of AdamW, on matrices only.
        warmup_ratio: Share of the updates in which the rate rises.
        max_length: Sub-tokens in a window, special tokens included.
        overlap: Sub-tokens that neighbouring windows share.
        patience: Evaluations without a better dev F1 before training stops; several rounds are
            always gone through.
        precision: Arithmetic; ``auto`` lets a probe choose.
        seed: Of every random choice.
    """

    epochs: int = 4
    rounds: int = 2
    most_updates: int = 0
    batch_size: int = 16
    micro_batch_size: int = 16
    learning_rate: float = 3e-4
    weight_decay: float = 0.01
    warmup_ratio: float = 0.1
    max_length: int = 128
    overlap: int = 16
    patience: int = 4
    precision: Precision = Precision.AUTO
    seed: int = 13


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 (each 0 to 1) over ``support`` gold spans."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far confidence in predicted spans is from the share of them that are right.

    Attributes:
        error: Expected calibration error, 0 (confidence can be taken at its word) to 1.
        spans: Predicted spans that it is measured on.
        unscaled: The same without temperature scaling; None where that was not measured.
        cross_fitted: Whether each half of the documents was measured with the temperature of the
            other, because the model's own was fitted on all of them.
    """

    error: float
    spans: int
    unscaled: float | None = None
    cross_fitted: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """Evaluation of a model on whole spans (strict IOB2), the same wherever it is shown.

    Attributes:
        micro: Over all spans.
        macro: Mean over labels.
        weighted: Mean over labels, weighted by their gold spans.
        labels: Of each label.
        calibration: Of its confidence; None where no span was predicted, or of an older model.
    """

    micro: Score
    macro: Score
    weighted: Score
    labels: dict[str, Score] = field(default_factory=dict)
    calibration: Calibration | None = None


@dataclass(frozen=True, slots=True)
class ScoredDocument:
    """What a model says of one document.

    Attributes:
        document_id: Key in the store.
        spans: Predicted spans with confidence, ordered by start.
        uncertainty: For each Strategy's value a score; the greater, the more instructive.
    """

    document_id: int
    spans: tuple[PredictedSpan, ...]
    uncertainty: dict[str, float]


@dataclass(frozen=True, slots=True)
class Run:
    """One training.

    Attributes:
        id: Key in the store.
        status: Where it stands.
        recipe: Its hyperparameters.
        backbone: Folder or name of the pretrained encoder; empty for the embedded one.
        snapshot_event: The AuditEvent whose state it trains on.
        folder: Path within the project folder.
        device: What it ran on, as shown; empty until known.
        started: UTC.
        finished: UTC, or None.
        message: Why it ended, in plain words.
        start_model_id: The ModelVersion whose weights it continues, as a quick update does; 0
            where it begins from the backbone.
        teacher_model_id: The bigger ModelVersion that it learns from besides labels; 0 for none.
    """

    id: int
    status: RunStatus
    recipe: Recipe
    backbone: str
    snapshot_event: int
    folder: str
    device: str
    started: datetime
    finished: datetime | None = None
    message: str = ""
    start_model_id: int = 0
    teacher_model_id: int = 0


@dataclass(frozen=True, slots=True)
class ModelVersion:
    """A trained model kept in the project.

    Attributes:
        id: Key in the store.
        run_id: The Run that made it.
        name: Shown, for example ``v3``.
        folder: Path within the project folder.
        created: UTC.
        report: On the dev documents of its run.
        current: Whether it is the one that suggests.
    """

    id: int
    run_id: int
    name: str
    folder: str
    created: datetime
    report: Report
    current: bool
